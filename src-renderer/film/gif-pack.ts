/** GIF: each picture has its own colours, and what has not changed since the last one is left transparent, which takes next to no room. */
import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { FilmPack } from './film-pack';

/** One of the 256 marks what stays. */
const COLOURS = 255;
/** GIF's disposal method 1: the picture stays. */
const KEEP = 1;

/** The pixels of a picture that differ from the last one's, in their order. */
export function changed(now: Uint32Array, before: Uint32Array): Uint32Array {
  let count = 0;
  for (let i = 0; i < now.length; i++) if (now[i] !== before[i]) count++;
  const found = new Uint32Array(count);
  for (let i = 0, at = 0; i < now.length; i++) if (now[i] !== before[i]) found[at++] = now[i] as number;
  return found;
}

export class GifFrames {
  private readonly gif = GIFEncoder();
  private before: Uint32Array | null = null;

  constructor(
    private readonly widthPx: number,
    private readonly heightPx: number,
  ) {}

  /** `pixels`: RGBA. GIF counts hundredths of a second; rounding errors do not add up, as both ends of a picture are rounded. */
  add(pixels: Uint8ClampedArray, { atMs, forMs }: { atMs: number; forMs: number }): void {
    const now = new Uint32Array(pixels.slice().buffer);
    const { before } = this;
    const news = before ? changed(now, before) : now;
    const palette = news.length === 0 ? [[0, 0, 0] as [number, number, number]] : quantize(new Uint8Array(news.buffer), COLOURS);
    const colours = applyPalette(new Uint8Array(news.buffer), palette);
    let index = colours;
    if (before) {
      index = new Uint8Array(now.length).fill(COLOURS);
      for (let i = 0, at = 0; i < now.length; i++) if (now[i] !== before[i]) index[i] = colours[at++] as number;
    }
    // A table of colours has 256 places; the last one is never looked up.
    while (palette.length <= COLOURS) palette.push([0, 0, 0]);
    const delay = 10 * (Math.round((atMs + forMs) / 10) - Math.round(atMs / 10));
    const stays = before ? { transparent: true, transparentIndex: COLOURS } : {};
    this.gif.writeFrame(index, this.widthPx, this.heightPx, { palette, delay, dispose: KEEP, ...stays });
    this.before = now;
  }

  finish(): Uint8Array {
    this.gif.finish();
    return this.gif.bytes();
  }
}

export function gifPack({ width, height }: OffscreenCanvas): FilmPack {
  const frames = new GifFrames(width, height);
  return {
    add: (canvas, frame) => {
      const pixels = canvas.getContext('2d', { willReadFrequently: true })?.getImageData(0, 0, width, height);
      if (pixels) frames.add(pixels.data, frame);
      return Promise.resolve();
    },
    finish: () => Promise.resolve(frames.finish()),
  };
}
