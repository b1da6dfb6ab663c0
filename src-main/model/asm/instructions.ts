/** Instructions by name, and what people coming from other assemblers write instead. */
import type { Arch } from './arch/index';
import { INSTRUCTION_SETS } from './arch/instruction-sets';
import type { InstructionSpec } from './instruction-spec';

export function instructionNamed(arch: Arch, op: string): InstructionSpec | null {
  const table = INSTRUCTION_SETS[arch].instructions;
  return Object.hasOwn(table, op) ? (table[op] ?? null) : null;
}

export function mnemonicsOf(arch: Arch): string[] {
  return Object.keys(INSTRUCTION_SETS[arch].instructions);
}

/** Instructions that real processors have and this one has not, because what they answer is no fact of a model. */
export const NOT_MODELLED: ReadonlySet<string> = new Set(['CPUID', 'RDTSC', 'RDTSCP', 'RDRAND', 'XGETBV', 'MOVOU', 'MOVUPS', 'MOVAPS', 'MOVSD', 'ADDSD', 'MULSD', 'PXOR', 'XORPS']
  .concat(['REP', 'MOVSB', 'MOVSQ', 'STOSB', 'STOSQ', 'CLD', 'STD', 'BYTE', 'WORD', 'QUAD', 'MRS', 'MSR', 'LDAXR', 'STLXR', 'FMOVD', 'PCDATA', 'FUNCDATA'])); // prettier-ignore

/** Names without Go's size letter, and the architecture's own for what another one calls otherwise. */
export function goMnemonicOf(arch: Arch, foreign: string): string | null {
  const op = foreign.toUpperCase();
  return op !== foreign && instructionNamed(arch, op) ? op : INSTRUCTION_SETS[arch].mnemonicAbroad(op);
}
