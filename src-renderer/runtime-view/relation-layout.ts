/**
 * Where boxes and the words on their lines stand. d3-force begins at places that depend on the boxes alone, with a dice of its own that always
 * falls the same way, and goes through a fixed number of rounds: the same graph in the same room gives the same picture. Pure.
 */
import { forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from 'd3-force';
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

const ROUNDS = 60;
/** Then boxes that still touch are pushed apart. */
const PUSHES = 80;
const GAP_PX = 10;
const KEPT_LAYOUTS = 16;

/** Threads to the left, houses in the middle, goroutines to the right, as one reads them; whatever they wait for beyond. */
const COLUMN: Partial<Record<RowKind, number>> = { M: 0.22, P: 0.52, G: 0.8, sched: 0.36, sysmon: 0.08, futex: 0.06, poll: 0.94 };
const COLUMN_OF_OTHERS = 0.94;
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

/** So many beginnings are tried, and the clearest picture is kept. */
const TRIES = 4;

/** Boxes of one kind begin below each other, in their order; at further tries somewhat aside, each its own way. */
function begun(boxes: readonly BoxAsk[], widthPx: number, heightPx: number, attempt: number): Point[] {
  const aside = (i: number, by: number): number => (attempt === 0 ? 0 : Math.sin((i + 1) * (attempt * 2.4 + by)) * 0.22);
  const count = new Map<number, number>();
  const columns = boxes.map(({ kind }) => COLUMN[kind] ?? COLUMN_OF_OTHERS);
  const total = (column: number): number => columns.filter((each) => each === column).length;
  return boxes.map((ask, i) => {
    const column = columns[i] as number;
    const place = count.get(column) ?? 0;
    count.set(column, place + 1);
    return { ask, x: (column + 0.4 * aside(i, 1)) * widthPx, y: ((place + 0.5) / total(column) + aside(i, 2)) * heightPx };
  });
}

function settled(boxes: readonly BoxAsk[], lines: readonly LineAsk[], widthPx: number, heightPx: number, attempt: number): Point[] {
  const points = begun(boxes, widthPx, heightPx, attempt);
  const at = new Map(points.map((point) => [point.ask.key, point]));
  const links = lines.flatMap(({ from, to, width }) => {
    const [source, target] = [at.get(from), at.get(to)];
    return source && target ? [{ source, target, length: (source.ask.width + target.ask.width) / 2 + width + GAP_PX }] : [];
  });
  const startY = new Map(points.map((point) => [point, point.y]));
  const simulation = forceSimulation(points)
    .stop()
    .alphaDecay(1 - 0.001 ** (1 / ROUNDS))
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

/** No box lies on another. */
export const isClear = (places: readonly Box[]): boolean => places.every((a, i) => places.slice(i + 1).every((b) => !overlaps(a, b)));

type Spot = { x: number; y: number };

/** Whether the way from a to b goes through a box: asked at its middle and between, near enough for boxes of this size. */
function goesThrough(a: Spot, b: Spot, { x, y, width, height }: Box): boolean {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const steps = Math.max(1, Math.ceil(length / 8));
  for (let i = 1; i < steps; i++) {
    const part = i / steps;
    if (Math.abs(a.x + (b.x - a.x) * part - x) < width / 2 + 2 && Math.abs(a.y + (b.y - a.y) * part - y) < height / 2 + 2) return true;
  }
  return false;
}

const side = (a: Spot, b: Spot, c: Spot): number => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));

const cross = (a: LinePlace, b: LinePlace): boolean =>
  side(a.from, a.to, b.from) * side(a.from, a.to, b.to) < 0 && side(b.from, b.to, a.from) * side(b.from, b.to, a.to) < 0;

/** A line through a box is misread, a word that is missing must be looked for, lines that cross are only untidy. */
const COST = { overlap: 100, through: 5, wordless: 3, crossing: 1 };

interface Layout {
  places: Box[];
  lines: LinePlace[];
}

function costOf({ places, lines }: Layout, asks: readonly LineAsk[], boxes: readonly BoxAsk[]): number {
  let cost = isClear(places) ? 0 : COST.overlap;
  for (const [i, line] of lines.entries()) {
    const { from, to } = asks[i] as LineAsk;
    if (!line.label) cost += COST.wordless;
    for (const [k, box] of places.entries()) {
      const key = boxes[k]?.key;
      if (key !== from && key !== to && goesThrough(line.from, line.to, box)) cost += COST.through;
    }
    for (const other of lines.slice(i + 1)) if (cross(line, other)) cost += COST.crossing;
  }
  return cost;
}

/**
 * Layouts from step to step: mostly a step leaves who has to do with whom as it was. A layout depends on what was asked for alone, so one that
 * is kept is the one that would be made.
 */
export class LayoutKeeper {
  /** The one asked for longest ago first. */
  private readonly kept = new Map<string, Layout>();

  layOut(boxes: readonly BoxAsk[], lines: readonly LineAsk[], room: { widthPx: number; heightPx: number }): Layout {
    const asked = JSON.stringify([boxes, lines, room.widthPx, room.heightPx]);
    const layout = this.kept.get(asked) ?? layOut(boxes, lines, room);
    this.kept.delete(asked);
    this.kept.set(asked, layout);
    for (const oldest of this.kept.keys()) if (this.kept.size > KEPT_LAYOUTS) this.kept.delete(oldest);
    return layout;
  }
}

export function layOut(boxes: readonly BoxAsk[], lines: readonly LineAsk[], room: { widthPx: number; heightPx: number }): Layout {
  let best: { layout: Layout; cost: number } | null = null;
  for (let attempt = 0; attempt < TRIES && best?.cost !== 0; attempt++) {
    const layout = laidOut(boxes, lines, room, attempt);
    const cost = costOf(layout, lines, boxes);
    if (best === null || cost < best.cost) best = { layout, cost };
  }
  return best?.layout ?? { places: [], lines: [] };
}

function laidOut(
  boxes: readonly BoxAsk[],
  lines: readonly LineAsk[],
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
  attempt: number,
): Layout {
  const places = settled(boxes, lines, widthPx, heightPx, attempt).map(({ x, y, ask }): Box => ({
    x,
    y,
    width: ask.width,
    height: ask.height,
  }));
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
