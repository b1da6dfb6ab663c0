import { expect, test } from 'vitest';
import { changed, GifFrames } from './gif-pack';

const WIDTH = 40;
const HEIGHT = 30;
const RED = 0xff_00_00_c8;
const BLUE = 0xff_c8_00_00;

/** RGBA of a picture of one colour with a square of another in it. */
function picture(ground: number, square: number, at: number): Uint8ClampedArray {
  const pixels = new Uint32Array(WIDTH * HEIGHT).fill(ground);
  for (let y = 5; y < 15; y++) pixels.fill(square, y * WIDTH + at, y * WIDTH + at + 10);
  return new Uint8ClampedArray(pixels.buffer);
}

interface GifFrame {
  delayCs: number;
  keeps: boolean;
  isTransparent: boolean;
  bytes: number;
}

/** The blocks of a GIF89a with a global table of 256 colours, as the specification lays them out. */
function framesOf(gif: Uint8Array): { size: number[]; frames: GifFrame[] } {
  expect(new TextDecoder().decode(gif.subarray(0, 6))).toBe('GIF89a');
  const view = new DataView(gif.buffer, gif.byteOffset, gif.length);
  const size = [view.getUint16(6, true), view.getUint16(8, true)];
  const frames: GifFrame[] = [];
  let control = { delayCs: 0, keeps: false, isTransparent: false };
  let at = 13 + 768;
  const skipped = (): number => {
    const from = at;
    while (gif[at] !== 0) at += (gif[at] ?? 0) + 1;
    at++;
    return at - from;
  };
  for (; gif[at] !== 0x3b;) {
    if (gif[at] === 0x21) {
      if (gif[at + 1] === 0xf9) {
        const flags = gif[at + 3] ?? 0;
        control = { delayCs: view.getUint16(at + 4, true), keeps: ((flags >> 2) & 7) === 1, isTransparent: (flags & 1) === 1 };
      }
      at += 2;
      skipped();
    } else {
      expect(gif[at]).toBe(0x2c);
      expect([view.getUint16(at + 5, true), view.getUint16(at + 7, true)]).toEqual(size);
      at += 10 + ((gif[at + 9] ?? 0) & 0x80 ? 768 : 0) + 1;
      frames.push({ ...control, bytes: skipped() });
    }
  }
  expect(at).toBe(gif.length - 1);
  return { size, frames };
}

test('each picture has its time, to the hundredth of a second over the whole film', () => {
  const gif = new GifFrames(WIDTH, HEIGHT);
  for (let i = 0; i < 9; i++) gif.add(picture(RED, BLUE, i), { atMs: 133 * i, forMs: 133 });
  const { size, frames } = framesOf(gif.finish());
  expect(size).toEqual([WIDTH, HEIGHT]);
  expect(frames).toHaveLength(9);
  expect(frames.reduce((sum, { delayCs }) => sum + delayCs, 0)).toBe(Math.round((9 * 133) / 10));
  for (const { delayCs } of frames) expect([13, 14]).toContain(delayCs);
});

test('what stays is not written again', () => {
  const gif = new GifFrames(WIDTH, HEIGHT);
  for (const at of [0, 1, 1]) gif.add(picture(RED, BLUE, at), { atMs: 0, forMs: 100 });
  const { frames } = framesOf(gif.finish());
  expect(frames.map(({ isTransparent, keeps }) => [isTransparent, keeps])).toEqual([
    [false, true],
    [true, true],
    [true, true],
  ]);
  const [first, moved, same] = frames.map(({ bytes }) => bytes);
  expect(same).toBeLessThan(moved ?? 0);
  expect(same).toBeLessThan(first ?? 0);
});

test('pixels that differ are found in their order', () => {
  expect([...changed(Uint32Array.of(1, 2, 3, 4), Uint32Array.of(1, 5, 3, 6))]).toEqual([2, 4]);
});
