/** The part of gifenc that is used: it brings no types of its own. */
declare module 'gifenc' {
  export type Rgb = [number, number, number];

  export interface Encoder {
    writeFrame: (
      index: Uint8Array,
      widthPx: number,
      heightPx: number,
      /** `delay`: ms, written in hundredths of a second. */
      options: { palette: Rgb[]; delay: number; dispose: number; transparent?: boolean; transparentIndex?: number },
    ) => void;
    finish: () => void;
    bytes: () => Uint8Array;
  }

  export function GIFEncoder(): Encoder;
  export function quantize(rgba: Uint8Array, most: number): Rgb[];
  export function applyPalette(rgba: Uint8Array, palette: readonly Rgb[]): Uint8Array;
}
