/**
 * Who walks through a large village while a step goes on, and on which way: along the strip of lane before the houses, down its margins, and in at
 * the gate of forest or yard. Pure.
 */
import type { GId, MId, MRow, PId, State } from '../../../src-main/contract/index';
import type { Box, Spot } from '../scene-layout';
import { lengthOf, type Way } from '../ways';
import { whereabouts } from '../whereabouts';
import type { Grown, Young } from './persons';
import type { Doing, Town, TownHouse } from './town';
import type { Areas } from './town-layout';

/** No eye follows more at once; all others change places half way, together. */
const MOST_WALKERS = 3;
/** So many threads are looked at: where there are more, they all change places at once. */
const MOST_THREADS = 400;

export interface Passage {
  m: MId;
  /** Whoever goes along at the hand. */
  g: GId | null;
  from: Stay;
  to: Stay;
}

/** Whoever walks, as they are drawn. */
export interface OnTheWay {
  parent: Grown;
  child: Young | null;
  way: Way;
  isHunting: boolean;
}

/** Where a thread is drawn: in a house, or on the board of a common place. */
export type Stay = PId | 'forest' | 'beds' | 'lane';

function stayOf(state: State, id: MId, row: MRow | undefined): Stay | null {
  if (!row || row.dead) return null;
  const where = whereabouts(state, id, row);
  switch (where.at) {
    case 'house':
      return where.p;
    case 'forest':
      return 'forest';
    case 'bed':
      return 'beds';
    case 'rounds':
    case 'nowhere':
      return null;
    default:
      return 'lane';
  }
}

/** Whoever is drawn elsewhere after than before; at most as many as an eye can follow. */
export function passagesBetween(before: State, after: State): Passage[] {
  const all = Object.entries(after.M) as [MId, MRow][];
  if (before === after || all.length > MOST_THREADS) return [];
  const found: Passage[] = [];
  for (const [m, row] of all) {
    const was = before.M[m];
    const [from, to] = [stayOf(before, m, was), stayOf(after, m, row)];
    if (from === null || to === null || from === to) continue;
    const g = was?.curg === row.curg && !row.ong0 && was?.ong0 === false ? row.curg : null;
    found.push({ m, g, from, to });
    if (found.length === MOST_WALKERS) break;
  }
  return found;
}

/** The town without those who are on their way: nobody is in two places. */
export function withoutWalkers(town: Town, passages: readonly Passage[]): Town {
  const gone = new Set(passages.map(({ m }) => m));
  const left = (house: TownHouse): TownHouse => {
    if (!house.parent || !gone.has(house.parent.id) || house.doing === 'bolted') return house;
    const doing: Doing = house.door === 'open' ? 'threshold' : house.door === 'closed' ? 'empty' : house.doing;
    return { ...house, doing, parent: null, child: null, away: house.away ?? house.parent };
  };
  return {
    ...town,
    houses: town.houses.map(left),
    hunters: town.hunters.filter(({ parent }) => !gone.has(parent.id)),
    walkers: town.walkers.filter(({ parent }) => !gone.has(parent.id)),
    sleepers: town.sleepers.filter((id) => !gone.has(id)),
    firstSleepers: town.firstSleepers.filter(({ id }) => !gone.has(id)),
    atPost: town.atPost && gone.has(town.atPost.id) ? null : town.atPost,
  };
}

/** How far below the houses the street lies that joins their margins. */
const STREET = 8;
/** Inside of a gate. */
const INSIDE = 16;

/** Where somebody comes out of a place, and where that is on the ring of margins and street around the houses. */
interface Exit {
  side: 'left' | 'right' | 'street';
  /** Along that side: y of a margin, x of the street. */
  at: number;
  spot: Spot;
}

/** `tile`: where a house is drawn, of those that the camera sees; in the units of `areas`. null: it is out of sight. */
export function wayThrough({ from, to }: Passage, areas: Areas, tile: (p: PId) => Box | null): Way | null {
  const [out, into] = [exitsOf(from, areas, tile), exitsOf(to, areas, tile)];
  const ways = out.flatMap((a) => into.map((b): Way => [a.spot, ...around(a, b, areas), b.spot]));
  // Two in one row of houses need not go round.
  const [a, b] = [out[0]?.spot, into[0]?.spot];
  if (a && b && isHouse(from) && isHouse(to) && Math.abs(a.y - b.y) < 1) return [a, b];
  return ways.sort((one, other) => lengthOf(one) - lengthOf(other))[0] ?? null;
}

const isHouse = (stay: Stay): stay is PId => stay !== 'forest' && stay !== 'beds' && stay !== 'lane';

const margins = ({ houses }: Areas): { left: number; right: number; street: number } => ({
  left: houses.x - 4,
  right: houses.x + houses.w + 4,
  street: houses.y + houses.h + STREET,
});

function exitsOf(stay: Stay, areas: Areas, tile: (p: PId) => Box | null): Exit[] {
  if (stay === 'forest') {
    const { x, y, h } = areas.forest;
    const gate = y + h * 0.7;
    return [{ side: 'right', at: gate, spot: { x: x + INSIDE, y: gate } }];
  }
  if (stay === 'beds') return [gateOf(areas.nursing)];
  if (stay === 'lane') {
    const { lane } = areas;
    if (areas.isMany) return [gateOf(lane)];
    const y = lane.y + Math.min(lane.h, 60);
    return [{ side: 'left', at: y, spot: { x: lane.x + lane.w - INSIDE, y } }];
  }
  const box = tile(stay);
  if (!box) return [];
  const spot = { x: box.x + box.w / 2, y: box.y + box.h - 2 };
  return (['left', 'right'] as const).map((side) => ({ side, at: spot.y, spot }));
}

const gateOf = ({ x, y, w }: Box): Exit => ({ side: 'street', at: x + w / 2, spot: { x: x + w / 2, y: y + INSIDE } });

/** From one place on the ring to another, by its corners. */
function around(a: Exit, b: Exit, areas: Areas): Spot[] {
  const ring = margins(areas);
  const onRing = ({ side, at }: Exit): Spot => (side === 'street' ? { x: at, y: ring.street } : { x: ring[side], y: at });
  const corner = (side: 'left' | 'right'): Spot => ({ x: ring[side], y: ring.street });
  const between = a.side === b.side ? [] : [a, b].flatMap(({ side }) => (side === 'street' ? [] : [corner(side)]));
  return [onRing(a), ...between, onRing(b)];
}

export type Walking = OnTheWay & { passage: Passage };
/** Always the same list: whoever looks at it sees that nothing has changed. */
export const NOBODY_WALKS: readonly Walking[] = [];

/** Whoever walks from before to after, each on a way. `tile`: as of `wayThrough`. */
export function walkersOf(
  before: State,
  after: State,
  who: () => { parent: (id: MId, row: MRow) => Grown; child: (id: GId) => Young },
  areas: Areas,
  tile: (p: PId) => Box | null,
): readonly Walking[] {
  const passages = passagesBetween(before, after);
  if (passages.length === 0) return NOBODY_WALKS;
  const { parent, child } = who();
  return passages.flatMap((passage) => {
    const { m, g, from, to } = passage;
    const row = after.M[m];
    const way = wayThrough(passage, areas, tile);
    if (!row || !way) return [];
    return [{ passage, way, child: g === null ? null : child(g), parent: parent(m, row), isHunting: from === 'forest' || to === 'forest' }];
  });
}
