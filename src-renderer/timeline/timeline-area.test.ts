/** What cards of the timeline are of. */
import { expect, test } from 'vitest';
import { type AreaGround, laneArea } from './timeline-area.svelte';

/** At 100, 200 of the window; a step to 10 px; two lanes of 20 px, from 30 px down; the red line at step 20. */
function ground(changes: Partial<AreaGround> = {}): AreaGround {
  return {
    box: () => ({ x: 100, y: 200 }),
    ...{ widthPx: 1_000, topPx: 30, lanePx: 20, n: 20, nowPx: 200, lastStep: 60, meant: 'M0' },
    stepAt: (px) => Math.round(px / 10),
    laneUnder: (y) =>
      y < 0 || y >= 40
        ? null
        : y < 20
          ? { id: 'M0', y: 0, isHeld: false, isStuck: false }
          : { id: 'G1', y: 20, isHeld: false, isStuck: false },
    stops: [{ id: 'a', run: '', n: 20, title: 'a stop', path: 'P.P0' }],
    bookmarks: [],
    ...changes,
  };
}

test.each([
  ['a lane at another step', 600, 240, 'M.M0 n=50'],
  ['the lane below it', 600, 260, 'G.G1 n=50'],
  ['a lane at the step that is shown', 300, 240, 'M.M0 n='],
  ['what is still to be guessed', 800, 240, null],
  ['the axis', 600, 205, null],
  ['beside the lanes', 90, 240, null],
] as const)('the pointer on %s', (_, x, y, wanted) => {
  const found = laneArea(ground()).at(x, y);
  expect(found && `${found.path} n=${found.n ?? ''}`).toBe(wanted);
});

test('the place is where the pointer is, within the lanes', () => {
  expect(laneArea(ground()).at(120, 240)?.rect).toEqual({ x: 100, y: 230, width: 70, height: 20 });
});

test.each([
  ['the lesson’s step', {}, 'P.P0 a stop'],
  ['whoever is meant, where no mark is', { stops: [] }, 'M.M0 '],
  ['a bookmark, with its note', { stops: [], bookmarks: [{ n: 20, note: 'look', path: 'G.G2' }] }, 'G.G2 look'],
  ['nobody, where nobody is meant', { stops: [], meant: null }, null],
] as const)('with the keys the red line is %s', (_, changes, wanted) => {
  const found = laneArea(ground(changes)).focused?.() ?? null;
  expect(found && `${found.path} ${found.about ?? ''}`).toBe(wanted);
});

test('nobody points at a picture', () => {
  const area = laneArea(ground({ box: () => null }));
  expect([area.at(600, 240), area.focused?.()]).toEqual([null, null]);
});
