/** What a child is drawn of, standing and as a bust in a window, with the origin between its feet. Pure. */
import type { Sash } from './names';
import { circle, ellipse, rect, Shape } from './shape';

export const CHILD_HALO = new Shape(ellipse(0, -18, 17, 25));
export const CHILD_SHADOW = new Shape(ellipse(0, 1, 9, 2.6));
export const CHILD_ROBE = new Shape('M-8.5 -1 Q-9 -19 0 -21 Q9 -19 8.5 -1 Q0 2 -8.5 -1Z');
export const CHILD_HEAD = new Shape(circle(0, -27, 8));
const HAIR = ['M-8 -28 a8 8 0 0 1 16 0 q-4 -4 -8 -3.4 q-4 -0.6 -8 3.4Z', circle(-6.5, -34, 3), circle(6.5, -34, 3)];
export const CHILD_HAIR = new Shape(...HAIR);
/** Both are of one colour, and neither lies on the other. */
export const CHILD_HAIR_AND_EYES = new Shape(...HAIR, circle(-2.8, -26.4, 1.1), circle(2.8, -26.4, 1.1));
export const CHILD_CHEEKS = new Shape(circle(-4.6, -23.6, 1.3), circle(4.6, -23.6, 1.3));
export const CHILD_CLOSED_EYES = new Shape('M-4.4 -26 h3 M1.4 -26 h3');

/** What the robe bears: a line of `CHILD_SASH_WIDTH`, or spots that are filled. */
export interface SashShape {
  shape: Shape;
  isFilled: boolean;
}
export const CHILD_SASH_WIDTH = 1.7;
const lines = (d: string): SashShape => ({ shape: new Shape(d), isFilled: false });
const dots = (y: number): SashShape => ({
  shape: new Shape(circle(-4.6, y, 1.5), circle(0, y + 1.4, 1.5), circle(4.6, y, 1.5)),
  isFilled: true,
});
export const CHILD_SASH: Readonly<Record<Sash, SashShape>> = {
  band: lines('M-8 -9 Q0 -6 8 -9'),
  bands: lines('M-7.8 -12 Q0 -9 7.8 -12 M-8.3 -7.8 Q0 -4.8 8.3 -7.8'),
  seam: lines('M0 -20.5 V-0.4'),
  dots: dots(-9),
};

/** In a window: the robe is cut at this height, and what it bears sits higher. */
export const CHILD_BUST_CUT = -6;
export const CHILD_BUST_ROBE = new Shape('M-10 -6 Q-9.5 -19 0 -21 Q9.5 -19 10 -6Z');
export const CHILD_BUST_SASH: Readonly<Record<Sash, SashShape>> = {
  band: lines('M-8.4 -11 Q0 -8 8.4 -11'),
  bands: lines('M-8 -14 Q0 -11 8 -14 M-8.6 -9.8 Q0 -6.8 8.6 -9.8'),
  seam: lines('M0 -20.5 V-6'),
  dots: dots(-11),
};

/** The key of a lock, hung on the robe’s free side. */
export const CHILD_KEY = new Shape(circle(-12.5, -17.5, 4), 'M-12.5 -13.5 V-2.5 M-12.5 -6.5 H-8.6 M-12.5 -2.5 H-8.6');

/** Stuck on the back: it shows over the shoulder and beside the robe. */
const ON_THE_BACK = { x: 11, y: -19, turn: 9 };
export const CHILD_STRIP = new Shape(rect(-6, -15, 12, 33, 1)).laid(ON_THE_BACK);
/** Two exclamation marks. */
export const CHILD_ALARM = new Shape(
  ...[-3, 10].flatMap((y) => [`M0.2 ${y - 8} H3 L2.4 ${y - 2.7} H0.8Z`, circle(1.6, y - 1.1, 1.2)]),
).laid(ON_THE_BACK);
export const CHILD_ARROWS = new Shape('M-1 -12 L4 -8 L-1 -4 M-1 1 L4 5 L-1 9').laid(ON_THE_BACK);
