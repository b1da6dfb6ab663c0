/** Shifts, bit fields, reversals, extensions and checksums. Semantics: Arm's manual; names and operand order: Go's assembler. */
import { reader, writer } from '../access';
import type { Encode } from '../encoding';
import { MASK, type Size } from '../flags';
import type { Instruction, Operand } from '../listing';
import { At, isZero, wordsEncoder } from './classes';
import { registersEncoder } from './encode-sums';
import { row, signed, type Table, three, two, wideBit, WIDTHS } from './rows';

export const BITS: Table = {};

/** N, which follows the width in all bit field instructions. */
const fieldBits = (size: Size): number => wideBit(size) | (size === 8 ? 1 << 22 : 0);
const UBFM = 0x53000000;
const SBFM = 0x13000000;
const BFM = 0x33000000;
const EXTR = 0x13800000;

const field = (base: number, first: bigint, last: bigint, n: number, d: number): number =>
  (base | (Number(first) << 16) | (Number(last) << 10) | (n << 5) | d) >>> 0;

// ---- shifts: a count in a register is taken modulo the width

interface Shift {
  /** Of the instruction whose count is a register. */
  variable: number;
  compute: (a: bigint, count: bigint, size: Size) => bigint;
  fixed: (count: bigint, bits: bigint, n: number, d: number, size: Size) => number;
}

const SHIFTS: Record<string, Shift> = {
  LSL: {
    variable: 0x1ac02000,
    compute: (a, count) => a << count,
    fixed: (count, bits, n, d, size) => field(fieldBits(size) | UBFM, (bits - count) % bits, bits - 1n - count, n, d),
  },
  LSR: {
    variable: 0x1ac02400,
    compute: (a, count) => a >> count,
    fixed: (count, bits, n, d, size) => field(fieldBits(size) | UBFM, count, bits - 1n, n, d),
  },
  ASR: {
    variable: 0x1ac02800,
    compute: (a, count, size) => signed(a, size) >> count,
    fixed: (count, bits, n, d, size) => field(fieldBits(size) | SBFM, count, bits - 1n, n, d),
  },
  ROR: {
    variable: 0x1ac02c00,
    compute: (a, count, size) => (a >> count) | (a << (BigInt(size * 8) - count)),
    fixed: (count, _, n, d, size) => field(fieldBits(size) | EXTR, BigInt(n), count, n, d),
  },
};

function shiftEncoder({ variable, fixed }: Shift, size: Size): Encode {
  const byRegister = registersEncoder(wideBit(size) | variable);
  const byCount = wordsEncoder((instruction) => {
    const last = instruction.operands.length - 1;
    const [count, from, to] = [new At(instruction, 0), new At(instruction, 1), new At(instruction, last)];
    const bits = BigInt(size * 8);
    return [fixed(count.countWithin(bits - 1n), bits, from.register(), to.register(), size)];
  });
  return (instruction, at) => {
    const [count] = instruction.operands;
    return (count?.kind === 'immediate' && !isZero(count) ? byCount : byRegister)(instruction, at);
  };
}

for (const [name, shift] of Object.entries(SHIFTS)) {
  for (const [letter, size] of WIDTHS)
    BITS[name + letter] = row(
      ['gi g', 'gi r g'],
      size,
      shiftEncoder(shift, size),
      three(size, (_, a, b) => shift.compute(a, b & BigInt(size * 8 - 1), size)),
    );
}

// ---- bit fields: BFI $lsb, Rn, $width, Rd; BFM $immr, Rn, $imms, Rd

type Numbers = (a: bigint, b: bigint, bits: bigint) => [immr: bigint, imms: bigint];
const asGiven: Numbers = (r, s) => [r, s];
const inserts: Numbers = (lsb, width, bits) => [lsb === 0n ? 0n : bits - lsb, width - 1n];
const extracts: Numbers = (lsb, width) => [lsb, lsb + width - 1n];

