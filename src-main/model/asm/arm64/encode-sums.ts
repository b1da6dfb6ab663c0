/** ADD, SUB, CMP, AND, ORR and their like as words: Go's assembler (cmd/internal/obj/arm64 of Go 1.19) and Arm's manual, C4.1. */
import type { Encode } from '../encoding';
import type { Instruction } from '../listing';
import { At, SCRATCH, wordsEncoder } from './classes';
import { bitPattern, isAddend, moves, oneMove, pieceOf } from './constants';

const X = 0x80000000;
const EXTENSIONS: Readonly<Record<string, number>> = { UXTB: 0, UXTH: 1, UXTW: 2, UXTX: 3, SXTB: 4, SXTH: 5, SXTW: 6, SXTX: 7 };
const SHIFTS: Readonly<Record<string, number>> = { '<<': 0, '>>': 1, '->': 2, '@>': 3 };

/** The source, the register that it meets, and where the result goes; comparisons have no result. */
interface Roles {
  from: At;
  left: At;
  to: At | null;
  /** The second of two operands is read and written. */
  isTwo: boolean;
}

function rolesOf(instruction: Instruction, hasResult: boolean): Roles {
  const at = (i: number): At => new At(instruction, i);
  const last = instruction.operands.length - 1;
  if (!hasResult) return { from: at(0), left: at(1), to: null, isTwo: false };
  return { from: at(0), left: at(last === 2 ? 1 : last), to: at(last), isTwo: last === 1 };
}

const put = (base: number, from: number, left: number, to: number): number => (base | (from << 16) | (left << 5) | to) >>> 0;

/** A constant in the class that Go's assembler gives it: one instruction, or as many as its pieces. */
function loaded(value: bigint, is64: boolean): number[] {
  const pattern = bitPattern(value, is64);
  const one = oneMove(value, is64);
  // A pattern that is also one piece goes by MOVZ, unless it is small or an addend: then ORR takes it.
  const isOrr = pattern !== null && (one === null || isAddend(is64 ? value : value & 0xffffffffn));
  if (isOrr) return [((is64 ? X : 0) | 0x32000000 | pattern | (31 << 5)) >>> 0];
  return one === null ? moves(value, is64) : [one];
}

/** A 32-bit operation whose constant has only upper bits: Go's assembler takes it for the number of a register, R0. */
export function refuseUpperHalf(from: At, kept: bigint): void {
  if (kept === 0n) from.within(-0x80000000n, 0xffffffffn);
}

/** The instructions that leave a constant in register `to`. */
export const loadConstant = (value: bigint, is64: boolean, to: number): number[] => loaded(value, is64).map((word) => (word | to) >>> 0);

/** `operation`: bits 30 (subtraction) and 29 (flags). */
export function sumEncoder(is64: boolean, operation: 0 | 1 | 2 | 3, hasResult = true): Encode {
  const wide = is64 ? X : 0;
  const setsFlags = (operation & 1) === 1;
  const mask = is64 ? (1n << 64n) - 1n : 0xffffffffn;
  return wordsEncoder((instruction) => {
    const { from, left, to, isTwo } = rolesOf(instruction, hasResult);
    const { operand } = from;
    const top = (isSub: boolean): number => wide | ((isSub ? 1 : 0) << 30) | ((setsFlags ? 1 : 0) << 29);
    const isSub = (operation & 2) !== 0;
    const plain = (): [number, number] => [left.register(), to?.register() ?? 31];
    const withSp = (): [number, number] => {
      // Where flags are set, the result's 31 is ZR.
      if (setsFlags && to?.isSp === true) to.register();
      return [left.registerOrSp(), to?.registerOrSp() ?? 31];
    };
    const usesSp = left.isSp || to?.isSp === true;
    /** Register 31 is ZR in a shifted form and RSP in an extended one. */
    const byRegister = (number: number, sub: boolean): number => {
      if (!usesSp) return put(top(sub) | 0x0b000000, number, ...plain());
      return put(top(sub) | 0x0b200000 | ((is64 ? 3 : 2) << 13), number, ...withSp());
    };
    const extended = (sub: boolean, source: At, option: number, amount: number, rest: [number, number]): number => {
      if (amount > 4) source.refuse({ key: 'amountRange', amount, most: 4 });
      return put(top(sub) | 0x0b200000 | (option << 13) | (amount << 10), shiftedNumber(source), ...rest);
    };
    switch (operand?.kind) {
      case 'shifted': {
        // Beside RSP the shift is an extension, of the whole register and by at most four.
        if (usesSp && operand.shift === '<<') return [extended(isSub, from, is64 ? 3 : 2, operand.amount, withSp())];
        const amount = checkedShift(from, is64);
        if (operand.shift === '@>') from.refuse({ key: 'noRotation', op: instruction.op });
        return [put(top(isSub) | 0x0b000000 | ((SHIFTS[operand.shift] ?? 0) << 22) | (amount << 10), shiftedNumber(from), ...plain())];
      }
      case 'extended':
        return [extended(isSub, from, EXTENSIONS[operand.extend] ?? 0, operand.amount, withSp())];
      case 'immediate': {
        if (operand.value === 0n) return [byRegister(31, isSub)];
        refuseUpperHalf(from, operand.value & mask);
        const signed = BigInt.asIntN(64, operand.value);
        const isLeast = is64 ? signed === -(1n << 63n) : BigInt.asIntN(32, signed) === -(1n << 31n);
        // Adding a negative number is subtracting a positive one, where no flag tells the difference.
        const turns = signed < 0n && !isLeast && (!setsFlags || to === null);
        const sub = turns ? !isSub : isSub;
        const value = (turns ? -signed : signed) & mask;
        const shown = BigInt.asIntN(is64 ? 64 : 32, value);
        const addend = is64 ? shown : value;
        const holds = (part: bigint): number => {
          const isHigh = (part & 0xfffn) === 0n && part !== 0n;
          return top(sub) | 0x11000000 | (isHigh ? 1 << 22 : 0) | (Number(isHigh ? part >> 12n : part) << 10);
        };
        if (isAddend(addend)) {
          const [n, d] = withSp();
          return [(holds(addend) | (n << 5) | d) >>> 0];
        }
        const isShort = oneMove(value, is64) !== null || bitPattern(value, is64) !== null;
        if (!isShort && !setsFlags && to !== null && addend >= 0n && addend <= 0xffffffn) {
          const [n, d] = withSp();
          return [(holds(addend & 0xfffn) | (n << 5) | d) >>> 0, (holds(addend & 0xfff000n) | (d << 5) | d) >>> 0];
        }
        if (!isTwo) left.notScratch();
        if (isShort || to !== null) withSp();
        else plain();
        return [...loadConstant(value, is64, SCRATCH), byRegister(SCRATCH, sub)];
      }
      default:
        return [byRegister(from.register(), isSub)];
    }
  });
}

