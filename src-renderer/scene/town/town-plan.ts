/**
 * The picture of a village of many houses: what stands for good, the houses that the camera sees, and the boards around them. A house that
 * has not changed is not drawn anew. Pure but for what it keeps.
 */
import type { Language } from '../../../assets/words/index';
import type { PId, State } from '../../../src-main/contract/index';
import { written } from '../glossary';
import { textWidth } from '../scene-labels';
import type { Box } from '../scene-layout';
import { alike, sharing, sharingEach } from '../sharing';
import type { Seen } from './camera';
import type { Lit } from './boards';
import { card } from './card';
import { keys, lane, watchman } from './beside-houses';
import { board, type Drawing, fitting, type Piece, type Writing } from './drawing';
import { glade, hunterCrowd, hunterRows, inForest } from './forest';
import { isNumbered, MAP_TILE, mapTile } from './map-tile';
import { paint } from './people';
import type { Doing, Hunter, Town, TownHouse } from './town';
import type { Areas, Grid } from './town-layout';
import { fences, yards } from './yards';

type Board = 'rows' | 'crowd' | 'yards' | 'keys' | 'watch' | 'lane' | 'counts';

/** Houses and boards as they were drawn last. */
export class TownKeeper {
  private last: Town | null = null;
  private lastIds: readonly PId[] = [];
  private readonly drawn = new Map<PId, { house: TownHouse; key: string; drawing: Drawing }>();
  private lastTiles: readonly Drawing[] = [];
  private lastBoards: readonly Drawing[] = [];
  private readonly boardsDrawn = new Map<Board, { of: readonly unknown[]; asked: ReadonlyMap<string, boolean>; drawing: Drawing }>();

  /** The same town, with whatever says the same as before as the same object: every house, and each of the other lists. */
  known(town: Town): Town {
    const { last } = this;
    this.last = last
      ? {
          houses: sharingEach(last.houses, [...town.houses], ({ id }) => id) as readonly TownHouse[],
          hunters: sharing(last.hunters, town.hunters),
          walkers: sharing(last.walkers, town.walkers),
          watch: sharing(last.watch, town.watch),
          atPost: sharing(last.atPost, town.atPost),
          post: town.post,
          orphans: sharing(last.orphans, town.orphans),
          firstOrphans: sharing(last.firstOrphans, town.firstOrphans),
          sleepers: sharing(last.sleepers, town.sleepers),
          firstSleepers: sharing(last.firstSleepers, town.firstSleepers),
          waiting: sharing(last.waiting, town.waiting),
          keys: sharing(last.keys, town.keys),
        }
      : town;
    return this.last;
  }

  /** The same list while it says the same: then everything that only stands there stays, too. */
  ids({ P }: Pick<State, 'P'>): readonly PId[] {
    this.lastIds = sharing(this.lastIds, Object.keys(P) as PId[]);
    return this.lastIds;
  }

  /** The same list while each house is drawn as before. */
  tiles(town: Town, seen: Seen, language: Language): readonly Drawing[] {
    this.lastTiles = alike(this.lastTiles, seen.level === 'street' ? [] : this.tilesNow(town, seen, seen.level, language));
    return this.lastTiles;
  }

  private tilesNow(town: Town, seen: Seen, level: Exclude<Seen['level'], 'street'>, language: Language): Drawing[] {
    return seen.tiles.flatMap(({ index, box }) => {
      const house = town.houses[index];
      if (!house) return [];
      const key = `${level} ${box.x} ${box.y} ${box.w} ${box.h} ${language}`;
      const known = this.drawn.get(house.id);
      if (known?.house === house && known.key === key) return [known.drawing];
      const drawing = level === 'map' ? mapTile(house, box) : card(house, box, level === 'small', language);
      this.drawn.set(house.id, { house, key, drawing });
      return [drawing];
    });
  }

  /**
   * Everything around the houses; the same list while each board is drawn as before. `near`: the houses before which figures stand: whoever is
   * there is not on a board as well. `countsAfter`: so much of the board with the counts is taken by something else, units.
   */
  boards(areas: Areas, town: Town, language: Language, lit: Lit, near: ReadonlySet<PId>, countsAfter = 0): readonly Drawing[] {
    this.lastBoards = alike(this.lastBoards, this.boardsNow(areas, town, language, lit, near, countsAfter));
    return this.lastBoards;
  }

