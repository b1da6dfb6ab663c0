import { describe, expect, test } from 'vitest';
import { AT_REST, cameraOn, seenBy } from './camera';
import { boxOfHouse, houseUnder, inDrawing, isInView, overOf, type Sight, wireTo } from './sight';
import { areasFor } from './town-layout';

const HOUSES = 64;
const { areas, grid } = areasFor(1_000, 320, HOUSES);
const view = areas.houses;
const sightOf = (camera: Sight['camera']): Sight => ({ view, camera, seen: seenBy(camera, grid, HOUSES, view) });
const all = sightOf(AT_REST);
// Between two notches: what is drawn is shown larger.
const near = sightOf(cameraOn(grid, 27, 2.3, view));

describe.each([
  ['of all houses', all],
  ['of a few of them', near],
])('a sight %s', (_, sight) => {
  test('finds each house in the middle of its plot, and nobody outside of the window', () => {
    expect(sight.seen.tiles.length).toBeGreaterThan(5);
    for (const { index, pitch } of sight.seen.tiles) {
      const { x, y, w, h } = inDrawing(sight, pitch);
      const [middleX, middleY] = [x + w / 2, y + h / 2];
      expect(houseUnder(sight, middleX, middleY)).toBe(isInView(sight, middleX, middleY) ? index : null);
    }
    expect(houseUnder(sight, view.x - 1, view.y + view.h / 2)).toBeNull();
    expect(houseUnder(sight, view.x + view.w / 2, view.y + view.h + 1)).toBeNull();
  });

  test('has a wire from each house in the window to the lens, and to no other', () => {
    const wires = Array.from({ length: HOUSES }, (_, index) => ({ index, wire: wireTo(sight, index, areas.lens) }));
    const drawn = wires.filter(({ wire }) => wire !== '');
    expect(drawn.length).toBeGreaterThan(3);
    for (const { index, wire } of drawn) {
      const box = boxOfHouse(sight, index);
      const [x = NaN, y = NaN, , to = NaN, end = NaN] = wire.match(/-?[\d.]+(?:e-?\d+)?/g)?.map(Number) ?? [];
      expect(x).toBeCloseTo((box?.x ?? NaN) + (box?.w ?? NaN) - 6 * overOf(sight));
      expect(y).toBeCloseTo((box?.y ?? NaN) + (box?.h ?? NaN));
      expect([to >= areas.lens.y, to <= areas.lens.y + areas.lens.h, end]).toEqual([true, true, areas.lens.x]);
    }
  });
});

test('near, the houses are larger than they are drawn, and most are out of sight', () => {
  expect([overOf(all), overOf(near) > 1]).toEqual([1, true]);
  expect(boxOfHouse(near, 27)?.w).toBeGreaterThan((boxOfHouse(all, 27)?.w ?? NaN) * 2);
  expect([boxOfHouse(near, 0), wireTo(near, 0, areas.lens)]).toEqual([null, '']);
});
