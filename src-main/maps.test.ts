/** The maps of the two trees name only what there is, and every room of them. */
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

/** Beside what Git is told to ignore. */
const TOP = {
  folders: ['.ci', '.git', '.github', '.vscode', 'assets', 'e2e', 'src-main', 'src-renderer'],
  files: [/^[A-Z]+\.md$/, /^LICENSE$/, /^package(-lock)?\.json$/, /^\w[\w.-]*\.config\.[jt]s$/, /^tsconfig(\.\w+)?\.json$/, /^\.[\w.]+$/],
};

/** Which of these do not belong beside the README; a worktree's .git is a file. */
const strangers = (entries: readonly { name: string; isFolder: boolean }[]): string[] =>
  entries
    .filter(({ name, isFolder }) => (isFolder ? !TOP.folders.includes(name) : !TOP.files.some((each) => each.test(name))))
    .map(({ name }) => name);

test('beside the README stands only what was agreed', () => {
  const ignored = new Set(
    readFileSync(join(ROOT, '.gitignore'), 'utf8')
      .split('\n')
      .map((line) => line.replaceAll('/', '')),
  );
  const entries = readdirSync(ROOT, { withFileTypes: true }).map((each) => ({ name: each.name, isFolder: each.isDirectory() }));
  expect(entries.length).toBeGreaterThan(20);
  expect(strangers(entries.filter(({ name }) => !ignored.has(name)))).toEqual([]);
  expect(strangers([{ name: '生\\', isFolder: false }])).toEqual(['生\\']);
  expect(strangers([{ name: 'docs', isFolder: true }])).toEqual(['docs']);
});
