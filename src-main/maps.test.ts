/** The maps of the two trees name only what there is. */
import { existsSync, readFileSync } from 'node:fs';
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

test('a path that is not there is seen', () => {
  const page = 'a `model/` and `model/state.ts`, no `P.P0.status`, but `model/costs.ts`, `layer.ts` and `../asset/words/`';
  expect(missingFrom(import.meta.dirname, page)).toEqual(['model/costs.ts', 'layer.ts', '../asset/words/']);
});
