import { describe, expect, test } from 'vitest';
import { varied } from './vary';
import { unmet } from './homework';
import { isSame, missingFrom, namesBeside, valueAt } from './values';

const root = { M: { M0: { regs: { AX: '0xfffffffffffffff7' } } }, kernel: { files: { '/etc/a.b': 'x' } }, runq: ['G2', 'G3'], none: null };

test('a place is found by its path', () => {
  expect(valueAt(root, 'M.M0.regs.AX')).toBe('0xfffffffffffffff7');
  expect(valueAt(root, 'kernel.files./etc/a.b')).toBe('x');
  expect(valueAt(root, 'runq[1]')).toBe('G3');
  expect(valueAt(root, 'runq.length')).toBe(2);
  expect(valueAt(root, 'none')).toBe(null);
  for (const path of ['M.M1.regs', 'runq[2]', 'none.x', 'M.M0.regs.AX.x', 'runq.size', 'M.toString'])
    expect(valueAt(root, path), path).toBe(undefined);
  expect(namesBeside(root, 'M.M0.rges.AX')).toEqual(['regs']);
  expect(namesBeside(root, 'N.M0')).toEqual(['M', 'kernel', 'runq', 'none']);
});

test('registers are compared as 64 bits, everything else as it is', () => {
  expect(isSame('0xfffffffffffffff7', -9)).toBe(true);
  expect(isSame('0x3', 3)).toBe(true);
  expect(isSame('0x0003', '0x3')).toBe(true);
  expect(isSame('0x3', 4)).toBe(false);
  expect(isSame('3', 3)).toBe(false);
  expect(isSame(['G2'], ['G2'])).toBe(true);
  expect(isSame(['G2'], ['G2', 'G3'])).toBe(false);
  expect(isSame({ a: 1 }, { a: 1 })).toBe(true);
  expect(isSame({ a: 1 }, { b: 1 })).toBe(false);
  expect(isSame(null, 0)).toBe(false);
  expect(isSame([], {})).toBe(false);
});

test('facts contain what is expected, and lists have as many items', () => {
  const facts = { outcome: { kind: 'exit', code: 0 }, retakes: [{ t: 5, p: 'P0' }], threads: { peak: 3 } };
  expect(missingFrom(facts, { outcome: { kind: 'exit' }, retakes: [{ p: 'P0' }] })).toEqual([]);
  expect(missingFrom(facts, { retakes: [] })).toEqual([{ path: 'retakes.length', expected: 0, found: 1 }]);
  expect(missingFrom(facts, { retakes: [{ p: 'P1' }], threads: { peak: 4 } })).toEqual([
    { path: 'retakes[0].p', expected: 'P1', found: 'P0' },
    { path: 'threads.peak', expected: 4, found: 3 },
  ]);
  expect(unmet(facts, { threads: { paek: 3 } })).toMatchObject([
    { path: 'threads.paek', message: { en: 'expected threads.paek to be 3 in the facts, which have no such place' }, suggestion: 'peak' },
  ]);
});

describe('a value is varied', () => {
  const source = { schedville: 1, limits: { time: '1s' }, goroutines: { main: ['gosched', { syscall: { name: 'read', takes: '1ms' } }] } };

  test('in a goroutine, at the top, or in runtime, where it may be new', () => {
    expect(varied(source, 'main[1].syscall.takes', '2ms')).toEqual({
      ...source,
      goroutines: { main: ['gosched', { syscall: { name: 'read', takes: '2ms' } }] },
    });
    expect(varied(source, 'limits.time', '2s')).toMatchObject({ limits: { time: '2s' } });
    expect(varied(source, 'gomaxprocs', 2)).toEqual({ ...source, runtime: { gomaxprocs: 2 } });
    expect(varied(source, 'runtime.start.idlems', 2)).toEqual({ ...source, runtime: { start: { idlems: 2 } } });
  });

  test.each(['main[2].syscall', 'main[x]', 'main[0].takes', 'main[1].syscall.via', 'limits.steps', ''])('%j is no place', (path) => {
    expect(varied(source, path, 1)).toBe(null);
  });
});
