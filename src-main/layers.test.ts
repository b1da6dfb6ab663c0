/** Which folder may import from which, and that the model is pure. The compiler's zones say the rest (src-main/model/tsconfig.json). */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Files (without ending) or folders of the project, and packages. `types`: taken as types only. */
interface Rule {
  from: string[];
  types?: string[];
  packages: RegExp | null;
  /** Packages taken as types only. */
  typePackages?: RegExp;
}

/** Folder or file that imports to what it may import. The longest match rules. */
const MAY: Record<string, Rule> = {
  'src-main/model': { from: ['src-main/model'], packages: null },
  // The facts of an architecture go to the window too: nothing that carries instructions out may come along.
  'src-main/model/asm/arch/index': {
    from: ['src-main/model/asm/arch/amd64', 'src-main/model/asm/arch/arm64', 'src-main/model/asm/arch/facts'],
    packages: null,
  },
  'src-main/model/asm/arch/amd64': { from: ['src-main/model/asm/arch/facts'], packages: null },
  'src-main/model/asm/arch/arm64': { from: ['src-main/model/asm/arch/facts'], packages: null },
  'src-main/model/asm/arch/facts': { from: [], types: ['src-main/model/asm/flags', 'src-main/model/message'], packages: null },
  'src-main/formats': {
    from: [
      'src-main/formats',
      'src-main/model/asm/arch/index',
      'assets/words/index',
      'src-main/model/run/costs',
      'src-main/model/go-constants',
      // Calls by name, and the routine that each belongs to: the sorting game of a lesson.
      'src-main/model/kernel/syscall-table',
      'src-main/model/look-alikes',
      'src-main/model/nearest-word',
      // The one table of operations: each row reads its own parameter.
      'src-main/model/operations/index',
      // The trace file shows the versions of run queues as lists.
      'src-main/model/trace/queue-versions',
      'src-main/model/trace/replay',
      'src-main/model/unreachable',
      'src-main/model/versions/profile',
      // Steering characters of people's files are shown the same way on a terminal and in the window.
      'src-main/model/visible-text',
      'src-main/model/words',
    ],
    types: ['src-main/model'],
    packages: /^yaml$/,
  },
  // What a lesson says of its runs, held against them: pure, as its answers are the window's and a terminal's.
  'src-main/lessons': {
    from: [
      'src-main/lessons',
      'assets/words/index',
      'src-main/formats/durations',
      'src-main/model/nearest-word',
      'src-main/model/trace',
      'src-main/model/words',
    ],
    types: ['src-main/formats', 'src-main/model'],
    packages: null,
  },
  'src-main/contract': {
    from: [
      'src-main/contract',
      'assets/words/index',
      // What exercises there are; the id of their lesson says all.
      'src-main/exercises/mechanisms',
      // Statuses that a search completes.
      'src-main/model/go-constants',
      // Times that are typed into a lesson's table, as in the formats.
      'src-main/formats/durations',
      // Read by the window from its own copy of the texts; needs no package.
      // Names in the metaphor.
      'src-main/formats/cast-names',
      'src-main/formats/pseudocode',
      'src-main/formats/sentences',
      'src-main/model/asm/arch/index',
      'src-main/model/state-path',
      // What the page reads runs with, as the player does: replay, packed steps, lanes.
      'src-main/model/trace',
      'src-main/ask',
      'src-main/model/asm/call-paths',
      'src-main/model/unreachable',
      'src-main/model/versions/profile',
      // Steering characters of people's files are shown the same way on a terminal and in the window.
      'src-main/model/visible-text',
      'src-main/model/words',
    ],
    types: ['src-main/formats', 'src-main/lessons', 'src-main/model'],
    packages: null,
    // The preload has the table of requests, and loads no library.
    typePackages: /^zod\/mini$/,
  },
  'src-main/app': {
    from: [
      'src-main/app',
      'src-main/ask',
      'src-main/exercises',
      'src-main/exports',
      // Real recordings open in the window.
      'src-main/imports',
      'src-main/lessons',
      'src-main/model',
      'src-main/formats',
      // Pages that play are made where the runs are.
      'src-main/playable',
      'src-main/contract',
      'assets/words/index',
    ],
    packages: /^node:/,
  },
  // A run in the forms of other programs.
  'src-main/exports': { from: ['src-main/exports', 'src-main/ask', 'src-main/model'], packages: null },
  // A real recording as a run: it is written through the model's own writer, with rows as the model makes them; its faults are said in words,
  // and which of its fields are told stands in a table that the views read, too.
  'src-main/imports': {
    from: [
      'src-main/imports',
      'assets/words/index',
      // Statuses by number, as schedtrace prints them.
      'src-main/model/go-constants',
      'src-main/model/run/recorder',
      'src-main/model/kernel/kernel',
      'src-main/model/runtime/newproc',
      'src-main/model/runtime/threads',
      'src-main/model/state-path',
      'src-main/model/trace/recorded',
      'src-main/model/trace/replay',
    ],
    types: ['src-main/model'],
    packages: null,
  },
  // Programs drawn from a seed, run and asked about; a scenario file is all that they come as.
  'src-main/exercises': {
    // Times are told in questions as they are everywhere.
    from: ['src-main/exercises', 'src-main/model', 'src-main/formats/scenario', 'src-main/formats/durations', 'assets/words/index'],
    packages: /^yaml$/,
  },
  // Their sentences are read and filled by the reader of formats, for the window and a terminal alike.
  'src-main/ask/events': {
    from: ['src-main/ask', 'src-main/formats/sentences', 'src-main/model/trace'],
    types: ['src-main/model/state', 'src-main/model/words'],
    packages: null,
  },
  'src-main/ask/why': {
    from: ['src-main/ask', 'src-main/formats/sentences', 'src-main/model/state-path', 'src-main/model/trace'],
    types: ['src-main/model/state', 'src-main/model/words'],
    packages: null,
  },
  // Questions to a run: its first state and its steps are all they know.
  'src-main/ask': {
    from: [
      'src-main/ask',
      // Which places lie inside of which.
      'src-main/model/state-path',
      'src-main/model/trace',
    ],
    types: ['src-main/model/state'],
    packages: null,
  },
  // The first difference of two runs is told in a sentence.
  'src-main/ask/alike/sentence': { from: ['src-main/ask/alike', 'assets/words/index'], packages: null },
  // What a person typed: its faults are said in words, and times are written as in the formats.
  'src-main/ask/find': {
    from: [
      'src-main/ask/find',
      'assets/words/index',
      'src-main/formats/durations',
      'src-main/model/look-alikes',
      'src-main/model/nearest-word',
      'src-main/model/trace/queue-versions',
      'src-main/model/trace/replay',
    ],
    types: ['src-main/model/state', 'src-main/model/trace/packed-steps', 'src-main/model/words'],
    packages: null,
  },
  'src-main/cli': {
    from: [
      'src-main/cli',
      'src-main/app',
      'src-main/ask',
      'src-main/exports',
      'src-main/imports',
      // What FACTS of --expect ask of a run.
      'src-main/lessons/homework',
      'src-main/model',
      'src-main/formats',
      'src-main/contract',
      'assets/words/index',
      'package.json',
    ],
    packages: /^node:/,
  },
  // Drives the built product's window as the e2e tests do; nothing of the product imports it.
  'src-main/cli/bench': {
    from: ['src-main/cli', 'src-main/app', 'src-main/ask/events', 'src-main/model', 'src-main/formats', 'package.json'],
    packages: /^(node:|@playwright\/test$)/,
  },
  // Hand-outs as pages: pure, as what they show is drawn and read elsewhere.
  'src-main/papers': {
    from: ['src-main/papers', 'assets/words/index', 'src-main/formats/durations'],
    types: ['src-main/formats', 'src-main/lessons', 'src-main/model/words'],
    packages: null,
  },
  // Pages that play, and packages of them: pure but for the hashes of their policy. fflate packs them.
  'src-main/playable': {
    from: ['src-main/playable', 'src-main/contract', 'assets/words/index'],
    packages: /^(node:crypto|fflate)$/,
  },
  // The library that writes slides is handed to it, when somebody wants some.
  'src-main/papers/slides': { from: ['assets/words/index'], types: ['src-main/formats'], packages: null, typePackages: /^pptxgenjs$/ },
  'src-main/shell/paper-maker': {
    from: [
      'src-main/shell',
      'src-main/app',
      'src-main/contract',
      'src-main/exercises/mechanisms',
      'src-main/formats',
      'src-main/papers',
      'assets/words/index',
    ],
    types: ['src-main/lessons', 'src-main/model'],
    packages: /^(node:|pptxgenjs$)/,
  },
  'src-main/shell': {
    from: [
      'src-main/shell',
      'src-main/app',
      'src-main/contract',
      // The exercises of a hand-out are a lesson by this name.
      'src-main/exercises/mechanisms',
      'src-main/formats',
      'src-main/model',
      'src-main/papers',
      'assets/words/index',
    ],
    types: ['src-main/lessons'],
    packages: /^(node:|electron$|zod\/mini$)/,
  },
  'src-main/shell/preload': { from: ['src-main/contract/request-table'], types: ['src-main/contract/requests'], packages: /^electron$/ },
  // Words and lesson texts only: no code of the product but the few lines that fill places.
  'assets/words': { from: ['assets/words', 'src-main/model/words'], packages: null },
  'src-main/index': { from: ['src-main/app', 'src-main/shell', 'src-main/contract/request-table'], packages: /^(node:|electron$)/ },
  // The editor of a scenario's text is a library's, loaded when it is opened.
  'src-renderer/experiments': {
    from: ['src-renderer', 'src-main/contract/index', 'assets/words/index', 'assets/words/simplified'],
    packages: /^(svelte|@codemirror|@lezer\/highlight)(\/|$)/,
  },
  // The gallery shows scenarios of the tests, too: files that are read, not code.
  'src-renderer/gallery/files': {
    from: [
      'src-renderer/gallery',
      'src-main/contract/index',
      'assets/examples',
      'assets/lessons',
      'src-main/model/testdata/branches',
      'src-main/model/testdata/golden',
    ],
    packages: null,
  },
  // The program of pages that play unpacks what they bring.
  'src-renderer/play/main': {
    from: ['src-renderer', 'src-main/contract/index', 'assets/words/index'],
    packages: /^(svelte|fflate)$/,
  },
  // Whoever packs films has the libraries that write their files, loaded with the first film.
  'src-renderer/film': {
    from: ['src-renderer', 'src-main/contract/index', 'assets/words/index'],
    packages: /^(svelte|mediabunny|gifenc)$/,
  },
  'src-renderer': {
    from: [
      'src-renderer',
      'src-main/contract/index',
      'assets/fonts',
      'assets/gallery',
      'assets/glossary.yaml',
      'assets/guides',
      'assets/pseudocode',
      'assets/sentences',
      'assets/words/index',
    ],
    packages: /^(svelte|d3-[a-z]+|@floating-ui\/dom|@fontsource-variable)(\/|$)/,
  },
};

