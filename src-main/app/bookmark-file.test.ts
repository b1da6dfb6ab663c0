import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Bookmark } from '../contract/requests';
import { BookmarkFile } from './bookmark-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-bookmarks-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const mark = (id: string, note = ''): Bookmark => ({
  id,
  lesson: 'hunting',
  run: 'home',
  scenario: 'hunting-still-his',
  title: { zh: '打猎', en: 'hunting' },
  place: { n: 3, t: 12, who: 'main', op: 1, visit: 2, fn: 'exitsyscall', at: 'oldp' },
  note,
});

test('what was kept last is there at the next start', async () => {
  const file = new BookmarkFile(folder);
  expect(await file.read()).toEqual([]);
  await Promise.all([file.keep([mark('a')]), file.keep([mark('a', '在这里\n等'), mark('b')])]);
  expect(await new BookmarkFile(folder).read()).toEqual([mark('a', '在这里\n等'), mark('b')]);
});

test.each(['', '{}', '[1', '{"a":1}'])('a damaged file (%s) is set aside whole, and a new one begins', async (text) => {
  writeFileSync(join(folder, 'bookmarks.json'), text);
  const file = new BookmarkFile(folder);
  expect(await file.read()).toEqual([]);
  const [aside] = readdirSync(folder);
  expect(aside).toContain('bookmarks.json.broken-');
  expect(readFileSync(join(folder, aside ?? ''), 'utf8')).toBe(text);
  await file.keep([mark('a')]);
  expect(await file.read()).toHaveLength(1);
});

test('of a file with a bad one the good ones are shown, and the file is set aside', async () => {
  const bad = [
    null,
    { ...mark('x'), note: 3 },
    { ...mark('x'), place: { ...mark('x').place, n: -1 } },
    { ...mark('x'), run: 'r'.repeat(201) },
  ];
  writeFileSync(join(folder, 'bookmarks.json'), JSON.stringify([mark('a'), ...bad, mark('b')]));
  expect((await new BookmarkFile(folder).read()).map(({ id }) => id)).toEqual(['a', 'b']);
  expect(readdirSync(folder)[0]).toContain('.broken-');
});
