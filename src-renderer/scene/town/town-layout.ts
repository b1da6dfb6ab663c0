/**
 * Where everything of a village of many houses lies. One space: units that are CSS pixels in a window of 1366 × 768, and grow with the type.
 * How large a house is decides what is drawn of it, not how many there are. Pure.
 */
import type { Box } from '../scene-layout';

/** From the largest to the smallest: figures before their house; busts in its windows; the same, smaller; a front in the child's colours. */
export const LEVELS = ['street', 'card', 'small', 'map'] as const;
export type Level = (typeof LEVELS)[number];

/** The least room in which a level can be read, units. */
const LEAST: Readonly<Record<Level, { w: number; h: number }>> = {
  street: { w: 172, h: 186 },
  card: { w: 86, h: 80 },
  small: { w: 74, h: 58 },
  map: { w: 20, h: 30 },
};

/** A tile wider or higher than this, in proportion, stays empty at its edges; before a house in the street its bench has all of the width. */
const SLACK: Readonly<Record<Level, { w: number; h: number }>> = {
  street: { w: Infinity, h: 1.12 },
  card: { w: 1.5, h: 1.5 },
  small: { w: 1.4, h: 1.4 },
  map: { w: 1.5, h: 1.5 },
};

export function levelOf(w: number, h: number): Level {
  return LEVELS.find((level) => w >= LEAST[level].w && h >= LEAST[level].h) ?? 'map';
}

export interface Grid {
  columns: number;
  rows: number;
  /** From one house to the next, units at the camera's rest. */
  tile: { w: number; h: number };
  /** Between two blocks of eight, where a row has more. */
  gap: number;
  level: Level;
}

const BLOCK = 8;

/** Rows of equal length; of many houses as many to a row as divide 32, so that a number can be found by counting. */
export function gridFor(count: number, { w, h }: { w: number; h: number }): Grid {
  const lengths = count <= BLOCK ? Array.from({ length: Math.max(1, count) }, (_, i) => i + 1) : [2, 4, 8, 16, 32];
  const grids = lengths
    .filter((columns) => columns <= Math.max(2, count) * 2)
    .map((columns): Grid & { size: number } => {
      const rows = Math.ceil(count / columns);
      const gap = columns > BLOCK ? 10 : 0;
      const tile = { w: (w - gap * (Math.ceil(columns / BLOCK) - 1)) / columns, h: h / rows };
      const level = levelOf(tile.w, tile.h);
      const least = LEAST[level];
      return { columns, rows, tile, gap, level, size: Math.min(tile.w / least.w, tile.h / least.h) };
    });
  const best = grids.reduce((a, b) => {
    const [rankA, rankB] = [LEVELS.indexOf(a.level), LEVELS.indexOf(b.level)];
    if (rankA !== rankB) return rankA < rankB ? a : b;
    return b.size > a.size ? b : a;
  });
  return { columns: best.columns, rows: best.rows, tile: best.tile, gap: best.gap, level: best.level };
}

/** Where the tile of the house at `index` lies in the grid, from its upper left corner. */
export function tileAt({ columns, tile, gap }: Grid, index: number): Box {
  const column = index % columns;
  return { x: column * tile.w + Math.floor(column / BLOCK) * gap, y: Math.floor(index / columns) * tile.h, ...tile };
}

/** The part of a tile that is drawn in: never much longer one way than a level's least room is. */
export function drawnIn(level: Level, tile: Box): Box {
  const { w, h } = LEAST[level];
  const scale = Math.min(tile.w / w, tile.h / h);
  const size = { w: Math.min(tile.w, w * scale * SLACK[level].w), h: Math.min(tile.h, h * scale * SLACK[level].h) };
  return { x: tile.x + (tile.w - size.w) / 2, y: tile.y + (tile.h - size.h) / 2, ...size };
}

export interface Areas {
  width: number;
  height: number;
  /** There is room for figures in the yards, not only for counts. */
  isHigh: boolean;
  /** What stands beside few houses stands below many. */
  isMany: boolean;
  /** Where the sky ends. */
  horizon: number;
  /** The houses, and the camera's window onto them. */
  houses: Box;
  /** For the numbers at the head of each row; null: every house says its own. */
  heads: Box | null;
  /** Above the houses is room for the heads of their columns. */
  hasColumns: boolean;
  /** How many houses are in which state. */
  counts: Box | null;
  forest: Box;
  lens: Box;
  orphanage: Box;
  creche: Box;
  nursing: Box;
  keys: Box;
  watch: Box;
  /** Those on the way. */
  lane: Box;
}

const EDGE = 8;
/** A notebook's window at 200 percent. */
const LOW = 300;
const GUTTER = 92;
const BUTTONS = 34;
export const NARROW = 300;
const HEADS = 46;
/** So high is the line with the heads of the columns, units. */
export const COLUMN_HEADS = 15;
/** Below the houses, up to low yards; on a map numbers stand there as low as there is room. */
const BELOW = { houses: 15, map: 9 };

