import { expect, test } from 'vitest';
import { frameFor, houseSpots, placesFor } from './scene-layout';

/** The village's pane beside a story, alone in a notebook's window and in a high one, a projector's. */
const PANES = [
  [1_024, 315],
  [1_024, 540],
  [925, 730],
  [1_366, 728],
  [700, 600],
] as const;
/** A house up to its ridge, of its size. */
const RIDGE = 112;
/** From a house's foot to the end of its bench and of the names there. */
const BENCH = 62;

const laidOut = (count: number, [width, height]: readonly [number, number]) => {
  const frame = frameFor(width, height);
  const places = placesFor(frame, count);
  return { frame, places, houses: houseSpots(count, places) };
};

test.each([1, 2, 3, 4])('of a high picture with %i houses the sky is no more than a third, however high it is', (count) => {
  for (const pane of PANES) {
    const { frame, houses } = laidOut(count, pane);
    const roofs = Math.min(...houses.map(({ y, scale }) => y - RIDGE * scale));
    expect(roofs / frame.height, `${pane.join(' × ')}`).toBeLessThan(1 / 3);
    expect(roofs, `${pane.join(' × ')}`).toBeGreaterThan(30);
  }
});

test('four houses in a high picture stand in two rows, and are larger than in one', () => {
  for (const pane of [PANES[1], PANES[2]]) {
    const { houses, places, frame } = laidOut(4, pane);
    const oneRow = (frame.width * 0.735 - 98) / 4 / 212;
    expect(new Set(houses.map(({ y }) => y)).size).toBe(2);
    for (const each of houses) {
      expect(each.scale).toBeGreaterThan(oneRow * 1.15 - 1e-9);
      // Neither row stands in the other, nor on the yards.
      if (each.y < places.ground) expect(each.y + BENCH * each.scale).toBeLessThan(places.ground - RIDGE * each.scale);
    }
    expect(places.lane.to).toBeLessThan(places.creche.y);
    expect(places.creche.h).toBeGreaterThan(60);
  }
});

test('a pane beside a story has one row', () => {
  for (const count of [1, 2, 3, 4]) expect(new Set(laidOut(count, PANES[0]).houses.map(({ y }) => y)).size).toBe(1);
});
