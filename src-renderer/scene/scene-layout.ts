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
  /** Where houses stand, and where people walk: their feet. */
  ground: number;
  walk: number;
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

export function placesFor({ width, height }: Frame): Places {
  const extra = height - LEAST_HEIGHT;
  const ground = 184 + extra * 0.54;
  const top = ground + 96 + extra * 0.2;
  const yardHeight = height - 6 - top;
  const wide = width * 0.255;
  const yardAt = (i: number): Box => ({ x: 8 + i * (wide + 10), y: top, w: wide, h: yardHeight });
  const zoom = 1 + Math.min(0.4, (extra / LEAST_HEIGHT) * 0.55);
  return {
    width,
    height,
    zoom,
    ground,
    walk: ground + 52 + extra * 0.12,
    lane: { from: ground + 14, to: ground + 80 + extra * 0.16 },
    forest: width * 0.8,
    orphanage: yardAt(0),
    creche: yardAt(1),
    nursing: yardAt(2),
    yard: height - 28 - extra * 0.04,
    keys: { x: 50, y: ground - 136 },
    post: { x: width * 0.768, y: ground },
  };
}

/** Parts of the village whose people never cover each other: each is painted for itself, and only when something in it changes. */
export const ZONES = ['houses', 'forest', 'yards'] as const;
export type Zone = (typeof ZONES)[number];

export function zoneOf({ x, y }: Spot, places: Places): Zone {
  if (x >= places.forest) return 'forest';
  return y > places.lane.to ? 'yards' : 'houses';
}

/** One row of houses while each has room, else two. */
export function houseSpots(count: number, places: Places): HouseSpot[] {
  const from = 98;
  const to = places.width * 0.735;
  const rows = count === 1 || (to - from) / count >= 118 ? 1 : 2;
  const perRow = Math.ceil(count / rows);
  const cell = (to - from) / perRow;
  const scale = Math.min(rows === 1 ? 1.26 * places.zoom : 0.62 * places.zoom, cell / 212);
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / perRow);
    return {
      x: from + cell * ((i % perRow) + 0.5),
      y: rows === 1 ? places.ground : places.ground - (row === 0 ? 98 * places.zoom : -2),
      scale,
      cell,
    };
  });
}

/** Feet of `count` figures side by side in a yard, `apart` from each other when there is room, and how many of them find a place at all. */
export function seats(yard: Box, y: number, count: number, apart: number, least: number): Spot[] {
  const room = yard.w - 76;
  const shown = Math.min(count, Math.max(1, Math.floor(room / least) + 1));
  const gap = shown <= 1 ? 0 : Math.min(apart, room / (shown - 1));
  return Array.from({ length: shown }, (_, i) => ({ x: yard.x + 38 + i * gap, y }));
}