  private boardsNow(areas: Areas, town: Town, language: Language, lit: Lit, near: ReadonlySet<PId>, countsAfter: number): Drawing[] {
    const { hunters, orphans, firstOrphans, waiting, sleepers, firstSleepers, watch, walkers, atPost, post, houses } = town;
    const asleep = { sleepers, firstSleepers };
    const shared = inForest(areas, hunters, lit);
    const isAway = watch?.at != null && near.has(watch.at);
    const before = houses.flatMap(({ id, parent, heir }) => (heir && !parent && near.has(id) ? [heir.id] : [])).join(' ');
    const drawn = <Of extends object>(board: Board, of: Of, draw: (of: Of, lit: Lit) => Drawing): Drawing =>
      this.board(board, [areas, language, ...Object.values(of)], lit, (isLit) => draw(of, isLit));
    return [
      drawn('rows', { hunters, first: [...shared.lit].map(({ parent }) => parent.id).join() }, (_, isLit) =>
        hunterRows(areas, shared, hunters.length, language, isLit),
      ),
      drawn('crowd', { crowd: this.crowdOf(shared.crowd) }, () => hunterCrowd(areas, shared)),
      drawn('yards', { orphans, firstOrphans, waiting, post, ...asleep }, (of, isLit) => yards(areas, of, language, isLit)),
      drawn('keys', { keys: town.keys }, (of, isLit) => keys(areas, of, language, isLit)),
      ...(isAway ? [] : [drawn('watch', { watch }, (of, isLit) => watchman(areas, of, isLit))]),
      drawn('lane', { walkers, atPost, houses, before }, (of, isLit) => lane(areas, of, language, isLit)),
      drawn('counts', { houses, countsAfter }, (of) => counts(areas, of, language)),
    ];
  }

  /** A text that stays the same while those in the crowd are drawn the same: how long each has been away is not to be seen there. */
  private crowdOf(crowd: readonly Hunter[]): string {
    return crowd
      .map(({ parent, child, call, isAbroad }) => `${parent.id} ${parent.robe} ${child?.id} ${child?.strip} ${call} ${isAbroad}`)
      .join();
  }

  /** A board is drawn anew when what it is of is another, or somebody on it is lit otherwise. */
  private board(board: Board, of: readonly unknown[], lit: Lit, draw: (lit: Lit) => Drawing): Drawing {
    const known = this.boardsDrawn.get(board);
    if (known && of.every((each, i) => each === known.of[i]) && [...known.asked].every(([id, was]) => lit(id) === was))
      return known.drawing;
    const asked = new Map<string, boolean>();
    const drawing = draw((id) => {
      const answer = lit(id);
      asked.set(id, answer);
      return answer;
    });
    this.boardsDrawn.set(board, { of, asked, drawing });
    return drawing;
  }
}

const LANE = paint({ fill: 'var(--lane)', stroke: 'var(--lane-edge)', width: 1.2 });

/** The ground of the houses: a strip of lane for each row. At the camera's notch. */
export function ground(grid: Grid, seen: Seen): Piece[] {
  const { columns, rows, tile, gap } = grid;
  const right = (columns * tile.w + gap * (Math.ceil(columns / 8) - 1)) * seen.notch;
  const h = tile.h * seen.notch;
  const ofMap = isNumbered({ w: tile.w * seen.notch, h }) ? 0.7 : 0.8;
  const top = seen.level === 'map' ? ofMap : seen.level === 'small' ? 0.66 : 0.56;
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

/** Everything that stands for good around the houses. */
export const standing = (areas: Areas): Drawing => ({ pieces: [...glade(areas), ...fences(areas)], writings: [] });

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

/** A front with its number takes so much. */
const LEAST_COUNT = 74;

/** How many houses are in which state, each with its front: the map's legend as well. */
function counts({ counts: box }: Areas, town: Pick<Town, 'houses'> & { countsAfter: number }, language: Language): Drawing {
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
  const totalWidth = 9 + textWidth(total, type * 1.1) + 12;
  const left = box.x + Math.max(0, Math.min(town.countsAfter, box.w - totalWidth - groups.length * LEAST_COUNT));
  writings.push({ key: 'counts', x: left + 9, y: textY, text: total, size: type * 1.1, weight: 700, anchor: 'start' });
  const from = left + totalWidth;
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
