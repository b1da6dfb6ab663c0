/** The maps of the two trees name only what there is, and every room of them. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** What looks like a path between backticks, as it is written: relative to the page's own folder. */
const pathsIn = (page: string): string[] =>
  [...page.matchAll(/`([\w./-]+)`/g)].flatMap(([, name = '']) => (name.includes('/') || /\.(ts|svelte|yaml|md)$/.test(name) ? [name] : []));

const missingFrom = (folder: string, page: string): string[] => pathsIn(page).filter((each) => !existsSync(join(folder, each)));

test.each(['src-main/README.md', 'src-renderer/README.md'])('every path that %s names is there', (file) => {
  const page = readFileSync(join(ROOT, file), 'utf8');
  expect(pathsIn(page).length).toBeGreaterThan(15);
  expect(missingFrom(dirname(join(ROOT, file)), page)).toEqual([]);
});

test.each(['src-main', 'src-renderer'])('every folder of %s is on its map', (tree) => {
  const named = new Set(pathsIn(readFileSync(join(ROOT, tree, 'README.md'), 'utf8')).map((each) => each.split('/')[0]));
  const folders = readdirSync(join(ROOT, tree), { withFileTypes: true }).filter((each) => each.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([]);
});

test('a path that is not there is seen', () => {
  const page = 'a `model/` and `model/state.ts`, no `P.P0.status`, but `model/costs.ts`, `layer.ts` and `../asset/words/`';
  expect(missingFrom(import.meta.dirname, page)).toEqual(['model/costs.ts', 'layer.ts', '../asset/words/']);
});

const TOP = {
  folders: ['.ci', '.github', '.vscode', 'assets', 'e2e', 'src-main', 'src-renderer'],
  files: [/^[A-Z]+\.md$/, /^LICENSE$/, /^package(-lock)?\.json$/, /^\w[\w.-]*\.config\.[jt]s$/, /^tsconfig(\.\w+)?\.json$/, /^\.[\w.]+$/],
};

/** Which of the first parts of these paths do not belong beside the README. */
const strangers = (paths: readonly string[]): string[] => {
  const folders = new Set(paths.filter((each) => each.includes('/')).map((each) => each.split('/')[0] ?? ''));
  const files = paths.filter((each) => !each.includes('/'));
  return [
    ...[...folders].filter((name) => !TOP.folders.includes(name)),
    ...files.filter((name) => !TOP.files.some((each) => each.test(name))),
  ];
};

/** What Git keeps, and nothing of what else lies on somebody's machine; where there is no Git, as in a clean clone of CI, all that is not ignored. */
function kept(): string[] {
  const { stdout, status } = spawnSync('git', ['-c', 'core.quotePath=false', 'ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' });
  if (status === 0) return stdout.split('\0').filter((each) => each !== '');
  const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n');
  return readdirSync(ROOT, { withFileTypes: true })
    .filter(({ name }) => name !== '.git' && !ignored.some((each) => each.replaceAll('/', '') === name))
    .map((each) => (each.isDirectory() ? `${each.name}/` : each.name));
}

test('beside the README stands only what was agreed', () => {
  expect(strangers(kept())).toEqual([]);
  expect(strangers(['生\\', 'docs/a.md', 'README.md', 'e2e/a.ts'])).toEqual(['docs', '生\\']);
});