/**
 * The model's inner layers, from the bottom: each line may import from the lines above it, and a folder from itself. The runtime's floors
 * are listed file by file, so that Go's functions call each other downwards only; where Go's own call goes up (newm to mstart), the engine
 * carries it.
 */
const FLOORS: readonly string[] = [
  'words unreachable nearest-word look-alikes visible-text go-constants',
  'message',
  'state',
  'state-path',
  'trace',
  'versions/profile run/costs run/random run/agenda run/recorder run/who-waits',
  'asm',
  'arch',
  'setting',
  'kernel',
  'runtime/thread',
  'versions/functions',
  'runtime/runtime',
  'runtime/kernel-port runtime/vdso',
  'runtime/own-calls',
  'runtime/panic runtime/panicking runtime/connections',
  'runtime/runq runtime/notes runtime/execute runtime/checkdead runtime/netpoll runtime/machine',
  'runtime/owning-p runtime/stop-counts runtime/gosched',
  'runtime/threads runtime/preempt',
  'runtime/syscall runtime/park runtime/newproc runtime/for-each-p runtime/lock-os-thread runtime/mexit runtime/user-code',
  'runtime/extra-m',
  'runtime/cgocall',
  'runtime/call-operations runtime/c-thread runtime/chan runtime/semaphore runtime/poll-desc runtime/atomic',
  'runtime/poll-fd',
  'runtime/net-sockets runtime/netread',
  'runtime/os-files',
  'runtime/timers runtime/select runtime/gc-mark-done runtime/schedtrace',
  'runtime/sysmon runtime/stop-the-world runtime/sync runtime/own-listing',
  'runtime/rwmutex runtime/once runtime/forcegc',
  'runtime/cond',
  'runtime/schedule',
  'runtime/mstart',
  'versions/go1.14',
  'versions/profiles',
  // Operations are made of the runtime's functions, so the runtime knows a scenario's setting only.
  'operations',
  'scenario',
  'run/first-state',
  'run/simulate',
  // Plays it once more for whoever asks what is read.
  'run/watched-run',
  'run/playground',
  'laws',
];
const MODEL = 'src-main/model';
/** Each entry of FLOORS with its height. */
const HEIGHTS = new Map(FLOORS.flatMap((line, height) => line.split(' ').map((name) => [`${MODEL}/${name}`, height] as const)));

