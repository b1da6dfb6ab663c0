import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runsAlready } from './second-start';

const folder = mkdtempSync(join(tmpdir(), 'schedville-second-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('without a lock nothing runs yet: the first start could not create one', () => {
  expect(runsAlready(join(folder, 'not-there'), 'linux')).toBe(false);
  expect(runsAlready(folder, 'linux')).toBe(false);
  // Not even root can create a file there.
  expect(runsAlready('/proc', 'linux')).toBe(false);
});

test('with a lock something runs', () => {
  symlinkSync('machine-123', join(folder, 'SingletonLock'));
  expect(runsAlready(folder, 'linux')).toBe(true);
});

test('on Windows, which has no such lock, Chromium is believed', () => {
  expect(runsAlready(join(folder, 'not-there'), 'win32')).toBe(true);
});