/** Name, base, how its two numbers make the processor's. */
const FIELDS: readonly (readonly [string, number, Numbers])[] = [
  ['BFM', BFM, asGiven],
  ['SBFM', SBFM, asGiven],
  ['UBFM', UBFM, asGiven],
  ['BFI', BFM, inserts],
  ['BFXIL', BFM, extracts],
  ['SBFIZ', SBFM, inserts],
  ['SBFX', SBFM, extracts],
  ['UBFIZ', UBFM, inserts],
  ['UBFX', UBFM, extracts],
];

const numberOf = (operand: Operand | undefined): bigint => (operand?.kind === 'immediate' ? BigInt.asIntN(64, operand.value) : 0n);

function fieldNumbers(instruction: Instruction, numbers: Numbers, bits: bigint): [bigint, bigint] {
  const [immr, imms] = numbers(numberOf(instruction.operands[0]), numberOf(instruction.operands[2]), bits);
  const isOutside = (number: bigint): boolean => number < 0n || BigInt.asUintN(32, number) >= bits;
  if (isOutside(immr)) new At(instruction, 0).refuse({ key: 'fieldOutside', op: instruction.op, most: Number(bits) });
  if (isOutside(imms)) new At(instruction, 2).refuse({ key: 'fieldOutside', op: instruction.op, most: Number(bits) });
  return [immr & (bits - 1n), imms & (bits - 1n)];
}

/** The pseudo-code of BFM, SBFM and UBFM in Arm's manual. */
function moveField(base: number, old: bigint, from: bigint, immr: bigint, imms: bigint, bits: bigint): bigint {
  const isDown = imms >= immr;
  const width = isDown ? imms - immr + 1n : imms + 1n;
  const at = isDown ? 0n : bits - immr;
  const mask = (1n << width) - 1n;
  const piece = (isDown ? from >> immr : from) & mask;
  if (base === BFM) return (old & ~(mask << at)) | (piece << at);
  if (base === UBFM) return piece << at;
  return BigInt.asIntN(Number(width), piece) << at;
}

for (const [name, base, numbers] of FIELDS) {
  for (const [letter, size] of WIDTHS) {
    const bits = BigInt(size * 8);
    const encode = wordsEncoder((instruction) => {
      const [immr, imms] = fieldNumbers(instruction, numbers, bits);
      return [field(fieldBits(size) | base, immr, imms, new At(instruction, 1).register(), new At(instruction, 3).register())];
    });
    BITS[name + letter] = row(['i r i g'], size, encode, ([first, from, second, to], site) => {
      const [immr, imms] = numbers(numberOf(first), numberOf(second), bits).map((number) => number & (bits - 1n)) as [bigint, bigint];
      const [read, old, write] = [reader(from, size, site), reader(to, size, site), writer(to, size, site)];
      return (cpu) => {
        write(cpu, moveField(base, old(cpu), read(cpu), immr, imms, bits) & MASK[size]);
      };
    });
  }
}

for (const [letter, size] of WIDTHS) {
  const bits = BigInt(size * 8);
  // EXTR $lsb, Rm, Rn, Rd: the width's bits of Rn:Rm from lsb on.
  BITS[`EXTR${letter}`] = row(
    ['i r r g'],
    size,
    wordsEncoder((instruction) => {
      const lsb = new At(instruction, 0).countWithin(bits - 1n);
      const [m, n, d] = [1, 2, 3].map((i) => new At(instruction, i).register()) as [number, number, number];
      return [field(fieldBits(size) | EXTR, BigInt(m), lsb, n, d)];
    }),
    ([lsb, low, high, to], site) => {
      const [readLow, readHigh, write] = [reader(low, size, site), reader(high, size, site), writer(to, size, site)];
      const count = numberOf(lsb) & (bits - 1n);
      return (cpu) => {
        write(cpu, (((readHigh(cpu) << bits) | readLow(cpu)) >> count) & MASK[size]);
      };
    },
  );
}

// ---- one register into another

const oneEncoder = (base: number): Encode =>
  wordsEncoder((instruction) => [(base | (new At(instruction, 0).register() << 5) | new At(instruction, 1).register()) >>> 0]);

const leadingZeros = (value: bigint, size: Size): bigint => BigInt(size * 8 - (value === 0n ? 0 : value.toString(2).length));