/** Code that only tests may import; scenarios there are no code. */
const TESTS_ONLY = /(^src-main\/model\/laws|\/testdata)\//;

/** Those modules of D3 that compute and need no document. */
const PURE_D3 =
  /^d3-(array|color|ease|force|format|hierarchy|interpolate|path|polygon|quadtree|random|scale|scale-chromatic|shape|time|time-format)$/;
/** Pure, and more than one folder's; texts that are built into the page. */
const SHARED = [
  // What is said of a thing is said alike in its card and where the state stands in words.
  'src-renderer/inspect/thing',
  'src-renderer/machine/machine-model',
  'src-renderer/machine/machine-rows',
  // A thing's card says what the rows and the village say of it.
  'src-renderer/runtime-view/cell-text',
  'src-renderer/runtime-view/state-rows',
  'src-renderer/runtime-view/technical-rows',
  'src-renderer/scene/glossary',
  'src-renderer/scene/names',
  'src-renderer/scene/scene-houses',
  'src-renderer/scene/whereabouts',
  'src-renderer/timeline/timeline-scale',
  'assets/gallery',
  'assets/glossary.yaml',
  'assets/guides',
  'assets/pseudocode',
  'assets/sentences',
];
/** Plain .ts in the renderer computes: its own folder, what is shared, the contract, and nothing that needs a document. These join the page to the other side of the bridge, or fetch its files. */
const JOINS = [
  'src-renderer/main.ts',
  'src-renderer/bridge.ts',
  'src-renderer/stores/run-source.ts',
  'src-renderer/picture/svg-fonts.ts',
  'src-renderer/gallery/files.ts',
  'src-renderer/play/main.ts',
];
const isPure = (file: string): boolean => /^src-renderer\/[^.]*\.ts$/.test(file) && !JOINS.includes(file);

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return /\.(ts|svelte)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name) && !path.includes('testdata') ? [path] : [];
  });
}

