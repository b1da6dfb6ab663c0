import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFile, withoutPrivate } from './log-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-log-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const SECRET = {
  names: [
    ['/opt/Schedville/resources/app.asar', '<program>'],
    ['/home/zhangsan', '<home>'],
    ['zhangsan', '<user>'],
  ] as const,
};

test.each([
  ["ENOENT: no such file or directory, open '/home/zhangsan/三班 成绩.yaml'", "ENOENT: no such file or directory, open '<path>'"],
  ['cannot write /mnt/u/小明.png: full', 'cannot write <path> full'],
  ['C:\\Users\\小红\\a.yaml is gone', '<path> is gone'],
  ['\\\\server\\share\\x', '<path>'],
  ['loaded file:///home/zhangsan/x.html twice', 'loaded <path> twice'],
  ['Error: x\n at f (/opt/Schedville/resources/app.asar/out/main/index.js:3:4)', 'Error: x\n at f (<program>/out/main/index.js:3:4)'],
  ['zhangsan logged in', '<user> logged in'],
  ['3/4 of the steps; read and/or write', '3/4 of the steps; read and/or write'],
])('%j', (text, wanted) => {
  expect(withoutPrivate(text, SECRET)).toBe(wanted);
});

const logOf = (name = 'schedville.log'): string => readFileSync(join(folder, 'logs', name), 'utf8');

test('an entry has a time, a kind and no private word, and its further lines are set in', () => {
  new LogFile(join(folder, 'logs', 'schedville.log'), SECRET, () => new Date(0)).add('error', 'a\nof zhangsan');
  expect(logOf()).toBe('1970-01-01T00:00:00.000Z error: a\n  of <user>\n');
});

test('it never grows beyond two files of 256 KiB', () => {
  const log = new LogFile(join(folder, 'logs', 'schedville.log'), SECRET);
  for (let i = 0; i < 300; i++) log.add('error', 'x'.repeat(10_000));
  expect(readdirSync(join(folder, 'logs')).sort()).toEqual(['schedville.log', 'schedville.log.old']);
  for (const name of readdirSync(join(folder, 'logs'))) expect(statSync(join(folder, 'logs', name)).size).toBeLessThan(270 * 1024);
});

test('no data folder comes to be where it is gone', () => {
  const drive = join(folder, 'drive');
  const add = (): void => {
    new LogFile(join(drive, 'data', 'logs', 'schedville.log'), SECRET).add('error', 'x');
  };
  mkdirSync(join(drive, 'data'), { recursive: true });
  add();
  expect(readdirSync(join(drive, 'data', 'logs'))).toEqual(['schedville.log']);
  // What is left of a drive that is gone is its mount point: an empty folder.
  rmSync(join(drive, 'data'), { recursive: true });
  add();
  expect(readdirSync(drive)).toEqual([]);
});

test('where nothing can be written the program goes on', () => {
  writeFileSync(join(folder, 'logs'), 'in the way');
  const log = new LogFile(join(folder, 'logs', 'schedville.log'), SECRET);
  expect(() => {
    log.add('error', 'x');
    log.add('error', 'x');
  }).not.toThrow();
});
