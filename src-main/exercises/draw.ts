/** Chance for exercises: everything that is drawn comes from one seed, by the model's own integers. */
import { SeededRandom } from '../model/run/random';

export class Draw {
  private readonly random: SeededRandom;

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + (this.random.next() % (most - least + 1));
  }

  /** Throws when there is nothing to choose from. */
  one<T>(of: readonly T[]): T {
    const found = of[this.whole(0, of.length - 1)];
    if (found === undefined) throw new Error('exercises: nothing to draw from');
    return found;
  }

  /** True in about so many of a hundred cases. */
  chance(percent: number): boolean {
    return this.whole(1, 100) <= percent;
  }

  /** The same members in another order (Fisher and Yates). */
  shuffled<T>(members: readonly T[]): T[] {
    const left = [...members];
    const drawn: T[] = [];
    while (left.length > 0) drawn.push(...left.splice(this.whole(0, left.length - 1), 1));
    return drawn;
  }
}
