import { expect, test } from 'vitest';
import { likelyRange, stopsIn } from './film-range';

const STOPS = [
  { id: 'a', run: 'r', n: 3 },
  { id: 'b', run: 'r', n: 20 },
  { id: 'c', run: 'r', n: 90 },
];

test.each([
  ['at a lesson step: the way to it', 20, 200, { from: 3, to: 20 }],
  ['behind one: the same', 25, 200, { from: 3, to: 20 }],
  ['at the first: from the beginning', 3, 200, { from: 0, to: 3 }],
  ['a long way is cut at its beginning', 95, 200, { from: 50, to: 90 }],
  ['before the first: onwards', 1, 200, { from: 1, to: 41 }],
  ['never beyond what may be seen', 1, 2, { from: 1, to: 2 }],
] as const)('%s', (_, n, last, range) => {
  expect(likelyRange(n, last, STOPS)).toEqual(range);
});

test.each([
  ['a first step at the very beginning: on to the next', 8, 200, { from: 0, to: 20 }],
  ['never beyond what may be seen', 0, 12, { from: 0, to: 12 }],
] as const)('%s', (_, n, last, range) => {
  expect(likelyRange(n, last, [{ id: '0', run: 'r', n: 0 }, ...STOPS.slice(1)])).toEqual(range);
});

test('lesson steps in the range are found once each', () => {
  expect(stopsIn({ from: 3, to: 20 }, [...STOPS, { id: 'd', run: 'r', n: 20 }])).toEqual([3, 20]);
});
