/** Windows as d3-zoom keeps them. */
import { expect, test } from 'vitest';
import { isSideways, transformOf, windowOf } from './timeline-zoom.svelte';

test.each([
  [0, 500],
  [250, 260],
  [990, 1_000],
])('the part from %i to %i comes back as it was', (from, to) => {
  const found = windowOf(transformOf({ from, to }, 1_000, 640), 1_000, 640);
  expect(found?.from).toBeCloseTo(from, 6);
  expect(found?.to).toBeCloseTo(to, 6);
});

test('all of it is no part', () => {
  expect(windowOf(transformOf({ from: 0, to: 1_000 }, 1_000, 640), 1_000, 640)).toBeNull();
});

test.each([
  ['up and down', { deltaX: 0, deltaY: 100, shiftKey: false }, false],
  ['with Shift', { deltaX: 0, deltaY: 100, shiftKey: true }, true],
  ['sideways', { deltaX: 40, deltaY: 10, shiftKey: false }, true],
])('a wheel that is turned %s', (_, event, isMoving) => {
  expect(isSideways(event)).toBe(isMoving);
});
