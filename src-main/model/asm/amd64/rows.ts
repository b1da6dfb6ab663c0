/** What the rows of amd64's table of instructions are made of. */
import type { CpuPort, Site } from '../access';
import type { Encode } from '../encoding';
import type { Size } from '../flags';
import type { Carry, InstructionSpec, Reach, Turn } from '../instruction-spec';
import type { Operand } from '../listing';

export type Table = Record<string, InstructionSpec>;
export type Does = (cpu: CpuPort) => void;
export type Prepare = (operands: readonly Operand[], site: Site) => Does;

export const SIZES: readonly (readonly [string, Size])[] = [
  ['B', 1],
  ['W', 2],
  ['L', 4],
  ['Q', 8],
];

/** 32 bits, signed or not; a move into a 64-bit register alone takes more. */
const WORD_RANGE = [-0x80000000n, 0xffffffffn] as const;
export const COUNT_RANGE = [0n, 255n] as const;
export const BIT_RANGE = [-128n, 127n] as const;

/** An instruction after which comes the next one. */
export function row(
  forms: readonly string[],
  size: Size,
  encode: Encode,
  prepare: Prepare,
  range: InstructionSpec['range'] = WORD_RANGE,
): InstructionSpec {
  const carry: InstructionSpec['prepare'] = (operands, site): Carry => {
    const does = prepare(operands, site);
    return (cpu) => {
      does(cpu);
      return null;
    };
  };
  return { forms, size, isJump: false, encode, reach: null, range, mayChangeBase: false, prepare: carry };
}

/** An instruction that says itself where control goes; with a reach it is a jump. */
export function turnRow(
  forms: readonly string[],
  encode: Encode,
  prepare: InstructionSpec['prepare'],
  reach: Reach | null = null,
): InstructionSpec {
  return { forms, size: 8, isJump: reach !== null, encode, reach, range: null, mayChangeBase: false, prepare };
}

/** A short jump's distance is a byte, counted from its end. */
export const reach = (longBytes: number | null): Reach => ({ least: -128, most: 127, from: 'end', longBytes });

/** Registers of a form; byte instructions take AL, AH and their like as well. */
export const sizedForms = (forms: readonly string[], size: Size): string[] =>
  size === 1 ? forms.map((form) => form.replaceAll('r', 'b')) : [...forms];

export const REGISTER = (name: string): Operand => ({ kind: 'register', name, part: 'whole' });

export const signed = (value: bigint, size: Size): bigint => BigInt.asIntN(size * 8, value);

export function labelTurn(target: Operand | undefined): Turn {
  if (target?.kind !== 'label') throw new Error('a jump without a label');
  return { kind: 'label', index: target.index };
}
