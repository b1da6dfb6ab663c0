/** What is longer than this is not doubled: much of it would stay empty. */
const LONG = 1 << 16;
const LONG_GROWTH = 1.25;

/** Numbers that grow at the end. */
export class Growing<A extends Uint8Array | Uint32Array> {
  private array: A;
  length = 0;

  constructor(
    private readonly make: (length: number) => A,
    first = 16,
  ) {
    this.array = make(first);
  }

  push(value: number): void {
    if (this.length === this.array.length) {
      const larger = this.make(Math.ceil((this.length > LONG ? LONG_GROWTH : 2) * this.length));
      larger.set(this.array);
      this.array = larger;
    }
    this.array[this.length++] = value;
  }

  at(i: number): number {
    return this.array[i] as number;
  }

  /** Another number in the place of one that is there. */
  put(i: number, value: number): void {
    this.array[i] = value;
  }

  /** All of them, in an array of its own. */
  copy(): A {
    return this.array.slice(0, this.length) as A;
  }

  /** All of them, without a copy: good until more come. */
  view(): A {
    return this.array.subarray(0, this.length) as A;
  }
}

export const counts = (first?: number): Growing<Uint32Array> => new Growing((length) => new Uint32Array(length), first);
export const bytes = (first?: number): Growing<Uint8Array> => new Growing((length) => new Uint8Array(length), first);

/** The first index for which it holds, of those for which it holds from some index on; `length` when there is none. */
export function firstWhere(length: number, holds: (i: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
