/** What an architecture adds to a routine for its frame. The architectures' own: amd64-frame.ts and arm64-frame.ts. */
import type { Instruction, MemoryOperand, Operand, Routine } from '../listing';

/** An instruction that the assembler adds. */
export type Added = [op: string, suffix: Instruction['suffix'], text: string, operands: Operand[]];

export interface Frame {
  /** What the stack pointer is lowered by. */
  stackBytes: number;
  /** From the stack pointer after that to FP, and to the virtual SP. */
  toFp: number;
  toLocals: number;
  enter: Added[];
  leave: Added[];
}

/** What a routine keeps where, seen from FP: `stackBytes` and `frameBytes` are known by now. */
export interface FramePlaces {
  /** Registers that the assembler saves in the frame; bytes from FP. */
  saved: { name: string; offset: number }[];
  /** Bytes from the virtual SP up to FP. */
  toLocals: number;
}

export type FrameSize = Pick<Routine, 'stackBytes' | 'frameBytes'>;

/** A frame that holds more than the locals saves registers. */
export const savesRegisters = ({ stackBytes, frameBytes }: FrameSize): boolean => stackBytes !== Math.max(0, frameBytes);

export const register = (name: string): Operand => ({ kind: 'register', name, part: 'whole' });
export const constant = (value: number): Operand => ({ kind: 'immediate', value: BigInt(value), written: BigInt(value) });
export const slot = (base: string, offset: number): MemoryOperand => ({
  kind: 'memory',
  base,
  offset,
  name: '',
  index: null,
  scale: 1,
  hardware: null,
});
