/**
 * The ways on which people go: from the door down to the lane, along it on the side that nobody stands on, and up to where they are wanted.
 * In the forest, in one yard and before one house they go straight. Pure.
 */
import { type Places, type Spot, zoneOf } from './scene-layout';

/** At least two places, the first where somebody was and the last where they are wanted. */
export type Way = readonly Spot[];

/** Nearer than this, units, nobody goes down to the lane first. */
const NEAR = 64;
/** Below those who stand on the lane: forth, and farther below back, so that two who meet pass each other. */
const FORTH = 14;
const BACK = 24;
/** So far from the lane's middle one stands on it. */
const LANE_HALF = 12;
/** Between the middle of somebody who goes by and of somebody who stands. */
const CLEARANCE = 13;
/** Tried so often to each side for a place to go down to the lane. */
const COLUMNS = 12;
/** Corners are cut by so much. */
const ROUND = 18;

/** Half of a house at its foot, of its size: one can go below the eaves; and above its foot by so much it is in the way. */
const WALL = { half: 84, above: 30 };

/** The nearer row of houses, as if people stood in it: whoever comes from the farther one goes round. */
export function wallsOf({ houses, places }: { houses: readonly (Spot & { scale: number })[]; places: Places }): Spot[] {
  if (places.twoRows === null) return [];
  return houses
    .filter(({ y }) => y === places.ground)
    .flatMap(({ x, y, scale }) => {
      const count = Math.ceil((2 * WALL.half * scale) / CLEARANCE);
      return Array.from({ length: count + 1 }, (_, i) => ({
        x: x - WALL.half * scale + (i * 2 * WALL.half * scale) / count,
        y: y - WALL.above * scale,
      }));
    });
}

/** `standing`: those who are in the way, because they stay where they are. */
export function wayBetween(from: Spot, to: Spot, places: Places, standing: readonly Spot[]): Way {
  if (isStraight(from, to, places, standing)) return [from, to];
  const track = places.walk + (to.x >= from.x ? FORTH : BACK);
  return [from, ...downTo(track, from, to, places, standing), ...downTo(track, to, from, places, standing).toReversed(), to].filter(
    (each, i, all) => i === 0 || i === all.length - 1 || each.x !== all[i - 1]?.x || each.y !== all[i - 1]?.y,
  );
}

function isStraight(from: Spot, to: Spot, places: Places, standing: readonly Spot[]): boolean {
  const [zone, other] = [zoneOf(from, places), zoneOf(to, places)];
  if (zone === other && (zone === 'forest' || (zone === 'yards' && yardOf(from, places) === yardOf(to, places)))) return true;
  if (Math.hypot(to.x - from.x, to.y - from.y) < NEAR) return true;
  if (![from, to].every(({ y }) => Math.abs(y - places.walk) < LANE_HALF)) return false;
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  return !standing.some(({ x, y }) => x > left && x < right && Math.abs(y - places.walk) < LANE_HALF + FORTH);
}

const yardOf = ({ x }: Spot, { creche, nursing }: Places): number => (x >= nursing.x ? 2 : x >= creche.x ? 1 : 0);

/** From `at` to the lane, the lane last. Among the trees it is the forest's edge that one makes for. */
function downTo(track: number, at: Spot, other: Spot, places: Places, standing: readonly Spot[]): Spot[] {
  if (zoneOf(at, places) === 'forest') return [{ x: places.forest - 12, y: track }];
  const [top, bottom] = [Math.min(at.y, track), Math.max(at.y, track)];
  const inWay = standing.filter(({ y }) => y > top - 4 && y < bottom + 4);
  const isFree = (x: number): boolean => x > 12 && inWay.every((each) => Math.abs(each.x - x) >= CLEARANCE);
  // Rather to the side to which it goes.
  const side = Math.sign(other.x - at.x) || 1;
  for (let i = 0; i < 2 * COLUMNS; i++) {
    const x = at.x + (i % 2 === 0 ? -side : side) * Math.ceil(i / 2) * CLEARANCE;
    if (isFree(x))
      return x === at.x
        ? [{ x, y: track }]
        : [
            { x, y: at.y },
            { x, y: track },
          ];
  }
  return [{ x: at.x, y: track }];
}

export function lengthOf(way: Way): number {
  return way.slice(1).reduce((sum, { x, y }, i) => sum + Math.hypot(x - (way[i] as Spot).x, y - (way[i] as Spot).y), 0);
}

/** Where one is after this part of the way, 0 to 1. */
export function along(way: Way, part: number): Spot {
  const length = lengthOf(way);
  const gone = length * Math.min(1, Math.max(0, part));
  const round = way.length > 2 ? Math.min(ROUND, gone, length - gone) : 0;
  if (round <= 0) return pointAt(way, gone);
  const [a, b, c] = [pointAt(way, gone - round), pointAt(way, gone), pointAt(way, gone + round)];
  return { x: (a.x + 2 * b.x + c.x) / 4, y: (a.y + 2 * b.y + c.y) / 4 };
}

function pointAt(way: Way, gone: number): Spot {
  let rest = gone;
  for (const [i, to] of way.entries()) {
    const from = way[i - 1];
    if (!from) continue;
    const far = Math.hypot(to.x - from.x, to.y - from.y);
    if (rest <= far && far > 0) return { x: from.x + ((to.x - from.x) * rest) / far, y: from.y + ((to.y - from.y) * rest) / far };
    rest -= far;
  }
  const { x, y } = way.at(-1) as Spot;
  return { x, y };
}
