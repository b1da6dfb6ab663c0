/** What a house is drawn of, with the origin before the middle of its door. Pure. */
import { written } from './glossary';
import { circle, ellipse, rect, Shape } from './shape';

export const RUIN = new Shape('M-58 0 L-52 -34 L-30 -22 L-10 -40 L14 -16 L40 -30 L56 0Z');
export const HALO = new Shape(rect(-90, -122, 180, 132, 16));
export const SHADOW = new Shape(ellipse(0, 4, 92, 9));
export const BASE = new Shape(rect(-72, -8, 144, 12, 2));
export const WALL = new Shape(rect(-60, -76, 120, 70));
export const UNDER_THE_EAVES = new Shape(rect(-60, -76, 120, 10));
export const GLOW = new Shape(circle(-38, -40, 25), circle(38, -40, 25));
export const WINDOWS = new Shape(...[-38, 38].map((x) => rect(x - 14, -54, 28, 26)));
export const LATTICE = new Shape(...[-38, 38].map((x) => `M${x - 14} -41 H${x + 14} M${x} -54 V-28 M${x - 7} -54 V-28 M${x + 7} -54 V-28`));
export const POSTS = new Shape(...[-57, 57].map((x) => rect(x - 4, -76, 8, 72)));
export const DOOR = {
  frame: new Shape(rect(-17, -54, 34, 50)),
  inside: new Shape(rect(-14, -51, 28, 47)),
  open: new Shape('M-14 -51 L-21 -47 L-21 0 L-14 -4Z M14 -51 L21 -47 L21 0 L14 -4Z'),
  shut: new Shape(rect(-14, -51, 13.4, 47), rect(0.6, -51, 13.4, 47)),
  knobs: new Shape(circle(-4, -27, 1.8), circle(4, -27, 1.8)),
};
export const LOCK = {
  shackle: new Shape('M-5.5 -26 V-31 a5.5 5.5 0 0 1 11 0 V-26'),
  body: new Shape(rect(-9, -27, 18, 14, 2.5)),
  hole: new Shape(circle(0, -21, 2), rect(-0.9, -21, 1.8, 5)),
};
export const BOLT = { bar: new Shape(rect(-22, -33, 44, 8, 2)), nails: new Shape(circle(-14, -29, 1.6), circle(14, -29, 1.6)) };
export const SEAL = new Shape('M-18 -50 L18 -8 M18 -50 L-18 -8');
/** Hung on the crossed strips, so that they are not taken for a mere X. */
const SHEET_LAID = { x: 0, y: -27, turn: 4, scale: 0.7 };
export const SHEET = new Shape(rect(-11, -26, 22, 52)).laid(SHEET_LAID);
export const STAMP = new Shape(rect(-7, 5, 14, 14)).laid(SHEET_LAID);
/** What is written on it, the same in every language. */
export const SEALED = written('door.sealed', 'thing').zh;
/** With upturned eaves. */
export const ROOF = new Shape('M-94 -72 Q-74 -80 -56 -106 L56 -106 Q74 -80 94 -72 Q60 -78 0 -78 Q-60 -78 -94 -72Z');
export const TILES = new Shape(
  ...Array.from({ length: 13 }, (_, i) => -66 + i * 11).map((x) => `M${x * 0.78} -105 Q${x * 0.95} -90 ${x * 1.14} -78`),
);
export const RIDGE = new Shape('M-64 -110 Q-56 -104 -50 -105 L50 -105 Q56 -104 64 -110 L60 -101 L-60 -101Z');
export const BENCH = { seat: new Shape(rect(-90, -4, 190, 5, 2)), legs: new Shape('M-80 1 V8 M4 1 V8 M90 1 V8') };
/** A bench from one x to another, with legs at its ends and between. `y`: of its seats. */
export function longBench({ from, to }: { from: number; to: number }, y: number, scale: number): { seat: string; legs: string } {
  const at = { x: 0, y, scale: 1 };
  const fields = Math.max(1, Math.round((to - from) / (86 * scale)));
  const legs = Array.from({ length: fields + 1 }, (_, i) => from + 10 * scale + ((to - from - 20 * scale) * i) / fields);
  return {
    seat: new Shape(rect(from, -4 * scale, to - from, 5 * scale, 2 * scale)).at(at),
    legs: new Shape(legs.map((x) => `M${x} ${scale} V${8 * scale}`).join(' ')).at(at),
  };
}
export const STOOL = { seat: new Shape(rect(55, 8, 18, 4, 1.5)), legs: new Shape('M58 12 L56 18 M70 12 L72 18') };
export const HOURGLASS = { glass: new Shape('M-8 -12 H8 L1 0 L8 12 H-8 L-1 0Z'), sand: new Shape('M-5 11 H5 L0 4Z M-3 -6 H3 L0 -1Z') };
export const PLATE = new Shape(rect(-19, -18, 38, 36, 3));
/** The watchman's slate: the number that he saw. */
export const SLATE = { strings: new Shape('M-10 18 L-8 23 M10 18 L8 23'), board: new Shape(rect(-19, 22, 38, 22, 2)) };
