/** The zoom of the views, and their scroll position when it changes. Pure. */

const LEAST = 0.5;
const MOST = 4;
const TIMES = 1.2;

/** `notches` steps larger, or smaller when negative; 1 is hit exactly. */
export function zoomed(zoom: number, notches: number): number {
  const wanted = zoom * TIMES ** notches;
  const near = Math.abs(wanted - 1) < 0.05 ? 1 : wanted;
  return Math.min(MOST, Math.max(LEAST, near));
}

/** The scroll position, px, that keeps the point `at` px from the frame's edge in place when the content is drawn `times` as large. */
export const scrollFor = (scroll: number, at: number, times: number): number => Math.max(0, (scroll + at) * times - at);
