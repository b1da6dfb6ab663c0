/** What the activities of lessons reckon: cells, order, matches, boxes, claims, results. */
import { describe, expect, test } from 'vitest';
import {
  type ClaimActivity,
  type MatchActivity,
  type PlaygroundActivity,
  type SortActivity,
  waysOf,
} from '../../../src-main/contract/index';
import { binsOf, isExpected, moved, rightBins, rightClaim, rightMatches, rightPlaces } from './marks';
import { shuffled } from './shuffled';
import { cellText, choicesOf, isRightCell } from './table-cells';

const cell = (value: string | number | null): { value: string | number | null; unit: null } => ({ value, unit: null });
const time = (ns: number): { value: number; unit: 'ns' } => ({ value: ns, unit: 'ns' });

describe('a cell', () => {
  test.each([
    [cell(2), '2'],
    [cell('_Psyscall'), '_Psyscall'],
    [cell(null), '—'],
    [cell(''), '—'],
    [null, '—'],
    [time(11_060_000), '11.1 ms'],
    [{ value: ['P0', 'P1'], unit: null }, '["P0","P1"]'],
  ])('%j is read as %s', (given, shown) => {
    expect(cellText(given)).toBe(shown);
  });

  test.each([
    ['2', cell(2)],
    [' ２ ', cell(2)],
    ['−1', cell(-1)],
    ['257', cell('0x101')],
    ['0xffffffffffffffff', cell('0xffffffffffffffff')],
    ['psyscall', cell('_Psyscall')],
    ['—', null],
    ['没有', cell(null)],
    ['11ms', time(11_060_000)],
    ['11 毫秒', time(11_060_000)],
    ['11060us', time(11_060_000)],
  ])('%s is right for %j', (typed, given) => {
    expect(isRightCell(typed, given)).toBe(true);
  });

  test.each([
    ['3', cell(2)],
    ['', cell(0)],
    ['', null],
    ['—', cell(0)],
    ['0', null],
    ['Prunning', cell('_Psyscall')],
    ['12ms', time(11_060_000)],
    ['11', time(11_060_000)],
    ['2x', cell(2)],
  ])('%s is not right for %j', (typed, given) => {
    expect(isRightCell(typed, given)).toBe(false);
  });

  test('words are chosen from those of the row; numbers, times and what is all the same are typed', () => {
    expect(choicesOf([cell('idlep'), cell('fast'), cell('idlep')])).toEqual(['fast', 'idlep']);
    expect(choicesOf([cell('idlep'), null])).toEqual(['idlep', '—']);
    expect(choicesOf([cell('fast'), cell('fast')])).toBeNull();
    expect(choicesOf([cell(1), cell(2)])).toBeNull();
    expect(choicesOf([cell('0x1'), cell('0x2')])).toBeNull();
    expect(choicesOf([time(1), time(2)])).toBeNull();
  });

  test('a way back from a system call is chosen from all ways: nobody knows their codes', () => {
    const row = { label: { zh: '路', en: 'way' }, kind: 'facts', path: 'goroutines.main.syscalls[0].path' } as const;
    const all = waysOf(row) ?? [];
    expect(all).toContain('slow-queued');
    expect(choicesOf([cell('oldp'), cell('oldp')], row)).toEqual(all);
    expect(choicesOf([cell('oldp'), null], row)).toEqual([...all, '—']);
  });
});

describe('what is mixed', () => {
  test.each([2, 3, 6, 30])('%i things are all there, never in their own order, and the same each time', (count) => {
    const places = Array.from({ length: count }, (_, i) => i);
    for (const seed of ['a', 'b', 'taken', 'last-round', '排次序']) {
      const mixed = shuffled(count, seed);
      expect(mixed).not.toEqual(places);
      expect([...mixed].sort((a, b) => a - b)).toEqual(places);
      expect(shuffled(count, seed)).toEqual(mixed);
    }
  });

  test('seeds differ, and one thing or none stays', () => {
    expect(shuffled(30, 'a')).not.toEqual(shuffled(30, 'b'));
    expect([shuffled(1, 'a'), shuffled(0, 'a')]).toEqual([[0], []]);
  });
});

