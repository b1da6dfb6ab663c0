/** amd64: what changes its one operand. Semantics: Intel's manual. */
import { type CpuPort, reader, writer } from '../access';
import type { logicFlags } from '../flags';
import { additionFlags, MASK, type Size, subtractionFlags } from '../flags';
import type { InstructionSpec } from '../instruction-spec';
import { oneOperand, parts, sized } from './encode';
import { type Prepare, row, sizedForms, SIZES, type Table } from './rows';

export const UNARY_ROWS: Table = {};

function unary(size: Size, carry: (cpu: CpuPort, value: bigint) => bigint): Prepare {
  return ([to], site) => {
    const [read, write] = [reader(to, size, site), writer(to, size, site)];
    return (cpu) => {
      write(cpu, carry(cpu, read(cpu)) & MASK[size]);
    };
  };
}

/** INC and DEC leave the carry alone. */
const keepCarry = ({ CF: _, ...others }: ReturnType<typeof logicFlags>): ReturnType<typeof logicFlags> => others;

for (const [letter, size] of SIZES) {
  const one = (opcode: number, extension: number, prepare: Prepare): InstructionSpec =>
    row(sizedForms(['rm'], size), size, oneOperand(size, [sized(size, opcode)], extension), prepare);
  const flagged =
    (value: (a: bigint) => bigint, flags: (a: bigint) => ReturnType<typeof logicFlags>): Prepare =>
    ([to], site) => {
      const [read, write] = [reader(to, size, site), writer(to, size, site)];
      return (cpu) => {
        const a = read(cpu);
        write(cpu, value(a) & MASK[size]);
        cpu.setFlags(flags(a));
      };
    };
  UNARY_ROWS[`NEG${letter}`] = one(
    0xf6,
    3,
    flagged(
      (a) => -a,
      (a) => subtractionFlags(0n, a, 0n, size),
    ),
  );
  UNARY_ROWS[`INC${letter}`] = one(
    0xfe,
    0,
    flagged(
      (a) => a + 1n,
      (a) => keepCarry(additionFlags(a, 1n, 0n, size)),
    ),
  );
  UNARY_ROWS[`DEC${letter}`] = one(
    0xfe,
    1,
    flagged(
      (a) => a - 1n,
      (a) => keepCarry(subtractionFlags(a, 1n, 0n, size)),
    ),
  );
  UNARY_ROWS[`NOT${letter}`] = one(
    0xf6,
    2,
    unary(size, (_, a) => ~a),
  );
}

for (const [letter, size] of SIZES.slice(2)) {
  UNARY_ROWS[`BSWAP${letter}`] = row(
    ['r'],
    size,
    parts(([to]) => ({ size, opcode: [0x0f, 0xc8], ...(to === undefined ? {} : { plus: to }) })),
    unary(size, (_, a) => swapBytes(a, size)),
  );
}

function swapBytes(value: bigint, size: Size): bigint {
  let swapped = 0n;
  for (let i = 0; i < size; i++) swapped = (swapped << 8n) | ((value >> BigInt(8 * i)) & 0xffn);
  return swapped;
}
