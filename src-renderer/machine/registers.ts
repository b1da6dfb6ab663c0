/** Registers as every table shows them: what each is for in a system call, and small numbers in decimal. Pure. */
import type { Words } from '../../assets/words/index';
import type { Arch } from '../../src-main/contract/index';

export type RegisterRole = keyof Words['registers'];

export interface RegisterCell {
  name: string;
  /** What it is for, as a key of the words; `none`: it has no part of its own in a system call. */
  role: RegisterRole;
  now: string;
  decimal: string;
  /** null: as it was. */
  old: string | null;
}

const ROLES: Record<Arch, Readonly<Record<string, RegisterRole>>> = {
  amd64: {
    AX: 'numberResult',
    DI: 'argument1',
    SI: 'argument2',
    DX: 'argument3',
    R10: 'argument4',
    R8: 'argument5',
    R9: 'argument6',
    // SYSCALL keeps these two there.
    CX: 'returnAddress',
    R11: 'flags',
    SP: 'stackTop',
    PC: 'next',
  },
  arm64: {
    R8: 'number',
    R0: 'argumentResult',
    R1: 'argument2',
    R2: 'argument3',
    R3: 'argument4',
    R4: 'argument5',
    R5: 'argument6',
    R29: 'framePointer',
    R30: 'returnAddress',
    RSP: 'stackTop',
    PC: 'next',
  },
};

/** Those that hold addresses, which nobody reads in decimal. */
const ADDRESSES = new Set(['PC', 'SP', 'RSP', 'R29', 'R30']);

/** Small numbers of either sign, in decimal, as they are typed; '' for all others, and for those that look the same. */
export function decimalOf(hex: string): string {
  const value = BigInt.asIntN(64, BigInt(hex));
  return value > -100_000n && value < 1_000_000n && (value < 0n || value > 9n) ? value.toString() : '';
}

export function registerCell(arch: Arch, name: string, now: string, old: string | null): RegisterCell {
  return { name, role: ROLES[arch][name] ?? 'none', now, decimal: ADDRESSES.has(name) ? '' : decimalOf(now), old };
}
