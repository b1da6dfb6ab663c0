/** A text of the product's that the build cannot read: where that is because the build is older, this is said, and what to run. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findAssets, unusable } from './find-assets';

let root: string;
let table: string;
let program: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'schedville-assets-'));
  for (const folder of ['assets/listings', 'out/main', 'src-main']) mkdirSync(join(root, folder), { recursive: true });
  table = join(root, 'assets/glossary.yaml');
  program = join(root, 'out/main/sim.js');
  for (const file of [table, program]) writeFileSync(file, '');
  utimesSync(program, 1_000, 1_000);
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const told = (): string => unusable(table, new Error('no key key'), program).text.en;

test('a build that is older than the text', () => {
  utimesSync(table, 1_001, 1_001);
  expect(told()).toBe(`this build is older than ${table} and cannot read it: run npm run build, then try again (Error: no key key)`);
});

test('a text that is wrong, whoever reads it', () => {
  utimesSync(table, 999, 999);
  expect(told()).toBe(`the table ${table} cannot be used: Error: no key key`);
});

test('nobody can build anew what is installed', () => {
  rmSync(join(root, 'src-main'), { recursive: true });
  utimesSync(table, 1_001, 1_001);
  expect(told()).toContain('cannot be used');
  expect(findAssets(join(root, 'out/main'))).toBe(join(root, 'assets'));
});
