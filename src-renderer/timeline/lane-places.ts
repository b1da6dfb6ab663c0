/** Where lanes lie that are held on top or scrolled below them, and which of them lies under a point. All heights from the first lane's top edge, px. Pure. */
import type { LaneId } from '../../src-main/contract/index';
import type { RowLayout } from './lane-order';

export interface PlacedLane {
  id: LaneId;
  /** Top edge, px. */
  y: number;
  /** Not scrolled. */
  isHeld: boolean;
}

/** Height of those that are held, px. */
export const heldHeight = ({ held, lanePx }: RowLayout): number => held.length * lanePx;

/** Those that are held, and of those that are scrolled the ones in sight, with one more at either end. */
export function placedLanes(layout: RowLayout, scrollTop: number): PlacedLane[] {
  const { lanePx, scrollPx, held, ids } = layout;
  const heldPx = heldHeight(layout);
  const first = Math.max(0, Math.floor(scrollTop / lanePx) - 1);
  const last = Math.min(ids.length, Math.ceil((scrollTop + scrollPx) / lanePx) + 1);
  const placed = held.map((id, i) => ({ id, y: i * lanePx, isHeld: true }));
  for (const [i, id] of ids.slice(first, Math.max(first, last)).entries())
    placed.push({ id, y: heldPx + (first + i) * lanePx - scrollTop, isHeld: false });
  return placed;
}

/** At least so much of a lane that is scrolled is in sight, or it counts as out of it: in lanes. */
const SEEN = 0.4;

/** Whether a lane is more than a sliver between those that are held and those that are folded. */
export function isInSight({ y, isHeld }: PlacedLane, layout: RowLayout): boolean {
  const heldPx = heldHeight(layout);
  return isHeld || (y >= heldPx - layout.lanePx * SEEN && y <= heldPx + layout.scrollPx - layout.lanePx * (1 - SEEN));
}

/** The lane at a height; null: none. Those that are held lie over the others. */
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
  const heldPx = heldHeight(layout);
  return Math.min(roomPx + BEYOND_PX, Math.max(heldPx - BEYOND_PX, heldPx + (row + 0.5) * lanePx - scrollTop));
}
