/** Which rows of a long list are made: those in sight, and some around them, so that a turn of the wheel finds them there. Pure. */

const AROUND = 4;
/** Before the list has been measured, and where nothing is laid out. */
const UNMEASURED_PX = 400;

export interface ListPlace {
  scrollTop: number;
  heightPx: number;
  rowPx: number;
  count: number;
}

/** `from` is in it, `to` is not. */
export function windowOf({ scrollTop, heightPx, rowPx, count }: ListPlace): { from: number; to: number } {
  const height = heightPx > 0 ? heightPx : UNMEASURED_PX;
  const last = Math.ceil((scrollTop + height) / rowPx) + AROUND;
  const to = Math.min(count, last);
  const from = Math.max(0, Math.min(Math.floor(scrollTop / rowPx) - AROUND, to - Math.ceil(height / rowPx)));
  return { from, to };
}
