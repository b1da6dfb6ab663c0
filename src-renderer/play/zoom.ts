/** How large the views are drawn, and where they are scrolled to when that changes. Pure. */

const LEAST = 0.5;
const MOST = 4;
const TIMES = 1.2;

/** So many notches larger, or smaller; 1 is met exactly. */
export function zoomed(zoom: number, notches: number): number {
  const wanted = zoom * TIMES ** notches;
  const near = Math.abs(wanted - 1) < 0.05 ? 1 : wanted;
  return Math.min(MOST, Math.max(LEAST, near));
}

/** Where a content is scrolled to so that what lies `at` pixels from the edge of its frame stays there when it is drawn `times` as large. */
export const scrollFor = (scroll: number, at: number, times: number): number => Math.max(0, (scroll + at) * times - at);
