/** Where a drawing lies in the window: from its own units to pixels, and back. Pure. */
import type { Box } from './scene-layout';

export interface OnPage {
  /** One of the drawing's own, px. */
  unit: number;
  /** Where a part of the drawing lies, px of the window. */
  rect: (box: Box) => { x: number; y: number; width: number; height: number };
  /** A point of the window in the drawing's units. */
  point: (x: number, y: number) => [x: number, y: number];
}

/** `page`: where the element is that is drawn into; `width`: of the drawing, in its own units. */
export function onPage(page: { x: number; y: number; width: number }, width: number): OnPage {
  const unit = page.width / width;
  return {
    unit,
    rect: ({ x, y, w, h }) => ({ x: page.x + x * unit, y: page.y + y * unit, width: w * unit, height: h * unit }),
    point: (x, y) => [(x - page.x) / unit, (y - page.y) / unit],
  };
}
