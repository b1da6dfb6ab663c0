import { expect, test } from 'vitest';
import { LANGUAGES } from '../../assets/words/index';
import type { SyscallPath } from '../model/state';
import { waysOf, wayText } from './way-text';

const label = { zh: '路', en: 'way' };
const row = { label, kind: 'facts', path: 'goroutines.main.syscalls[0].path' } as const;
// As the type says them: another way would not be explained.
const WAYS: Readonly<Record<SyscallPath, true>> = {
  ...{ oldp: true, 'oldp-reacquired': true, idlep: true, 'slow-idlep': true },
  ...{ 'slow-queued': true, 'slow-locked': true, raw: true, runtime: true },
};

test.each(LANGUAGES)('every way back is explained, %s', (language) => {
  expect(new Set(waysOf(row))).toEqual(new Set(Object.keys(WAYS)));
  const said = Object.keys(WAYS).map((way) => wayText(row, way, language));
  expect(new Set(said).size).toBe(said.length);
  expect(said).not.toContain('');
});

test('other cells say what they mean', () => {
  expect(wayText(row, null, 'en')).toBe('');
  expect(wayText(row, 'constructor', 'en')).toBe('');
  expect(wayText({ label, kind: 'facts', path: 'goroutines.main.name' }, 'raw', 'en')).toBe('');
  expect(waysOf({ label, kind: 'state', path: 'G.G1.status' })).toBe(null);
});
