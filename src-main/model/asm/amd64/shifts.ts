/** amd64: shifts and rotations. Semantics: Intel's manual. */
import { reader, writer } from '../access';
import { logicFlags, MASK, type Size, TOP } from '../flags';
import { shift } from './encode';
import { COUNT_RANGE, row, sizedForms, SIZES, type Table } from './rows';

export const SHIFT_ROWS: Table = {};

interface Shifted {
  result: bigint;
  CF: boolean;
  /** Defined by the manual for a count of 1 only; for others as measured. */
  OF: boolean;
}

function shiftLeft(a: bigint, count: number, size: Size): Shifted {
  const wide = a << BigInt(count);
  const result = wide & MASK[size];
  const CF = (wide & (MASK[size] + 1n)) !== 0n;
  return { result, CF, OF: ((result & TOP[size]) !== 0n) !== CF };
}

function shiftRight(a: bigint, count: number, size: Size): Shifted {
  const before = a >> BigInt(count - 1);
  return {
    result: before >> 1n,
    CF: (before & 1n) === 1n,
    OF: ((before ^ (before >> 1n)) & TOP[size]) !== 0n || (count === 1 && (a & TOP[size]) !== 0n),
  };
}

function shiftArithmetic(a: bigint, count: number, size: Size): Shifted {
  const before = BigInt.asIntN(size * 8, a) >> BigInt(count - 1);
  return { result: (before >> 1n) & MASK[size], CF: (before & 1n) === 1n, OF: false };
}

/** With the number of the operation. */
const SHIFTS: Record<string, readonly [number, typeof shiftLeft]> = {
  SHL: [4, shiftLeft],
  SAL: [4, shiftLeft],
  SHR: [5, shiftRight],
  SAR: [7, shiftArithmetic],
};

function rotateLeft(a: bigint, count: number, size: Size): Shifted {
  const by = BigInt(count % (size * 8));
  const result = ((a << by) | (a >> (BigInt(size * 8) - by))) & MASK[size];
  const CF = (result & 1n) === 1n;
  return { result, CF, OF: ((result & TOP[size]) !== 0n) !== CF };
}

function rotateRight(a: bigint, count: number, size: Size): Shifted {
  const { result } = rotateLeft(a, size * 8 - (count % (size * 8)), size);
  const CF = (result & TOP[size]) !== 0n;
  return { result, CF, OF: CF !== ((result & (TOP[size] >> 1n)) !== 0n) };
}

const ROTATIONS: Record<string, readonly [number, typeof shiftLeft]> = { ROL: [0, rotateLeft], ROR: [1, rotateRight] };

for (const [letter, size] of SIZES) {
  const limit = size === 8 ? 63n : 31n;
  const forms = sizedForms(['iC rm'], size);
  for (const [name, [operation, compute]] of [...Object.entries(SHIFTS), ...Object.entries(ROTATIONS)]) {
    const isRotation = Object.hasOwn(ROTATIONS, name);
    SHIFT_ROWS[name + letter] = row(
      forms,
      size,
      shift(size, operation),
      ([by, to], site) => {
        const [count, read, write] = [reader(by, 1, site), reader(to, size, site), writer(to, size, site)];
        return (cpu) => {
          const amount = Number(count(cpu) & limit);
          const value = read(cpu);
          if (amount === 0) {
            write(cpu, value);
            return;
          }
          const { result, CF, OF } = compute(value, amount, size);
          write(cpu, result);
          cpu.setFlags(isRotation ? { CF, OF } : { ...logicFlags(result, size), CF, OF });
        };
      },
      COUNT_RANGE,
    );
  }
}
