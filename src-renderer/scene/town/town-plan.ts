/**
 * The picture of a village of many houses: what stands for good, the houses that the camera sees, and the boards around them. A house that
 * has not changed is not drawn anew. Pure but for what it keeps.
 */
import type { Language } from '../../../assets/words/index';
import type { PId } from '../../../src-main/contract/index';
import { written } from '../glossary';
import { textWidth } from '../scene-labels';
import type { Box } from '../scene-layout';
import { sharing } from '../sharing';
import type { Seen } from './camera';
import { card } from './card';
import { board, type Drawing, fitting, type Piece, type Writing } from './drawing';
import { MAP_TILE, mapTile } from './map-tile';
import { paint } from './people';
import type { Doing, Town, TownHouse } from './town';
import type { Areas, Grid } from './town-layout';
import { fences, forest, glade, keys, lane, type Lit, watchman, yards } from './yards';

/** Houses as they were drawn last. */
export class TownKeeper {
  private readonly houses = new Map<PId, TownHouse>();
  private readonly drawn = new Map<PId, { house: TownHouse; key: string; drawing: Drawing }>();

  /** The same town, with every house that says the same as before as the same object. */
  known(town: Town): Town {
    const houses = town.houses.map((each) => {
      const was = this.houses.get(each.id);
      const now = was === undefined ? each : sharing(was, each);
      this.houses.set(each.id, now);
      return now;
    });
    return { ...town, houses };
  }

  tiles(town: Town, seen: Seen, language: Language): Drawing[] {
    if (seen.level === 'street') return [];
    return seen.tiles.flatMap(({ index, box }) => {
      const house = town.houses[index];
      if (!house) return [];
      const key = `${seen.level} ${box.x} ${box.y} ${box.w} ${box.h} ${language}`;
      const known = this.drawn.get(house.id);
      if (known?.house === house && known.key === key) return [known.drawing];
      const drawing = seen.level === 'map' ? mapTile(house, box) : card(house, box, seen.level === 'small', language);
      this.drawn.set(house.id, { house, key, drawing });
      return [drawing];
    });
  }
}

const LANE = paint({ fill: 'var(--lane)', stroke: 'var(--lane-edge)', width: 1.2 });

/** The ground of the houses: a strip of lane for each row. At the camera's notch. */
export function ground(grid: Grid, seen: Seen): Piece[] {
  const { columns, rows, tile, gap } = grid;
  const right = (columns * tile.w + gap * (Math.ceil(columns / 8) - 1)) * seen.notch;
  const h = tile.h * seen.notch;
  const top = seen.level === 'map' ? 0.8 : seen.level === 'small' ? 0.66 : 0.56;
  return Array.from({ length: rows }, (_, row) => {
    const y = row * h + h * top;
    const below = (row + 1) * h - 1;
    return {
      z: 0.1,
      paint: LANE,
      d: `M-4 ${y}Q${right * 0.4} ${y - 4} ${right + 2} ${y}V${below}Q${right * 0.4} ${below - 4} -4 ${below}Z`,
    };
  });
}

/** The number of the first house of each row, and above the map how far on the others are. */
export function heads(areas: Areas, grid: Grid, ids: readonly PId[], seen: Seen): Writing[] {
  if (!areas.heads) return [];
  const h = grid.tile.h * seen.notch;
  const size = Math.min(17, Math.max(13, h * 0.3));
  return Array.from({ length: grid.rows }, (_, row) => ({
    key: `row ${row}`,
    x: -8,
    y: row * h + h * 0.62,
    text: ids[row * grid.columns] ?? '',
    size,
    weight: 600 as const,
    anchor: 'end' as const,
  }));
}

/** Everything that stands for good around the houses. */
export const standing = (areas: Areas): Drawing => ({ pieces: [...glade(areas), ...fences(areas)], writings: [] });

/** `isNear`: figures stand before the houses, the watchman among them. */
export function boards(areas: Areas, town: Town, language: Language, lit: Lit, isNear: boolean): Drawing[] {
  const isAway = isNear && town.watch !== null && town.houses.some(({ id }) => id === town.watch?.at);
  return [
    forest(areas, town, language, lit),
    yards(areas, town, language, lit),
    keys(areas, town, language, lit),
    ...(isAway ? [] : [watchman(areas, town, lit)]),
    lane(areas, town, language, lit),
    counts(areas, town, language),
  ];
}

const COUNTED: readonly Doing[] = ['home', 'threshold', 'desk', 'roaming', 'bolted', 'locked', 'sealed', 'empty', 'ruin'];
const WORD_OF: Readonly<Record<Doing, string>> = {
  home: 'parent.home',
  threshold: 'threshold',
  desk: 'parent.desk',
  roaming: 'parent.roaming',
  bolted: 'door.bolted',
  locked: 'door.locked',
  sealed: 'door.sealed',
  empty: 'door.closed',
  ruin: 'door.ruin',
};

/** How many houses are in which state, each with its front: the map's legend as well. */
function counts({ counts: box }: Areas, town: Town, language: Language): Drawing {
  if (!box) return { pieces: [], writings: [] };
  const type = Math.min(17, box.h * 0.52);
  const groups = COUNTED.map((doing) => ({ doing, all: town.houses.filter((each) => each.doing === doing) })).filter(
    ({ all }) => all.length > 0,
  );
  const scale = (box.h - 6) / MAP_TILE.h;
  const icon = MAP_TILE.w * scale;
  const textY = box.y + box.h / 2 + type * 0.36;
  const pieces: Piece[] = [{ z: 10, paint: paint({ fill: 'var(--board)', stroke: 'var(--wood-light)', width: 1.6 }), d: board(box, 6) }];
  const writings: Writing[] = [];
  const total = String(town.houses.length);
  writings.push({ key: 'counts', x: box.x + 9, y: textY, text: total, size: type * 1.1, weight: 700, anchor: 'start' });
  const from = box.x + 9 + textWidth(total, type * 1.1) + 12;
  const pitch = (box.x + box.w - from) / groups.length;
  for (const [i, { doing, all }] of groups.entries()) {
    const [first] = all;
    if (!first) continue;
    const x = from + i * pitch;
    const tile: Box = { x, y: box.y + 3, w: icon, h: box.h - 6 };
    // Above its board.
    pieces.push(...mapTile({ ...first, bench: 0, chalk: null }, tile).pieces.map((piece) => ({ ...piece, z: piece.z + 20 })));
    const seen = all.filter(({ chalk }) => chalk !== null).length;
    const word = written(WORD_OF[doing], 'card')[language];
    const count = seen > 0 ? `${all.length} (✓${seen})` : String(all.length);
    const text = fitting([`${word} ${count}`, count], type, pitch - icon - 8);
    writings.push({ key: `counts ${doing}`, x: x + icon + 4, y: textY, text, size: type, weight: 600, anchor: 'start' });
  }
  return { pieces, writings };
}
