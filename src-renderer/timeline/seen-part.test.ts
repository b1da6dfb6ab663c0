/** The part of the axis that is seen. */
import { expect, test } from 'vitest';
import { SeenPart } from './seen-part.svelte';
import { runAxis, zoomed } from './timeline-scale';

function part(
  window: { from: number; to: number } | null,
  horizon: number | null = null,
): { seen: SeenPart; store: { window: unknown; axis: string } } {
  const store = { axis: 'step' as const, window, line: null, endNs: 1_000 };
  return { seen: new SeenPart({ store, axis: runAxis('step', 1_000, 1_000, null), stepCount: 1_000, horizon }), store };
}

test('nearly everything is everything', () => {
  const { seen, store } = part({ from: 0, to: 500 });
  seen.show({ from: 0, to: 999.5 }, false);
  expect([store.window, seen.window]).toEqual([null, { from: 0, to: 1_000 }]);
});

test('what is asked of it waits until the hand lets go', () => {
  const { seen } = part(null);
  seen.show({ from: 100, to: 300 }, false);
  expect([seen.window, seen.rested]).toEqual([{ from: 100, to: 300 }, null]);
  seen.show({ from: 100, to: 200 }, true);
  expect(seen.rested).toEqual({ from: 100, to: 200 });
});

test('it is moved to the end and no further; all of it is not moved', () => {
  const { seen } = part({ from: 100, to: 300 });
  seen.move(50);
  expect(seen.window).toEqual({ from: 150, to: 350 });
  seen.move(5_000);
  expect(seen.window).toEqual({ from: 800, to: 1_000 });
  const whole = part(null);
  whole.seen.move(50);
  expect(whole.store.window).toBeNull();
});

test('it goes along when the step leaves it, not when it leaves the step', () => {
  const { seen } = part({ from: 100, to: 300 });
  seen.follow(200);
  seen.show({ from: 600, to: 800 }, true);
  seen.follow(200);
  expect(seen.window).toEqual({ from: 600, to: 800 });
  seen.follow(201);
  expect(seen.window.from).toBeLessThanOrEqual(201);
  expect(seen.window.to).toBeGreaterThan(201);
});

test('another axis shows the same steps', () => {
  const { seen, store } = part({ from: 100, to: 300 });
  seen.choose('time');
  // Until times are read places of time are those of steps.
  expect([store.axis, store.window]).toEqual(['time', { from: 100, to: 300 }]);
});

test.each([
  [40, 48],
  [700, 867],
  [800, 1_000],
  // No nearer than a hand may come.
  [0, 8],
])('up to a question at step %i what may be seen has most of the width, and the rest is still there', (horizon, to) => {
  const { seen, store } = part(null, horizon);
  expect(seen.window.from).toBe(0);
  expect(Math.round(seen.window.to)).toBe(to);
  expect(store.window).toBeNull();
  expect(part({ from: 100, to: 300 }, horizon).seen.window).toEqual({ from: 100, to: 300 });
});

test('a step that is seen for the first time does not move what is drawn; now and then there is new room', () => {
  const endAt = (horizon: number): number => part(null, horizon).seen.window.to;
  expect(new Set([40, 41, 42, 43].map(endAt)).size).toBeLessThanOrEqual(2);
  const horizons = Array.from({ length: 700 }, (_, n) => n + 8);
  const shares = horizons.map((horizon) => horizon / endAt(horizon));
  expect(Math.min(...shares)).toBeGreaterThan(0.719);
  expect(Math.max(...shares)).toBeLessThan(0.901);
  expect(new Set(horizons.map(endAt)).size).toBeLessThan(25);
});

test.each([
  ['in the middle', { from: 20, to: 40 }],
  ['at the left edge', { from: 30, to: 50 }],
])('whoever zooms out around a place %s comes to all that may be seen, and no further', (_, window) => {
  const { seen, store } = part(window, 40);
  const widths = Array.from({ length: 12 }, () => {
    seen.show(zoomed(seen.window, 1.5, 30, runAxis('step', 1_000, 1_000, null)), true);
    return Math.round(seen.window.to - seen.window.from);
  });
  expect(widths).toEqual([30, 45, ...Array<number>(10).fill(48)]);
  expect([store.window, seen.rested]).toEqual([null, null]);
  // What lies beyond is shown to whoever asks for it.
  seen.show({ from: 300, to: 900 }, true);
  expect(seen.window).toEqual({ from: 300, to: 900 });
});
