/** Columns of numbers that grow at the end, without copying what is there already. A block that is full takes as few bytes as its numbers need. */

type Numbers = Float64Array | Uint32Array | Int32Array;

export class Column<A extends Numbers> {
  private readonly full: FullBlock[] = [];
  private open = EMPTY;
  length = 0;

  /** `isValues`: the numbers are those of packed values (packed-values.ts), of which the negative ones are odd and count versions of run queues. */
  constructor(
    private readonly make: (length: number) => A,
    private readonly isValues = false,
  ) {}

  push(value: number): void {
    const at = this.length++ & (BLOCK - 1);
    if (this.open === EMPTY) this.open = new Float64Array(BLOCK);
    this.open[at] = value;
    if (at === BLOCK - 1) this.full.push(this.isValues ? blockOfValues(this.open) : fullBlock(this.open));
  }

  at(i: number): number {
    const block = this.full[i >> BLOCK_BITS];
    const at = i & (BLOCK - 1);
    if (block === undefined) return this.open[at] as number;
    const above = block.above[at] as number;
    if (above === block.escape) return exceptionAt(block, at);
    if (block.versions < 0) return block.least + above;
    return (above & 1) === 0 ? above / 2 : -(above + 2 * block.versions);
  }

  /** From the first index up to before the second, in an array of its own. */
  slice(from: number, to: number): A {
    const part = this.make(to - from);
    for (let i = from; i < to; i++) part[i - from] = this.at(i);
    return part;
  }

  /** All of them into an array, from index `at` on. */
  copyInto(array: Float64Array, at: number): void {
    for (const [b, { above, least, escape }] of this.full.entries()) {
      const begin = b * BLOCK;
      if (escape < 0) for (let i = 0; i < BLOCK; i++) array[at + begin + i] = least + (above[i] as number);
      else for (let i = 0; i < BLOCK; i++) array[at + begin + i] = this.at(begin + i);
    }
    array.set(this.open.subarray(0, this.length % BLOCK), at + this.full.length * BLOCK);
  }
}

export const floats = (): Column<Float64Array> => new Column((length) => new Float64Array(length));
export const counts = (): Column<Uint32Array> => new Column((length) => new Uint32Array(length));
export const ints = (): Column<Int32Array> => new Column((length) => new Int32Array(length));
export const values = (): Column<Float64Array> => new Column((length) => new Float64Array(length), true);

interface FullBlock {
  /** How far each number lies above the least one; or of values the code: an even one is twice the value, an odd one counts versions. */
  above: Uint8Array | Uint16Array | Uint32Array | Float64Array;
  least: number;
  /** Of a block of values the first version in it; −1: it is none. */
  versions: number;
  /** What stands in `above` for a number that has no place there; −1: there is none. */
  escape: number;
  /** Where those are, in order, and what they are. */
  where: Uint16Array;
  exceptions: Float64Array;
}

const BLOCK_BITS = 12;
const BLOCK = 1 << BLOCK_BITS;
const EMPTY = new Float64Array(0);
/** For blocks of one number. */
const NOTHING = new Uint8Array(BLOCK);
const NOWHERE = new Uint16Array(0);
/** Of the block that is being made: one kind of array in the loops, whatever kind the block is kept in. */
const ABOVE = new Uint32Array(BLOCK);
const ESCAPE = 0xffff;
/** With more of them four bytes for each number take less. */
const MOST_EXCEPTIONS = BLOCK / 8;

const plain = (above: FullBlock['above'], least: number): FullBlock => ({
  ...{ above, least, versions: -1, escape: -1, where: NOWHERE, exceptions: EMPTY },
});

function fullBlock(numbers: Float64Array): FullBlock {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < BLOCK; i++) {
    const each = numbers[i] as number;
    if (each < least) least = each;
    if (each > most) most = each;
  }
  const range = most - least;
  if (range === 0) return numbers.every((each) => each === least) ? plain(NOTHING, least) : plain(numbers.slice(), 0);
  // NaN, too, where all are infinite.
  if (!(range <= 0xffffffff)) return plain(numbers.slice(), 0);
  for (let i = 0; i < BLOCK; i++) {
    const above = (numbers[i] as number) - least;
    ABOVE[i] = above;
    // What is no whole number, or a very large one, would not be the same after the two operations.
    if (ABOVE[i] !== above) return plain(numbers.slice(), 0);
  }
  return plain(range <= 0xff ? new Uint8Array(ABOVE) : range <= 0xffff ? new Uint16Array(ABOVE) : ABOVE.slice(), least);
}

/** Most values of a run stand in a pool of some thousands, and the versions in a block follow each other: two bytes are enough for all but a few. */
function blockOfValues(numbers: Float64Array): FullBlock {
  let versions = Infinity;
  for (let i = 0; i < BLOCK; i++) {
    const each = numbers[i] as number;
    if (each < 0 && each % 2 !== 0) versions = Math.min(versions, (-each - 1) / 2);
  }
  if (versions === Infinity) versions = 0;
  const above = new Uint16Array(BLOCK);
  const where: number[] = [];
  for (let i = 0; i < BLOCK; i++) {
    const each = numbers[i] as number;
    const code = each >= 0 ? 2 * each : each % 2 === 0 ? ESCAPE : -each - 2 * versions;
    above[i] = code;
    if (code < ESCAPE && above[i] === code) continue;
    above[i] = ESCAPE;
    where.push(i);
    if (where.length > MOST_EXCEPTIONS) return fullBlock(numbers);
  }
  return {
    ...{ above, least: 0, versions, escape: ESCAPE },
    // A long recording has a hundred thousand blocks: what is empty is one object for all of them.
    where: where.length === 0 ? NOWHERE : Uint16Array.from(where),
    exceptions: where.length === 0 ? EMPTY : Float64Array.from(where, (i) => numbers[i] as number),
  };
}

function exceptionAt({ where, exceptions }: FullBlock, at: number): number {
  let [low, high] = [0, where.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((where[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return exceptions[low] as number;
}