const files = [...filesBelow('src-main'), ...filesBelow('src-renderer'), ...filesBelow('assets/words')];

/** The file as the compiler reads it; of a component its scripts, and of its markup what could import. */
/** Each file is asked several questions, and read once. */
const trees = new Map<string, ts.SourceFile>();

function treeOf(file: string, text: string): ts.SourceFile {
  const key = `${file}\n${text}`;
  const tree = trees.get(key) ?? parsedTree(file, text);
  trees.set(key, tree);
  return tree;
}

function parsedTree(file: string, text: string): ts.SourceFile {
  const scripts = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script);
  const inMarkup = text.replace(/<script[^>]*>[\s\S]*?<\/script>/g, '').match(/\bimport\s*\([^)]*\)/g) ?? [];
  const code = file.endsWith('.svelte') ? [...scripts, ...inMarkup].join(';\n') : text;
  return ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
}

function nodesBelow(node: ts.Node, nodes: ts.Node[] = []): ts.Node[] {
  nodes.push(node);
  ts.forEachChild(node, (child) => {
    nodesBelow(child, nodes);
  });
  return nodes;
}

interface Import {
  /** The module's name; null: worked out while the program runs, which nobody can check. */
  from: string | null;
  isType: boolean;
}

const textOf = (node: ts.Node | undefined): string | null => (node && ts.isStringLiteralLike(node) ? node.text : null);

/** What a call imports: import(), require(), import.meta.glob(), createRequire(). */
function calledImport({ expression, arguments: [named] }: ts.CallExpression): Import[] {
  const called = expression.getText();
  if (called === 'import' || called === 'require' || /^import\.meta\.glob/.test(called)) return [{ from: textOf(named), isType: false }];
  return /\bcreateRequire$/.test(called) ? [{ from: null, isType: false }] : [];
}

