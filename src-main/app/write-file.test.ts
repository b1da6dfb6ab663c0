import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GrowingFile, writeFileWhole } from './write-file';

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

test('an abandoned one is gone', async () => {
  const file = await GrowingFile.create(join(folder, 'trace.jsonl'));
  await file.write('half');
  await file.abandon();
  expect(readdirSync(folder)).toEqual([]);
});
