/** Chance for the generator of sequences: the same seed, the same calls. */
import { SeededRandom } from '../../../model/run/random';
import type { Arg, Call } from './sequence';

export class Draw {
  private readonly random: SeededRandom;

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
    // Neighbouring seeds begin alike.
    for (let i = 0; i < 16; i++) this.random.next();
  }

  /** 0 … n − 1. */
  below(n: number): number {
    return Math.floor((this.random.next() / 0x1_0000_0000) * n);
  }

  /** Once in n times. */
  oneIn(n: number): boolean {
    return this.below(n) === 0;
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.below(from.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  }

  /** Some of the bits, joined. */
  bits(from: readonly number[], most = 3): number {
    let bits = 0;
    for (let i = this.below(most + 1); i > 0; i--) bits |= this.pick(from);
    return bits;
  }
}

/** What a call of a theme is made of. `at`: how many calls were made before it. */
export type Maker = (d: Draw, at: number) => readonly Arg[];

/** A theme: calls that belong together, with how often each is drawn. */
export type Theme = readonly (readonly [weight: number, name: string, make: Maker])[];

export function drawCall(d: Draw, theme: Theme, at: number): Call {
  let left = d.below(theme.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, name, make] of theme) {
    if (left < weight) return { name, args: make(d, at) };
    left -= weight;
  }
  throw new Error('a theme without calls');
}