function importsIn(node: ts.Node): Import[] {
  if (ts.isImportDeclaration(node)) return [{ from: textOf(node.moduleSpecifier), isType: node.importClause?.isTypeOnly ?? false }];
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) return [{ from: textOf(node.moduleSpecifier), isType: node.isTypeOnly }];
  if (ts.isExternalModuleReference(node)) return [{ from: textOf(node.expression), isType: false }];
  if (ts.isImportTypeNode(node))
    return [{ from: ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : null, isType: true }];
  return ts.isCallExpression(node) ? calledImport(node) : [];
}

const importsOf = (file: string, text: string): Import[] => nodesBelow(treeOf(file, text)).flatMap(importsIn);

const lies = (path: string, below: string): boolean => path === below || path.startsWith(`${below}/`);

function ruleOf(file: string): Rule {
  // A room inside of a view's folder belongs to the view.
  // Films are packed by libraries, in a page without components.
  if (isPure(file) && !/^src-renderer\/film\/[a-z]+-(page|pack)\.ts$/.test(file))
    return { from: [file.split('/').slice(0, 2).join('/'), ...SHARED, 'src-main/contract/index', 'assets/words/index'], packages: PURE_D3 };
  const name = file.replace(/(\.svelte)?\.(ts|svelte)$/, '');
  const [best] = Object.keys(MAY)
    .filter((each) => lies(name, each))
    .sort((a, b) => b.length - a.length);
  const rule = MAY[best ?? ''];
  if (!rule) throw new Error(`${file} is in no layer`);
  return rule;
}

const withoutEnding = (file: string): string => file.replace(/(\.svelte)?\.(ts|svelte)$/, '');

/** The entry of FLOORS that a file of the model belongs to; undefined: it has no floor. */
function floorOf(name: string): { entry: string; height: number } | undefined {
  const [entry] = [...HEIGHTS.keys()].filter((each) => lies(name, each)).sort((a, b) => b.length - a.length);
  return entry === undefined ? undefined : { entry, height: HEIGHTS.get(entry) ?? 0 };
}

/** Whether an import inside of the model goes downwards, or stays in its folder. */
function goesDown(file: string, target: string): boolean {
  const here = floorOf(withoutEnding(file));
  const there = floorOf(target);
  if (!here || !there) return false;
  return there.height < here.height || (there.entry === here.entry && target !== here.entry);
}

/** What `file` imports and may not, in words. */
function trespasses(file: string, text: string): string[] {
  const { from: may, types = [], packages, typePackages } = ruleOf(file);
  return importsOf(file, text).flatMap(({ from, isType }) => {
    if (from === null) return [`${file} imports what only a run can tell`];
    if (!from.startsWith('.'))
      return packages?.test(from) || (isType && typePackages?.test(from)) ? [] : [`${file} imports the package ${from}`];
    const target = relative(ROOT, resolve(ROOT, dirname(file), from));
    if (TESTS_ONLY.test(`${target}/`) && !TESTS_ONLY.test(file) && !target.endsWith('.scenario.yaml'))
      return [`${file} imports ${target}, which is for tests`];
    if (lies(file, MODEL) && lies(target, MODEL) && !goesDown(file, target)) return [`${file} imports ${target}, which is not below it`];
    if (isPure(file) && /\.(svelte|css)$/.test(target)) return [`${file} imports ${target}`];
    return [...may, ...(isType ? types : [])].some((each) => lies(target, each)) ? [] : [`${file} imports ${target}`];
  });
}

