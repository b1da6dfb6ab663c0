/** What the village's common places are drawn of: a bed, the post station, a key on its ring. The origin is at their feet. Pure. */
import { circle, rect, Shape } from './shape';

export const BED = {
  legs: new Shape('M-27 -8 V3 M29 -8 V3'),
  frame: new Shape(rect(-29, -9, 60, 8, 2.5)),
  mattress: new Shape(rect(-27, -13, 56, 5, 2)),
  pillow: new Shape(rect(-27, -15, 16, 6, 2.6)),
};
export const POST = {
  wall: new Shape(rect(-13, -34, 26, 34)),
  roof: new Shape('M-20 -31 L0 -49 L20 -31Z'),
  letter: new Shape(rect(-7, -23, 14, 10)),
  flap: new Shape('M-7 -23 L0 -17 L7 -23'),
};
/** A lock’s key is light, on a dark edge, so that it is seen on any robe and any ground. */
export const LOCK_KEY = { edge: '#5a3d0c', light: '#ffd257' };
export const KEY = new Shape(circle(0, 0, 5.6), 'M5.6 0 H19 M14.5 0 V5.4 M19 0 V5.4');
