/** Where a drawing lies in the window: from its own units to pixels, and back. Pure. */
import type { Box } from './scene-layout';

/** `x` and `y`: its corner, px of the window; `unit`: of one of its own, px. */
export interface OnPage {
  x: number;
  y: number;
  unit: number;
}

/** `box`: of the element that is drawn into; `width`: of the drawing, in its own units. */
export const onPage = (box: { x: number; y: number; width: number }, width: number): OnPage => ({
  x: box.x,
  y: box.y,
  unit: box.width / width,
});

export const toPage = ({ x, y, unit }: OnPage, box: Box): { x: number; y: number; width: number; height: number } => ({
  x: x + box.x * unit,
  y: y + box.y * unit,
  width: box.w * unit,
  height: box.h * unit,
});

/** A point of the window in the drawing's units. */
export const fromPage = (page: OnPage, x: number, y: number): [x: number, y: number] => [
  (x - page.x) / page.unit,
  (y - page.y) / page.unit,
];
