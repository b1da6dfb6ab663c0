/** What cards of a large village are of: people before houses, and houses by their tiles where those are in sight. */
import { expect, test } from 'vitest';
import { onPage } from '../on-page';
import type { Sight } from './sight';
import { tileOf, townArea } from './town-area.svelte';

const box = (x: number, y: number, w: number, h: number) => ({ x, y, w, h });
/** Two houses, twice as large as they are drawn, in a window that begins at 10, 20 of the drawing. */
const SIGHT: Sight = {
  view: box(10, 20, 400, 100),
  camera: { k: 2, x: 0, y: 0 },
  seen: {
    notch: 1,
    level: 'cards',
    tiles: [
      { index: 0, box: box(0, 0, 40, 30), pitch: box(0, 0, 50, 40) },
      { index: 1, box: box(50, 0, 40, 30), pitch: box(50, 0, 50, 40) },
    ],
  } as unknown as Sight['seen'],
};
/** The drawing is 500 units wide, at 100, 200 of the window, a unit being two pixels. */
const PAGE = onPage({ x: 100, y: 200, width: 1_000 }, 500);
const ground = (changes: object = {}) => ({
  page: () => PAGE,
  sight: SIGHT,
  ids: ['P0', 'P1', 'P2'] as const,
  spots: [{ path: 'M.M3', box: box(300, 150, 20, 40) }],
  ...changes,
});

test.each([
  ['somebody', 100 + 2 * 310, 200 + 2 * 170, 'M.M3'],
  ['a house', 100 + 2 * 20, 200 + 2 * 30, 'P.P0'],
  ['the house beside it', 100 + 2 * 120, 200 + 2 * 30, 'P.P1'],
  ['nothing', 100 + 2 * 480, 200 + 2 * 10, null],
])('the pointer on %s', (_, x, y, wanted) => {
  expect(townArea(ground()).at(x, y)?.path ?? null).toBe(wanted);
});

test('whoever stands in front of a house is meant, not the house', () => {
  const spots = [{ path: 'G.G1', box: box(15, 25, 20, 20) }];
  expect(townArea(ground({ spots })).at(100 + 2 * 20, 200 + 2 * 30)?.path).toBe('G.G1');
});

test('the place of a house is its tile in the window’s pixels; of one out of sight its spot, if there is one', () => {
  const { of } = townArea(ground());
  expect(of('P.P1.runq')).toEqual({ x: 100 + 2 * 110, y: 200 + 2 * 20, width: 160, height: 120 });
  expect([of('P.P2'), of('M.M3')]).toEqual([null, { x: 100 + 2 * 300, y: 200 + 2 * 150, width: 40, height: 80 }]);
  expect(tileOf(ground(), 'P9')).toBeNull();
});

test('a drawing that is not in the window has nothing to point at', () => {
  const { at, of } = townArea(ground({ page: () => null }));
  expect([at(140, 260), of('P.P0')]).toEqual([null, null]);
});