/** Whether the bridge that the preload exposes is named: as a member, by a string, or by itself. */
const touchesBridge = (file: string, text: string): boolean =>
  nodesBelow(treeOf(file, text)).some((node) => (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && node.text === 'schedville');

test('there is something to look at', () => {
  expect(files.length).toBeGreaterThan(60);
});

test.each(files)('%s imports only what its layer may', (file) => {
  expect(trespasses(file, readFileSync(join(ROOT, file), 'utf8'))).toEqual([]);
});

test.each([
  ['src-main/model/run/agenda.ts', `import { readFileSync } from 'node:fs';`],
  ['src-main/model/run/agenda.ts', `import {\n  findAssets,\n} from '../../app/asset-folder';`],
  ['src-main/model/trace/replay.ts', `import type { Recorder } from '../run/recorder';`],
  ['src-main/model/trace/replay.ts', `import { more } from '../state-and-more';`],
  ['src-main/model/asm/arch/amd64.ts', `import { AMD64_INSTRUCTIONS } from './amd64-instructions';`],
  ['src-main/model/state.ts', `import type { StatePath } from './state-path';`],
  ['src-main/model/trace/facts.ts', `import { parseListing } from '../asm/parse-listing';`],
  ['src-main/model/kernel/kernel.ts', `import type { Runtime } from '../runtime/runtime';`],
  ['src-main/model/runtime/runq.ts', `import { wakep } from './threads';`],
  ['src-main/model/runtime/threads.ts', `import { preemptone } from './preempt';`],
  ['src-main/model/runtime/threads.ts', `import { mstart } from './mstart';`],
  ['src-main/model/runtime/runtime.ts', `import type { Scenario } from '../scenario';`],
  ['src-main/model/runtime/newproc.ts', `import { go } from '../operations/go';`],
  ['src-main/model/operations/go.ts', `import type { Scenario } from '../scenario';`],
  ['src-main/model/run/simulate.ts', `import { LAWS } from '../laws/laws';`],
  ['src-main/app/player.ts', `import { LawKeeper } from '../model/laws/law-keeper';`],
  ['src-main/app/player.ts', `import { play } from '../model/testdata/run-scenario';`],
  ['src-main/model/state.ts', `import { somewhere } from './somewhere';`],
  ['src-main/ask/lanes.ts', `import { Simulation } from '../model/run/simulate';`],
  ['src-main/ask/lanes.ts', `import { readFileSync } from 'node:fs';`],
  ['src-main/formats/fault.ts', `export { Player } from '../app/player';`],
  ['src-main/app/player.ts', `const window = await import('../shell/window');`],
  ['src-main/app/player.ts', `import 'electron';`],
  ['src-main/shell/preload.ts', `import { makeHandlers } from './handlers';`],
  ['src-main/shell/menu.ts', `import { app } from '../index';`],
  ['src-main/app/player.ts', 'const window = await import(`electron`);'],
  ['src-main/app/player.ts', 'const window = await import(`../${where}/window`);'],
  ['src-main/app/player.ts', `/* why */ import 'electron';`],
  ['src-main/app/player.ts', `const { app } = require('electron');`],
  ['src-main/app/player.ts', `const load = module.createRequire(import.meta.url);`],
  ['src-main/app/player.ts', `let app: import('electron').App;`],
  ['src-main/model/run/agenda.ts', `import { WORDS } from '../../../assets/words/index';`],
  ['src-renderer/window/App.svelte', `<script>import zh from '../../assets/words/zh';</script>`],
  ['assets/words/en.ts', `import { LIMITS } from '../../src-main/contract/limits';`],
  ['src-main/formats/scenario.ts', `import { PROFILES } from '../model/versions/profiles';`],
  ['src-main/formats/lesson.ts', `import { Simulation } from '../model/run/simulate';`],
  ['src-main/contract/index.ts', `export { parseScenario } from '../formats/scenario';`],
  ['src-main/contract/index.ts', `import { type Lesson } from '../formats/lesson';`],
  ['src-main/shell/preload.ts', `import { other } from '../contract/requests';`],
  ['src-main/contract/request-table.ts', `import * as z from 'zod/mini';`],
  ['src-renderer/window/App.svelte', `<script>import { simulate } from '../../src-main/model/run/simulate';</script>`],
  ['src-renderer/window/App.svelte', `<script>import fs from 'fs';</script>`],
  ['src-renderer/window/App.svelte', `<script>const a = 1;</script>{#await import('electron')}{/await}`],
  ['src-renderer/stores/app.svelte.ts', `import 'd3';`],
  ['src-renderer/timeline/lane-paint.ts', `import { bridge } from '../bridge';`],
  ['src-renderer/timeline/lane-paint.ts', `import { zoom } from 'd3-zoom';`],
  ['src-renderer/runtime-view/pseudocode.ts', `const texts = import.meta.glob('../../assets/lessons/*/*.yaml');`],
  ['src-renderer/gallery/files.ts', `import { play } from '../../src-main/model/testdata/run-scenario';`],
  ['src-renderer/gallery/exhibits.ts', `const texts = import.meta.glob('../../src-main/model/testdata/golden/*.scenario.yaml');`],
  ['src-renderer/scene/glossary.ts', `import { parseGlossary } from '../../src-main/formats/glossary';`],
  ['src-renderer/scene/glossary.ts', `import lesson from '../../assets/lessons/01-hunting/lesson.yaml';`],
  ['src-renderer/scene/scene-plan.ts', `import App from '../window/App.svelte';`],
  ['src-renderer/scene/scene-plan.ts', `import Figure from './Figure.svelte';`],
  ['src-renderer/scene/scene-plan.ts', `import { select } from 'd3';`],
  ['src-renderer/scene/scene-plan.ts', `import { select } from 'd3-selection';`],
  ['src-renderer/scene/scene-plan.ts', `import { onMount } from 'svelte';`],
])('in %s, this is seen: %s', (file, code) => {
  expect(trespasses(file, code)).toHaveLength(1);
});

test.each([
  ['src-main/formats/lesson.ts', `import type { GRow } from '../model/state';`],
  ['src-main/model/operations/go.ts', `import { newproc } from '../runtime/newproc';`],
  ['src-main/model/operations/go.ts', `import type { OperationRow } from './operation';`],
  ['src-main/model/runtime/threads.ts', `import { runqput } from './runq';`],
  ['src-main/model/laws/law-keeper.ts', `import { LAWS } from './laws';`],
  ['src-main/contract/index.ts', `export type { Lesson } from '../formats/lesson';`],
  ['src-main/contract/request-table.ts', `import type * as Zod from 'zod/mini';`],
  ['src-main/app/player.ts', `/* import 'electron'; */ // import('electron')\nconst text = "import 'electron'";`],
  ['src-renderer/timeline/timeline-scale.ts', `import { scaleLinear } from 'd3-scale';`],
  ['src-renderer/window/App.svelte', `<script lang="ts">import { bridge } from '../bridge';</script><p>import 'electron'</p>`],
])('in %s, this may be: %s', (file, code) => {
  expect(trespasses(file, code)).toEqual([]);
});

test('only bridge.ts touches what the preload exposes', () => {
  const inRenderer = files.filter((each) => each.startsWith('src-renderer/'));
  expect(inRenderer.filter((file) => touchesBridge(file, readFileSync(join(ROOT, file), 'utf8')))).toEqual(['src-renderer/bridge.ts']);
});

/** The files that each file imports, types included unless only values are asked for: all that are among the files themselves. */
function graphOf(texts: ReadonlyMap<string, string>, isOfValues = false): Map<string, string[]> {
  const found = (target: string): string[] =>
    [target, `${target}.ts`, `${target}.svelte`, `${target}/index.ts`].filter((name) => texts.has(name)).slice(0, 1);
  return new Map(
    [...texts].map(([file, text]) => [
      file,
      importsOf(file, text).flatMap(({ from, isType }) =>
        from?.startsWith('.') && !(isOfValues && isType) ? found(relative(ROOT, resolve(ROOT, dirname(file), from))) : [],
      ),
    ]),
  );
}

/** The first circle that is found, as the way round it; null: there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (file: string): string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    way.push(file);
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next);
      if (circle) return circle;
    }
    way.pop();
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const circle = visit(file);
    if (circle) return circle;
  }
  return null;
}

/** Everything that a file loads, by way of whatever it imports, now or later. */
function loadedBy(file: string, graph: ReadonlyMap<string, readonly string[]>, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const next of graph.get(file) ?? []) loadedBy(next, graph, seen);
  return seen;
}

