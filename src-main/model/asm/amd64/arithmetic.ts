/** amd64: addition, subtraction, logic, comparison, and moves of a whole operand. Semantics: Intel's manual. */
import { type CpuPort, reader, writer } from '../access';
import { additionFlags, type FlagName, logicFlags, MASK, type Size, subtractionFlags } from '../flags';
import type { Operand } from '../listing';
import { arithmetic, comparison, exchange, fromRegister, move, sized, test } from './encode';
import { type Prepare, row, sizedForms, SIZES, type Table } from './rows';

export const ARITHMETIC_ROWS: Table = {};

/** The result goes nowhere or somewhere; the flags are set once it could be written. */
const ARITHMETIC: Record<
  string,
  {
    operation: number;
    value: (cpu: CpuPort, a: bigint, b: bigint) => bigint;
    flags: (cpu: CpuPort, a: bigint, b: bigint, size: Size) => ReturnType<typeof logicFlags>;
  }
> = {
  ADD: { operation: 0, value: (_, a, b) => a + b, flags: (_, a, b, size) => additionFlags(a, b, 0n, size) },
  ADC: {
    operation: 2,
    value: (cpu, a, b) => a + b + bit(cpu, 'CF'),
    flags: (cpu, a, b, size) => additionFlags(a, b, bit(cpu, 'CF'), size),
  },
  SUB: { operation: 5, value: (_, a, b) => a - b, flags: (_, a, b, size) => subtractionFlags(a, b, 0n, size) },
  SBB: {
    operation: 3,
    value: (cpu, a, b) => a - b - bit(cpu, 'CF'),
    flags: (cpu, a, b, size) => subtractionFlags(a, b, bit(cpu, 'CF'), size),
  },
  AND: { operation: 4, value: (_, a, b) => a & b, flags: (_, a, b, size) => logicFlags(a & b, size) },
  OR: { operation: 1, value: (_, a, b) => a | b, flags: (_, a, b, size) => logicFlags(a | b, size) },
  XOR: { operation: 6, value: (_, a, b) => a ^ b, flags: (_, a, b, size) => logicFlags(a ^ b, size) },
};

const bit = (cpu: CpuPort, flag: FlagName): bigint => (cpu.flag(flag) ? 1n : 0n);

for (const [name, { operation, value, flags }] of Object.entries(ARITHMETIC)) {
  for (const [letter, size] of SIZES) {
    ARITHMETIC_ROWS[name + letter] = row(sizedForms(['rmi r', 'ri m'], size), size, arithmetic(size, operation), ([from, to], site) => {
      const [a, b, write] = [reader(to, size, site), reader(from, size, site), writer(to, size, site)];
      return (cpu) => {
        const [left, right] = [a(cpu), b(cpu)];
        const set = flags(cpu, left, right, size);
        write(cpu, value(cpu, left, right) & MASK[size]);
        cpu.setFlags(set);
      };
    });
  }
}

for (const [letter, size] of SIZES) {
  // Go keeps Intel's order here: CMPQ A, B compares A with B.
  ARITHMETIC_ROWS[`CMP${letter}`] = row(sizedForms(['r rmi', 'm ri'], size), size, comparison(size), ([a, b], site) => {
    const [left, right] = [reader(a, size, site), reader(b, size, site)];
    return (cpu) => {
      cpu.setFlags(subtractionFlags(left(cpu), right(cpu), 0n, size));
    };
  });
  ARITHMETIC_ROWS[`TEST${letter}`] = row(sizedForms(['rmi r', 'ri m'], size), size, test(size), ([a, b], site) => {
    const [left, right] = [reader(a, size, site), reader(b, size, site)];
    return (cpu) => {
      cpu.setFlags(logicFlags(left(cpu) & right(cpu), size));
    };
  });
  ARITHMETIC_ROWS[`MOV${letter}`] = row(
    sizedForms(size < 4 ? ['rmi r', 'ri m'] : ['rmia r', 'ri m'], size),
    size,
    move(size),
    ([from, to], site) => {
      const [read, write] = [reader(from, size, site), writer(to, size, site)];
      return (cpu) => {
        write(cpu, read(cpu));
      };
    },
  );
  ARITHMETIC_ROWS[`XCHG${letter}`] = row(sizedForms(['r rm', 'm r'], size), size, exchange(size), ([a, b], site) => {
    // XCHGL AX, AX is the byte of the processor's NOP: it does not even clear the upper half.
    if (size > 1 && [a, b].every((each) => each?.kind === 'register' && each.name === 'AX')) return () => undefined;
    const [readA, readB, writeA, writeB] = [reader(a, size, site), reader(b, size, site), writer(a, size, site), writer(b, size, site)];
    return (cpu) => {
      const [left, right] = [readA(cpu), readB(cpu)];
      writeB(cpu, left);
      writeA(cpu, right);
    };
  });
  ARITHMETIC_ROWS[`XADD${letter}`] = row(
    sizedForms(['r rm'], size),
    size,
    fromRegister(size, [0x0f, sized(size, 0xc0)]),
    ([a, b], site) => {
      const [readA, readB, writeA, writeB] = [reader(a, size, site), reader(b, size, site), writer(a, size, site), writer(b, size, site)];
      return (cpu) => {
        const [left, right] = [readA(cpu), readB(cpu)];
        writeA(cpu, right);
        writeB(cpu, (left + right) & MASK[size]);
        cpu.setFlags(additionFlags(right, left, 0n, size));
      };
    },
  );
  ARITHMETIC_ROWS[`CMPXCHG${letter}`] = row(
    sizedForms(['r rm'], size),
    size,
    fromRegister(size, [0x0f, sized(size, 0xb0)]),
    compareAndExchange(size),
  );
}

/** If AX equals the destination, the source goes there and ZF is set; else AX gets what is there. */
function compareAndExchange(size: Size): Prepare {
  const ax: Operand = { kind: 'register', name: 'AX', part: 'whole' };
  return ([from, to], site) => {
    const [accumulator, setAccumulator] = [reader(ax, size, site), writer(ax, size, site)];
    const [source, there, put] = [reader(from, size, site), reader(to, size, site), writer(to, size, site)];
    return (cpu) => {
      const [expected, found] = [accumulator(cpu), there(cpu)];
      if (expected === found) put(cpu, source(cpu));
      else {
        // Memory is written back as it was, and must be writable; a register stays whole, its upper half too.
        if (to?.kind !== 'register') put(cpu, found);
        setAccumulator(cpu, found);
      }
      cpu.setFlags(subtractionFlags(expected, found, 0n, size));
    };
  };
}
