/** The map of the course: units as columns, their lessons as rows, and lines from each lesson to those that build on it. Lengths are CSS pixels. */
import type { CourseUnit, LessonCard } from '../../src-main/contract/index';

export interface MapColumn {
  /** Null: lessons that belong to no unit. */
  unit: Pick<CourseUnit, 'id' | 'title'> | null;
  lessons: string[];
}

export interface MapLink {
  from: string;
  to: string;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PlacedLink extends MapLink {
  /** Of an SVG path. */
  d: string;
}

export interface PlacedMap {
  size: { width: number; height: number };
  heads: Box[];
  cards: ReadonlyMap<string, Box>;
  links: PlacedLink[];
  /** Room for what is told of a lesson, below columns that are shorter than the longest; null where there is not enough. */
  aside: Box | null;
}

/** More would be too small to read, in a course that has no units. */
const MOST_ROWS = 8;

/** Columns of the map. What belongs to no unit comes last; without units the lessons stand in their order. */
export function columnsOf(cards: readonly Pick<LessonCard, 'id'>[], units: readonly CourseUnit[]): MapColumn[] {
  const there = new Set(cards.map(({ id }) => id));
  const inUnits = units.map(({ id, title, lessons }): MapColumn => ({
    unit: { id, title },
    lessons: lessons.filter((each) => there.has(each)),
  }));
  const placed = new Set(inUnits.flatMap(({ lessons }) => lessons));
  const others = cards.map(({ id }) => id).filter((id) => !placed.has(id));
  const rest = Array.from({ length: Math.ceil(others.length / MOST_ROWS) }, (_, i): MapColumn => ({
    unit: null,
    lessons: others.slice(i * MOST_ROWS, (i + 1) * MOST_ROWS),
  }));
  return [...inUnits.filter(({ lessons }) => lessons.length > 0), ...rest];
}

/** Everything that comes before a lesson, at whatever distance, without the lesson itself. A circle is walked once. */
function allBefore(id: string, before: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const waiting = [...(before.get(id) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...(before.get(next) ?? []));
  }
  return found;
}

/** The lines to be drawn: a prerequisite that another one has as well needs none of its own. */
export function linksOf(cards: readonly Pick<LessonCard, 'id' | 'prerequisites'>[]): MapLink[] {
  const there = new Set(cards.map(({ id }) => id));
  const before = new Map(cards.map(({ id, prerequisites }) => [id, prerequisites.filter((each) => there.has(each) && each !== id)]));
  return [...before].flatMap(([to, all]) =>
    all.filter((from) => !all.some((other) => other !== from && allBefore(other, before).has(from))).map((from) => ({ from, to })),
  );
}

interface Place {
  column: number;
  row: number;
}

/** Where in the grid each lesson stands. */
export function placesOf(columns: readonly MapColumn[]): Map<string, Place> {
  return new Map(columns.flatMap(({ lessons }, column) => lessons.map((id, row) => [id, { column, row }] as const)));
}

const STEPS: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** The lesson that a key leads to from another one; null: the key is none of the map's, or there is nothing. */
export function neighbour(columns: readonly MapColumn[], from: string, key: string): string | null {
  const place = placesOf(columns).get(from);
  if (!place) return null;
  const own = columns[place.column]?.lessons ?? [];
  if (key === 'Home') return columns[0]?.lessons[0] ?? null;
  if (key === 'End') return columns.at(-1)?.lessons.at(-1) ?? null;
  const step = STEPS[key];
  if (!step) return null;
  const [across, down] = step;
  if (down !== 0) return own[place.row + down] ?? null;
  const lessons = columns[place.column + across]?.lessons ?? [];
  return lessons[Math.min(place.row, lessons.length - 1)] ?? null;
}

/** In parts of an em, the size of the cards' type. */
const GUTTER_EM = 2.2;
const GAP_EM = 0.75;
/** In a low window. */
const LEAST_GAP_EM = 0.42;
const HEAD_EM = 1.75;
const LEAST_COLUMN_EM = 17;
/** A title of one line, or of two. */
const LEAST_CARD_EM = { short: 4.4, long: 5.1 };
const CARD_PADDING_EM = 1.6;
const MOST_CARD_EM = 7.5;
/** Rows and columns that what is told of a lesson needs. */
const ASIDE_ROWS = 3;
const ASIDE_COLUMNS = 2;

interface Grid {
  columnPx: number;
  rowPx: number;
  gutterPx: number;
  gapPx: number;
  headPx: number;
}

/** The longest title, in em: a Chinese character is as wide as high, and a letter a little over half of that. */
export function titleEm(titles: readonly string[]): number {
  return Math.max(0, ...titles.map((title) => [...title].reduce((sum, char) => sum + (char > '\u2e7f' ? 1 : 0.55), 0)));
}

function gridFor(columns: readonly MapColumn[], room: { width: number; height: number }, emPx: number, longestEm: number): Grid {
  const rows = Math.max(1, ...columns.map(({ lessons }) => lessons.length));
  const headPx = HEAD_EM * emPx;
  const columnPx = Math.max(LEAST_COLUMN_EM * emPx, room.width / Math.max(1, columns.length));
  const isShort = (longestEm + GUTTER_EM + CARD_PADDING_EM) * emPx <= columnPx;
  const leastPx = LEAST_CARD_EM[isShort ? 'short' : 'long'] * emPx;
  const rowPx = (room.height - headPx) / rows;
  const gapPx = Math.min(GAP_EM * emPx, Math.max(LEAST_GAP_EM * emPx, rowPx - leastPx));
  return {
    columnPx,
    rowPx: Math.min(MOST_CARD_EM * emPx, Math.max(leastPx, rowPx - gapPx)) + gapPx,
    gutterPx: GUTTER_EM * emPx,
    gapPx,
    headPx,
  };
}

/** The map within a room: it is larger than the room where its cards could not be read otherwise. */
export function placedMap(
  columns: readonly MapColumn[],
  links: readonly MapLink[],
  room: { width: number; height: number },
  emPx: number,
  /** Of the longest title. */
  longestEm = Infinity,
): PlacedMap {
  const grid = gridFor(columns, room, emPx, longestEm);
  const rows = Math.max(1, ...columns.map(({ lessons }) => lessons.length));
  const boxAt = ({ column, row }: Place): Box => ({
    x: column * grid.columnPx + grid.gutterPx,
    y: grid.headPx + row * grid.rowPx,
    width: grid.columnPx - grid.gutterPx,
    height: grid.rowPx - grid.gapPx,
  });
  const places = placesOf(columns);
  return {
    size: { width: columns.length * grid.columnPx, height: grid.headPx + rows * grid.rowPx },
    heads: columns.map((_, column) => ({ ...boxAt({ column, row: 0 }), y: 0, height: grid.headPx })),
    cards: new Map([...places].map(([id, place]) => [id, boxAt(place)])),
    links: links.flatMap((link) => {
      const from = places.get(link.from);
      const to = places.get(link.to);
      return from && to ? [{ ...link, d: pathOf(wayOf(from, to, columns[from.column]?.lessons.length ?? 1, grid, boxAt), emPx / 2) }] : [];
    }),
    aside: asideOf(columns, rows, grid, boxAt),
  };
}

/** Below the first columns, as many as are short enough, else below the last ones. */
function asideOf(columns: readonly MapColumn[], rows: number, grid: Grid, boxAt: (place: Place) => Box): Box | null {
  const isShort = ({ lessons }: MapColumn): boolean => lessons.length <= rows - ASIDE_ROWS;
  const firstLong = columns.findIndex((each) => !isShort(each));
  const lastLong = columns.findLastIndex((each) => !isShort(each));
  const inFront = columns.slice(0, Math.max(0, firstLong));
  const behind = columns.slice(lastLong + 1);
  const [chosen, column] = inFront.length >= ASIDE_COLUMNS ? [inFront, 0] : [behind, lastLong + 1];
  if (chosen.length < ASIDE_COLUMNS) return null;
  const row = Math.max(...chosen.map(({ lessons }) => lessons.length));
  const { x, y } = boxAt({ column, row });
  const top = y + grid.gapPx;
  return { x, y: top, width: chosen.length * grid.columnPx - grid.gutterPx, height: grid.headPx + rows * grid.rowPx - grid.gapPx - top };
}

type Point = readonly [x: number, y: number];

/**
 * From card to card by the free ways between rows and columns. Whatever comes from one lesson has one way in common, beside those of other
 * lessons of its column.
 */
function wayOf(from: Place, to: Place, inColumn: number, grid: Grid, boxAt: (place: Place) => Box): Point[] {
  const start = boxAt(from);
  const end = boxAt(to);
  const share = (from.row + 1) / (inColumn + 1);
  const left = (box: Box): Point => [box.x, box.y + box.height / 2];
  if (from.column === to.column && to.row === from.row + 1) {
    const x = start.x + start.width / 2;
    return [
      [x, start.y + start.height],
      [x, end.y],
    ];
  }
  const lane = end.x - grid.gutterPx * (0.2 + 0.6 * share);
  const arriving: Point[] = [[lane, left(end)[1]], left(end)];
  if (from.column === to.column) return [left(start), [lane, left(start)[1]], ...arriving];
  const right: Point = [start.x + start.width, start.y + start.height / 2];
  if (to.column === from.column + 1) return [right, [lane, right[1]], ...arriving];
  // Past other columns, below the own row.
  const out = start.x + start.width + grid.gutterPx * 0.2;
  const below = start.y + start.height + grid.gapPx / 2;
  return to.column > from.column
    ? [right, [out, right[1]], [out, below], [lane, below], ...arriving]
    : [left(start), [start.x - grid.gutterPx * 0.2, left(start)[1]], [start.x - grid.gutterPx * 0.2, below], [lane, below], ...arriving];
}

/** A way of straight pieces with round corners. */
function pathOf(points: readonly Point[], radiusPx: number): string {
  const number = (value: number): string => String(Math.round(value * 10) / 10);
  const at = ([x, y]: Point): string => `${number(x)} ${number(y)}`;
  return points
    .map((point, i) => {
      const before = points[i - 1];
      const after = points[i + 1];
      if (!before) return `M${at(point)}`;
      if (!after) return `L${at(point)}`;
      return `L${at(towards(point, before, radiusPx))}Q${at(point)} ${at(towards(point, after, radiusPx))}`;
    })
    .join('');
}

/** So far from one point to another one, half of the way at most. */
function towards([x, y]: Point, [toX, toY]: Point, px: number): Point {
  const length = Math.hypot(toX - x, toY - y);
  const share = length === 0 ? 0 : Math.min(px, length / 2) / length;
  return [x + (toX - x) * share, y + (toY - y) * share];
}
