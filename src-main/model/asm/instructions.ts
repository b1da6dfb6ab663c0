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

/** Words of Go's assembler that are no instruction of this model's: floating point, vectors, and what no fact of a model answers. */
export const isLeftOut = (arch: Arch, op: string): boolean => INSTRUCTION_SETS[arch].leftOut.has(op);

/** Names without Go's size letter, and the architecture's own for what another one calls otherwise. */
export function goMnemonicOf(arch: Arch, foreign: string): string | null {
  const op = foreign.toUpperCase();
  return op !== foreign && instructionNamed(arch, op) ? op : INSTRUCTION_SETS[arch].mnemonicAbroad(op);
}
