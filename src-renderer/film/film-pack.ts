/** A film that grows. What it is given is the picture's pixels on a canvas. */
export interface FilmPack {
  add: (canvas: OffscreenCanvas, frame: { atMs: number; forMs: number }) => Promise<void>;
  finish: () => Promise<Uint8Array>;
}
