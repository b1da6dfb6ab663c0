/** For tests: what a file imports though its layer may not. */
import { goesDown, MODEL } from './floors';
import { importsOf, lies, targetOf, withoutEnding } from './imports-of';
import { MAY, type Rule } from './table';

/** Code that only tests may import. Scenarios there are data, which the gallery shows, too. */
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
  'src-renderer/timeline/format-ns',
  'src-renderer/timeline/timeline-scale',
  'assets/gallery',
  'assets/glossary.yaml',
  'assets/guides',
  'assets/pseudocode',
  'assets/sentences',
  'src-main/formats/README.md',
];

/**
 * Plain .ts in the renderer computes: it may import its own folder, what is shared and the contract, and nothing that needs a document. These
 * do not: they join the page to the other side of the bridge, fetch its files, gather what is loaded together, or pack films with libraries.
 */
const NOT_PURE = [
  'src-renderer/main.ts',
  'src-renderer/bridge.ts',
  'src-renderer/stores/run-source.ts',
  'src-renderer/picture/svg-fonts.ts',
  'src-renderer/film/film-page.ts',
  'src-renderer/film/gif-pack.ts',
  'src-renderer/film/webm-pack.ts',
  'src-renderer/gallery/files.ts',
  'src-renderer/play/main.ts',
  'src-renderer/window/beside.ts',
];
const isPure = (file: string): boolean => /^src-renderer\/[^.]*\.ts$/.test(file) && !NOT_PURE.includes(file);

function ruleOf(file: string): Rule {
  // A folder inside a view's folder belongs to the view.
  if (isPure(file))
    return { from: [file.split('/').slice(0, 2).join('/'), ...SHARED, 'src-main/contract/index', 'assets/words/index'], packages: PURE_D3 };
  const name = withoutEnding(file);
  const [best] = Object.keys(MAY)
    .filter((each) => lies(name, each))
    .sort((a, b) => b.length - a.length);
  const rule = MAY[best ?? ''];
  if (!rule) throw new Error(`${file} is in no layer`);
  return rule;
}

/** What `file`, with this text, imports though it may not: a sentence each. */
export function trespasses(file: string, text: string): string[] {
  const { from: may, types = [], packages, typePackages } = ruleOf(file);
  return importsOf(file, text).flatMap(({ from, isType }) => {
    if (from === null) return [`${file} imports what only a run can tell`];
    if (!from.startsWith('.'))
      return packages?.test(from) || (isType && typePackages?.test(from)) ? [] : [`${file} imports the package ${from}`];
    const target = targetOf(file, from);
    if (TESTS_ONLY.test(`${target}/`) && !TESTS_ONLY.test(file) && !target.endsWith('.scenario.yaml'))
      return [`${file} imports ${target}, which is for tests`];
    if (lies(file, MODEL) && lies(target, MODEL) && !goesDown(file, target)) return [`${file} imports ${target}, which is not below it`];
    if (isPure(file) && /\.(svelte|css)$/.test(target)) return [`${file} imports ${target}`];
    return [...may, ...(isType ? types : [])].some((each) => lies(target, each)) ? [] : [`${file} imports ${target}`];
  });
}
