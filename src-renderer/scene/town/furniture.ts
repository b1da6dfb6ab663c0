/** What people of a yard sit and lie on. Pure. */
import { BED } from '../place-shapes';
import { type At, Shape } from '../shape';
import { board, type Piece } from './drawing';
import { paint } from './people';

const MAT = paint({ fill: 'var(--mat)', stroke: 'var(--wood-light)', width: 1 });

export const pew = (line: { x: number; y: number; w: number }, z = 10): Piece[] => [
  { z, paint: paint({ fill: 'var(--wood-light)', stroke: 'var(--wood)', width: 1 }), d: board({ ...line, h: 4.5 }, 2) },
];
const MAT_SHAPE = new Shape(`M-14 -1a14 4.6 0 0 1 28 0a14 4.6 0 0 1 -28 0Z`);
export const mat = (at: At, z: number): Piece => ({ z, paint: MAT, d: MAT_SHAPE.at(at) });
export const bed = (at: At, z = 10): Piece[] => [
  { z, paint: paint({ stroke: 'var(--wood)', width: 3 * at.scale }), d: BED.legs.at(at) },
  { z: z + 0.1, paint: paint({ fill: 'var(--wood-light)', stroke: 'var(--wood)', width: 1 }), d: BED.frame.at(at) },
  { z: z + 0.2, paint: paint({ fill: 'var(--mat)' }), d: BED.mattress.at(at) },
];
