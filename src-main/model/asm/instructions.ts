/** All instructions by architecture, and what people coming from other assemblers write instead. */
import { AMD64_INSTRUCTIONS } from './arch/amd64-instructions';
import { ARM64_INSTRUCTIONS } from './arch/arm64-instructions';
import type { InstructionSpec } from './instruction-spec';
import type { Arch } from './registers';

export const INSTRUCTIONS: Record<Arch, Readonly<Record<string, InstructionSpec>>> = {
  amd64: AMD64_INSTRUCTIONS,
  arm64: ARM64_INSTRUCTIONS,
};

export function instructionNamed(arch: Arch, op: string): InstructionSpec | null {
  const table = INSTRUCTIONS[arch];
  return Object.hasOwn(table, op) ? (table[op] ?? null) : null;
}

/** Instructions that real processors have and this one has not, because what they answer is no fact of a model. */
export const NOT_MODELLED: ReadonlySet<string> = new Set(['CPUID', 'RDTSC', 'RDTSCP', 'RDRAND', 'XGETBV', 'MOVOU', 'MOVUPS', 'MOVAPS', 'MOVSD', 'ADDSD', 'MULSD', 'PXOR', 'XORPS']
  .concat(['REP', 'MOVSB', 'MOVSQ', 'STOSB', 'STOSQ', 'CLD', 'STD', 'BYTE', 'WORD', 'QUAD', 'MRS', 'MSR', 'LDAXR', 'STLXR', 'FMOVD', 'PCDATA', 'FUNCDATA'])); // prettier-ignore

/** Names without Go's size letter, and arm64's for what amd64 calls otherwise. */
export function goMnemonicOf(arch: Arch, foreign: string): string | null {
  const op = foreign.toUpperCase();
  if (op !== foreign && instructionNamed(arch, op)) return op;
  if (arch === 'amd64') {
    const same: Record<string, string> = {
      SVC: 'SYSCALL',
      BL: 'CALL',
      B: 'JMP',
      MOVD: 'MOVQ',
      INT3: 'INT',
      MOVABS: 'MOVQ',
      MOVABSQ: 'MOVQ',
      MOVZX: 'MOVBQZX',
      MOVSX: 'MOVBQSX',
      MOVZBL: 'MOVBLZX',
    };
    const renamed = Object.hasOwn(same, op) ? same[op] : undefined;
    return renamed ?? (instructionNamed(arch, `${op}Q`) ? `${op}Q` : null);
  }
  const same: Record<string, string> = {
    SYSCALL: 'SVC',
    MOVQ: 'MOVD',
    MOV: 'MOVD',
    LDR: 'MOVD',
    STR: 'MOVD',
    MOVL: 'MOVW',
    CMPQ: 'CMP',
    ADDQ: 'ADD',
    SUBQ: 'SUB',
    NEGQ: 'NEG',
    XOR: 'EOR',
    OR: 'ORR',
    CALLQ: 'BL',
    BLR: 'BL',
    BR: 'B',
    JLS: 'BLS',
    JNE: 'BNE',
    JEQ: 'BEQ',
    LDRB: 'MOVBU',
    LDRH: 'MOVHU',
    STRB: 'MOVB',
  };
  return Object.hasOwn(same, op) ? (same[op] ?? null) : null;
}
