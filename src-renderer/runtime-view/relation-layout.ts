/**
 * Where boxes and the words on their lines stand. d3-force begins at places that depend on the boxes alone, with a dice of its own that always
 * falls the same way, and goes through a fixed number of rounds: the same graph in the same room gives the same picture. Pure.
 */
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from 'd3-force';
import type { RowKind } from './state-rows';

/** Its middle, in px from the top left corner, and its size. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface BoxAsk {
  key: string;
  kind: RowKind;
  width: number;
  height: number;
}

export interface LineAsk {
  /** Keys of two boxes. */
  from: string;
  to: string;
  text: string;
  width: number;
  height: number;
}

export interface LinePlace {
  from: { x: number; y: number };
  to: { x: number; y: number };
  /** null: there is no room for its words. */
  label: { x: number; y: number; text: string; width: number } | null;
}

const ROUNDS = 160;
/** Then boxes that still touch are pushed apart. */
const PUSHES = 80;
const GAP_PX = 10;

/** Threads to the left, houses in the middle, goroutines to the right, as one reads them; whatever they wait for beyond. */
const COLUMN: Partial<Record<RowKind, number>> = { M: 0.2, P: 0.5, G: 0.76, sched: 0.5, sysmon: 0.08, futex: 0.06, poll: 0.92 };
const COLUMN_OF_OTHERS = 0.92;
const LINE: Partial<Record<RowKind, number>> = { sched: 0.12, sysmon: 0.9, futex: 0.85 };

interface Point extends SimulationNodeDatum {
  ask: BoxAsk;
  x: number;
  y: number;
}

const clamp = (value: number, least: number, most: number): number =>
  most < least ? (least + most) / 2 : Math.min(most, Math.max(least, value));

function keepInside(points: readonly Point[], widthPx: number, heightPx: number): void {
  for (const point of points) {
    point.x = clamp(point.x, point.ask.width / 2 + 2, widthPx - point.ask.width / 2 - 2);
    point.y = clamp(point.y, point.ask.height / 2 + 2, heightPx - point.ask.height / 2 - 2);
  }
}

/** Pushes every pair that touches apart, the shorter way. True: nobody touched. */
function pushApart(points: readonly Point[]): boolean {
  let isClear = true;
  for (const [i, a] of points.entries())
    for (const b of points.slice(i + 1)) {
      const x = (a.ask.width + b.ask.width) / 2 + GAP_PX - Math.abs(a.x - b.x);
      const y = (a.ask.height + b.ask.height) / 2 + GAP_PX - Math.abs(a.y - b.y);
      if (x <= 0 || y <= 0) continue;
      isClear = false;
      const isSideways = x < y;
      const half = (isSideways ? x : y) / 2;
      // The later one goes right or down where both stand on one spot.
      const sign = (isSideways ? a.x - b.x : a.y - b.y) > 0 ? 1 : -1;
      const axis = isSideways ? 'x' : 'y';
      a[axis] += sign * half;
      b[axis] -= sign * half;
    }
  return isClear;
}

/** Boxes of one kind begin below each other, in their order. */
function begun(boxes: readonly BoxAsk[], widthPx: number, heightPx: number): Point[] {
  const count = new Map<number, number>();
  const columns = boxes.map(({ kind }) => COLUMN[kind] ?? COLUMN_OF_OTHERS);
  const total = (column: number): number => columns.filter((each) => each === column).length;
  return boxes.map((ask, i) => {
    const column = columns[i] as number;
    const place = count.get(column) ?? 0;
    count.set(column, place + 1);
    return { ask, x: column * widthPx, y: ((place + 0.5) / total(column)) * heightPx };
  });
}

function settled(boxes: readonly BoxAsk[], lines: readonly LineAsk[], widthPx: number, heightPx: number): Point[] {
  const points = begun(boxes, widthPx, heightPx);
  const at = new Map(points.map((point) => [point.ask.key, point]));
  const links = lines.flatMap(({ from, to, width }) => {
    const [source, target] = [at.get(from), at.get(to)];
    return source && target ? [{ source, target, length: (source.ask.width + target.ask.width) / 2 + width + GAP_PX }] : [];
  });
  const startY = new Map(points.map((point) => [point, point.y]));
  const simulation = forceSimulation(points)
    .stop()
    .force(
      'link',
      forceLink<Point, (typeof links)[number]>(links)
        .distance(({ length }) => length)
        .strength(0.12),
    )
    .force(
      'apart',
      forceManyBody<Point>()
        .strength(-180)
        .distanceMax(widthPx / 3),
    )
    .force(
      'boxes',
      forceCollide<Point>(({ ask }) => Math.hypot(ask.width, ask.height) / 2.4),
    )
    .force('column', forceX<Point>(({ ask }) => (COLUMN[ask.kind] ?? COLUMN_OF_OTHERS) * widthPx).strength(0.35))
    .force('line', forceY<Point>((point) => (LINE[point.ask.kind] ?? (startY.get(point) as number) / heightPx) * heightPx).strength(0.1));
  for (let round = 0; round < ROUNDS; round++) {
    simulation.tick();
    keepInside(points, widthPx, heightPx);
  }
  for (let push = 0; push < PUSHES && !pushApart(points); push++) keepInside(points, widthPx, heightPx);
  keepInside(points, widthPx, heightPx);
  return points;
}

/** Where the way from a box's middle to another point leaves the box. */
function edgeOf(box: Box, to: { x: number; y: number }): { x: number; y: number } {
  const [dx, dy] = [to.x - box.x, to.y - box.y];
  const part = Math.min(
    dx === 0 ? Infinity : (box.width / 2 + 2) / Math.abs(dx),
    dy === 0 ? Infinity : (box.height / 2 + 2) / Math.abs(dy),
    1,
  );
  return { x: box.x + dx * part, y: box.y + dy * part };
}

export const overlaps = (a: Box, b: Box): boolean =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;

/** Along a line, from its middle outwards. */
const SPOTS = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78] as const;

export function layOut(
  boxes: readonly BoxAsk[],
  lines: readonly LineAsk[],
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): { places: Box[]; lines: LinePlace[] } {
  const places = settled(boxes, lines, widthPx, heightPx).map(({ x, y, ask }): Box => ({ x, y, width: ask.width, height: ask.height }));
  const at = new Map(boxes.map(({ key }, i) => [key, places[i] as Box]));
  const taken: Box[] = [...places];
  const placed = lines.map(({ from, to, text, width, height }): LinePlace => {
    const [a, b] = [at.get(from) as Box, at.get(to) as Box];
    const [begin, end] = [edgeOf(a, b), edgeOf(b, a)];
    for (const part of SPOTS) {
      const spot = { x: begin.x + (end.x - begin.x) * part, y: begin.y + (end.y - begin.y) * part, width, height };
      if (taken.some((box) => overlaps(box, spot))) continue;
      taken.push(spot);
      return { from: begin, to: end, label: { x: spot.x, y: spot.y, text, width } };
    }
    return { from: begin, to: end, label: null };
  });
  return { places, lines: placed };
}
