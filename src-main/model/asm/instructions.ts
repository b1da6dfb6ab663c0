/**
 * The instructions as a table: how many operands, how many bytes, what they do. Semantics: scheduler.md section 5.5 and the
 * architectures' manuals. Byte lengths follow the encodings that Go's assembler chooses for these forms.
 */
import type { CpuPort, FlagName } from './cpu';
import type { Operand, Routine } from './parse-listing';

export interface InstructionSpec {
  /** Permitted numbers of operands. */
  operands: readonly number[];
  isJump: boolean;
  bytes: (operands: readonly Operand[], routine: Routine) => number;
}

const AMD64_REGISTERS = ['AX', 'BX', 'CX', 'DX', 'SI', 'DI', 'BP', 'R8', 'R9', 'R10', 'R11', 'R12', 'R13', 'R14', 'R15', 'SP'];
const ARM64_REGISTERS = [...Array.from({ length: 31 }, (_, i) => `R${i}`), 'ZR', 'RSP'];

export const REGISTER_NAMES: Record<'amd64' | 'arm64', ReadonlySet<string>> = { amd64: new Set(AMD64_REGISTERS), arm64: new Set(ARM64_REGISTERS) };

const fitsByte = (value: bigint): boolean => BigInt.asIntN(8, value) === BigInt.asIntN(64, value);

/** Bytes of a displacement from the hardware SP, which every FP or SP operand of a $0 frame becomes. */
function displacementBytes(operand: Operand, routine: Routine): number {
  if (operand.kind !== 'memory') return 0;
  const onStack = operand.base === 'FP' || operand.base === 'SP';
  const offset = operand.base === 'FP' ? operand.offset + 8 + routine.frameBytes : operand.offset;
  const size = offset === 0 ? 0 : offset >= -128 && offset <= 127 ? 1 : 4;
  // A base of SP needs a second address byte.
  return size + (onStack ? 1 : 0);
}

/** 64-bit data operations: prefix, opcode, address byte, and what follows. */
function movqBytes(operands: readonly Operand[], routine: Routine): number {
  const [from, to] = operands;
  if (!from || !to) return 3;
  const address = displacementBytes(from, routine) + displacementBytes(to, routine);
  if (from.kind !== 'immediate') return 3 + address;
  if (to.kind === 'register') {
    // Go picks the shortest: 32 bits zero-extended, 32 bits sign-extended, or all 64.
    const value = BigInt.asUintN(64, from.value);
    if (value <= 0xffffffffn) return /^R\d+$/.test(to.name) ? 6 : 5;
    return BigInt.asIntN(32, value) === BigInt.asIntN(64, value) ? 7 : 10;
  }
  return 7 + address;
}

function arithmeticBytes(operands: readonly Operand[], routine: Routine): number {
  const value = operands.find((operand) => operand.kind === 'immediate');
  const address = operands.reduce((sum, operand) => sum + displacementBytes(operand, routine), 0);
  if (value?.kind !== 'immediate') return 3 + address;
  if (fitsByte(value.value)) return 4 + address;
  return operands.some((operand) => operand.kind === 'register' && operand.name === 'AX') ? 6 : 7 + address;
}

const fixed =
  (bytes: number) =>
  (): number =>
    bytes;
const plain = (operands: number, bytes: InstructionSpec['bytes']): InstructionSpec => ({ operands: [operands], isJump: false, bytes });
const jump = (bytes: number): InstructionSpec => ({ operands: [1], isJump: true, bytes: fixed(bytes) });
const registerBytes = (operands: readonly Operand[]): number => (operands.some((each) => each.kind === 'register' && /^R\d+$/.test(each.name)) ? 2 : 1);
const movlBytes = (operands: readonly Operand[], routine: Routine): number =>
  2 + operands.reduce((sum, each) => sum + displacementBytes(each, routine) + (each.kind === 'immediate' ? 3 : 0), 0) + (registerBytes(operands) - 1);

