import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GalleryFile } from './gallery-file';
import { done } from './refusal';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-gallery-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test('what has been seen is known at the next start, the last word counts', async () => {
  const file = new GalleryFile(folder);
  expect(await file.read()).toEqual(done({ last: null, reached: [] }));
  await Promise.all([file.keep({ last: 'a', reached: [] }), file.keep({ last: 'b', reached: ['a'] })]);
  expect(await new GalleryFile(folder).read()).toEqual(done({ last: 'b', reached: ['a'] }));
});

test.each([
  ['', null, '没有写完', 'ends in the middle'],
  ['[1', null, '没有写完', 'ends in the middle'],
  ['{"last":"a', null, '没有写完', 'ends in the middle'],
  ['{"last":"a",\n', null, '没有写完', 'ends in the middle'],
  ['[x', null, 'JSON 写得不对', 'not valid JSON'],
  ['{"last" 1}', null, 'JSON 写得不对', 'position 8'],
  ['null', null, '不是该有的内容', 'holds something else'],
  ['"a"', null, '不是该有的内容', 'holds something else'],
  ['{"last":3,"reached":["a"]}', { last: null, reached: ['a'] }, '“last”', '“last”'],
  ['{"last":"b","reached":"a"}', { last: 'b', reached: [] }, '“reached”', '“reached”'],
  ['{"last":"b","reached":["a",null]}', { last: 'b', reached: ['a'] }, '“reached”', '“reached”'],
])('a damaged file (%s) is set aside whole and told once with why; what can be read stays', async (text, good, zh, en) => {
  writeFileSync(join(folder, 'gallery.json'), text);
  const file = new GalleryFile(folder);
  // Two pages at once: only one moves it, and neither takes it to be stuck.
  const [told, again] = await Promise.all([file.read(), file.read()]);
  const aside = readdirSync(folder).find((name) => name.startsWith('gallery.json.broken-')) ?? '';
  expect(readFileSync(join(folder, aside), 'utf8')).toBe(text);
  const path = join(folder, aside);
  if (told.ok) throw new Error('not told');
  expect([told.message.zh.includes(zh), told.message.zh.includes(path)]).toEqual([true, true]);
  expect([told.message.en.includes(en), told.message.en.includes(path)]).toEqual([true, true]);
  expect(again).toEqual(done(good ?? { last: null, reached: [] }));
  expect(await new GalleryFile(folder).read()).toEqual(again);
  await file.keep({ last: null, reached: ['c'] });
  expect(await file.read()).toEqual(done({ last: null, reached: ['c'] }));
});

test('a damaged file that cannot be moved is told once, and never written over', async () => {
  const path = join(folder, 'gallery.json');
  writeFileSync(path, '{ half');
  vi.spyOn(Date, 'now').mockReturnValue(1);
  mkdirSync(join(`${path}.broken-1`, 'older'), { recursive: true });
  const file = new GalleryFile(folder);
  expect(await file.read()).toMatchObject({ ok: false, message: { en: expect.stringContaining('left alone') as string } });
  expect(await file.read()).toEqual(done({ last: null, reached: [] }));
  expect(await file.keep({ last: 'a', reached: [] })).toEqual(done(null));
  expect(readFileSync(path, 'utf8')).toBe('{ half');
});

test('the end of all writing can be waited for', async () => {
  const file = new GalleryFile(folder);
  void file.keep({ last: 'a', reached: [] });
  void file.keep({ last: 'b', reached: [] });
  await file.written();
  expect(JSON.parse(readFileSync(join(folder, 'gallery.json'), 'utf8'))).toEqual({ last: 'b', reached: [] });
});
