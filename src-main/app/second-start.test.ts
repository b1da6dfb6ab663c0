import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runsAlready } from './second-start';

const folder = mkdtempSync(join(tmpdir(), 'schedville-second-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('where the sign of a first start could not be left, nothing runs yet', () => {
  expect(runsAlready(join(folder, 'not-there'), 'linux')).toBe(false);
  expect(runsAlready(folder, 'linux')).toBe(false);
  // A folder of the system into which nobody writes, root neither.
  expect(runsAlready('/proc', 'linux')).toBe(false);
});

test('with the sign something runs', () => {
  symlinkSync('machine-123', join(folder, 'SingletonLock'));
  expect(runsAlready(folder, 'linux')).toBe(true);
});

test('Windows has another way, which is believed', () => {
  expect(runsAlready(join(folder, 'not-there'), 'win32')).toBe(true);
});
