/** Addition, subtraction, comparison and logic. Semantics: Arm's manual; names and operand order: Go's assembler. */
import { type CpuPort, reader } from '../access';
import { arm64Flags, arm64LogicFlags, type Flags, MASK, type Size } from '../flags';
import { invertedEncoder, logicEncoder, registersEncoder, sumEncoder } from './encode-sums';
import { type Prepare, row, type Table, three, two, wideBit, WIDTHS } from './rows';

export const SUMS: Table = {};

const carryOf = (cpu: CpuPort): bigint => (cpu.flag('C') ? 1n : 0n);
const not = (value: bigint, size: Size): bigint => ~value & MASK[size];

/** What is added to a, and with which carry; `operation`: bit 30 of the instruction. */
const TERMS: Record<string, { isSub: boolean; of: (b: bigint, cpu: CpuPort, size: Size) => { b: bigint; carry: bigint } }> = {
  ADD: { isSub: false, of: (b) => ({ b, carry: 0n }) },
  SUB: { isSub: true, of: (b, _, size) => ({ b: not(b, size), carry: 1n }) },
  ADC: { isSub: false, of: (b, cpu) => ({ b, carry: carryOf(cpu) }) },
  SBC: { isSub: true, of: (b, cpu, size) => ({ b: not(b, size), carry: carryOf(cpu) }) },
};

for (const [name, { isSub, of }] of Object.entries(TERMS)) {
  const takesMore = name === 'ADD' || name === 'SUB';
  const forms = takesMore ? ['giye g', 'giye r g'] : ['g g', 'g r g'];
  for (const [letter, size] of WIDTHS) {
    for (const flagged of [false, true]) {
      const operation = ((isSub ? 2 : 0) | (flagged ? 1 : 0)) as 0 | 1 | 2 | 3;
      const encode = takesMore ? sumEncoder(size === 8, operation) : registersEncoder(wideBit(size) | (operation << 29) | 0x1a000000);
      table(`${name}${flagged ? 'S' : ''}${letter}`, forms, size, encode, flagged, of);
    }
  }
}

function table(
  name: string,
  forms: readonly string[],
  size: Size,
  encode: ReturnType<typeof registersEncoder>,
  flagged: boolean,
  of: (b: bigint, cpu: CpuPort, size: Size) => { b: bigint; carry: bigint },
): void {
  SUMS[name] = row(
    forms,
    size,
    encode,
    three(size, (cpu, a, right) => {
      const { b, carry } = of(right, cpu, size);
      if (flagged) cpu.setFlags(arm64Flags(a, b, carry, size));
      return a + b + carry;
    }),
  );
}

/** By bits 29 and 30 of the instruction; `inverts`: b goes in inverted. */
const LOGIC: Record<string, { operation: 0 | 1 | 2 | 3; inverts: boolean; of: (a: bigint, b: bigint) => bigint }> = {
  AND: { operation: 0, inverts: false, of: (a, b) => a & b },
  ORR: { operation: 1, inverts: false, of: (a, b) => a | b },
  EOR: { operation: 2, inverts: false, of: (a, b) => a ^ b },
  ANDS: { operation: 3, inverts: false, of: (a, b) => a & b },
  BIC: { operation: 0, inverts: true, of: (a, b) => a & ~b },
  ORN: { operation: 1, inverts: true, of: (a, b) => a | ~b },
  EON: { operation: 2, inverts: true, of: (a, b) => a ^ ~b },
  BICS: { operation: 3, inverts: true, of: (a, b) => a & ~b },
};

for (const [name, { operation, inverts, of }] of Object.entries(LOGIC)) {
  for (const [letter, size] of WIDTHS) {
    SUMS[name + letter] = row(
      ['gix g', 'gix r g'],
      size,
      logicEncoder(size === 8, operation, inverts),
      three(size, (cpu, a, b) => {
        const result = of(a, b) & MASK[size];
        if (operation === 3) cpu.setFlags(arm64LogicFlags(result, size));
        return result;
      }),
    );
  }
}

function comparison(size: Size, flags: (a: bigint, b: bigint) => Flags): Prepare {
  return ([b, a], site) => {
    const [left, right] = [reader(a, size, site), reader(b, size, site)];
    return (cpu) => {
      cpu.setFlags(flags(left(cpu), right(cpu)));
    };
  };
}

for (const [letter, size] of WIDTHS) {
  const is64 = size === 8;
  SUMS[`CMP${letter}`] = row(
    ['giye r'],
    size,
    sumEncoder(is64, 3, false),
    comparison(size, (a, b) => arm64Flags(a, not(b, size), 1n, size)),
  );
  SUMS[`CMN${letter}`] = row(
    ['giye r'],
    size,
    sumEncoder(is64, 1, false),
    comparison(size, (a, b) => arm64Flags(a, b, 0n, size)),
  );
  SUMS[`TST${letter}`] = row(
    ['gix r'],
    size,
    logicEncoder(is64, 3, false, false),
    comparison(size, (a, b) => arm64LogicFlags(a & b, size)),
  );
  for (const flagged of [false, true]) {
    const flags = flagged ? 1 << 29 : 0;
    SUMS[`NEG${flagged ? 'S' : ''}${letter}`] = row(
      ['gy g'],
      size,
      invertedEncoder(wideBit(size) | 0x4b000000 | flags, is64, false),
      two(size, (cpu, value) => {
        if (flagged) cpu.setFlags(arm64Flags(0n, not(value, size), 1n, size));
        return -value;
      }),
    );
    // −a with the borrow that the carry keeps.
    SUMS[`NGC${flagged ? 'S' : ''}${letter}`] = row(
      ['g g'],
      size,
      invertedEncoder(wideBit(size) | 0x5a000000 | flags, is64, false),
      two(size, (cpu, value) => {
        const carry = carryOf(cpu);
        if (flagged) cpu.setFlags(arm64Flags(0n, not(value, size), carry, size));
        return not(value, size) + carry;
      }),
    );
  }
  SUMS[`MVN${letter}`] = row(
    ['gx g'],
    size,
    invertedEncoder(wideBit(size) | 0x2a200000, is64, true),
    two(size, (_, value) => ~value),
  );
}
