import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bringCodeCache, codeCacheOf } from './code-cache';

let folder: string;
let from: string;
let data: string;
const put = (at: string, name: string, text: string): void => {
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, name), text);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-code-'));
  [from, data] = [join(folder, 'brought'), join(folder, 'data')];
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a first start finds what was brought', () => {
  put(from, 'a_0', 'A');
  put(from, 'b_0', 'B');
  bringCodeCache(from, data);
  expect(readdirSync(codeCacheOf(data))).toEqual(['a_0', 'b_0']);
});

test('what the data folder has already stays as it is, and what a newer version brings is added', () => {
  put(codeCacheOf(data), 'a_0', 'made here');
  put(from, 'a_0', 'A');
  put(from, 'c_0', 'C');
  bringCodeCache(from, data);
  expect(readFileSync(join(codeCacheOf(data), 'a_0'), 'utf8')).toBe('made here');
  expect(readFileSync(join(codeCacheOf(data), 'c_0'), 'utf8')).toBe('C');
});

test('where nothing was brought nothing is made', () => {
  bringCodeCache(from, data);
  mkdirSync(from);
  bringCodeCache(from, data);
  expect(readdirSync(folder)).toEqual(['brought']);
});

test('a data folder that cannot be written to keeps nobody from starting', () => {
  put(from, 'a_0', 'A');
  put(folder, 'data', 'a file in the place of the folder');
  expect(() => {
    bringCodeCache(from, data);
  }).not.toThrow();
});
