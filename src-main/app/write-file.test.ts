import { execFileSync, spawn } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DATA_MARK, markDataFolder } from './data-mark';
import { LearnerFiles } from './learner-files';
import { LogFile } from './log-file';
import { DEFAULT_SETTINGS, SettingsFile } from './settings-file';
import { GrowingFile, sweepParts, writeFileWhole, writeOwnFile } from './write-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-write-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a whole file appears, in a folder that it makes', async () => {
  await writeFileWhole(join(folder, 'new', 'a.txt'), 'one');
  expect(readFileSync(join(folder, 'new', 'a.txt'), 'utf8')).toBe('one');
});

test('several folders are made, also by two writers at once', async () => {
  const paths = ['a.txt', 'b.txt'].map((name) => join(folder, 'one', 'two', 'three', name));
  await Promise.all(paths.map((path) => writeFileWhole(path, 'x')));
  expect(readdirSync(join(folder, 'one', 'two', 'three')).sort()).toEqual(['a.txt', 'b.txt']);
});

test('nothing is written into a folder that Chromium has made in the place of the data folder; when that is back all goes on', async () => {
  const [data, away] = [join(folder, 'data'), join(folder, 'away')];
  mkdirSync(data);
  markDataFolder(data);
  const log = new LogFile(join(data, 'logs', 'schedville.log'), { names: [] });
  renameSync(data, away);
  mkdirSync(join(data, 'Cache'), { recursive: true });
  await expect(writeOwnFile(join(data, 'a.json'), 'x')).rejects.toThrow('ENOENT');
  await expect(writeOwnFile(join(data, 'learners', 'a.json'), 'x', data)).rejects.toThrow('ENOENT');
  log.add('error', 'gone');
  expect(readdirSync(data)).toEqual(['Cache']);
  rmSync(data, { recursive: true });
  renameSync(away, data);
  await writeOwnFile(join(data, 'a.json'), 'x');
  log.add('error', 'back');
  expect(readdirSync(data).sort()).toEqual(['a.json', 'logs', DATA_MARK]);
  // With the next start, too.
  markDataFolder(data);
  expect(readdirSync(join(data, 'logs'))).toEqual(['schedville.log']);
});

test('a data folder that cannot be marked is known by being there', async () => {
  const data = join(folder, 'later');
  markDataFolder(data);
  mkdirSync(data);
  await writeOwnFile(join(data, 'a.json'), 'x');
  expect(readdirSync(data)).toEqual(['a.json']);
});

test('the program’s own files make no data folder where it is gone', async () => {
  const data = join(folder, 'drive', 'data');
  mkdirSync(data, { recursive: true });
  await writeOwnFile(join(data, 'learners', 'a.json'), 'x', data);
  expect(readdirSync(data)).toEqual(['learners']);
  // What is left of a drive that is gone is its mount point: an empty folder.
  rmSync(data, { recursive: true });
  await expect(writeOwnFile(join(data, 'learners', 'a.json'), 'x', data)).rejects.toThrow('ENOENT');
  await expect(new SettingsFile(data).write(DEFAULT_SETTINGS)).rejects.toThrow('ENOENT');
  expect((await new LearnerFiles(data).keep({ id: 'a', name: '', isClass: false, place: null, lessons: {} })).ok).toBe(false);
  expect(readdirSync(join(folder, 'drive'))).toEqual([]);
});

test('what cannot be written leaves the old and nothing else', async () => {
  writeFileSync(join(folder, 'file'), 'old');
  mkdirSync(join(folder, 'taken'));
  await expect(writeFileWhole(join(folder, 'taken'), 'new')).rejects.toThrow();
  await expect(writeFileWhole(join(folder, 'file', 'below'), 'new')).rejects.toThrow();
  expect(readdirSync(folder).sort()).toEqual(['file', 'taken']);
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('old');
});

test('a growing file has its name only when it is done', async () => {
  const path = join(folder, 'trace.jsonl');
  const file = await GrowingFile.create(path);
  const line = `${'x'.repeat(99)}\n`;
  for (let i = 0; i < 20_000; i++) await file.write(line);
  expect(readdirSync(folder)).not.toContain('trace.jsonl');
  await file.finish();
  expect(readdirSync(folder)).toEqual(['trace.jsonl']);
  expect(readFileSync(path, 'utf8')).toHaveLength(2_000_000);
});

test('what killed writers have left goes when it is old, and nothing else does', async () => {
  const left = join(folder, '.0c3ae2c1-6bd4-4bd4-8bd4-0c3ae2c16bd4.part');
  const fresh = join(folder, '.1c3ae2c1-6bd4-4bd4-8bd4-0c3ae2c16bd4.part');
  const others = join(folder, '.theirs.part');
  for (const path of [left, fresh, others]) writeFileSync(path, '');
  for (const path of [left, others]) utimesSync(path, 0, 0);
  await writeFileWhole(join(folder, 'a.txt'), 'one');
  expect(readdirSync(folder).sort()).toEqual(['.1c3ae2c1-6bd4-4bd4-8bd4-0c3ae2c16bd4.part', '.theirs.part', 'a.txt']);
  await sweepParts(folder, -1_000);
  expect(readdirSync(folder).sort()).toEqual(['.theirs.part', 'a.txt']);
  await sweepParts(join(folder, 'nowhere'), 0);
});

test('an abandoned one is gone', async () => {
  const file = await GrowingFile.create(join(folder, 'trace.jsonl'));
  await file.write('half');
  await file.abandon();
  expect(readdirSync(folder)).toEqual([]);
});

/** The two ways to write, as one. */
const WAYS: [string, (path: string, text: string) => Promise<void>][] = [
  ['a whole file', writeFileWhole],
  [
    'a growing file',
    async (path, text) => {
      const file = await GrowingFile.create(path);
      await file.write(text);
      await file.finish();
    },
  ],
];

describe.skipIf(process.platform === 'win32').each(WAYS)('%s', (_, write) => {
  test('goes through a link, which stays', async () => {
    const file = join(folder, 'far', 'file');
    mkdirSync(join(folder, 'far'));
    writeFileSync(file, 'old', { mode: 0o600 });
    symlinkSync('far/file', join(folder, 'link'));
    await write(join(folder, 'link'), 'new');
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['far', 'link']);
  });

  test('goes through a link to what is still to be made', async () => {
    symlinkSync('later/file', join(folder, 'link'));
    await write(join(folder, 'link'), 'new');
    expect(readFileSync(join(folder, 'later', 'file'), 'utf8')).toBe('new');
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  });

  test('a circle of links is an error', async () => {
    symlinkSync('b', join(folder, 'a'));
    symlinkSync('a', join(folder, 'b'));
    await expect(write(join(folder, 'a'), 'new')).rejects.toThrow('ELOOP');
  });

  test('flows into a pipe, which stays one', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = spawn('cat', [pipe]);
    const [read] = await Promise.all([text(reader.stdout), write(pipe, 'through')]);
    expect(read).toBe('through');
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    expect(readdirSync(folder)).toEqual(['pipe']);
  });

  test('vanishes in /dev/null, which stays', async () => {
    symlinkSync('/dev/null', join(folder, 'null'));
    await write(join(folder, 'null'), 'gone');
    expect(statSync(join(folder, 'null')).isCharacterDevice()).toBe(true);
    expect(lstatSync(join(folder, 'null')).isSymbolicLink()).toBe(true);
  });
});