/** What plays runs is the player's thread's: it would take the main process a tenth of the start to load it as well. */
const IN_THE_THREAD = /^src-main\/(model\/run\/simulate|app\/kept-run|app\/player|formats\/scenario)\.ts$/;

test('the main process does not load what runs in the player’s thread', () => {
  const graph = graphOf(new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')])), true);
  const of = (file: string): string[] => [...loadedBy(file, graph)].filter((each) => IN_THE_THREAD.test(each));
  expect(of('src-main/app/player-thread.ts')).toHaveLength(4);
  expect(of('src-main/index.ts')).toEqual([]);
});

test('no import goes in a circle, types included', () => {
  const graph = graphOf(new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')])));
  expect([...graph.values()].flat().length).toBeGreaterThan(700);
  expect(circleIn(graph)).toBeNull();
});

test.each([
  ['of two', { 'a/x.ts': `import { y } from './y';`, 'a/y.ts': `export { x } from './x';` }, ['a/x.ts', 'a/y.ts', 'a/x.ts']],
  ['of types only', { 'a.ts': `import type { B } from './b';`, 'b.ts': `let a: import('./a').A;` }, ['a.ts', 'b.ts', 'a.ts']],
  [
    'through a component and a folder',
    { 'w/App.svelte': `<script>import { s } from '../s';</script>`, 's/index.ts': `import './t';`, 's/t.ts': `import '../w/App.svelte';` },
    ['w/App.svelte', 's/index.ts', 's/t.ts', 'w/App.svelte'],
  ],
  ['of one', { 'a.ts': `import type { A } from './a';` }, ['a.ts', 'a.ts']],
  ['that begins elsewhere', { 'a.ts': `import './b';`, 'b.ts': `import './c';`, 'c.ts': `import './b';` }, ['b.ts', 'c.ts', 'b.ts']],
  ['that is none', { 'a.ts': `import './b'; import './c';`, 'b.ts': `import './c';`, 'c.ts': `import 'a';` }, null],
] as const)('a circle %s', (_, texts, circle) => {
  expect(circleIn(graphOf(new Map(Object.entries(texts))))).toEqual(circle);
});

test('every file of the model has a floor, and every floor its files', () => {
  const inModel = files.filter((file) => lies(file, MODEL));
  expect(inModel.filter((file) => !floorOf(withoutEnding(file)))).toEqual([]);
  const kept = new Set(inModel.map((file) => floorOf(withoutEnding(file))?.entry));
  expect([...HEIGHTS.keys()].filter((entry) => !kept.has(entry))).toEqual([]);
});

/** Members of a type that is written out in place, or of an interface. */
const membersOf = (node: ts.Node): string[] =>
  ts.isTypeLiteralNode(node) || ts.isInterfaceDeclaration(node) ? node.members.map((member) => member.name?.getText() ?? '') : [];
const WORDS = new Set(['Text', 'Language', 'Result', 'Refused', 'Fault']);

/** What `file` declares of the types that model/words.ts is there for. */
function declaresAgain(file: string, text: string): string[] {
  return nodesBelow(treeOf(file, text)).flatMap((node) => {
    if ((ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node)) && WORDS.has(node.name.text)) return [node.name.text];
    const members = membersOf(node);
    if (members.length > 0 && members.includes('zh') && members.includes('en')) return ['Text'];
    return ts.isUnionTypeNode(node) && /^'(zh|en)' \| '(zh|en)'/.test(node.getText()) ? ['Language'] : [];
  });
}

test.each(files.filter((file) => file !== 'src-main/model/words.ts'))(
  '%s declares no text, language, fault or result of its own',
  (file) => {
    expect(declaresAgain(file, readFileSync(join(ROOT, file), 'utf8'))).toEqual([]);
  },
);

test.each([
  ['interface Text { zh: string; en: string }', ['Text']],
  ['let title: { zh: string; en: string };', ['Text']],
  ['interface Line { code: string; zh: string; en: string }', ['Text']],
  [`let language: 'zh' | 'en' | null;`, ['Language']],
  ['export type Result<T> = { ok: true; value: T } | { ok: false };', ['Result']],
  ['interface Line extends Text { code: string }', []],
])('%s is seen', (code, found) => {
  expect(declaresAgain('src-main/app/player.ts', code)).toEqual(found);
});

test.each([
  'window.schedville.about({})',
  "window['schedville']",
  'globalThis.schedville',
  'const { schedville } = window',
  '(window as any)[`schedville`]',
])('%s touches it', (code) => {
  expect(touchesBridge('src-renderer/window/App.svelte', `<script lang="ts">${code}</script>`)).toBe(true);
});

test.each(files.filter((file) => file.startsWith('src-main/model/')))('%s asks nobody for time or chance', (file) => {
  const code = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  expect(code).not.toMatch(/Math\.random|Date\.|new Date|performance\.|process\.|setTimeout|setInterval|setImmediate|globalThis|require\(/);
});
