/** Who made whom go on, as arrows between lanes. Pure. */
import { linkHorizontal, linkVertical } from 'd3-shape';
import type { LaneGroup, LaneId, Link, LinkEnd } from '../../src-main/contract/index';

export interface Arrow {
  key: string;
  link: Link;
  d: string;
  /** Where it ends, and which way it points, in degrees: 0 is to the right, 90 down. */
  x: number;
  y: number;
  /** The middle of the lane on which it ends. */
  laneY: number;
  angle: 0 | 90 | 180 | -90;
  /** Where a word may stand. */
  middle: { x: number; y: number };
}

/** The lane on which an end lies: of the groups that are shown the one that says most. `g`: whom the link is about. */
function laneOf(end: LinkEnd, g: LaneId | null, groups: readonly LaneGroup[], y: (id: LaneId) => number | null): number | null {
  for (const group of groups) {
    const id = group === 'P' ? end.p : group === 'M' ? end.m : g;
    const at = id === null ? null : y(id);
    if (at !== null) return at;
  }
  return null;
}

/** From the middle of a lane to where an arrow leaves it or comes to it, in lanes: at the edge of its bar, clear of the name in the middle. */
export const EDGE = 0.4;

/**
 * Arrows whose ends lie in different places of the picture. `y`: the middle of a lane, above or below the picture for one that is scrolled
 * out of sight; null: it has none. An arrow that goes along lanes keeps to their edges, `edgePx` from their middles, towards the other lane, or
 * below its own: the names of spans are written in the middle. One that goes across them has nowhere else to go.
 */
export function arrowsOf(
  links: readonly Link[],
  groups: readonly LaneGroup[],
  toPx: (n: number) => number,
  y: (id: LaneId) => number | null,
  widthPx: number,
  edgePx = 0,
): Arrow[] {
  return links.flatMap((link) => {
    const { kind, from, to } = link;
    const own = kind === 'given' || kind === 'stolen' ? null : to.g;
    // Of a thread that was given a P the giver's lane of P is the same: its thread's lane tells the two apart.
    const order: readonly LaneGroup[] = kind === 'given' ? [...groups.filter((each) => each !== 'P'), 'P'] : groups;
    const [y1, y2] = [laneOf(from, from.g, order, y), laneOf(to, own, order, y)];
    if (y1 === null || y2 === null) return [];
    const [x1, x2] = [toPx(from.n), toPx(to.n)];
    if (Math.max(x1, x2) < 0 || Math.min(x1, x2) > widthPx || (Math.abs(x1 - x2) < 3 && Math.abs(y1 - y2) < 3)) return [];
    const isUpright = Math.abs(x2 - x1) < Math.abs(y2 - y1) * 0.6;
    const aside = isUpright ? 0 : edgePx;
    const [begin, end] = [y1 + (y2 >= y1 ? aside : -aside), y2 + (y2 > y1 ? -aside : aside)];
    const data = { source: [x1, begin] as [number, number], target: [x2, end] as [number, number] };
    const d = (isUpright ? linkVertical() : linkHorizontal())(data) ?? '';
    const angle = isUpright ? (y2 > y1 ? 90 : -90) : x2 >= x1 ? 0 : 180;
    return {
      key: `${kind} ${from.n} ${to.n} ${own ?? to.m}`,
      link,
      d,
      x: x2,
      y: end,
      laneY: y2,
      angle,
      middle: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 },
    };
  });
}

/** The head of an arrow, which points on from its end by a pixel. */
export function headOf({ x, y, angle }: Pick<Arrow, 'x' | 'y' | 'angle'>): string {
  const [right, down] = angle === 0 ? [1, 0] : angle === 180 ? [-1, 0] : [0, angle / 90];
  const at = (along: number, across: number): string => `${x + along * right - across * down} ${y + along * down + across * right}`;
  return `M${at(1, 0)}L${at(-8, -4.5)}L${at(-8, 4.5)}Z`;
}

/** How much of its box is around a word on either side, em; and its line, px. */
export const RIM_EM = 0.3;
const LINE_PX = 1;

/** Where an arrow's word begins: beside its middle, and never so far to either side that it, or its box, is cut off. `rimPx`: around the word. px. */
export function wordAt({ middle }: Arrow, wordPx: number, widthPx: number, rimPx = 0): number {
  return Math.max(rimPx, Math.min(middle.x + 4, widthPx - wordPx - Math.max(4, rimPx)));
}

export interface Word {
  /** Its left edge and its baseline, px. */
  x: number;
  y: number;
}

/** Between two words, em. */
const APART_EM = 0.4;
/** Height of a line, and how far its baseline is below its middle, em. */
const [HIGH_EM, BASE_EM] = [1.2, 0.35];

/** Between how many lanes around it a word may stand. */
const TRIES = 5;

/** Where one lane ends and the next begins, the nearest to an arrow's middle first: names stand in the middle of their lanes. */
function betweenLanes({ laneY, middle }: Arrow, lanePx: number): number[] {
  const nearest = Math.floor((middle.y - laneY) / lanePx);
  return Array.from({ length: TRIES }, (_, i) => laneY + (nearest + i - (TRIES - 1) / 2 + 0.5) * lanePx).sort(
    (a, b) => Math.abs(a - middle.y) - Math.abs(b - middle.y) || a - b,
  );
}

/** Where each arrow's word stands: between two lanes, and never on another's word; null: there is no room. `widths`: px. */
export function wordsAt(
  arrows: readonly Arrow[],
  widths: readonly number[],
  emPx: number,
  room: { widthPx: number; topPx: number; heightPx: number; lanePx: number },
): (Word | null)[] {
  const taken: { x: number; y: number; widthPx: number }[] = [];
  return arrows.map((arrow, i) => {
    const widthPx = widths[i] ?? 0;
    const x = wordAt(arrow, widthPx, room.widthPx, RIM_EM * emPx + LINE_PX);
    for (const y of betweenLanes(arrow, room.lanePx)) {
      const isInside = y - (HIGH_EM * emPx) / 2 >= room.topPx && y + (HIGH_EM * emPx) / 2 <= room.heightPx;
      const isFree = taken.every(
        (each) =>
          Math.abs(each.y - y) >= HIGH_EM * emPx - 0.5 ||
          x >= each.x + each.widthPx + APART_EM * emPx ||
          each.x >= x + widthPx + APART_EM * emPx,
      );
      if (!isFree || !isInside) continue;
      taken.push({ x, y, widthPx });
      return { x, y: y + BASE_EM * emPx };
    }
    return null;
  });
}
