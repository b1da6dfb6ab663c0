/** Which registers and numbers an arm64 instruction can hold where. Number 31 is ZR in most places and RSP in the others. */
import { type Encode, littleEndian, type Placement, Unencodable } from '../encoding';
import type { Instruction, MemoryOperand, Operand } from '../listing';
import type { Message } from '../../message';

/** The assembler's own register, through which go constants and offsets that no instruction holds. */
export const SCRATCH = 27;
const WIDE = 31;

const PLAIN: Message = { key: 'plainRegister' };
const WITH_SP: Message = { key: 'registerOrSp' };

export const wordsEncoder =
  (words: (instruction: Instruction, at: Placement) => readonly number[]): Encode =>
  (instruction, at) =>
    words(instruction, at).flatMap((word) => littleEndian(word >>> 0, 4));

export function shownOperand(operand: Operand | undefined): string {
  switch (operand?.kind) {
    case 'register':
      return operand.name === 'R28' ? 'g' : operand.name;
    case 'immediate':
      return `$${BigInt.asIntN(64, operand.value)}`;
    case 'shifted':
      return `${operand.name}${operand.shift}${operand.amount}`;
    case 'extended':
      return `${operand.name}.${operand.extend}<<${operand.amount}`;
    default:
      return operand?.kind ?? '';
  }
}

/** One operand of an instruction, with its place, for messages. */
export class At {
  constructor(
    readonly instruction: Instruction,
    readonly index: number,
  ) {}

  get operand(): Operand | undefined {
    return this.instruction.operands[this.index];
  }

  refuse(why: Message, suggestion: string | null = null): never {
    throw new Unencodable(why, this.index, suggestion);
  }

  private wrong(expected: Message, found: string): never {
    return this.refuse({ key: 'wrongOperand', op: this.instruction.op, n: this.index + 1, found, expected: [expected] });
  }

  /** R0 to R30 and ZR, as which $0 passes; never RSP. */
  register(): number {
    const { operand } = this;
    if (isZero(operand)) return WIDE;
    if (operand?.kind !== 'register') return this.wrong(PLAIN, shownOperand(operand));
    return plainNumber(operand.name) ?? this.wrong(PLAIN, operand.name);
  }

  /** R0 to R30 and RSP, never ZR. */
  registerOrSp(): number {
    const { operand } = this;
    if (isZero(operand)) return this.wrong(WITH_SP, 'ZR');
    if (operand?.kind !== 'register') return this.wrong(WITH_SP, shownOperand(operand));
    return spNumber(operand.name) ?? this.wrong(WITH_SP, operand.name);
  }

  /** A number of so many bits, without its sign. */
  within(least: bigint, most: bigint): bigint {
    const { operand } = this;
    const value = operand?.kind === 'immediate' ? BigInt.asIntN(64, operand.value) : 0n;
    if (value < least || value > most) this.refuse({ key: 'immediateRange', value, least, most });
    return value;
  }

  /** The same of the lowest 32 bits alone, with their sign: what Go's assembler looks at where a count or a bit is meant. */
  countWithin(most: bigint): bigint {
    const { operand } = this;
    const value = operand?.kind === 'immediate' ? BigInt.asIntN(32, operand.value) : 0n;
    if (value < 0n || value > most) this.refuse({ key: 'immediateRange', value, least: 0n, most });
    return value;
  }

  isRegister(name: string): boolean {
    return this.operand?.kind === 'register' && this.operand.name === name;
  }

  get isSp(): boolean {
    return this.isRegister('RSP');
  }

  /** ZR, or $0 in its place. */
  get isZr(): boolean {
    return this.isRegister('ZR') || isZero(this.operand);
  }

  /** What a constant has overwritten by the time that it is read. */
  notScratch(): void {
    if (this.isRegister('R27')) this.refuse({ key: 'scratchRegister' });
  }
}

export const isZero = (operand: Operand | undefined): boolean => operand?.kind === 'immediate' && operand.value === 0n;

export function plainNumber(name: string): number | null {
  if (name === 'ZR') return WIDE;
  return name === 'RSP' ? null : Number(name.slice(1));
}

export function spNumber(name: string): number | null {
  if (name === 'RSP') return WIDE;
  return name === 'ZR' ? null : Number(name.slice(1));
}

/** A place's base as the processor has it, and the distance from there. */
export function basePlus(memory: MemoryOperand): { base: number; offset: number; isSp: boolean } {
  if (memory.hardware !== null) return { base: WIDE, offset: memory.offset + memory.hardware, isSp: true };
  const base = spNumber(memory.base ?? 'RSP') ?? WIDE;
  return { base, offset: memory.offset, isSp: base === WIDE };
}

export const CONDITION_NUMBERS: Readonly<Record<string, number>> = {
  EQ: 0,
  NE: 1,
  CS: 2,
  HS: 2,
  CC: 3,
  LO: 3,
  MI: 4,
  PL: 5,
  VS: 6,
  VC: 7,
  HI: 8,
  LS: 9,
  GE: 10,
  LT: 11,
  GT: 12,
  LE: 13,
  AL: 14,
  NV: 15,
};
