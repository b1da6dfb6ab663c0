/** The registers that a listing may name, and the names under which people look for them. Source: cmd/asm/internal/arch. */
import { type Arch, ARCHS } from './arch/index';
import type { RegisterRef } from './arch/facts';

export function registerNamed(arch: Arch, word: string): RegisterRef | null {
  const { registers, aliases } = ARCHS[arch].assembler;
  if (registers.includes(word)) return { name: word, part: 'whole' };
  return Object.hasOwn(aliases, word) ? (aliases[word] ?? null) : null;
}

/** Names that stand for a place, not for a register of the processor. SP alone is one of them on arm64, where the hardware's is RSP. */
export function isPseudoRegister(arch: Arch, word: string): boolean {
  return ARCHS[arch].assembler.pseudoRegisters.includes(word);
}

/** Go's name for a register as the makers' manuals, C compilers and debuggers write it: rax, %eax, x0, w3, lr. */
export function goNameOf(arch: Arch, foreign: string): string | null {
  const word = foreign.replace(/^%/, '').toUpperCase();
  if (word !== foreign && registerNamed(arch, word)) return word;
  return ARCHS[arch].assembler.registerAbroad(word);
}
