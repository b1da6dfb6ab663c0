/** Instructions as bytes: what an encoder is told, and how it says that there are no such bytes. */
import type { Instruction } from './listing';
import type { Message } from '../message';

/** The operands' kinds are right, their values are not: no instruction of the processor holds them, or Go's assembler makes none. */
export class Unencodable extends Error {
  /** `operand`: which one is to blame, from 0; −1: the instruction as a whole. */
  constructor(
    readonly why: Message,
    readonly operand: number,
    readonly suggestion: string | null = null,
  ) {
    super(why.key);
  }
}

/** Where an instruction lies among the others. */
export interface Placement {
  /** Bytes from its first one to its label's instruction; 0: it has none, or nobody knows yet. */
  distance: number;
  /** A jump's long form, because the short one does not reach. */
  isLong: boolean;
  /** Bytes from the instruction's first one to a constant behind the routine's code, which is put there. */
  constantAt: (value: bigint, bytes: 4 | 8) => number;
}

/** The instruction as Go's assembler leaves it to the linker, where addresses of symbols are still 0. Throws Unencodable. */
export type Encode = (instruction: Instruction, at: Placement) => readonly number[];

/** From the lowest byte to the highest. */
export function littleEndian(value: bigint | number, bytes: number): number[] {
  const bits = BigInt.asUintN(8 * bytes, BigInt(value));
  return Array.from({ length: bytes }, (_, i) => Number((bits >> BigInt(8 * i)) & 0xffn));
}

export const hexOf = (bytes: readonly number[]): string => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
