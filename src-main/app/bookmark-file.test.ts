import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Bookmark } from '../contract/requests';
import { BookmarkFile } from './bookmark-file';
import { done } from './refusal';
import { eventually } from './testdata/eventually';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-bookmarks-'));
});
afterEach(() => {
  vi.restoreAllMocks();
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
  expect(await file.read()).toEqual(done([]));
  await Promise.all([file.keep([mark('a')]), file.keep([mark('a', '在这里\n等'), mark('b')])]);
  expect(await new BookmarkFile(folder).read()).toEqual(done([mark('a', '在这里\n等'), mark('b')]));
});

test('the end of all writing can be waited for', async () => {
  const file = new BookmarkFile(folder);
  void file.keep([mark('a')]);
  void file.keep([mark('b')]);
  await file.written();
  expect(JSON.parse(readFileSync(join(folder, 'bookmarks.json'), 'utf8'))).toEqual([mark('b')]);
});

test.each(['', '{}', '[1', '{"a":1}'])('a damaged file (%s) is set aside whole and told once, and a new one begins', async (text) => {
  writeFileSync(join(folder, 'bookmarks.json'), text);
  const file = new BookmarkFile(folder);
  const told = await file.read();
  const [aside = ''] = readdirSync(folder);
  expect(aside).toContain('bookmarks.json.broken-');
  expect(told).toMatchObject({ ok: false, message: { en: expect.stringContaining(join(folder, aside)) as string } });
  expect(await file.read()).toEqual(done([]));
  expect(readFileSync(join(folder, aside), 'utf8')).toBe(text);
  await file.keep([mark('a')]);
  expect(await file.read()).toEqual(done([mark('a')]));
});

test('two that read a damaged file at once: one is told, and what is marked then is kept', async () => {
  writeFileSync(join(folder, 'bookmarks.json'), JSON.stringify([mark('a'), null]));
  const file = new BookmarkFile(folder);
  const told = await Promise.all([file.read(), file.read()]);
  expect(told).toEqual([expect.objectContaining({ ok: false }), done([mark('a')])]);
  expect(await file.keep([mark('a'), mark('b')])).toEqual(done(null));
  expect(await new BookmarkFile(folder).read()).toEqual(done([mark('a'), mark('b')]));
});

test('of a file with a bad one the good ones stay, also at the next start, and the file is set aside', async () => {
  const bad = [
    null,
    { ...mark('x'), note: 3 },
    { ...mark('x'), place: { ...mark('x').place, n: -1 } },
    { ...mark('x'), run: 'r'.repeat(201) },
  ];
  writeFileSync(join(folder, 'bookmarks.json'), JSON.stringify([mark('a'), ...bad, mark('b')]));
  expect((await new BookmarkFile(folder).read()).ok).toBe(false);
  expect(await new BookmarkFile(folder).read()).toEqual(done([mark('a'), mark('b')]));
  expect(readdirSync(folder).sort()[1]).toContain('.broken-');
});

test('what another version has written beside a bookmark does not keep it from being kept', async () => {
  const { title, place } = mark('a');
  const newer = { ...mark('a'), colour: 'red', title: { ...title, de: 'Jagd' }, place: { ...place, lane: 1 } };
  writeFileSync(join(folder, 'bookmarks.json'), JSON.stringify([newer]));
  expect(await new BookmarkFile(folder).read()).toEqual(done([mark('a')]));
});

test('a damaged file that cannot be moved is told once, and not written over', async () => {
  const path = join(folder, 'bookmarks.json');
  const file = new BookmarkFile(folder);
  // A folder with something in it is no file, and one of the name that it would get cannot be replaced.
  mkdirSync(path);
  writeFileSync(join(path, 'mine'), 'x');
  vi.spyOn(Date, 'now').mockReturnValue(1);
  mkdirSync(`${path}.broken-1`);
  writeFileSync(join(`${path}.broken-1`, 'older'), 'x');
  // One that is kept while it is still being found out is not written over it either.
  const [told, kept] = await Promise.all([file.read(), file.keep([mark('a')])]);
  expect(told).toMatchObject({ ok: false, message: { en: expect.stringContaining('left alone') as string } });
  expect(kept).toEqual(done(null));
  expect(await file.read()).toEqual(done([]));
  expect(await file.keep([mark('a')])).toEqual(done(null));
  expect(readdirSync(path)).toEqual(['mine']);
});

describe('a folder that is away', () => {
  const away = (): string => `${folder}-away`;
  const kept = (): unknown => JSON.parse(readFileSync(join(folder, 'bookmarks.json'), 'utf8'));

  afterEach(() => {
    rmSync(away(), { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  });

  test('what was marked meanwhile is refused at once, and written when it is back, without anybody’s asking: the last of it', async () => {
    const file = new BookmarkFile(folder, 5);
    await file.read();
    await file.keep([mark('a')]);
    renameSync(folder, away());
    expect(await file.keep([mark('a'), mark('b')])).toMatchObject({ ok: false });
    expect(await file.keep([mark('b'), mark('c')])).toMatchObject({ ok: false });
    // A page that is loaded again has lost nothing.
    expect(await file.read()).toEqual(done([mark('b'), mark('c')]));
    renameSync(away(), folder);
    await eventually(() => {
      expect(kept()).toEqual([mark('b'), mark('c')]);
    });
    expect(await file.keep([mark('c')])).toEqual(done(null));
    expect(kept()).toEqual([mark('c')]);
  });

  test('what lay in it and was never read is not lost', async () => {
    writeFileSync(join(folder, 'bookmarks.json'), JSON.stringify([mark('old')]));
    renameSync(folder, away());
    const file = new BookmarkFile(folder, 5);
    expect(await file.read()).toEqual(done([]));
    expect(await file.keep([mark('new')])).toMatchObject({ ok: false });
    renameSync(away(), folder);
    await eventually(() => {
      expect(kept()).toEqual([mark('old'), mark('new')]);
    });
    // What is taken away again does not come back from the file.
    expect(await file.keep([])).toEqual(done(null));
    expect(kept()).toEqual([mark('old')]);
  });

  test('what lay in it and cannot be read is set aside, not written over', async () => {
    writeFileSync(join(folder, 'bookmarks.json'), 'torn');
    renameSync(folder, away());
    const file = new BookmarkFile(folder, 5);
    await file.read();
    await file.keep([mark('new')]);
    renameSync(away(), folder);
    await eventually(() => {
      expect(kept()).toEqual([mark('new')]);
    });
    const aside = readdirSync(folder).filter((name) => name.startsWith('bookmarks.json.broken-'));
    expect(aside.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['torn']);
  });
});