/** Type of the yards' signs, which stand above high yards, and how far up from the yard the houses begin then. */
const signType = (height: number): number => Math.min(17, 13.5 + (3.5 * Math.max(0, height - 340)) / 360);
const aboveSigns = (height: number): number => SIGN_CLEAR + signType(height) * 0.85;
const SIGN_CLEAR = 5;

const between = (from: number, to: number, part: number): number => from + (to - from) * Math.min(1, Math.max(0, part));

export function areasFor(width: number, height: number, count: number): { areas: Areas; grid: Grid } {
  const few = areas(width, height, 'few');
  const grid = gridFor(count, few.houses);
  if (grid.level === 'street' || grid.level === 'card') return { areas: few, grid };
  const many = areas(width, height, 'many');
  const small = gridFor(count, many.houses);
  if (small.level !== 'map') return { areas: many, grid: small };
  const map = areas(width, height, 'map');
  return { areas: map, grid: gridFor(count, map.houses) };
}

function areas(width: number, height: number, kind: 'few' | 'many' | 'map'): Areas {
  const isMany = kind !== 'few';
  const hasColumns = kind === 'map';
  const grown = (height - 340) / 360;
  const right = Math.max(196, Math.min(520, width * between(0.2, 0.355, grown)));
  // In a low window the forest needs room for one who can be read and for how many the others are.
  const lensHeight = Math.min(right * 0.86, Math.max(height < LOW ? 128 : 150, height * 0.46));
  const rightX = width - right - EDGE;
  const left = { x: EDGE, w: rightX - 2 * EDGE };
  const isHigh = height > 420 || !isMany;
  const yardHeight = isHigh ? between(74, 168, grown) : 34;
  const yardY = height - EDGE - yardHeight;
  const horizon = between(24, 46, grown);
  const counts = isMany ? { x: left.x, y: 5, w: left.w, h: between(26, 34, grown) } : null;
  const top = counts ? counts.y + counts.h + (hasColumns ? COLUMN_HEADS : 4) : horizon - 4;
  const housesX = left.x + (isMany ? HEADS : GUTTER) + 4;
  const housesHeight = yardY - (isHigh ? aboveSigns(height) : hasColumns ? BELOW.map : BELOW.houses) - top;
  const houses = { x: housesX, y: top, w: rightX - EDGE - housesX, h: housesHeight };
  const yard = (from: number, to: number, all: Box): Box => ({
    x: all.x + from * all.w + (from === 0 ? 0 : EDGE / 2),
    y: all.y,
    w: (to - from) * all.w - (from === 0 || to === 1 ? EDGE / 2 : EDGE),
    h: all.h,
  });
  const sides = isMany ? Math.min(left.w * 0.44, Math.max(270, Math.min(340, left.w * 0.34))) : 0;
  const yards = { x: left.x, y: yardY, w: left.w - sides, h: yardHeight };
  const beside = { x: left.x + yards.w + 4, y: yardY, w: sides - 4, h: yardHeight };
  const lensY = height - EDGE - lensHeight;
  // The view's own buttons lie in this corner: a wide forest has room for its sign beside them.
  const forestY = right < NARROW ? BUTTONS : EDGE;
  return {
    width,
    height,
    isHigh,
    isMany,
    horizon,
    houses,
    heads: isMany ? { x: left.x, y: houses.y, w: HEADS, h: houses.h } : null,
    hasColumns,
    counts,
    forest: { x: rightX, y: forestY, w: right, h: lensY - forestY - 18 },
    lens: { x: rightX, y: lensY, w: right, h: lensHeight },
    orphanage: yard(0, 0.31, yards),
    creche: yard(0.31, 0.72, yards),
    nursing: yard(0.72, 1, yards),
    keys: isMany ? { ...beside, w: beside.w * 0.32 } : { x: EDGE, y: 8, w: GUTTER - 6, h: Math.min(100, height * 0.19) },
    watch: isMany
      ? { ...beside, x: beside.x + beside.w * 0.34, w: beside.w * 0.25 }
      : { x: EDGE, y: 8 + Math.min(100, height * 0.19) + 6, w: GUTTER - 6, h: Math.min(150, height * 0.3) },
    lane: isMany
      ? { ...beside, x: beside.x + beside.w * 0.6, w: beside.w * 0.4 }
      : {
          x: EDGE,
          y: 8 + Math.min(100, height * 0.19) + Math.min(150, height * 0.3) + 16,
          w: GUTTER - 6,
          h: yardY - 24 - (8 + Math.min(100, height * 0.19) + Math.min(150, height * 0.3) + 16),
        },
  };
}
