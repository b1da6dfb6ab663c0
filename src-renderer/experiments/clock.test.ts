import { expect, test } from 'vitest';
import { commonClock, commonFolds, pairOf, stepAtNs, type Timed, turnedPairs } from './clock';

const run = (times: number[], ...folds: [number, number][]): Timed => ({
  times,
  folds: { from: Float64Array.from(folds, ([from]) => from), to: Float64Array.from(folds, ([, to]) => to) },
});
const pairs = (timed: Timed, other: Timed): number[][] => {
  const { from, to } = commonFolds(timed, other);
  return Array.from(from, (begin, i) => [begin, to[i] ?? 0]);
};

test('what is empty in both is folded, and behind the end of the shorter what is empty in the longer', () => {
  const one = run([0, 10, 1_000, 1_010, 5_000], [10, 1_000], [1_010, 5_000]);
  expect(pairs(one, one)).toEqual([
    [10, 1_000],
    [1_010, 5_000],
  ]);
  expect(pairs(one, run([0, 10, 500, 5_000], [500, 5_000]))).toEqual([
    [500, 1_000],
    [1_010, 5_000],
  ]);
  expect(pairs(one, run([0, 10]))).toEqual([
    [10, 1_000],
    [1_010, 5_000],
  ]);
  expect(pairs(one, run([0, 10, 20, 30, 5_000]))).toEqual([]);
});

test('a time has one place for both, whichever run it comes from', () => {
  const one = run([0, 10, 9_000], [10, 9_000]);
  const other = run([0, 10, 9_500], [10, 9_500]);
  const clock = commonClock(one, other);
  expect(clock.placeOfNs(9_500)).toBeCloseTo(clock.length);
  expect(clock.nsAt(clock.placeOfNs(9_000))).toBeCloseTo(9_000);
  expect(clock.length).toBeLessThan(9_500);
});

test('the step at a time is the last one that has been by then', () => {
  const one = run([0, 5, 5, 8]);
  expect([-1, 0, 4, 5, 7, 8, 99].map((ns) => stepAtNs(one, ns))).toEqual([0, 0, 0, 2, 2, 3, 3]);
});

test('a step without a counterpart has that of the step before', () => {
  const found = [0, 1, 0, 3, 0];
  expect([0, 1, 2, 3, 4].map((n) => pairOf(found, n))).toEqual([
    { n: 0, isThere: true },
    { n: 1, isThere: true },
    { n: 1, isThere: false },
    { n: 3, isThere: true },
    { n: 3, isThere: false },
  ]);
  expect([...turnedPairs(found, 4)]).toEqual([0, 1, 0, 3, 0]);
  expect([...turnedPairs([0, 4, 2], 5)]).toEqual([0, 0, 2, 0, 1, 0]);
});
