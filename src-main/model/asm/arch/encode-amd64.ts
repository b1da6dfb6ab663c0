/** How long Go's assembler makes an amd64 instruction (cmd/internal/obj/x86/asm6.go): prefixes, opcode, address bytes, immediate. */
import type { Size } from '../flags';
import type { MemoryOperand, Operand } from '../listing';

const fitsByte = (value: bigint): boolean => BigInt.asIntN(8, value) === BigInt.asIntN(64, value);
const isHigh = (name: string | null): boolean => name !== null && /^R\d+$/.test(name);
/** Registers whose low byte needs a REX prefix. */
const needsRexAsByte = (name: string): boolean => name === 'SI' || name === 'DI' || name === 'BP' || name === 'SP' || isHigh(name);

export interface Encoding {
  size: Size;
  /** Opcode bytes. */
  opcode: number;
  /** The instruction is 64 bits wide without a prefix (PUSH, POP). */
  isWideAnyway?: boolean;
  /** Sizes of register operands where they differ from `size` (MOVBLZX). */
  sizes?: readonly Size[];
}

/** ModR/M, SIB and displacement of the operand that may be memory. */
function addressBytes(operand: Operand | undefined): number {
  if (operand?.kind === 'symbol') return 5;
  const memory = operand?.kind === 'address' ? operand.of : operand;
  if (memory?.kind === 'symbol') return 5;
  if (memory?.kind !== 'memory') return 1;
  const { base, offset } = hardware(memory);
  if (base === null) return 6;
  const sib = memory.index !== null || base === 'SP' || base === 'R12' ? 1 : 0;
  const displacement = offset === 0 && base !== 'BP' && base !== 'R13' ? 0 : offset >= -128 && offset <= 127 ? 1 : 4;
  return 1 + sib + displacement;
}

function hardware(memory: MemoryOperand): { base: string | null; offset: number } {
  return memory.hardware === null ? memory : { base: 'SP', offset: memory.offset + memory.hardware };
}

const memoryOf = (operand: Operand): MemoryOperand | null =>
  operand.kind === 'memory' ? operand : operand.kind === 'address' && operand.of.kind === 'memory' ? operand.of : null;

export function needsRex(operands: readonly Operand[], { size, isWideAnyway, sizes }: Encoding): boolean {
  if (size === 8 && isWideAnyway !== true) return true;
  return operands.some((operand, i) => {
    if (operand.kind === 'register') {
      const wide = sizes?.[i] ?? size;
      return isHigh(operand.name) || (wide === 1 && operand.part !== 'high' && needsRexAsByte(operand.name));
    }
    const memory = memoryOf(operand);
    return memory !== null && memory.hardware === null && (isHigh(memory.base) || isHigh(memory.index));
  });
}

/** Everything but the immediate. */
export function bodyBytes(operands: readonly Operand[], encoding: Encoding): number {
  const memory = operands.find((operand) => operand.kind === 'memory' || operand.kind === 'symbol' || operand.kind === 'address');
  const wide = encoding.size === 2 ? 1 : 0;
  return wide + (needsRex(operands, encoding) ? 1 : 0) + encoding.opcode + addressBytes(memory);
}

const immediateOf = (operands: readonly Operand[]): bigint | null => {
  const found = operands.find((operand) => operand.kind === 'immediate');
  return found?.kind === 'immediate' ? found.written : null;
};

const isAccumulator = (operands: readonly Operand[]): boolean =>
  operands.some((operand) => operand.kind === 'register' && operand.name === 'AX' && operand.part !== 'high');

/** ADD, SUB, CMP and their like: an immediate of one byte where it fits. */
export function arithmeticBytes(operands: readonly Operand[], size: Size, hasByteForm = true): number {
  const body = bodyBytes(operands, { size, opcode: 1 });
  const value = immediateOf(operands);
  if (value === null) return body;
  // Written AL, not AX, the accumulator has its short form for bytes as well.
  if (size === 1)
    return operands.some((operand) => operand.kind === 'register' && operand.name === 'AX' && operand.part === 'low') ? body : body + 1;
  if (hasByteForm && fitsByte(value)) return body + 1;
  const full = size === 2 ? 2 : 4;
  return isAccumulator(operands) ? body - 1 + full : body + full;
}

/** MOV: with an immediate into a 64-bit register Go takes 32 bits sign-extended, else 32 zero-extended, else all 64. */
export function moveBytes(operands: readonly Operand[], size: Size): number {
  const [from, to] = operands;
  const body = bodyBytes(operands, { size, opcode: 1 });
  if (from?.kind !== 'immediate') return body;
  if (to?.kind !== 'register') return body + (size === 8 ? 4 : size);
  if (size < 8) return body - 1 + size;
  if (BigInt.asIntN(32, from.value) === BigInt.asIntN(64, from.value)) return body + 4;
  if (BigInt.asUintN(64, from.value) <= 0xffffffffn) return (isHigh(to.name) ? 1 : 0) + 5;
  return 10;
}

/** Shifts and rotations: by 1, by a byte, by CL. */
export function shiftBytes(operands: readonly Operand[], size: Size): number {
  const [count, to] = operands;
  const body = bodyBytes(to ? [to] : [], { size, opcode: 1 });
  return count?.kind === 'immediate' && count.value !== 1n ? body + 1 : body;
}
