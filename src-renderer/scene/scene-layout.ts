/**
 * Where the village's standing parts lie. One space: the scene's own units. Every scene is at least LEAST_HEIGHT high and LEAST_WIDTH wide;
 * a container that is wider or higher gets more of either, so that the picture always fills it. Pure.
 */

export const LEAST_HEIGHT = 350;
export const LEAST_WIDTH = 900;

export interface Spot {
  x: number;
  y: number;
}

export interface Box extends Spot {
  /** x and y are the upper left corner. */
  w: number;
  h: number;
}

export interface Frame {
  width: number;
  height: number;
}

export interface HouseSpot extends Spot {
  scale: number;
  /** Room from one house to the next. */
  cell: number;
}

export interface Places extends Frame {
  /** How much larger than usual people are drawn, in a high frame. */
  zoom: number;
  /** Where houses stand, and where people walk: their feet. Of two rows of houses the nearer one stands on the ground. */
  ground: number;
  walk: number;
  /** Where the farther row stands, and the village ends; in one row the ground. */
  back: number;
  /** Of a house in two rows; null: one row has room enough. */
  twoRows: number | null;
  /** The lane's edges. */
  lane: { from: number; to: number };
  /** Where the forest begins. */
  forest: number;
  orphanage: Box;
  creche: Box;
  nursing: Box;
  /** Feet of whoever is in one of the three yards. */
  yard: number;
  keys: Spot;
  post: Spot;
}

/** The frame of a container, in units. */
export function frameFor(widthPx: number, heightPx: number): Frame {
  const shape = Math.max(1, widthPx) / Math.max(1, heightPx);
  const width = Math.max(LEAST_WIDTH, LEAST_HEIGHT * shape);
  return { width, height: Math.max(LEAST_HEIGHT, width / shape) };
}

/** Where houses stand, from the left edge, and from there to this part of the width. */
const STREET = { from: 98, to: 0.735 };
/** From one house to the next, of its size. */
const APART = 212;
const LARGEST = 1.26;
const FEW = 4;
/** Two rows, units: the sky above them, lane and yards below. Of a house's size: up to its ridge, and from one row to the next. */
const ROWS = { sky: 46, below: 186, ridge: 112, apart: 196 };
/** Of what two rows leave of the height: to the sky, and to the lane. */
const REST = { sky: 0.3, lane: 0.2 };
/** Two rows are worth their length of way when houses are so much larger in them. */
const WORTH = 1.15;

/** How large a house is in one row and in two. */
function houseScales({ width, height }: Frame, count: number): { one: number; two: number } {
  const room = width * STREET.to - STREET.from;
  const most = LARGEST * zoomOf(height);
  return {
    one: Math.min(most, room / count / APART),
    two: Math.min(most, room / Math.ceil(count / 2) / APART, (height - ROWS.sky - ROWS.below) / (ROWS.ridge + ROWS.apart)),
  };
}

const zoomOf = (height: number): number => 1 + Math.min(0.4, ((height - LEAST_HEIGHT) / LEAST_HEIGHT) * 0.55);

/** Of more height than the least the sky has this part: the larger one over large houses, the smaller one over small ones, and of what is very high. */
const SKY = { most: 0.54, least: 0.3, perScale: 0.7, veryHigh: 300 };

function skyOf(extra: number, scale: number): number {
  const share = Math.min(SKY.most, Math.max(SKY.least, SKY.most - (1 - scale) * SKY.perScale));
  return Math.min(extra, SKY.veryHigh) * share + Math.max(0, extra - SKY.veryHigh) * SKY.least;
}

/** Feet of houses and of whoever walks, and where the yards begin. */
function levels({ height }: Frame, one: number, two: number | null): Pick<Places, 'ground' | 'back' | 'walk' | 'lane'> & { yards: number } {
  if (two === null) {
    const extra = height - LEAST_HEIGHT;
    const sky = skyOf(extra, one);
    const ground = 184 + sky;
    const more = (extra * SKY.most - sky) * 0.4;
    return {
      ground,
      back: ground,
      walk: ground + 52 + extra * 0.12 + more / 2,
      lane: { from: ground + 14, to: ground + 80 + extra * 0.16 + more },
      yards: ground + 96 + extra * 0.2 + more,
    };
  }
  const rest = height - ROWS.sky - ROWS.below - two * (ROWS.ridge + ROWS.apart);
  const back = ROWS.sky + rest * REST.sky + two * ROWS.ridge;
  const ground = back + two * ROWS.apart;
  const lane = rest * REST.lane;
  return {
    ground,
    back,
    walk: ground + 52 + lane * 0.7,
    lane: { from: ground + 14, to: ground + 80 + lane },
    yards: ground + 96 + lane,
  };
}

/** `count`: of the houses. */
export function placesFor(frame: Frame, count = 1): Places {
  const { width, height } = frame;
  const extra = height - LEAST_HEIGHT;
  const { one, two } = houseScales(frame, count);
  const twoRows = count > 2 && count <= FEW && two >= one * WORTH ? two : null;
  const { yards: top, ground, back, ...levelled } = levels(frame, count > FEW ? 1 : one, twoRows);
  const yardHeight = height - 6 - top;
  const wide = width * 0.255;
  const yardAt = (i: number): Box => ({ x: 8 + i * (wide + 10), y: top, w: wide, h: yardHeight });
  return {
    width,
    height,
    zoom: zoomOf(height),
    ground,
    back,
    twoRows,
    ...levelled,
    forest: width * 0.8,
    orphanage: yardAt(0),
    creche: yardAt(1),
    nursing: yardAt(2),
    yard: height - 28 - extra * 0.04,
    keys: { x: 50, y: Math.max(KEYS_TOP, back - 136) },
    post: { x: width * 0.768, y: ground },
  };
}

/** However high the houses, the board with their keys hangs in the picture. */
const KEYS_TOP = 14;

/** Parts of the village whose people never cover each other: each is painted for itself, and only when something in it changes. */
export const ZONES = ['houses', 'forest', 'yards'] as const;
export type Zone = (typeof ZONES)[number];

export function zoneOf({ x, y }: Spot, places: Places): Zone {
  if (x >= places.forest) return 'forest';
  return y > places.lane.to ? 'yards' : 'houses';
}

/** One row of houses while each has room, else two. */
export function houseSpots(count: number, places: Places): HouseSpot[] {
  const { from } = STREET;
  const to = places.width * STREET.to;
  const rows = places.twoRows === null && (count === 1 || (to - from) / count >= 118) ? 1 : 2;
  const perRow = Math.ceil(count / rows);
  const cell = (to - from) / perRow;
  const scale = places.twoRows ?? Math.min((rows === 1 ? LARGEST : 0.62) * places.zoom, cell / APART);
  const farther = places.twoRows === null ? places.ground - 98 * places.zoom : places.back;
  const nearer = places.twoRows === null && rows === 2 ? places.ground + 2 : places.ground;
  return Array.from({ length: count }, (_, i) => ({
    x: from + cell * ((i % perRow) + 0.5),
    y: rows === 2 && i < perRow ? farther : nearer,
    scale,
    cell,
  }));
}

/** Feet of `count` figures side by side in a yard, `apart` from each other when there is room, and how many of them find a place at all. */
export function seats(yard: Box, y: number, count: number, apart: number, least: number): Spot[] {
  const room = yard.w - 76;
  const shown = Math.min(count, Math.max(1, Math.floor(room / least) + 1));
  const gap = shown <= 1 ? 0 : Math.min(apart, room / (shown - 1));
  return Array.from({ length: shown }, (_, i) => ({ x: yard.x + 38 + i * gap, y }));
}
