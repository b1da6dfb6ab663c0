/**
 * The model's only source of chance: a 32-bit xorshift with an odd offset, integers only, every seed (0 too) a seed of its own.
 * Go draws from fastrand for the order of stealing (runtime/proc.go: findrunnable, stealOrder); so does the model from this.
 */
export class SeededRandom {
  private word: number;

  constructor(seed: number) {
    // Mixing keeps neighbouring seeds apart and never yields xorshift's one dead state, 0.
    const mixed = Math.imul((seed ^ 0x9e3779b9) >>> 0, 0x85ebca6b) ^ Math.imul(Math.floor(seed / 0x100000000) + 1, 0xc2b2ae35);
    this.word = mixed >>> 0 || 0x6d2b79f5;
  }

  /** The next number, 0 … 2³²−1. */
  next(): number {
    let x = this.word;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.word = x >>> 0;
    return this.word;
  }
}
