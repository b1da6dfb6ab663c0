/** Where lanes lie that are held on top or scrolled below them, and which of them lies under a point. All heights from the first lane's top edge, px. Pure. */
import type { LaneId } from '../../src-main/contract/index';
import type { RowLayout } from './lane-order';

export interface PlacedLane {
  id: LaneId;
  /** Top edge, px. */
  y: number;
  /** On top: not scrolled. */
  isHeld: boolean;
  /** At an edge, over those that are scrolled: its place lies beyond it. */
  isStuck: boolean;
}

/** Whether it lies over those that are scrolled. */
export const isOver = ({ isHeld, isStuck }: PlacedLane): boolean => isHeld || isStuck;

/**
 * Top edges, px, of the rows that have to be drawn anew when only lanes that lie over others are others now: those in which one lay before or lies
 * now; none when all are the same. null: another one that is scrolled, so that everything has to be.
 */
export function changedOver(before: readonly PlacedLane[], now: readonly PlacedLane[]): readonly number[] | null {
  const told = (lanes: readonly PlacedLane[], isOf: (lane: PlacedLane) => boolean): string =>
    lanes.flatMap((lane) => (isOf(lane) ? [`${lane.id} ${lane.y}`] : [])).join();
  const isScrolled = (lane: PlacedLane): boolean => !isOver(lane);
  if (told(before, isScrolled) !== told(now, isScrolled)) return null;
  if (told(before, isOver) === told(now, isOver)) return [];
  return [...new Set([...before, ...now].filter(isOver).map(({ y }) => y))];
}

/** Height of those that are held, px. */
export const heldHeight = ({ held, lanePx }: RowLayout): number => held.length * lanePx;

/** Those that are kept and whose places are not wholly in sight: each at the edge, the first of them outermost. */
function stuckLanes({ lanePx, scrollPx, kept, ids, ...rest }: RowLayout, scrollTop: number): PlacedLane[] {
  if (kept.length === 0) return [];
  const heldPx = heldHeight({ lanePx, scrollPx, kept, ids, ...rest });
  const places = kept.map((id) => ({ id, y: ids.indexOf(id) * lanePx - scrollTop })).sort((one, other) => one.y - other.y);
  const last = scrollPx - lanePx;
  const at = places.map(({ y }, i) => Math.max(y, i * lanePx));
  for (let i = at.length - 1; i >= 0; i--) at[i] = Math.min(at[i] as number, last - (at.length - 1 - i) * lanePx);
  return places.flatMap(({ id, y }, i) => {
    const edge = at[i] as number;
    return Math.abs(edge - y) < STILL_PX ? [] : [{ id, y: heldPx + edge, isHeld: false, isStuck: true }];
  });
}

/** What is moved by less is where it was, px. */
const STILL_PX = 0.5;

/** Those that are held; of those that are scrolled the ones in sight, with one more at either end; and over them those that are kept at an edge. */
export function placedLanes(layout: RowLayout, scrollTop: number): PlacedLane[] {
  const { lanePx, scrollPx, held, ids } = layout;
  const heldPx = heldHeight(layout);
  const stuck = stuckLanes(layout, scrollTop);
  const first = Math.max(0, Math.floor(scrollTop / lanePx) - 1);
  const last = Math.min(ids.length, Math.ceil((scrollTop + scrollPx) / lanePx) + 1);
  const placed: PlacedLane[] = held.map((id, i) => ({ id, y: i * lanePx, isHeld: true, isStuck: false }));
  for (const [i, id] of ids.slice(first, Math.max(first, last)).entries()) {
    if (stuck.some((each) => each.id === id)) continue;
    placed.push({ id, y: heldPx + (first + i) * lanePx - scrollTop, isHeld: false, isStuck: false });
  }
  return [...placed, ...stuck];
}

/** At least so much of a lane that is scrolled is in sight, or it counts as out of it: in lanes. */
const SEEN = 0.4;

/** Whether a lane is more than a sliver between those that are held and those that are folded. */
export function isInSight({ y, isHeld, isStuck }: PlacedLane, layout: RowLayout): boolean {
  const heldPx = heldHeight(layout);
  return isHeld || isStuck || (y >= heldPx - layout.lanePx * SEEN && y <= heldPx + layout.scrollPx - layout.lanePx * (1 - SEEN));
}

/** The lane at a height; null: none. Those that are held or stuck lie over the others. */
export function laneUnder(placed: readonly PlacedLane[], layout: RowLayout, y: number): PlacedLane | null {
  const heldPx = heldHeight(layout);
  if (y < 0 || y >= heldPx + layout.scrollPx) return null;
  return placed.findLast((each) => y >= each.y && y < each.y + layout.lanePx && each.isHeld === y < heldPx) ?? null;
}

/** How far beyond the edge an arrow to a lane that is scrolled out of sight ends, px. */
const BEYOND_PX = 6;

/** The middle of a lane; just beyond the edge when it is scrolled out of sight; null: it has no lane. */
export function middleOf(id: LaneId, layout: RowLayout, scrollTop: number, roomPx: number): number | null {
  const { held, ids, lanePx } = layout;
  const top = held.indexOf(id);
  if (top >= 0) return (top + 0.5) * lanePx;
  const row = ids.indexOf(id);
  if (row < 0) return null;
  const stuck = stuckLanes(layout, scrollTop).find((each) => each.id === id);
  if (stuck) return stuck.y + lanePx / 2;
  const heldPx = heldHeight(layout);
  return Math.min(roomPx + BEYOND_PX, Math.max(heldPx - BEYOND_PX, heldPx + (row + 0.5) * lanePx - scrollTop));
}
