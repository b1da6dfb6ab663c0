/** What cards are told of on the timeline: a lane at the step under the pointer, and with the keys whatever is at the red line. */
import type { LaneId } from '../../src-main/contract/index';
import type { Area, Pointed, Rect } from '../inspect/pointing';
import type { PlacedLane } from './lane-places';
import { groupOf } from './lane-words';
import type { Mark, Stop } from './marks';

export interface AreaGround {
  /** Where the overlay lies in the window; null: it does not, or nobody points at a picture. */
  box: () => Pick<Rect, 'x' | 'y'> | null;
  /** Width of the lanes, top edge of the first one, and height of each, px. */
  widthPx: number;
  topPx: number;
  lanePx: number;
  /** The red line. */
  n: number;
  nowPx: number;
  lastStep: number;
  stepAt: (px: number) => number;
  /** `y`: from the first lane's top edge. */
  laneUnder: (y: number) => PlacedLane | null;
  /** Whose lane is meant by whoever has no pointer; undefined: nobody's. */
  meant: LaneId | null | undefined;
  stops: readonly Stop[];
  bookmarks: readonly Mark[];
}

/** Around the pointer so much of a lane is pointed at, px. */
const POINTED_PX = 50;

export function laneArea(ground: AreaGround): Area {
  return {
    at: (x, y) => {
      const box = ground.box();
      if (!box) return null;
      const { widthPx, topPx, lanePx, n, lastStep } = ground;
      const [px, down] = [x - box.x, y - box.y - topPx];
      const lane = ground.laneUnder(down);
      const to = ground.stepAt(px);
      if (!lane || px < 0 || px > widthPx || to > lastStep) return null;
      const from = Math.max(0, px - POINTED_PX);
      const rect = { x: box.x + from, y: box.y + topPx + lane.y, width: Math.min(widthPx, px + POINTED_PX) - from, height: lanePx };
      return { path: `${groupOf(lane.id)}.${lane.id}`, rect, ...(to === n ? {} : { n: to }) };
    },
    of: () => null,
    focused: (): Pointed | null => {
      const box = ground.box();
      if (!box) return null;
      const { nowPx, topPx, lanePx, n, meant } = ground;
      const rect = { x: box.x + nowPx - POINTED_PX, y: box.y + topPx, width: 2 * POINTED_PX, height: lanePx };
      // A mark at the red line comes before the lane.
      const stop = ground.stops.findLast((each) => each.n === n);
      const mark = ground.bookmarks.find((each) => each.n === n);
      const about = mark?.note || (stop?.title ?? '');
      const path = stop?.path ?? mark?.path ?? (meant && `${groupOf(meant)}.${meant}`);
      return path ? { path, rect, ...(about === '' ? {} : { about }) } : null;
    },
  };
}
