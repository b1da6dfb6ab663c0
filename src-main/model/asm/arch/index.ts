/** The architectures that runs and listings are for: one row each, in the order of choices. What else is to be known follows from the row. */
import { AMD64 } from './amd64';
import { ARM64 } from './arm64';
import type { ArchFacts } from './facts';

export type { ArchFacts } from './facts';

const ROWS = { amd64: AMD64, arm64: ARM64 } as const satisfies Record<string, ArchFacts>;

export type Arch = keyof typeof ROWS;

export const ARCHS: Readonly<Record<Arch, ArchFacts>> = ROWS;
export const ARCH_NAMES = Object.keys(ROWS) as readonly Arch[];

/** Where nobody says which. */
export const DEFAULT_ARCH: Arch = 'amd64';

/** One value for each architecture. */
export function forEachArch<T>(make: (arch: Arch) => T): Record<Arch, T> {
  return Object.fromEntries(ARCH_NAMES.map((arch) => [arch, make(arch)])) as Record<Arch, T>;
}

/** Whether the architecture's routines of package syscall take a result for an error; `bits`: the result register, as either kind of number. */
export function isErrorResult(arch: Arch, bits: bigint): boolean {
  const signed = BigInt.asIntN(64, bits);
  return signed < 0n && signed >= ARCHS[arch].errorTest.lowest;
}

/** What a register is for. `arg`: of a system call, from 1. */
export type RegisterRole =
  | { kind: 'number' | 'result' | 'returnAddress' | 'flags' | 'stackPointer' | 'framePointer' | 'link' | 'next' }
  | { kind: 'arg'; n: number };

/** All that a register is for in a system call and in Go's own calls; empty: nothing of its own. */
export function rolesOf(arch: Arch, register: string): RegisterRole[] {
  const { syscall, stackPointer, framePointer, linkRegister } = ARCHS[arch];
  const argument = syscall.args.indexOf(register);
  const named: readonly (readonly [RegisterRole, boolean])[] = [
    [{ kind: 'number' }, register === syscall.number],
    [{ kind: 'arg', n: argument + 1 }, argument >= 0],
    [{ kind: 'result' }, register === syscall.result],
    [{ kind: 'returnAddress' }, register === syscall.keeps?.next],
    [{ kind: 'flags' }, register === syscall.keeps?.flags],
    [{ kind: 'stackPointer' }, register === stackPointer],
    [{ kind: 'framePointer' }, register === framePointer],
    [{ kind: 'link' }, register === linkRegister],
    [{ kind: 'next' }, register === 'PC'],
  ];
  return named.filter(([, is]) => is).map(([role]) => role);
}