/** Bytes reversed in each piece of so many. */
function reversed(value: bigint, size: Size, piece: number): bigint {
  let out = 0n;
  for (let i = 0; i < size; i++) {
    const from = Math.floor(i / piece) * piece + (piece - 1 - (i % piece));
    out |= ((value >> BigInt(8 * from)) & 0xffn) << BigInt(8 * i);
  }
  return out;
}

function mirrored(value: bigint, size: Size): bigint {
  return BigInt(`0b${[...value.toString(2).padStart(size * 8, '0')].reverse().join('')}`);
}

/** Name, number of the operation in the instruction, what it makes. */
const ONES: readonly (readonly [string, number, Size, (value: bigint, size: Size) => bigint])[] = WIDTHS.flatMap(([letter, size]) => [
  [`RBIT${letter}`, 0, size, mirrored] as const,
  [`REV16${letter}`, 1, size, (value: bigint) => reversed(value, size, 2)] as const,
  [`REV${letter}`, size === 8 ? 3 : 2, size, (value: bigint) => reversed(value, size, size)] as const,
  [`CLZ${letter}`, 4, size, leadingZeros] as const,
  // How many bits follow the highest that are equal to it.
  [`CLS${letter}`, 5, size, (value: bigint) => leadingZeros((value ^ (value >> 1n)) & (MASK[size] >> 1n), size) - 1n] as const,
]);

for (const [name, operation, size, compute] of [...ONES, ['REV32', 2, 8, (value: bigint) => reversed(value, 8, 4)] as const])
  BITS[name] = row(
    ['g g'],
    size,
    oneEncoder(wideBit(size) | 0x5ac00000 | (operation << 10)),
    two(size, (_, value) => compute(value, size)),
  );

/** Name, bytes taken, bytes written. */
const EXTENSIONS: readonly (readonly [string, Size, Size])[] = [
  ['XTB', 1, 8],
  ['XTH', 2, 8],
  ['XTW', 4, 8],
  ['XTBW', 1, 4],
  ['XTHW', 2, 4],
];

for (const [ending, from, to] of EXTENSIONS) {
  for (const isSigned of [true, false]) {
    // From ZR goes a plain move, as in MOVB ZR, R1.
    const base = fieldBits(to) | (isSigned ? SBFM : UBFM) | ((from * 8 - 1) << 10);
    BITS[(isSigned ? 'S' : 'U') + ending] = row(
      ['g g'],
      to,
      extensionEncoder(base),
      two(to, (_, value) => (isSigned ? BigInt.asUintN(to * 8, signed(value, from)) : value), from),
    );
  }
}

/** ZR extended is ZR moved: Go's assembler writes it so. */
export function extensionEncoder(base: number): Encode {
  const others = oneEncoder(base);
  const fromZr = wordsEncoder((instruction) => [0x2a1f03e0 | new At(instruction, 1).register()]);
  return (instruction, at) => (new At(instruction, 0).isZr ? fromZr : others)(instruction, at);
}

// ---- checksums: CRC32B Rm, Rn, Rd takes the checksum so far from Rn and adds the bytes of Rm

function checksum(crc: bigint, data: bigint, bytes: number, polynomial: bigint): bigint {
  let left = crc;
  for (let i = 0; i < bytes; i++) {
    left ^= (data >> BigInt(8 * i)) & 0xffn;
    for (let bit = 0; bit < 8; bit++) left = (left & 1n) === 1n ? (left >> 1n) ^ polynomial : left >> 1n;
  }
  return left;
}

for (const [c, polynomial, first] of [
  ['', 0xedb88320n, 16],
  ['C', 0x82f63b78n, 20],
] as const) {
  for (const [i, [letter, bytes]] of (
    [
      ['B', 1],
      ['H', 2],
      ['W', 4],
      ['X', 8],
    ] as const
  ).entries())
    // prettier-ignore
    BITS[`CRC32${c}${letter}`] = row(
      ['g g', 'g r g'],
      8,
      registersEncoder((bytes === 8 ? 0x80000000 : 0) | 0x1ac00000 | ((first + i) << 10)),
      three(8, (_, crc, data) => checksum(crc & 0xffffffffn, data, bytes, polynomial)),
    );
}