export function checkedShift(from: At, is64: boolean): number {
  const { operand } = from;
  const amount = operand?.kind === 'shifted' ? operand.amount : 0;
  if (!is64 && amount >= 32) from.refuse({ key: 'amountRange', amount, most: 31 });
  return amount;
}

/** The register in front of a shift or an extension. */
export function shiftedNumber(from: At): number {
  const { operand } = from;
  if (operand?.kind !== 'shifted' && operand?.kind !== 'extended') return from.register();
  if (operand.name === 'RSP') from.refuse({ key: 'shiftedSp' });
  return operand.name === 'ZR' ? 31 : Number(operand.name.slice(1));
}

/** `operation`: AND 0, ORR 1, EOR 2, ANDS 3; `inverts`: the source goes in bit by bit inverted (BIC, ORN, EON, BICS). */
export function logicEncoder(is64: boolean, operation: 0 | 1 | 2 | 3, inverts: boolean, hasResult = true): Encode {
  const top = (is64 ? X : 0) | (operation << 29);
  const setsFlags = operation === 3;
  const mask = is64 ? (1n << 64n) - 1n : 0xffffffffn;
  const byRegister = top | 0x0a000000 | (inverts ? 1 << 21 : 0);
  return wordsEncoder((instruction) => {
    const { from, left, to, isTwo } = rolesOf(instruction, hasResult);
    const plain = (): [number, number] => [left.register(), to?.register() ?? 31];
    const { operand } = from;
    if (operand?.kind === 'shifted')
      return [put(byRegister | ((SHIFTS[operand.shift] ?? 0) << 22) | (checkedShift(from, is64) << 10), shiftedNumber(from), ...plain())];
    if (operand?.kind !== 'immediate' || operand.value === 0n) return [put(byRegister, from.register(), ...plain())];
    const value = operand.value & mask;
    refuseUpperHalf(from, value);
    const pattern = bitPattern(inverts ? ~value & mask : value, is64);
    if (pattern !== null && !(to?.isZr === true && !setsFlags)) {
      if (isTwo && to?.isSp === true) to.refuse({ key: 'spIsNotRead', op: instruction.op });
      const n = left.register();
      const d = to === null ? 31 : setsFlags ? to.register() : to.registerOrSp();
      return [(top | 0x12000000 | pattern | (n << 5) | d) >>> 0];
    }
    if (!isTwo) left.notScratch();
    if (pattern === null) return [...loadConstant(value, is64, SCRATCH), put(byRegister, SCRATCH, ...plain())];
    // Into ZR a pattern goes through the scratch register, as one or two pieces: Go's assembler makes room for no more.
    const isPiece = (pieceOf(value) !== null || pieceOf(~value & mask) !== null) && !(isAddend(value) && value > 0xfffn);
    const pieces = isPiece ? loadConstant(value, is64, SCRATCH) : moves(value, is64).map((word) => (word | SCRATCH) >>> 0);
    if (!isPiece && pieces.length !== 2) to?.registerOrSp();
    return [...pieces, put(byRegister, SCRATCH, ...plain())];
  });
}

/** Two sources and a result, registers all: `base` with room for them. */
export const registersEncoder = (base: number, extra: (instruction: Instruction) => number = () => 0): Encode =>
  wordsEncoder((instruction) => {
    const { from, left, to } = rolesOf(instruction, true);
    return [put(base | extra(instruction), from.register(), left.register(), to?.register() ?? 31)];
  });

/** One source and a result, which meet in the same word as `base`'s other half: MVN and NEG have their source where a shift is. */
export const invertedEncoder = (base: number, is64: boolean, rotates: boolean): Encode =>
  wordsEncoder((instruction) => {
    const [from, to] = [new At(instruction, 0), new At(instruction, 1)];
    const { operand } = from;
    const shift = operand?.kind === 'shifted' ? operand.shift : '<<';
    if (shift === '@>' && !rotates) from.refuse({ key: 'noRotation', op: instruction.op });
    return [put(base | ((SHIFTS[shift] ?? 0) << 22) | (checkedShift(from, is64) << 10), shiftedNumber(from), 31, to.register())];
  });
