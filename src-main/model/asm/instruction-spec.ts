/** What the table of instructions says about one of them. The tables themselves: amd64.ts and arm64.ts. */
import type { CpuPort, Site } from './access';
import type { Size } from './flags';
import type { Operand, Routine } from './listing';
import type { Signal } from './signals';
import type { Message } from '../message';

export type Effect =
  | { kind: 'next' }
  | { kind: 'jump'; index: number }
  | { kind: 'call'; symbol: string; returnIndex: number }
  /** A jump to another routine, which returns to this one's caller. */
  | { kind: 'tail'; symbol: string }
  | { kind: 'ret' }
  | { kind: 'syscall' }
  | { kind: 'fault'; reason: Message; line: number; signal: Signal };

/** Where control goes after an instruction that decides it itself; null: to the next one. */
export type Turn =
  | { kind: 'label'; index: number }
  | { kind: 'call'; address: bigint }
  | { kind: 'goto'; address: bigint }
  | { kind: 'ret' }
  | { kind: 'syscall' }
  | null;

export type Carry = (cpu: CpuPort) => Turn;

export interface InstructionSpec {
  /**
   * Permitted operands, one string a form, one word an operand, one letter a kind: r register, b byte register, C the shift count CX,
   * m memory, i immediate, z immediate 0, a address ($x(FP)), l label, s function, q `(R1)` without offset or index, x shifted register, y the same but not rotated,
   * p pair of registers, c condition. '' stands for no operands.
   */
  forms: readonly string[];
  size: Size;
  /** A bare word is a label. */
  isJump: boolean;
  /** Length in bytes as Go's assembler encodes it; of a jump: its short form. */
  bytes: (operands: readonly Operand[], routine: Routine) => number;
  /** Length of a jump that its short form does not reach. */
  longBytes: number;
  /** What an immediate may be, both ends included; null: any 64 bits. */
  range: readonly [bigint, bigint] | null;
  /** arm64: `.W` and `.P` are permitted. */
  mayChangeBase: boolean;
  prepare: (operands: readonly Operand[], site: Site) => Carry;
}

const KINDS: Record<Operand['kind'], string> = {
  register: 'rb',
  shifted: 'x',
  pair: 'p',
  immediate: 'i',
  memory: 'm',
  symbol: 'ms',
  address: 'a',
  condition: 'c',
  label: 'l',
};

/** Whether an operand is of one of the kinds that `letters` name. */
export function fits(operand: Operand, letters: string): boolean {
  if (operand.kind === 'register') {
    if (letters.includes('b')) return true;
    if (letters.includes('C') && operand.name === 'CX' && operand.part !== 'high') return true;
    return letters.includes('r') && operand.part === 'whole';
  }
  if (operand.kind === 'shifted' && letters.includes('y')) return operand.shift !== '@>';
  if (operand.kind === 'memory' && letters.includes('q'))
    return operand.base !== null && operand.hardware === null && operand.name === '' && operand.offset === 0 && operand.index === null;
  if (operand.kind === 'immediate' && letters.includes('z')) return operand.value === 0n;
  if (operand.kind === 'memory' && operand.base === 'PC') return letters.includes('l');
  return [...KINDS[operand.kind]].some((letter) => letters.includes(letter));
}
