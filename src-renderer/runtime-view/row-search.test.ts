import { expect, test } from 'vitest';
import { applied, type State } from '../../src-main/contract/index';
import { branchRun, crowdedRun, goldenRun } from '../testdata/runs';
import { RowSearch } from './row-search';
import { ROW_KINDS, rowsOfKind } from './state-rows';
import { windowOf } from './row-window';

const time = (ns: number): string => `${ns} ns`;
const found = (state: State, query: string): string[] => new RowSearch(time).find(state, query).map(({ path }) => path);

const { last, first, steps } = crowdedRun(16, 48);

test('nothing asked for is everything', () => {
  expect(found(last, ' ')).toHaveLength(ROW_KINDS.flatMap((kind) => rowsOfKind(last, kind)).length);
});

test('an id is found as itself, and wherever it is referred to', () => {
  expect(found(last, 'P1')).toContain('P.P1');
  expect(found(last, 'p1')).not.toContain('P.P10');
  const { last: state } = goldenRun('S2');
  const owned = { ...state, M: { ...state.M, M0: { ...state.M.M0, p: 'P0' } } } as State;
  expect(found(owned, 'P0')).toEqual(expect.arrayContaining(['P.P0', 'M.M0']));
});

test('names, fields and values are found, and every word must be there', () => {
  expect(found(last, 'sysmon')).toEqual(expect.arrayContaining(['M.M1', 'sysmon']));
  const idle = found(last, 'status=_Pidle');
  expect(idle.length).toBeGreaterThan(0);
  expect(idle.every((path) => path.startsWith('P.'))).toBe(true);
  expect(found(last, 'status=_Pidle P15')).toEqual(['P.P15']);
  expect(found(branchRun('rwmutex').last, 'readercount')).toEqual([]);
  expect(found(last, 'mutex mu')).toEqual(['mutex.mu']);
  expect(found(last, 'no such thing')).toEqual([]);
});

test('what stands in a row with its unit is found as it stands there, and as a trace has it', () => {
  const state = { ...last, sysmon: { ...last.sysmon, delay: 20_000 } } as State;
  const inWords = (ns: number): string => `${ns / 1e3} µs`;
  for (const query of ['delay=20', 'delay=20000', '20 µs'])
    expect(
      new RowSearch(inWords).find(state, query).map(({ path }) => path),
      query,
    ).toEqual(['sysmon']);
});

test('what was found is found anew after each step', () => {
  const search = new RowSearch(time);
  let state = first;
  for (const [i, step] of steps.entries()) {
    state = applied(state, step);
    if (i % 97 === 0) expect(search.find(state, '_grunning')).toEqual(new RowSearch(time).find(state, '_grunning'));
  }
});

test.each([
  [
    { scrollTop: 0, heightPx: 240, rowPx: 24, count: 10_000 },
    { from: 0, to: 14 },
  ],
  [
    { scrollTop: 2_400, heightPx: 240, rowPx: 24, count: 10_000 },
    { from: 96, to: 114 },
  ],
  [
    { scrollTop: 240_000, heightPx: 240, rowPx: 24, count: 10_000 },
    { from: 9_990, to: 10_000 },
  ],
  [
    { scrollTop: 0, heightPx: 0, rowPx: 24, count: 3 },
    { from: 0, to: 3 },
  ],
  // The filter has left few, and the list has not scrolled back yet.
  [
    { scrollTop: 9_000, heightPx: 240, rowPx: 24, count: 5 },
    { from: 0, to: 5 },
  ],
])('of a list at %j the rows %j are made', (place, rows) => {
  expect(windowOf(place)).toEqual(rows);
});
