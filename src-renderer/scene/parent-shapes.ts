/** What a parent is drawn of, standing, lying, and as a bust in a window, with the origin between its feet. Pure. */
import { circle, ellipse, rect, Shape } from './shape';

export const PARENT_STANDING = {
  halo: new Shape(ellipse(0, -28, 25, 38)),
  shadow: new Shape(ellipse(0, 1, 15, 4)),
  boots: new Shape('M-7 0 L-5 -12 H5 L7 0Z'),
  robe: new Shape('M-14 -6 Q-13 -36 0 -38 Q13 -36 14 -6 Q0 -1 -14 -6Z'),
  collar: new Shape('M-4 -37 L0 -26 L4 -37'),
  belt: new Shape('M-13 -19 Q0 -14 13 -19 L13 -15.5 Q0 -10.5 -13 -15.5Z'),
  head: new Shape(circle(0, -46, 10)),
  mouth: new Shape('M-2.6 -41 q2.6 1.8 5.2 0'),
  closedEyes: new Shape('M-5 -45 h3.6 M1.4 -45 h3.6'),
};
const HAIR = ['M-10.5 -46 a10.5 10.5 0 0 1 21 0 q-5 -7 -10 -6 q-6 -1 -11 6Z', circle(0, -57.5, 3.4)];
const EYES = [circle(-3.6, -45.5, 1.3), circle(3.6, -45.5, 1.3)];
/** Both are of one colour, and neither lies on the other. */
export const PARENT_HAIR_AND_EYES = new Shape(...HAIR, ...EYES);
export const PARENT_EYES_ALONE = new Shape(...EYES);
export const PARENT_HAIR_ALONE = new Shape(...HAIR);

export const PARENT_LYING = {
  halo: new Shape(ellipse(0, -12, 37, 19)),
  robe: new Shape('M-10 -9 Q-9 -17 2 -18 Q20 -21 26 -12 L26 -7 L-10 -7Z'),
  sash: new Shape('M-4 -7 Q0 -15 -2 -17'),
  head: new Shape(circle(-17, -15, 8.5)),
  hair: new Shape('M-25.5 -15 a8.5 8.5 0 0 1 14 -6.6 q-4 1 -5 4 q-5 -1 -9 2.6Z', circle(-25, -20, 3)),
  eye: new Shape('M-19 -14 h4'),
  mouth: new Shape('M-17.5 -10.5 q1.5 1.2 3 0'),
};

export const PARENT_BOW = new Shape('M19 -44 Q33 -26 19 -8');
export const PARENT_BOWSTRING = new Shape('M19 -44 L19 -8');
export const PARENT_HAT = new Shape('M-15 -49 Q0 -66 15 -49 Q0 -53 -15 -49Z');
export const PARENT_LANTERN = {
  pole: new Shape('M13 -26 L24 -32'),
  glow: new Shape(circle(26, -20, 15)),
  body: new Shape(rect(20, -29, 12, 15, 5)),
};
export const PARENT_DESK = {
  top: new Shape(rect(-24, -17, 20, 4)),
  legs: new Shape('M-22 -13 V0 M-6 -13 V0'),
  paper: new Shape(rect(-20, -20.5, 10, 3.4)),
};
/** Rings at a thread to which SIGURG is on its way. */
export const PARENT_BELL = {
  bell: new Shape('M-7 6 Q-6.5 -8 0 -9 Q6.5 -8 7 6Z', rect(-9, 5, 18, 3, 1.5), circle(0, -10.6, 1.9)).laid({ x: -23, y: -52 }),
  clapper: new Shape(circle(0, 10, 2.4)).laid({ x: -23, y: -52 }),
  sound: new Shape('M-11 -5 Q-14.5 0 -11 5 M11 -5 Q14.5 0 11 5').laid({ x: -23, y: -52 }),
};
export const PARENT_FLAG = {
  pole: new Shape('M23 -68 V-44'),
  cloth: new Shape('M23 -68 H41 L36 -61.5 L41 -55 H23Z'),
  letter: { x: 29, y: -58 },
};
export const PARENT_TIE = new Shape('M10 -16 q10 6 16 2');
const SLIP_LAID = { x: 15, y: -17, turn: 12 };
export const PARENT_SLIP = new Shape(rect(-5, -6, 10, 13, 1)).laid(SLIP_LAID);
export const PARENT_SLIP_LINES = new Shape('M-3 -3 H3 M-3 0 H3 M-3 3 H1').laid(SLIP_LAID);
const KEY = new Shape(circle(0, 0, 4.6), 'M4.6 0 H16 M12 0 V4.6 M16 0 V4.6');
export const PARENT_KEY_BY_PILLOW = KEY.laid({ x: -30, y: -4, scale: 0.95 });
export const PARENT_KEY_IN_HAND = KEY.laid({ x: -17, y: -20, turn: 60 });

/** In a window: the robe is cut at this height. */
export const PARENT_BUST_CUT = -14;
export const PARENT_BUST_ROBE = new Shape('M-15 -14 Q-13 -36 0 -38 Q13 -36 15 -14Z');