const AMD64: Record<string, InstructionSpec> = {
  CALL: plain(1, fixed(5)),
  RET: plain(0, fixed(1)),
  SYSCALL: plain(0, fixed(2)),
  MOVQ: plain(2, movqBytes),
  MOVL: plain(2, movlBytes),
  LEAQ: plain(2, movqBytes),
  CMPQ: plain(2, arithmeticBytes),
  ADDQ: plain(2, arithmeticBytes),
  SUBQ: plain(2, arithmeticBytes),
  ANDQ: plain(2, arithmeticBytes),
  ORQ: plain(2, arithmeticBytes),
  XORQ: plain(2, arithmeticBytes),
  TESTQ: plain(2, arithmeticBytes),
  XORL: plain(2, movlBytes),
  NEGQ: plain(1, fixed(3)),
  NOTQ: plain(1, fixed(3)),
  INCQ: plain(1, fixed(3)),
  DECQ: plain(1, fixed(3)),
  PUSHQ: plain(1, registerBytes),
  POPQ: plain(1, registerBytes),
  NOP: plain(0, fixed(1)),
  JMP: jump(2),
  JLS: jump(2),
  JHI: jump(2),
  JCS: jump(2),
  JCC: jump(2),
  JEQ: jump(2),
  JNE: jump(2),
  JLT: jump(2),
  JGE: jump(2),
  JLE: jump(2),
  JGT: jump(2),
  JMI: jump(2),
  JPL: jump(2),
};

const four = fixed(4);
const ARM64: Record<string, InstructionSpec> = {
  BL: plain(1, four),
  RET: plain(0, four),
  SVC: { operands: [0, 1], isJump: false, bytes: four },
  MOVD: plain(2, four),
  CMP: plain(2, four),
  CMN: plain(2, four),
  NEG: plain(2, four),
  ADD: { operands: [2, 3], isJump: false, bytes: four },
  SUB: { operands: [2, 3], isJump: false, bytes: four },
  B: jump(4),
  BCC: jump(4),
  BCS: jump(4),
  BEQ: jump(4),
  BNE: jump(4),
};

export const INSTRUCTIONS: Record<'amd64' | 'arm64', Record<string, InstructionSpec>> = { amd64: AMD64, arm64: ARM64 };

/** Which branches are taken, by the flags (amd64 by Go's names: LS is Intel's BE). */
export const BRANCHES: Record<string, (flag: CpuPort['flag']) => boolean> = {
  JMP: () => true,
  JLS: (f) => f('CF') || f('ZF'),
  JHI: (f) => !f('CF') && !f('ZF'),
  JCS: (f) => f('CF'),
  JCC: (f) => !f('CF'),
  JEQ: (f) => f('ZF'),
  JNE: (f) => !f('ZF'),
  JLT: (f) => f('SF') !== f('OF'),
  JGE: (f) => f('SF') === f('OF'),
  JLE: (f) => f('ZF') || f('SF') !== f('OF'),
  JGT: (f) => !f('ZF') && f('SF') === f('OF'),
  JMI: (f) => f('SF'),
  JPL: (f) => !f('SF'),
  B: () => true,
  BCC: (f) => !f('C'),
  BCS: (f) => f('C'),
  BEQ: (f) => f('Z'),
  BNE: (f) => !f('Z'),
};

const TOP = 1n << 63n;
const MASK = (1n << 64n) - 1n;

type Flags = Partial<Record<FlagName, boolean>>;

function parity(value: bigint): boolean {
  let bits = Number(value & 0xffn);
  let even = true;
  for (; bits !== 0; bits &= bits - 1) even = !even;
  return even;
}

/** SF, ZF and PF of a result (amd64). */
export function resultFlags(result: bigint): Flags {
  return { ZF: result === 0n, SF: (result & TOP) !== 0n, PF: parity(result) };
}

/** All six flags of a − b (amd64: CMPQ, SUBQ, NEGQ as 0 − b). */
export function subtractionFlags(a: bigint, b: bigint): Flags {
  const result = (a - b) & MASK;
  return { ...resultFlags(result), CF: a < b, OF: ((a ^ b) & (a ^ result) & TOP) !== 0n, AF: (a & 0xfn) < (b & 0xfn) };
}

/** All six flags of a + b (amd64). */
export function additionFlags(a: bigint, b: bigint): Flags {
  const result = (a + b) & MASK;
  return { ...resultFlags(result), CF: a + b > MASK, OF: (~(a ^ b) & (a ^ result) & TOP) !== 0n, AF: (a & 0xfn) + (b & 0xfn) > 0xfn };
}

/** N, Z, C, V of a + b + carry (arm64: ADDS, CMN; CMP as a + NOT b + 1). */
export function arm64Flags(a: bigint, b: bigint, carry: bigint): Flags {
  const sum = a + b + carry;
  const result = sum & MASK;
  return { N: (result & TOP) !== 0n, Z: result === 0n, C: sum > MASK, V: (~(a ^ b) & (a ^ result) & TOP) !== 0n };
}
