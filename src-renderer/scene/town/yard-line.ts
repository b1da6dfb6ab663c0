/** Where those who are in a yard stand: side by side above their labels, with how many more there are in the last place. Pure. */
import { textWidth } from '../scene-labels';
import type { Box } from '../scene-layout';
import { typeOf } from './boards';
import type { Writing } from './drawing';
import type { Areas } from './town-layout';

/** Where figures stand side by side above their labels. */
export interface Line {
  /** How many of them find room. */
  shown: number;
  at: (i: number) => { x: number; y: number };
  /** Where it is written how many more there are. */
  more: { x: number; y: number };
}

/** From the yard's edges to whoever is next to them. */
export const YARD_EDGE = 6;

/**
 * As many as find room, the last place being for how many more there are. `widths`: of each with its label; `hiddenAfter`: how many are not
 * drawn when only so many are. Nothing goes beyond the yard: beside it lies another one.
 */
export function inLine(areas: Areas, box: Box, widths: readonly number[], hiddenAfter: (shown: number) => number): Line {
  const room = box.w - 2 * YARD_EDGE;
  const ends = widths.reduce<number[]>((sums, width) => [...sums, (sums.at(-1) ?? 0) + width], []);
  const moreWidth = (shown: number): number => {
    const hidden = hiddenAfter(shown);
    return hidden === 0 ? 0 : textWidth(`+${hidden}`, moreType(areas)) + 4;
  };
  let shown = widths.length;
  while (shown > 0 && (ends[shown - 1] ?? 0) + moreWidth(shown) > room) shown--;
  const y = box.y + box.h - typeOf(areas, 22, 28);
  const from = box.x + YARD_EDGE;
  const end = shown === 0 ? 0 : (ends[shown - 1] ?? 0);
  // As far from the last one as that one’s neighbours are, where there is room.
  const apart = Math.max(moreWidth(shown), Math.min(widths[shown] ?? 0, room - end));
  return {
    shown,
    at: (i) => ({ x: from + (ends[i] ?? 0) - (widths[i] ?? 0) / 2, y }),
    more: { x: from + end + apart / 2, y },
  };
}

export const figureScaleIn = (areas: Areas, box: Box): number => Math.min(1.7, (box.h - typeOf(areas, 22, 28) - 26) / 40);

const moreType = (areas: Areas): number => typeOf(areas, 15, 19);

/** How many more there are than are drawn; none is not written. */
export function more(areas: Areas, key: string, hidden: number, at: { x: number; y: number }): Writing[] {
  return hidden === 0 ? [] : [{ key: `${key} more`, x: at.x, y: at.y - 6, text: `+${hidden}`, size: moreType(areas), weight: 700 }];
}
