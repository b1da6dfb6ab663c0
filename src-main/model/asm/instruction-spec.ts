/** What the table of instructions says about one of them. The tables themselves: amd64.ts and arm64.ts. */
import type { CpuPort, Site } from './access';
import type { Size } from './flags';
import type { Encode } from './encoding';
import type { Operand } from './listing';
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

/** How far a jump's short form reaches, and how long the form is that reaches everything; null: there is none. */
export interface Reach {
  least: number;
  most: number;
  /** Of the jump: where its distance is measured from. */
  from: 'start' | 'end';
  longBytes: number | null;
}

export interface InstructionSpec {
  /**
   * Permitted operands, one string a form, one word an operand, one letter a kind: r register, g the same or $0 in ZR's place (arm64),
   * b byte register, C the shift count CX, m memory, n memory without a name, i immediate, z immediate 0, a address ($x(FP)), l label or
   * distance 2(PC), L label, s function, q `(R1)` without offset or index, x and y shifted register (y: its kinds are the encoder's matter),
   * e extended register, p pair of registers, c condition, v system register. '' stands for no operands.
   */
  forms: readonly string[];
  size: Size;
  /** A bare word is a label. */
  isJump: boolean;
  /** Its bytes as Go's assembler makes them; of a jump: its short form, unless told otherwise. */
  encode: Encode;
  /** null: no label, or one that is never too far. */
  reach: Reach | null;
  /** What an immediate may be, both ends included; null: any 64 bits, or the encoder asks. */
  range: readonly [bigint, bigint] | null;
  /** arm64: `.W` and `.P` are permitted. */
  mayChangeBase: boolean;
  prepare: (operands: readonly Operand[], site: Site) => Carry;
}

const KINDS: Record<Operand['kind'], string> = {
  register: 'rbg',
  shifted: 'xy',
  extended: 'e',
  pair: 'p',
  system: 'v',
  immediate: 'i',
  memory: 'mn',
  symbol: 'ms',
  address: 'a',
  condition: 'c',
  label: 'lL',
};

/** Whether an operand is of one of the kinds that `letters` name. */
export function fits(operand: Operand, letters: string): boolean {
  if (operand.kind === 'register') {
    if (letters.includes('b')) return true;
    if (letters.includes('C') && operand.name === 'CX' && operand.part !== 'high') return true;
    return /[rg]/.test(letters) && operand.part === 'whole';
  }
  if (operand.kind === 'memory' && operand.name !== '') return letters.includes('m');
  if (operand.kind === 'memory' && letters.includes('q'))
    return operand.base !== null && operand.hardware === null && operand.name === '' && operand.offset === 0 && operand.index === null;
  if (operand.kind === 'immediate' && !letters.includes('i') && /[zg]/.test(letters)) return operand.value === 0n;
  if (operand.kind === 'memory' && operand.base === 'PC') return letters.includes('l');
  return [...KINDS[operand.kind]].some((letter) => letters.includes(letter));
}
