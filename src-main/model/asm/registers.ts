/** The registers that a listing may name, and the names under which people look for them. Sources: scheduler.md 5.6, cmd/asm/internal/arch. */
import type { Arch } from '../arch';

export type { Arch } from '../arch';

/** Which part of a register an operand names: AL is the low byte of AX, AH its second byte. */
export type RegisterPart = 'whole' | 'low' | 'high';

export interface RegisterRef {
  name: string;
  part: RegisterPart;
}

const AMD64 = ['AX', 'BX', 'CX', 'DX', 'SI', 'DI', 'BP', 'R8', 'R9', 'R10', 'R11', 'R12', 'R13', 'R14', 'R15', 'SP'];
/** R18 belongs to the platform and R28 to the runtime: Go's assembler knows them only as R18_PLATFORM and g. */
const ARM64 = [...Array.from({ length: 31 }, (_, i) => `R${i}`).filter((name) => name !== 'R18' && name !== 'R28'), 'ZR', 'RSP'];

/** Registers that hold 64 bits, as a listing writes them. */
export const REGISTER_NAMES: Record<Arch, ReadonlySet<string>> = { amd64: new Set(AMD64), arm64: new Set(ARM64) };

/** The hardware's stack pointer. */
export const STACK_POINTER: Record<Arch, 'SP' | 'RSP'> = { amd64: 'SP', arm64: 'RSP' };

const ALIASES: Record<Arch, Map<string, RegisterRef>> = {
  amd64: new Map<string, RegisterRef>([
    ...['AX', 'BX', 'CX', 'DX'].flatMap((name): [string, RegisterRef][] => [
      [name.replace('X', 'L'), { name, part: 'low' }],
      [name.replace('X', 'H'), { name, part: 'high' }],
    ]),
    ...['SP', 'BP', 'SI', 'DI', 'R8', 'R9', 'R10', 'R11', 'R12', 'R13', 'R14', 'R15'].map((name): [string, RegisterRef] => [
      `${name}B`,
      { name, part: 'low' },
    ]),
    // The current goroutine; in 1.14 it is loaded from thread-local storage, later it stays in R14.
    ['g', { name: 'R14', part: 'whole' }],
  ]),
  arm64: new Map<string, RegisterRef>([
    ['LR', { name: 'R30', part: 'whole' }],
    ['g', { name: 'R28', part: 'whole' }],
    ['R18_PLATFORM', { name: 'R18', part: 'whole' }],
  ]),
};

export function registerNamed(arch: Arch, word: string): RegisterRef | null {
  if (REGISTER_NAMES[arch].has(word)) return { name: word, part: 'whole' };
  return ALIASES[arch].get(word) ?? null;
}

const PSEUDO = new Set(['FP', 'SB', 'PC']);

/** Names that stand for a place, not for a register of the processor. SP alone is one of them on arm64, where the hardware's is RSP. */
export function isPseudoRegister(arch: Arch, word: string): boolean {
  return PSEUDO.has(word) || (word === 'SP' && arch === 'arm64');
}

/** Go's name for a register as the makers' manuals, C compilers and debuggers write it: rax, %eax, x0, w3, lr. */
export function goNameOf(arch: Arch, foreign: string): string | null {
  const word = foreign.replace(/^%/, '').toUpperCase();
  if (word !== foreign && registerNamed(arch, word)) return word;
  if (arch === 'amd64') {
    const old = /^[RE](AX|BX|CX|DX|SI|DI|BP|SP)$/.exec(word) ?? /^(R(?:8|9|1[0-5]))[DW]$/.exec(word);
    return old?.[1] ?? null;
  }
  if (word === 'SP') return 'RSP';
  if (word === 'XZR' || word === 'WZR') return 'ZR';
  if (word === 'R28' || word === 'X28') return 'g';
  if (word === 'R18' || word === 'X18') return 'R18_PLATFORM';
  const numbered = /^[XW](\d{1,2})$/.exec(word);
  return numbered && registerNamed('arm64', `R${numbered[1] ?? ''}`) ? `R${numbered[1] ?? ''}` : null;
}
