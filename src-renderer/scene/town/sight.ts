/**
 * Where what the camera sees lies in the drawing. There are two spaces: the houses' own units, at the camera's notch, in which they are drawn;
 * and the units of the whole drawing, in which everything around them is, and of which the houses' window is a part. Pure.
 */
import type { Box } from '../scene-layout';
import type { Camera, Seen } from './camera';

export interface Sight {
  /** The houses' window, in units of the whole drawing. */
  view: Box;
  camera: Camera;
  seen: Seen;
}

/** How much larger than they are drawn the houses are shown. */
export const overOf = ({ camera, seen }: Sight): number => camera.k / seen.notch;

/** From the houses' units to the drawing's. */
export function inDrawing(sight: Sight, { x, y, w, h }: Box): Box {
  const { view, camera } = sight;
  const over = overOf(sight);
  return { x: view.x + camera.x + x * over, y: view.y + camera.y + y * over, w: w * over, h: h * over };
}

/** Whether a place of the drawing lies in the houses' window. */
export const isInView = ({ view }: Pick<Sight, 'view'>, x: number, y: number): boolean =>
  x >= view.x && x <= view.x + view.w && y >= view.y && y <= view.y + view.h;

/** The index of the house whose plot a place of the drawing lies on; null: on none, or outside of the houses' window. */
export function houseUnder(sight: Sight, x: number, y: number): number | null {
  const { view, camera, seen } = sight;
  if (!isInView(sight, x, y)) return null;
  const over = overOf(sight);
  const [atX, atY] = [(x - view.x - camera.x) / over, (y - view.y - camera.y) / over];
  const found = seen.tiles.find(({ pitch }) => atX >= pitch.x && atX < pitch.x + pitch.w && atY >= pitch.y && atY < pitch.y + pitch.h);
  return found?.index ?? null;
}

/** Where the house at `index` is drawn, in the drawing's units; null: it is out of sight. */
export function boxOfHouse(sight: Sight, index: number): Box | null {
  const tile = sight.seen.tiles.find((each) => each.index === index);
  return tile ? inDrawing(sight, tile.box) : null;
}

/** The wire begins so far from the tile's right edge, and turns so far before the lens, units. */
const CORNER = 6;
const MARGIN = 5;
/** It meets the lens's edge at least so far below its top and above its foot, units. */
const [BELOW_TOP, ABOVE_FOOT] = [34, 20];
/** A wire may leave the window by so much: tiles of the last row end there. */
const SLACK = 2;

/** From the frame around the house at `index` to the lens that shows it, as a path; '': there is none, because the house is out of sight. */
export function wireTo(sight: Sight, index: number, lens: Box, frame: Box | null = null): string {
  const { view } = sight;
  const box = sight.seen.tiles.find((each) => each.index === index)?.box;
  if (!box) return '';
  const tile = frame ?? box;
  const { x, y } = inDrawing(sight, { x: tile.x + tile.w - CORNER, y: tile.y + tile.h, w: 0, h: 0 });
  if (!isInView({ view: { ...view, h: view.h + SLACK } }, x, y)) return '';
  const to = Math.max(lens.y + BELOW_TOP, Math.min(y, lens.y + lens.h - ABOVE_FOOT));
  return `M${x} ${y}H${lens.x - MARGIN}V${to}H${lens.x}`;
}
