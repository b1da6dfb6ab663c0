/** Constants in arm64 instructions: which ones an instruction holds, and how the others get into a register. Source: Arm's manual, C6.2. */

const WORD = (1n << 64n) - 1n;
const LOW = 0xffffffffn;

/** 12 bits, or 12 bits shifted by 12: what ADD, SUB and CMP hold. */
export const isAddend = (value: bigint): boolean => value >= 0n && (value <= 0xfffn || ((value & 0xfffn) === 0n && value <= 0xfff000n));

/** A run of ones, rotated, repeated in pieces of 2, 4 … 64 bits: what AND, ORR and EOR hold. Fields N, immr, imms in place; null: none. */
export function bitPattern(value: bigint, is64: boolean): number | null {
  const low = value & LOW;
  const bits = is64 ? value & WORD : (low << 32n) | low;
  if (bits === 0n || bits === WORD) return null;
  for (let width = 2n; width <= 64n; width *= 2n) {
    const mask = (1n << width) - 1n;
    const piece = bits & mask;
    let repeated = 0n;
    for (let at = 0n; at < 64n; at += width) repeated |= piece << at;
    if (repeated !== bits) continue;
    const ones = piece.toString(2).replaceAll('0', '').length;
    const run = (1n << BigInt(ones)) - 1n;
    for (let turn = 0n; turn < width; turn++) {
      const turned = ((run >> turn) | (run << (width - turn))) & mask;
      if (turned !== piece) continue;
      const size = Number(width);
      const imms = (ones - 1) | (63 & ~(2 * size - 1));
      return ((size === 64 ? 1 : 0) << 22) | (Number(turn) << 16) | (imms << 10);
    }
    return null;
  }
  return null;
}

/** Which of the 16-bit places holds all of the value; null: more than one does. */
export function pieceOf(value: bigint): number | null {
  const at = [0, 1, 2, 3].find((i) => (value & ~(0xffffn << BigInt(16 * i)) & WORD) === 0n);
  return at ?? null;
}

const MOVN = 0x12800000;
const MOVZ = 0x52800000;
const MOVK = 0x72800000;
const X = 0x80000000;

const sixteen = (value: bigint, at: number): number => (Number((value >> BigInt(16 * at)) & 0xffffn) << 5) | (at << 21);

/** One MOVZ or MOVN without its register; null: it takes more. */
export function oneMove(value: bigint, is64: boolean): number | null {
  const mask = is64 ? WORD : LOW;
  const wide = is64 ? X : 0;
  const plain = pieceOf(value & mask);
  if (plain !== null) return (wide | MOVZ | sixteen(value, plain)) >>> 0;
  const other = ~value & mask;
  const inverted = pieceOf(other);
  return inverted === null ? null : (wide | MOVN | sixteen(other, inverted)) >>> 0;
}

/** MOVZ or MOVN, and MOVK for each further piece; without their register. 32 bits always take two. */
export function moves(value: bigint, is64: boolean): number[] {
  if (!is64) return [MOVZ | sixteen(value, 0), MOVK | sixteen(value, 1)];
  const pieces = [0, 1, 2, 3].map((i) => (value >> BigInt(16 * i)) & 0xffffn);
  const zeros = pieces.filter((piece) => piece === 0n).length;
  const ones = pieces.filter((piece) => piece === 0xffffn).length;
  // As many zeros as ones: MOVZ.
  const isInverted = ones > zeros;
  const rest = [0, 1, 2, 3].filter((i) => pieces[i] !== (isInverted ? 0xffffn : 0n));
  const kept = rest.length === 0 ? [0] : rest;
  return kept.map((at, i) => {
    if (i > 0) return (X | MOVK | sixteen(value, at)) >>> 0;
    return (X | (isInverted ? MOVN | sixteen(~value, at) : MOVZ | sixteen(value, at))) >>> 0;
  });
}
