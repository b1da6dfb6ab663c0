/** What the rows of arm64's table of instructions are made of. */
import { type CpuPort, reader, type Site, writer } from '../access';
import type { Encode } from '../encoding';
import { MASK, type Size } from '../flags';
import type { Carry, InstructionSpec, Turn } from '../instruction-spec';
import type { Operand } from '../listing';

export type Table = Record<string, InstructionSpec>;
export type Does = (cpu: CpuPort) => void;
export type Prepare = (operands: readonly Operand[], site: Site) => Does;

/** Ending of the name, bytes of the registers. */
export const WIDTHS: readonly (readonly [string, Size])[] = [
  ['', 8],
  ['W', 4],
];

/** Bit 31: 64-bit registers. */
export const wideBit = (size: Size): number => (size === 8 ? 0x80000000 : 0);

/** An instruction after which comes the next one. */
export function row(forms: readonly string[], size: Size, encode: Encode, prepare: Prepare, mayChangeBase = false): InstructionSpec {
  const carry: InstructionSpec['prepare'] = (operands, site): Carry => {
    const does = prepare(operands, site);
    return (cpu) => {
      does(cpu);
      return null;
    };
  };
  return { forms, size, isJump: false, encode, reach: null, range: null, mayChangeBase, prepare: carry };
}

/** An instruction that says itself where control goes. */
export function turnRow(
  forms: readonly string[],
  isJump: boolean,
  encode: Encode,
  prepare: InstructionSpec['prepare'],
  reach: InstructionSpec['reach'] = null,
): InstructionSpec {
  return { forms, size: 8, isJump, encode, reach, range: null, mayChangeBase: false, prepare };
}

/** op b, a, d makes d = a op b; with two operands, d is a. */
export function three(size: Size, compute: (cpu: CpuPort, a: bigint, b: bigint) => bigint): Prepare {
  return (operands, site) => {
    const [b, a, to] = operands.length === 3 ? operands : [operands[0], operands[1], operands[1]];
    const [left, right, write] = [reader(a, size, site), reader(b, size, site), writer(to, size, site)];
    return (cpu) => {
      write(cpu, compute(cpu, left(cpu), right(cpu)) & MASK[size]);
    };
  };
}

/** op a, d makes d from a. */
export function two(size: Size, compute: (cpu: CpuPort, a: bigint) => bigint, from: Size = size): Prepare {
  return ([a, to], site) => {
    const [read, write] = [reader(a, from, site), writer(to, size, site)];
    return (cpu) => {
      write(cpu, compute(cpu, read(cpu)) & MASK[size]);
    };
  };
}

export function labelTurn(target: Operand | undefined): Turn {
  if (target?.kind !== 'label') throw new Error('a jump without a label');
  return { kind: 'label', index: target.index };
}

export const signed = (value: bigint, size: Size): bigint => BigInt.asIntN(size * 8, value);
