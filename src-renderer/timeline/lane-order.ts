/** Which lanes stand where: those that are held on top, the busy ones in order, and below them one row for all on which nothing happens. Pure. */
import { LANE_GROUPS, type LaneGroup, type LaneId, type LaneRows } from '../../src-main/contract/index';

export interface LaneOrder {
  /** Scrolled. */
  ids: readonly LaneId[];
  /** How many are folded away, or could be: 0 when there is no row that does it. */
  idle: number;
}

/** So few lanes have room in every window: nobody has to unfold any of them. */
const FEW = 3;

export function laneOrder(rows: LaneRows | null, groups: readonly LaneGroup[], isOpen: boolean): LaneOrder {
  if (!rows) return { ids: [], idle: 0 };
  const shown: readonly LaneGroup[] = LANE_GROUPS.filter((each) => groups.includes(each));
  const of = (kind: 'busy' | 'idle'): LaneId[] => shown.flatMap((group) => Array.from(rows[group][kind], (n) => `${group}${n}` as LaneId));
  const busy = of('busy');
  const idle = of('idle');
  // One that is folded away takes as much room as its row.
  if (idle.length <= 1 || busy.length + idle.length <= FEW) return { ids: [...busy, ...idle], idle: 0 };
  return { ids: isOpen ? [...busy, ...idle] : busy, idle: idle.length };
}

/** Without those on whose lanes nothing has happened and who are not there yet. */
export function withoutUnborn(rows: LaneRows, isThere: (id: LaneId) => boolean): LaneRows {
  const told = LANE_GROUPS.map((group) => {
    const { busy, idle } = rows[group];
    return [group, { busy, idle: idle.filter((n) => isThere(`${group}${n}` as LaneId)) }] as const;
  });
  return Object.fromEntries(told) as unknown as LaneRows;
}

/** Whose lanes are wanted wherever the others are scrolled to. */
export interface Wanted {
  pinned: readonly LaneId[];
  picked: LaneId | null;
  /** By the step that is shown. */
  touched: readonly LaneId[];
}

export interface RowLayout {
  lanePx: number;
  /** Held on top, whatever is scrolled. */
  held: readonly LaneId[];
  /** Of those that are scrolled: they stop at the edge beyond which they would be out of sight. */
  kept: readonly LaneId[];
  /** Scrolled, below them. */
  ids: readonly LaneId[];
  /** What is left for them, above the row of those that are folded. */
  scrollPx: number;
  isScrolled: boolean;
}

/** Smallest and largest height of a lane, in em of its type. */
const LEAST_EM = 1.25;
const MOST_EM = 3;

/**
 * Each lane stands once. One that is pinned stands on top, and so does one that is wanted and has no place among the others. As soon as not all
 * lanes are seen at once, one that is picked, or touched by the step, is kept at the edge behind which its place lies: there it says where to
 * scroll, and nothing else moves while the step goes on or somebody else is picked.
 */
export function rowLayout(order: LaneOrder, { pinned, picked, touched }: Wanted, roomPx: number, emPx: number): RowLayout {
  const below = order.idle > 0 ? 1 : 0;
  const least = LEAST_EM * emPx;
  const most = Math.max(1, Math.floor(roomPx / least));
  const chosen = [...new Set(picked === null ? pinned : [...pinned, picked])];
  const others = chosen.filter((id) => !order.ids.includes(id));
  const isScrolled = order.ids.length + below + others.length > most;
  const wanted = isScrolled ? [...new Set([...chosen, ...touched])] : others;
  const isOnTop = (id: LaneId): boolean => pinned.includes(id) || !order.ids.includes(id);
  // Something of what is scrolled is seen in any case.
  const room = Math.max(0, most - 2 - below);
  const held = wanted.filter(isOnTop).slice(0, room);
  const kept = wanted.filter((id) => !isOnTop(id)).slice(0, room - held.length);
  const moved = new Set(held.filter((id) => pinned.includes(id)));
  const ids = moved.size === 0 ? order.ids : order.ids.filter((id) => !moved.has(id));
  const lanePx = isScrolled ? roomPx / most : Math.min(MOST_EM * emPx, roomPx / Math.max(1, ids.length + below + held.length));
  return { lanePx, held, kept, ids, scrollPx: Math.max(0, roomPx - (held.length + below) * lanePx), isScrolled };
}
