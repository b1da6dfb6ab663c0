/** The camera over the houses: which part of them fills its window, and how large. Pure; d3-zoom moves it. */
import type { Box } from '../scene-layout';
import { drawnIn, type Grid, levelOf, tileAt, type Level } from './town-layout';

/** The window's upper left corner lies at (−x/k, −y/k) of the houses at rest. d3-zoom's own transform. */
export interface Camera {
  k: number;
  x: number;
  y: number;
}

export const AT_REST: Camera = { k: 1, x: 0, y: 0 };
/** A house is never larger than this part of the window. */
const LARGEST = 0.8;
/** Drawings are made for these sizes, √2 apart; between them they are drawn larger. */
const NOTCHES_PER_OCTAVE = 2;

export function mostZoom({ tile }: Grid, window: { w: number; h: number }): number {
  return Math.max(1, Math.min((window.w * LARGEST) / tile.w, (window.h * LARGEST) / tile.h));
}

/** The zoom for which the drawings are made: never larger than `k`, so that their type is never smaller than it is meant to be. */
export function notchOf(k: number): number {
  return k <= 1 ? 1 : 2 ** (Math.floor(Math.log2(k) * NOTCHES_PER_OCTAVE + 1e-9) / NOTCHES_PER_OCTAVE);
}

export interface Seen {
  level: Level;
  /** For which zoom it is drawn. */
  notch: number;
  /** Houses that can be seen, by their index, each with the box it is drawn in at that zoom. */
  tiles: readonly { index: number; box: Box; pitch: Box }[];
}

export function seenBy(camera: Camera, grid: Grid, count: number, window: { w: number; h: number }): Seen {
  const notch = notchOf(camera.k);
  const level = levelOf(grid.tile.w * notch, grid.tile.h * notch);
  const tiles: { index: number; box: Box; pitch: Box }[] = [];
  const over = camera.k / notch;
  for (let index = 0; index < count; index++) {
    const at = tileAt(grid, index);
    const pitch = { x: at.x * notch, y: at.y * notch, w: at.w * notch, h: at.h * notch };
    const x = pitch.x * over + camera.x;
    const y = pitch.y * over + camera.y;
    if (x > window.w || y > window.h || x + pitch.w * over < 0 || y + pitch.h * over < 0) continue;
    tiles.push({ index, pitch, box: drawnIn(level, pitch) });
  }
  return { level, notch, tiles };
}

/** The camera that shows the house at `index` in the middle, at this zoom. */
export function cameraOn(grid: Grid, index: number, k: number, window: { w: number; h: number }): Camera {
  const { x, y, w, h } = tileAt(grid, index);
  return held({ k, x: window.w / 2 - (x + w / 2) * k, y: window.h / 2 - (y + h / 2) * k }, window);
}

/** Whoever follows from where all houses are seen comes so near. */
const FOLLOWED_ZOOM = 3;

/** The camera that goes on showing the house at `index` in the middle; null: it does, as far as the edge lets it. */
export function following(camera: Camera, grid: Grid, index: number, window: { w: number; h: number }): Camera | null {
  const k = camera.k > 1 ? camera.k : Math.min(FOLLOWED_ZOOM, mostZoom(grid, window));
  const to = cameraOn(grid, index, k, window);
  return Math.abs(to.x - camera.x) + Math.abs(to.y - camera.y) < 0.5 && Math.abs(k - camera.k) < 1e-6 ? null : to;
}

/** The window stays on the houses. */
export function held({ k, x, y }: Camera, { w, h }: { w: number; h: number }): Camera {
  const within = (at: number, size: number): number => Math.min(0, Math.max(size - size * k, at));
  return { k, x: within(x, w), y: within(y, h) };
}

export interface Move {
  /** By this part of the window. */
  x?: number;
  y?: number;
  /** Zoom about the window's middle. */
  by?: number;
}

export function moved(camera: Camera, { x = 0, y = 0, by = 1 }: Move, most: number, window: { w: number; h: number }): Camera {
  const k = Math.min(most, Math.max(1, camera.k * by));
  const turn = k / camera.k;
  return held(
    {
      k,
      x: window.w / 2 - (window.w / 2 - camera.x) * turn - x * window.w,
      y: window.h / 2 - (window.h / 2 - camera.y) * turn - y * window.h,
    },
    window,
  );
}
