/** amd64: multiplication and division. Semantics: Intel's manual. */
import { type CpuPort, type Read, reader, type Site, writer } from '../access';
import type { Encode } from '../encoding';
import { type FlagName, MASK, type Size } from '../flags';
import type { InstructionSpec } from '../instruction-spec';
import type { Operand } from '../listing';
import { CpuFault } from '../signals';
import { intoRegister, isByte, oneOperand, type Parts, parts, sized, wide, written } from './encode';
import { type Does, type Prepare, REGISTER, row, signed, sizedForms, SIZES, type Table } from './rows';

export const PRODUCT_ROWS: Table = {};

for (const [letter, size] of SIZES) {
  const bits = BigInt(size * 8);
  const one = (operation: number, prepare: Prepare): InstructionSpec =>
    row(sizedForms(['rm'], size), size, oneOperand(size, [sized(size, 0xf6)], operation), prepare);
  /** The double-wide result: DX and AX, or AH and AL. */
  const halves = (site: Site): { low: Read; high: Read; put: (cpu: CpuPort, low: bigint, high: bigint) => void } => {
    const high: Operand = size === 1 ? { kind: 'register', name: 'AX', part: 'high' } : REGISTER('DX');
    const [putLow, putHigh] = [writer(REGISTER('AX'), size, site), writer(high, size, site)];
    return {
      low: reader(REGISTER('AX'), size, site),
      high: reader(high, size, site),
      put: (cpu, a, b) => {
        putLow(cpu, a & MASK[size]);
        putHigh(cpu, b & MASK[size]);
      },
    };
  };
  const multiply =
    (isSigned: boolean): Prepare =>
    ([from], site) => {
      const [read, { low, put }] = [reader(from, size, site), halves(site)];
      return (cpu) => {
        const [a, b] = [low(cpu), read(cpu)];
        const product = isSigned ? signed(a, size) * signed(b, size) : a * b;
        put(cpu, product, product >> bits);
        const isWide = isSigned ? signed(product & MASK[size], size) !== product : product > MASK[size];
        cpu.setFlags(productFlags(isWide));
      };
    };
  const divide =
    (isSigned: boolean): Prepare =>
    ([from], site) => {
      const [read, { low, high, put }] = [reader(from, size, site), halves(site)];
      return (cpu) => {
        const dividend = (high(cpu) << bits) | low(cpu);
        const divisor = read(cpu);
        if (divisor === 0n) throw new CpuFault('SIGFPE', 1, null, { key: 'divisionByZero' });
        const [a, b] = isSigned ? [BigInt.asIntN(size * 16, dividend), signed(divisor, size)] : [dividend, divisor];
        const quotient = a / b;
        const isTooBig = isSigned ? signed(quotient & MASK[size], size) !== quotient : quotient > MASK[size];
        if (isTooBig) throw new CpuFault('SIGFPE', 1, null, { key: 'quotientTooLarge' });
        put(cpu, quotient, a % b);
      };
    };
  PRODUCT_ROWS[`MUL${letter}`] = one(4, multiply(false));
  PRODUCT_ROWS[`DIV${letter}`] = one(6, divide(false));
  PRODUCT_ROWS[`IDIV${letter}`] = one(7, divide(true));
  const wideOne = one(5, multiply(true));
  if (size === 1) {
    PRODUCT_ROWS.IMULB = wideOne;
    continue;
  }
  const into = (to: Operand | undefined, a: Read, b: Read, site: Site): Does => {
    const write = writer(to, size, site);
    return (cpu) => {
      const product = signed(a(cpu), size) * signed(b(cpu), size);
      write(cpu, product & MASK[size]);
      cpu.setFlags(productFlags(signed(product & MASK[size], size) !== product));
    };
  };
  PRODUCT_ROWS[`IMUL${letter}`] = row(['rm', 'rmi r'], size, product(size), (operands, site) => {
    const [from, to] = operands;
    if (!to) return multiply(true)(operands, site);
    return into(to, reader(to, size, site), reader(from, size, site), site);
  });
  PRODUCT_ROWS[`IMUL3${letter}`] = row(['i rm r'], size, productOfThree(size), ([factor, from, to], site) =>
    into(to, reader(from, size, site), reader(factor, size, site), site),
  );
}

function byFactor(size: Size, factor: Operand | undefined, from: Operand | undefined, to: Operand | undefined): Parts {
  const isShort = isByte(written(factor));
  return {
    size,
    opcode: [isShort ? 0x6b : 0x69],
    immediate: wide(factor, isShort ? 1 : size),
    ...(from === undefined ? {} : { rm: from }),
    ...(to === undefined ? {} : { reg: to }),
  };
}

function productOfThree(size: Size): Encode {
  return parts(([factor, from, to]) => byFactor(size, factor, from, to));
}

function product(size: Size): Encode {
  const [one, two] = [oneOperand(size, [0xf7], 5), intoRegister(size, [0x0f, 0xaf])];
  const immediate = parts(([factor, to]) => byFactor(size, factor, to, to));
  return (instruction, at) => {
    const { operands } = instruction;
    if (operands.length === 1) return one(instruction, at);
    return (operands[0]?.kind === 'immediate' ? immediate : two)(instruction, at);
  };
}

/** CF and OF: the upper half says something. The others are undefined by the manual, and left alone by the measured processor. */
function productFlags(isWide: boolean): Partial<Record<FlagName, boolean>> {
  return { CF: isWide, OF: isWide };
}
