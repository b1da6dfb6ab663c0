/** A film that is being packed, picture by picture, each on a canvas. */
export interface FilmPack {
  add: (canvas: OffscreenCanvas, frame: { atMs: number; forMs: number }) => Promise<void>;
  finish: () => Promise<Uint8Array>;
}
