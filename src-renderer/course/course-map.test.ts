import { describe, expect, test } from 'vitest';
import { columnsOf, linksOf, neighbour, placedMap, titleEm } from './course-map';

const text = (zh: string) => ({ zh, en: zh });
const lesson = (id: string, ...prerequisites: string[]) => ({ id, prerequisites });
const UNITS = [
  { id: 'A', title: text('A'), lessons: ['a1', 'a2'] },
  { id: 'B', title: text('B'), lessons: ['b1', 'gone'] },
  { id: 'C', title: text('C'), lessons: ['c1', 'c2', 'c3', 'c4', 'c5'] },
];
const CARDS = [
  lesson('a1'),
  lesson('a2', 'a1'),
  lesson('b1', 'a1', 'a2'),
  lesson('c1', 'a1', 'b1'),
  lesson('c2', 'c1'),
  lesson('c3', 'a2'),
  lesson('c4', 'c2'),
  lesson('c5', 'nowhere'),
];
const COLUMNS = columnsOf(CARDS, UNITS);
const ROOM = { width: 1_000, height: 700 };
const placed = (room = ROOM, columns = COLUMNS, em = 14) => placedMap(columns, linksOf(CARDS), room, em);

describe('columns', () => {
  test('are the units with those of their lessons that are there', () => {
    expect(COLUMNS.map(({ unit, lessons }) => [unit?.id, lessons.length])).toEqual([
      ['A', 2],
      ['B', 1],
      ['C', 5],
    ]);
  });

  test('of lessons without a unit come last, and are broken where they would be too long', () => {
    const cards = Array.from({ length: 19 }, (_, i) => lesson(`x${String(i)}`));
    expect(columnsOf([...CARDS, lesson('own')], UNITS).at(-1)).toEqual({ unit: null, lessons: ['own'] });
    expect(columnsOf(cards, []).map(({ lessons }) => lessons.length)).toEqual([8, 8, 3]);
    expect(columnsOf([], [])).toEqual([]);
  });
});

describe('lines', () => {
  const lines = linksOf(CARDS).map(({ from, to }) => `${from} ${to}`);

  test('lead from each lesson to those that build on it, but not past another one', () => {
    expect(lines).toEqual(['a1 a2', 'a2 b1', 'b1 c1', 'c1 c2', 'a2 c3', 'c2 c4']);
  });

  test('of lessons that need each other end', () => {
    expect(linksOf([lesson('x', 'y'), lesson('y', 'x')])).toHaveLength(2);
  });

  test('begin and end at cards, and run through none', () => {
    const { cards, links } = placed();
    expect(links).toHaveLength(lines.length);
    for (const { from, to, d } of links) {
      const points = [...d.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
      const along = points.slice(1).flatMap((point, i) => Array.from({ length: 20 }, (_, k) => mix(points[i] ?? point, point, k / 20)));
      for (const [id, { x, y, width, height }] of cards)
        for (const [atX, atY] of along)
          expect(atX > x + 0.2 && atX < x + width - 0.2 && atY > y + 0.2 && atY < y + height - 0.2, `${from} ${to} through ${id}`).toBe(
            false,
          );
      const [first, last] = [points[0], points.at(-1)];
      expect([first && isAtEdge(first, cards.get(from)), last && isAtEdge(last, cards.get(to))]).toEqual([true, true]);
    }
  });
});

const mix = (a: readonly [number, number], b: readonly [number, number], share: number): [number, number] => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
];

function isAtEdge([x, y]: readonly [number, number], box: { x: number; y: number; width: number; height: number } | undefined): boolean {
  if (!box) return false;
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.2;
  const isAcross = x > box.x - 0.2 && x < box.x + box.width + 0.2;
  const isDown = y > box.y - 0.2 && y < box.y + box.height + 0.2;
  return isAcross && isDown && (near(x, box.x) || near(x, box.x + box.width) || near(y, box.y) || near(y, box.y + box.height));
}

describe('the map', () => {
  test('fills its room where that is large enough, and has its least sizes where it is not', () => {
    const height = 14 * (1.9 + 5 * (6 + 0.75));
    expect(placed({ width: 1_000, height }).size).toEqual({ width: 1_000, height: expect.closeTo(height, 6) as number });
    const small = placed({ width: 300, height: 200 }).size;
    expect(small.width).toBeCloseTo(3 * 17 * 14);
    expect(small.height).toBeGreaterThan(5 * 5.1 * 14);
  });

  test('has narrower gaps in a low window, and lower cards where every title is one line', () => {
    const height = 14 * (1.9 + 5 * (5.3 + 0.5));
    expect(placed({ width: 1_000, height }).size.height).toBeCloseTo(height);
    const low = 14 * (1.9 + 5 * (4.4 + 0.5));
    const [before, after] = [titleEm(['开场']), titleEm(['a title that goes on and on and on and on'])];
    const heightWith = (longest: number): number =>
      placedMap(COLUMNS, linksOf(CARDS), { width: 1_000, height: low }, 14, longest).size.height;
    expect(heightWith(before)).toBeCloseTo(low);
    expect(heightWith(after)).toBeGreaterThan(low);
  });

  test('with eight lessons below each other fits a notebook’s window, where titles have two lines, too', () => {
    const columns = [3, 4, 8, 7].map((count, i) => ({
      unit: null,
      lessons: Array.from({ length: count }, (_, k) => `${String(i)} ${String(k)}`),
    }));
    // What is left at 1366 × 700 below the page's head.
    const room = { width: 1_350, height: 652 };
    expect(placedMap(columns, [], room, 14, 30).size.height).toBeLessThanOrEqual(room.height);
  });

  test('tells of a lesson below short columns, clear of all cards, or nowhere', () => {
    const { aside, cards, size } = placed();
    expect(aside).not.toBeNull();
    for (const { x, y, width, height } of cards.values()) {
      if (!aside) break;
      expect(x >= aside.x + aside.width || x + width <= aside.x || y >= aside.y + aside.height || y + height <= aside.y).toBe(true);
      expect(aside.y + aside.height).toBeLessThanOrEqual(size.height);
    }
    const [first, , last] = COLUMNS;
    if (!first || !last) throw new Error('no columns');
    expect(placed(ROOM, [last, first, first]).aside?.x).toBeGreaterThan(300);
    expect(placed(ROOM, [first, last, first]).aside).toBeNull();
    expect(placed(ROOM, [last, last]).aside).toBeNull();
    expect(placed(ROOM, []).aside).toBeNull();
  });
});

test.each([
  ['a1', 'ArrowDown', 'a2'],
  ['a2', 'ArrowDown', null],
  ['a1', 'ArrowUp', null],
  ['a2', 'ArrowRight', 'b1'],
  ['c5', 'ArrowLeft', 'b1'],
  ['b1', 'ArrowRight', 'c1'],
  ['c1', 'ArrowRight', null],
  ['c3', 'Home', 'a1'],
  ['a1', 'End', 'c5'],
  ['a1', 'x', null],
  ['nowhere', 'ArrowDown', null],
] as const)('from %s the key %s leads to %s', (from, key, to) => {
  expect(neighbour(COLUMNS, from, key)).toBe(to);
});
