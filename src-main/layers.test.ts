/**
 * Which folder may import from which (testdata/layers/table.ts), and that the model is pure. The compiler's zones say the rest
 * (src-main/model/tsconfig.json).
 */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { floorOf, HEIGHTS, MODEL } from './testdata/layers/floors';
import { circleIn, graphOf, loadedBy } from './testdata/layers/import-graph';
import { files, lies, nodesBelow, textIn, treeOf, withoutEnding } from './testdata/layers/imports-of';
import { trespasses } from './testdata/layers/trespasses';

test('there is something to look at', () => {
  expect(files.length).toBeGreaterThan(60);
});

test.each(files)('%s imports only what its layer may', (file) => {
  expect(trespasses(file, textIn(file))).toEqual([]);
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
  ['src-main/app/player.ts', `const load = module['require']('electron');`],
  ['src-main/app/player.ts', `const load = module.require;`],
  ['src-main/app/player.ts', `import { createRequire as door } from 'node:module';`],
  ['src-main/app/player.ts', `process.dlopen(module, './native.node');`],
  ['src-main/app/player.ts', `const load = process.getBuiltinModule(name);`],
  ['src-main/app/player.ts', `const { getBuiltinModule } = process;`],
  ['src-main/app/player.ts', `const { 'getBuiltinModule': door } = process;`],
  ['src-main/ask/lanes.ts', `const fs = process.getBuiltinModule('node:fs');`],
  ['src-main/ask/lanes.ts', `const fs = process?.['getBuiltinModule']('node:fs');`],
  ['src-main/model/run/agenda.ts', `const hash = process.getBuiltinModule('node:crypto').createHash('sha1');`],
  ['src-main/shell/preload.ts', `const fs = process.getBuiltinModule('node:fs');`],
  ['src-renderer/window/App.svelte', `<script>const fs = process.getBuiltinModule('fs');</script>`],
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
  ['src-main/app/player.ts', `const zlib = process.getBuiltinModule('node:zlib');`],
  ['src-main/app/player.ts', `const REFUSED = ['require']; const flags = { require: true };`],
  ['src-main/app/player.ts', `/* import 'electron'; */ // import('electron')\nconst text = "import 'electron'";`],
  ['src-renderer/timeline/timeline-scale.ts', `import { scaleLinear } from 'd3-scale';`],
  ['src-renderer/window/App.svelte', `<script lang="ts">import { bridge } from '../bridge';</script><p>import 'electron'</p>`],
])('in %s, this may be: %s', (file, code) => {
  expect(trespasses(file, code)).toEqual([]);
});

test('only bridge.ts touches what the preload exposes', () => {
  const inRenderer = files.filter((each) => each.startsWith('src-renderer/'));
  expect(inRenderer.filter((file) => touchesBridge(file, textIn(file)))).toEqual(['src-renderer/bridge.ts']);
});

/** What plays runs is the player's thread's: it would take the main process a tenth of the start to load it as well. */
const IN_THE_THREAD = /^src-main\/(model\/run\/simulate|app\/kept-run|app\/player|formats\/scenario)\.ts$/;

test('the main process does not load what runs in the player’s thread', () => {
  const graph = graphOf(new Map(files.map((file) => [file, textIn(file)])), true);
  const of = (file: string): string[] => [...loadedBy(file, graph)].filter((each) => IN_THE_THREAD.test(each));
  expect(of('src-main/app/player-thread.ts')).toHaveLength(4);
  expect(of('src-main/index.ts')).toEqual([]);
});

test('neither the YAML parser nor Zod is loaded before the window asks for more than how it begins', () => {
  const atOnce = (file: string): string => textIn(file).replaceAll(/\bimport\(/g, 'later(');
  const graph = graphOf(new Map(files.map((file) => [file, atOnce(file)])), true);
  const of = (file: string): string[] =>
    [...loadedBy(file, graph)].filter((each) => /^src-main\/(formats\/yaml-source|shell\/request-shapes)\.ts$/.test(each));
  expect(of('src-main/app/player-thread.ts')).toHaveLength(1);
  expect([...of('src-main/index.ts'), ...of('src-main/shell/served.ts')]).toEqual([]);
});

test('no import goes in a circle, types included', () => {
  const graph = graphOf(new Map(files.map((file) => [file, textIn(file)])));
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

/** Whether the bridge that the preload exposes is named: as a member, by a string, or by itself. */
const touchesBridge = (file: string, text: string): boolean =>
  nodesBelow(treeOf(file, text)).some((node) => (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && node.text === 'schedville');

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
    expect(declaresAgain(file, textIn(file))).toEqual([]);
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

/** What is not the same each time, or leads to it: names that nothing of the model may use for anything else, either. */
const IMPURE = new Set(
  'Date performance process crypto Intl fetch setTimeout setInterval setImmediate queueMicrotask requestAnimationFrame requestIdleCallback'
    .split(' ')
    .concat('globalThis global window self navigator require eval Function WeakRef FinalizationRegistry'.split(' ')),
);

/** The names by which a file asks for time, chance or the machine that it runs on. */
function impuritiesOf(file: string, text: string): string[] {
  return nodesBelow(treeOf(file, text)).flatMap((node) => {
    if (!ts.isIdentifier(node)) return [];
    const { parent } = node;
    // Another thing's member, or the name of one.
    const isMember =
      (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
      ((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent)) && parent.name === node);
    if (isMember) return [];
    if (IMPURE.has(node.text)) return [node.text];
    if (node.text !== 'Math') return [];
    // Of Math everything but one function is pure; whoever takes it whole may have that one.
    return ts.isPropertyAccessExpression(parent) && parent.name.text !== 'random' ? [] : ['Math'];
  });
}

test.each(files.filter((file) => file.startsWith('src-main/model/')))('%s asks nobody for time or chance', (file) => {
  expect(impuritiesOf(file, textIn(file))).toEqual([]);
});

test.each([
  'const x = Math.random();',
  "const x = Math['random']();",
  'const { random } = Math;',
  'const at = Date.now();',
  'const at = Date();',
  'const at = new Date();',
  'const clock = { Date };',
  'const { now } = performance;',
  'crypto.getRandomValues(bytes);',
  'if (process.platform) setTimeout(() => undefined);',
  'const g = globalThis as any;',
])('%s asks for time or chance', (code) => {
  expect(impuritiesOf('src-main/model/run/agenda.ts', code).length).toBeGreaterThan(0);
});

test.each(['const x = Math.max(1, 2); // Math.random', "const x = { process: 'Date' }; x.process;", 'interface P { self: string }'])(
  '%s asks for neither',
  (code) => {
    expect(impuritiesOf('src-main/model/run/agenda.ts', code)).toEqual([]);
  },
);
