/** Multiplication and division: dividing by 0 gives 0 here, without a fault. Semantics: Arm's manual; names: Go's assembler. */
import { reader, writer } from '../access';
import { MASK, type Size } from '../flags';
import { At, SCRATCH, wordsEncoder } from './classes';
import { registersEncoder } from './encode-sums';
import { row, signed, type Table, three, wideBit, WIDTHS } from './rows';

export const PRODUCTS: Table = {};

const quotient = (a: bigint, b: bigint): bigint => (b === 0n ? 0n : a / b);

type Compute = (a: bigint, b: bigint, size: Size) => bigint;
const MADD = 0x1b000000;
const SUBTRACTS = 1 << 15;
/** The third source of MADD where there is none: ZR. */
const NO_SUM = 31 << 10;

const PLAIN: Record<string, { base: number; compute: Compute }> = {
  MUL: { base: MADD | NO_SUM, compute: (a, b) => a * b },
  MNEG: { base: MADD | SUBTRACTS | NO_SUM, compute: (a, b) => -(a * b) },
  UDIV: { base: 0x1ac00800, compute: quotient },
  SDIV: { base: 0x1ac00c00, compute: (a, b, size) => quotient(signed(a, size), signed(b, size)) },
};

for (const [name, { base, compute }] of Object.entries(PLAIN)) {
  for (const [letter, size] of WIDTHS)
    PRODUCTS[name + letter] = row(
      ['g g', 'g r g'],
      size,
      registersEncoder(wideBit(size) | base),
      three(size, (_, a, b) => compute(a, b, size)),
    );
}

/** Go's assembler makes two instructions of a remainder, over R27, where the quotient stays; with the divisor 0 the dividend is left. */
const REMAINDERS: Record<string, { divide: number; take: (value: bigint, size: Size) => bigint }> = {
  REM: { divide: 0x1ac00c00, take: signed },
  UREM: { divide: 0x1ac00800, take: (value) => value },
};

for (const [name, { divide, take }] of Object.entries(REMAINDERS)) {
  for (const [letter, size] of WIDTHS)
    PRODUCTS[name + letter] = row(
      ['g g', 'g r g'],
      size,
      wordsEncoder((instruction) => {
        const last = instruction.operands.length - 1;
        const [m, n, d] = [0, 1, last].map((i) => new At(instruction, i).register()) as [number, number, number];
        return [
          (wideBit(size) | divide | (m << 16) | (n << 5) | SCRATCH) >>> 0,
          (wideBit(size) | MADD | SUBTRACTS | (m << 16) | (n << 10) | (SCRATCH << 5) | d) >>> 0,
        ];
      }),
      three(size, (cpu, a, b) => {
        const times = quotient(take(a, size), take(b, size));
        cpu.setReg(`R${SCRATCH}`, times & MASK[size]);
        return a - times * take(b, size);
      }),
    );
}

const unsigned = (value: bigint): bigint => BigInt.asUintN(32, value);
const signed32 = (value: bigint): bigint => BigInt.asIntN(32, value);

/** 32 bits by 32 bits into 64: how a register is taken, bits 21 to 23. */
const LONG: readonly (readonly [string, (value: bigint) => bigint, number])[] = [
  ['S', signed32, 1],
  ['U', unsigned, 5],
];

for (const [letter, take, kind] of LONG) {
  const base = 0x80000000 | MADD | (kind << 21);
  PRODUCTS[`${letter}MULL`] = row(
    ['g g', 'g r g'],
    8,
    registersEncoder(base | NO_SUM),
    three(8, (_, a, b) => take(a) * take(b)),
  );
  PRODUCTS[`${letter}MNEGL`] = row(
    ['g g', 'g r g'],
    8,
    registersEncoder(base | SUBTRACTS | NO_SUM),
    three(8, (_, a, b) => -(take(a) * take(b))),
  );
  PRODUCTS[`${letter}MADDL`] = sumOfProduct(base, 8, 1n, take);
  PRODUCTS[`${letter}MSUBL`] = sumOfProduct(base | SUBTRACTS, 8, -1n, take);
}

/** The upper half of 64 bits by 64 bits. */
PRODUCTS.SMULH = row(
  ['g g', 'g r g'],
  8,
  registersEncoder(0x80000000 | MADD | (2 << 21) | NO_SUM),
  three(8, (_, a, b) => (signed(a, 8) * signed(b, 8)) >> 64n),
);
PRODUCTS.UMULH = row(
  ['g g', 'g r g'],
  8,
  registersEncoder(0x80000000 | MADD | (6 << 21) | NO_SUM),
  three(8, (_, a, b) => (a * b) >> 64n),
);

for (const [letter, size] of WIDTHS) {
  PRODUCTS[`MADD${letter}`] = sumOfProduct(wideBit(size) | MADD, size, 1n, (value) => value);
  PRODUCTS[`MSUB${letter}`] = sumOfProduct(wideBit(size) | MADD | SUBTRACTS, size, -1n, (value) => value);
}

/** MADD Rm, Ra, Rn, Rd: Ra plus or minus the product. */
function sumOfProduct(base: number, size: Size, sign: bigint, take: (value: bigint) => bigint): ReturnType<typeof row> {
  const encode = wordsEncoder((instruction) => {
    const [m, a, n, d] = [0, 1, 2, 3].map((i) => new At(instruction, i).register()) as [number, number, number, number];
    return [(base | (m << 16) | (a << 10) | (n << 5) | d) >>> 0];
  });
  return row(['g r r g'], size, encode, ([m, a, n, to], site) => {
    const [left, right, sum, write] = [reader(n, size, site), reader(m, size, site), reader(a, size, site), writer(to, size, site)];
    return (cpu) => {
      write(cpu, (sum(cpu) + sign * take(left(cpu)) * take(right(cpu))) & MASK[size]);
    };
  });
}