describe('an order', () => {
  test('a row moves by one place, and not past an end', () => {
    expect(moved([2, 0, 1], 0, 1)).toEqual([0, 2, 1]);
    expect(moved([2, 0, 1], 2, -1)).toEqual([2, 1, 0]);
    expect(moved([2, 0, 1], 0, -1)).toEqual([2, 0, 1]);
    expect(moved([2, 0, 1], 2, 1)).toEqual([2, 0, 1]);
  });

  test('rows that read the same may stand for each other', () => {
    expect(rightPlaces([2, 1, 0], ['lock', 'work', 'lock'])).toEqual([true, true, true]);
    expect(rightPlaces([1, 0, 2], ['lock', 'work', 'lock'])).toEqual([false, false, true]);
  });
});

test('a match is right by what it reads', () => {
  const text = (en: string): { zh: string; en: string } => ({ zh: en, en });
  const pair = (left: string, right: string): MatchActivity['pairs'][number] => ({ left: text(left), right: text(right), proof: [] });
  const match: MatchActivity = { kind: 'match', prompt: null, pairs: [pair('a', '1'), pair('b', '2'), pair('c', '1')] };
  expect(rightMatches(match, [2, 1, 1])).toEqual([true, true, false]);
  expect(rightMatches(match, [null])).toEqual([false, false, false]);
});

test('boxes are the four listings and those that a card needs', () => {
  const sort: SortActivity = {
    kind: 'sort',
    prompt: null,
    calls: [
      { name: 'close', bin: 'Syscall' },
      { name: 'getpid', bin: 'rawSyscallNoError' },
    ],
  };
  expect(binsOf(sort)).toEqual(['Syscall', 'RawSyscall', 'Syscall6', 'RawSyscall6', 'rawSyscallNoError']);
  expect(rightBins(sort, ['Syscall', 'RawSyscall'])).toEqual([true, false]);
  expect(rightBins(sort, [])).toEqual([false, false]);
});

test('a claim needs the verdict and a run that what is true is read from', () => {
  const claim: ClaimActivity = {
    kind: 'claim',
    erratum: 'E42',
    places: [],
    verdict: 'incomplete',
    text: { zh: '', en: '' },
    runs: ['alone', 'many'],
    proof: [{ run: 'alone', kind: 'facts', path: 'threads.peak', is: 2 }],
  };
  expect(rightClaim(claim, ['incomplete', 'alone'])).toEqual([true, true]);
  expect(rightClaim(claim, ['wrong', 'many'])).toEqual([false, false]);
  expect(rightClaim(claim, [])).toEqual([false, false]);
  expect(rightClaim({ ...claim, runs: [] }, ['incomplete'])).toEqual([true, true]);
});

test('a result is expected by its 64 bits, and only where the task says something', () => {
  const task: PlaygroundActivity = {
    kind: 'playground',
    arch: 'amd64',
    task: { zh: '', en: '' },
    call: 'write',
    listing: null,
    entry: null,
    args: null,
    expect: { r1: '-1', r2: null, err: '9' },
  };
  const found = { arch: 'amd64', call: 'write', r1: -1n, r2: null, err: 9n } as const;
  expect(isExpected(task, { ...found, r1: 0xffff_ffff_ffff_ffffn, r2: 5n })).toBe(true);
  expect(isExpected(task, found)).toBe(true);
  expect(isExpected(task, { ...found, r1: 5n })).toBe(false);
  expect(isExpected(task, { ...found, err: null })).toBe(false);
  expect(isExpected(task, { ...found, arch: 'arm64' })).toBe(false);
  expect(isExpected(task, { ...found, call: 'read' })).toBe(false);
  expect(isExpected({ ...task, call: null }, { ...found, call: null })).toBe(true);
});
