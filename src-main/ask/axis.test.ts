import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FoldedTime, foldsOf, stepAxis, timeAxis } from './axis';

const folded = (times: readonly number[]): FoldedTime =>
  new FoldedTime(
    foldsOf((n) => times[n] ?? 0, times.length - 1),
    times.at(-1) ?? 0,
  );
/** Fifty steps of 10 ns, 30 ms in which nothing happens, and fifty more. */
const SLEEP = [...Array.from({ length: 51 }, (_, i) => i * 10), ...Array.from({ length: 50 }, (_, i) => 30_000_000 + i * 10)];

test('30 ms beside steps of 10 ns are folded, and both can be seen', () => {
  const time = folded(SLEEP);
  expect(time.folds).toEqual({ from: Float64Array.of(500), to: Float64Array.of(30_000_000) });
  expect(time.foldNs(0)).toBe(29_999_500);
  const axis = timeAxis(time, (n) => SLEEP[n] ?? 0);
  expect((axis.placeOf(1) - axis.placeOf(0)) / axis.length).toBeGreaterThan(1 / 150);
  expect(((time.foldTo[0] ?? 0) - (time.foldFrom[0] ?? 0)) / axis.length).toBeGreaterThan(1 / 20);
});

test('steady time has no folds, and is drawn to scale', () => {
  const time = folded(Array.from({ length: 200 }, (_, i) => i * 1_000 + (i % 3) * 100));
  expect([time.folds.from.length, time.length, time.placeOfNs(1_234), time.nsAt(1_234)]).toEqual([0, 199_100, 1_234, 1_234]);
});

test('of two folds the longer one takes more room, and between them the scale is one', () => {
  const times = [0, 100, 200, 1_000_200, 1_000_300, 1_000_400, 101_000_400, 101_000_500];
  const time = folded(Array.from({ length: 100 }, (_, i) => i).concat(times.map((each) => each + 99)));
  const [first, second] = [0, 1].map((i) => (time.foldTo[i] ?? 0) - (time.foldFrom[i] ?? 0));
  expect(time.folds.from.length).toBe(2);
  expect(second).toBeGreaterThan((first ?? 0) * 1.5);
  expect(time.placeOfNs(1_000_499) - time.placeOfNs(1_000_299)).toBeCloseTo(200, 6);
});

test('places and times lead to each other, in order, whatever the times', () => {
  const gap = fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 300 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 40_000_000 }) },
  );
  fc.assert(
    fc.property(fc.array(gap, { minLength: 1, maxLength: 200 }), (gaps) => {
      const times = [0];
      for (const each of gaps) times.push((times.at(-1) ?? 0) + each);
      const time = folded(times);
      let before = -1;
      for (const each of times) {
        const place = time.placeOfNs(each);
        expect(place).toBeGreaterThanOrEqual(before - 1e-6);
        expect(place).toBeLessThanOrEqual(time.length + 1e-6);
        expect(Math.abs(time.nsAt(place) - each)).toBeLessThan(0.01);
        before = place;
      }
      const room = [...time.foldTo].reduce((sum, to, i) => sum + to - (time.foldFrom[i] ?? 0), 0);
      expect(room).toBeLessThanOrEqual(time.length / 3 + 1e-6);
    }),
    { numRuns: 100 },
  );
});

test('by step all steps are as wide', () => {
  expect([stepAxis(9).length, stepAxis(9).placeOf(4)]).toEqual([9, 4]);
});
