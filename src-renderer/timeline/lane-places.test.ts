/** Where lanes lie, and which of them is under a point. */
import { describe, expect, test } from 'vitest';
import type { LaneId } from '../../src-main/contract/index';
import type { RowLayout } from './lane-order';
import { changedOver, isInSight, laneUnder, middleOf, type PlacedLane, placedLanes } from './lane-places';

const IDS = Array.from({ length: 20 }, (_, i) => `M${i}` as LaneId);
/** Two on top, five of twenty below them, each 10 px high. */
const LAYOUT: RowLayout = { lanePx: 10, held: ['P0', 'M3'], kept: [], ids: IDS, scrollPx: 50, isScrolled: true };
const ROOM = 70;

test.each([
  ['at the top', 0, 'P0@0 M3@10 M0@20 M1@30 M2@40 M3@50 M4@60 M5@70'],
  ['half a lane on', 15, 'P0@0 M3@10 M0@5 M1@15 M2@25 M3@35 M4@45 M5@55 M6@65 M7@75'],
  ['at the end', 150, 'P0@0 M3@10 M14@10 M15@20 M16@30 M17@40 M18@50 M19@60'],
] as const)('scrolled %s those in sight are placed, and one more at either end', (_, scrollTop, placed) => {
  expect(
    placedLanes(LAYOUT, scrollTop)
      .map(({ id, y }) => `${id}@${y}`)
      .join(' '),
  ).toBe(placed);
});

test.each([
  ['on a held lane', 5, 'P0 held'],
  ['on a held lane under which another one is scrolled', 12, 'M3 held'],
  ['below them', 21, 'M1'],
  ['on the last row', 69, 'M6'],
  ['where those that are folded begin', 70, null],
  ['above the lanes', -1, null],
] as const)('%s', (_, y, found) => {
  const lane = laneUnder(placedLanes(LAYOUT, 15), LAYOUT, y);
  expect(lane && `${lane.id}${lane.isHeld ? ' held' : ''}`).toBe(found);
});

describe('those that are kept in sight', () => {
  const kept = (ids: string, scrollTop: number): { placed: string; middles: (number | null)[] } => {
    const layout = { ...LAYOUT, kept: ids.split(' ') as LaneId[] };
    const placed = placedLanes(layout, scrollTop);
    // Each stands once.
    expect(new Set(placed.map(({ id, isHeld }) => `${id}${isHeld}`)).size).toBe(placed.length);
    for (const { id, y } of placed.filter(({ isStuck }) => isStuck)) {
      expect(middleOf(id, layout, scrollTop, ROOM)).toBe(y + 5);
      expect(laneUnder(placed, layout, y + 5)?.id).toBe(id);
    }
    return {
      placed: placed.flatMap(({ id, y, isStuck }) => (isStuck ? [`${id}@${y}`] : [])).join(' '),
      middles: layout.kept.map((id) => middleOf(id, layout, scrollTop, ROOM)),
    };
  };

  test.each([
    ['in their places, when these are in sight', 'M1 M4', 0, ''],
    ['at the lower edge, when these lie below', 'M9', 0, 'M9@60'],
    ['below each other, in their order', 'M12 M9', 0, 'M9@50 M12@60'],
    ['at the upper edge, when these lie above', 'M2 M1', 100, 'M1@20 M2@30'],
    ['at both', 'M0 M19', 100, 'M0@20 M19@60'],
    ['as soon as their place is not wholly in sight', 'M1', 14, 'M1@20'],
    ['where another one of them would lie over it', 'M0 M10', 100, 'M0@20 M10@30'],
  ] as const)('stand %s', (_, ids, scrollTop, placed) => {
    expect(kept(ids, scrollTop).placed).toBe(placed);
  });

  test('are in sight, whoever lies below them', () => {
    const layout = { ...LAYOUT, kept: ['M9' as const] };
    expect(
      placedLanes(layout, 0)
        .filter((lane) => isInSight(lane, layout))
        .map(({ id }) => id),
    ).toContain('M9');
  });
});

test('a sliver of a lane is out of sight', () => {
  expect(
    placedLanes(LAYOUT, 15)
      .filter((lane) => isInSight(lane, LAYOUT))
      .map(({ id }) => id),
  ).toEqual(['P0', 'M3', 'M2', 'M3', 'M4', 'M5']);
});

test.each([
  ['of a held lane, wherever it is scrolled to', 'M3', 15],
  ['of one in sight', 'M2', 30],
  ['of one above it, just beyond the edge', 'M0', 14],
  ['of one below it, too', 'M19', ROOM + 6],
  ['of one that has no lane', 'G7', null],
] as const)('the middle %s', (_, id, y) => {
  expect(middleOf(id, LAYOUT, 15, ROOM)).toBe(y);
});

describe('what has to be drawn anew', () => {
  const lanes = (text: string): PlacedLane[] =>
    text.split(' ').flatMap((each) => {
      const [, id, mark, y] = /^(\w+)([@^_])(\d+)$/.exec(each) ?? [];
      return id === undefined ? [] : [{ id: id as LaneId, y: Number(y), isHeld: mark === '^', isStuck: mark === '_' }];
    });

  test.each([
    ['nothing, when all are where they were', 'P0^0 M1@10 M2_20', 'P0^0 M1@10 M2_20', []],
    ['the row of one that is another now', 'M1@10 M2_20', 'M1@10 M3_20', [20]],
    ['where one lay, and where one lies', 'M1@10 M2_20', 'M1@10 M3_0', [20, 0]],
    ['where one lay that has gone', 'M1@10 M2_20', 'M1@10', [20]],
    ['of held ones, too', 'P0^0 M1@10', 'P1^0 M1@10', [0]],
    ['everything, when one that is scrolled has moved', 'M1@10 M2_20', 'M1@11 M2_20', null],
    ['everything, when one more is scrolled', 'M1@10', 'M1@10 M2@20', null],
  ] as const)('is %s', (_, before, now, rows) => {
    expect(changedOver(lanes(before), lanes(now))).toEqual(rows);
  });
});
