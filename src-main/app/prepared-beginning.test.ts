import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Beginning } from './player-asks';
import { preparedText, readPrepared, stampText } from './prepared-beginning';

let folder: string;
let assets: string;
const beginning: Beginning = {
  lessons: { ok: true, value: { cards: [], units: [], misconceptions: [], broken: [] } },
  opened: null,
  run: null,
  steps: [],
  place: null,
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-prepared-'));
  assets = join(folder, 'assets');
  for (const part of ['lessons/01-a', 'listings/1.14/amd64']) mkdirSync(join(assets, part), { recursive: true });
  writeFileSync(join(assets, 'lessons', '01-a', 'lesson.yaml'), 'a');
  writeFileSync(join(assets, 'listings', '1.14', 'amd64', 'syscall.s'), 's');
  writeFileSync(join(assets, 'errata.yaml'), 'e');
  writeFileSync(join(assets, 'misconceptions.yaml'), 'm');
  // Of long ago: what a test writes a moment later could have the time of the same tick.
  const files = readdirSync(assets, { recursive: true, encoding: 'utf8' });
  for (const file of files) utimesSync(join(assets, file), 1e9, 1e9);
  for (const { file, text } of [preparedText(assets, beginning), stampText(assets)]) writeFileSync(join(folder, file), text);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('what was prepared from the same files is believed', () => {
  expect(readPrepared(folder, assets)).toEqual(beginning);
  const elsewhere = join(folder, 'elsewhere');
  cpSync(assets, elsewhere, { recursive: true });
  expect(readPrepared(folder, elsewhere)).toEqual(beginning);
});

test('files that have been written again with the same text are read, and it is believed', () => {
  const file = join(assets, 'errata.yaml');
  utimesSync(file, 2e9, 2e9);
  expect(readPrepared(folder, assets)).toEqual(beginning);
  writeFileSync(file, 'f');
  expect(readPrepared(folder, assets)).toBe(null);
});

test('where nothing has been written since, nothing of it is read', () => {
  const file = join(assets, 'errata.yaml');
  writeFileSync(file, 'x');
  utimesSync(file, 1e9, 1e9);
  expect(readPrepared(folder, assets)).toEqual(beginning);
});

test('what lies in one archive with its assets is believed unread', () => {
  const archive = join(folder, 'app.asar', 'assets');
  cpSync(assets, archive, { recursive: true });
  rmSync(join(archive, 'lessons'), { recursive: true });
  expect(readPrepared(folder, archive)).toEqual(beginning);
});

test.each<[string, (assets: string) => void]>([
  [
    'a lesson has changed',
    (at) => {
      writeFileSync(join(at, 'lessons', '01-a', 'lesson.yaml'), 'b');
    },
  ],
  [
    'an erratum has changed',
    (at) => {
      writeFileSync(join(at, 'errata.yaml'), 'f');
    },
  ],
  [
    'a misconception has changed',
    (at) => {
      writeFileSync(join(at, 'misconceptions.yaml'), 'n');
    },
  ],
  [
    'a lesson has come',
    (at) => {
      writeFileSync(join(at, 'lessons', '01-a', 'more.yaml'), '');
    },
  ],
  [
    'a lesson has another name',
    (at) => {
      renameSync(join(at, 'lessons', '01-a'), join(at, 'lessons', '02-a'));
    },
  ],
  [
    'a listing is gone',
    (at) => {
      rmSync(join(at, 'listings', '1.14', 'amd64', 'syscall.s'));
    },
  ],
  [
    'the listings are gone',
    (at) => {
      rmSync(join(at, 'listings'), { recursive: true });
    },
  ],
])('when %s it is not', (_, change) => {
  change(assets);
  expect(readPrepared(folder, assets)).toBe(null);
});

test.each(['', '{', 'null', '{}', '[]'])('a file of %j is none', (text) => {
  writeFileSync(join(folder, preparedText(assets, beginning).file), text);
  expect(readPrepared(folder, assets)).toBe(null);
});

test('no file is none', () => {
  expect(readPrepared(join(folder, 'nowhere'), assets)).toBe(null);
});
