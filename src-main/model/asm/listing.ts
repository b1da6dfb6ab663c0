/** What a listing is once it has been read: plain data that the CPU carries out and the views show. */
import { nearest } from '../nearest-word';
import type { Arch } from './arch/index';
import type { RegisterPart } from './arch/facts';
import type { Message, ModelFault } from '../message';

/** Shift of a register operand (arm64): `R1<<3`, `R1>>3`, `R1->3` (arithmetic), `R1@>3` (rotate). */
export type ShiftKind = '<<' | '>>' | '->' | '@>';

/**
 * A place in memory: `a1+8(FP)`, `16(SP)`, `x-8(SP)` (virtual: has a name), `8(AX)(CX*4)`. The base is null for a bare address (`8(CX*4)`, `1`).
 * `hardware`: bytes to add to the hardware's stack pointer for FP and the virtual SP, which are not registers.
 */
export interface MemoryOperand {
  kind: 'memory';
  base: string | null;
  /** Where the base was written with another name: (ZR) is (RSP), but for Go not in every respect. */
  written?: string;
  offset: number;
  name: string;
  index: string | null;
  scale: number;
  /** arm64: how the index is written, `(R1)(R2<<3)` or `(R1)(R2.SXTW<<3)`, and its shift; not given: as it is. */
  extend?: 'LSL' | 'UXTW' | 'SXTW' | 'SXTX';
  shift?: number;
  hardware: number | null;
}

/** arm64: what is taken of a register before it is shifted, and whether with its sign. */
export type Extend = 'UXTB' | 'UXTH' | 'UXTW' | 'UXTX' | 'SXTB' | 'SXTH' | 'SXTW' | 'SXTX';

/** A global or function: `runtime·entersyscall(SB)`. The middle dot is a dot here, a leading one stands for the package. */
export interface SymbolOperand {
  kind: 'symbol';
  name: string;
  offset: number;
}

export type Operand =
  | { kind: 'register'; name: string; part: RegisterPart }
  | { kind: 'shifted'; name: string; shift: ShiftKind; amount: number }
  | { kind: 'extended'; name: string; extend: Extend; amount: number }
  | { kind: 'pair'; names: [string, string] }
  /** A register that only MRS and MSR reach. */
  | { kind: 'system'; name: string }
  /** `value`: what the CPU uses; the length of the instruction goes by what was written. */
  | { kind: 'immediate'; value: bigint; written: bigint }
  | MemoryOperand
  | SymbolOperand
  /** `$x-8(SP)`, `$runtime·tab(SB)`: the address, not what lies there. */
  | { kind: 'address'; of: MemoryOperand | SymbolOperand }
  | { kind: 'condition'; name: string }
  | { kind: 'label'; name: string; index: number };

export interface Instruction {
  op: string;
  /** arm64: `.W` changes the base before the access, `.P` after it. */
  suffix: '' | 'W' | 'P';
  operands: Operand[];
  /** As shown: mnemonic and operands with single spaces. */
  text: string;
  /** Distance in bytes from the routine's first instruction, as the real assembler lays it out. */
  offset: number;
  bytes: number;
  /** Those bytes, two hex digits each, as the real assembler leaves them to the linker. */
  code: string;
  /** Line in the listing, from 1. */
  line: number;
  /** True: not in the listing; the assembler adds it for the frame that TEXT asks for. */
  inserted: boolean;
}

export interface Routine {
  symbol: string;
  /** As the listing's reader was told: `amd64/syscall.s`. */
  file: string;
  arch: Arch;
  flags: string[];
  /** As TEXT says: bytes of locals. */
  frameBytes: number;
  argBytes: number;
  /** What the hardware's stack pointer is lowered by on the way in: locals and saved registers. */
  stackBytes: number;
  /** Instruction that each label stands at. */
  labels: Record<string, number>;
  instructions: Instruction[];
  /** What lies behind the code because no instruction holds it: two hex digits a byte. */
  constants: string;
  line: number;
}

/** A global variable of the listing (DATA, GLOBL). */
export interface DataSymbol {
  address: string;
  /** Contents, two hex digits a byte. */
  bytes: string;
  readOnly: boolean;
}

export interface Assembled {
  routines: Record<string, Routine>;
  data: Record<string, DataSymbol>;
}

/** What reading a listing has cost: characters, tokens and instructions looked at. Counted, so that a test can bound it on any machine. */
export interface Work {
  done: number;
}

/** More than these nobody reads; the last one says how many there were. */
const MOST_FAULTS = 100;

/** Longer words are no slip of the finger, and comparing them takes its time. */
const LONGEST_MISSPELT = 40;

export function likelyWord(word: string, known: readonly string[]): string | null {
  return word.length > LONGEST_MISSPELT ? null : nearest(word, known);
}

/** Where the readers of a listing put what they do not understand. */
export class FaultList {
  private readonly faults: ModelFault[] = [];
  private left = 0;

  constructor(private readonly file: string) {}

  get count(): number {
    return this.faults.length;
  }

  get isFull(): boolean {
    return this.faults.length >= MOST_FAULTS;
  }

  /** A suggestion that has to be looked for is looked for only while there is room on the list. */
  add(at: { line: number; column: number }, message: Message, suggestion: string | null | (() => string | null) = null): void {
    if (this.isFull) {
      this.left++;
      return;
    }
    const found = typeof suggestion === 'function' ? suggestion() : suggestion;
    this.faults.push({ file: this.file, line: at.line, column: at.column, message, suggestion: found });
  }

  /** In the listing's order. */
  all(): ModelFault[] {
    const sorted = [...this.faults].sort((a, b) => a.line - b.line || a.column - b.column);
    const last = sorted.at(-1);
    if (this.left === 0 || !last) return sorted;
    return [...sorted, { ...last, message: { key: 'moreFaults', n: this.left }, suggestion: null }];
  }
}
