/**
 * One thread of the machine, for the lesson's machine view and the playground's tables alike: its registers and what each is for, its
 * flags, its result by the error test, the words of the stack it stands on. What was before comes from the step (lesson) or from an
 * earlier state (playground). Pure.
 */
import type { Words } from '../../assets/words/index';
import {
  type Arch,
  ARCHS,
  changesOf,
  isErrorResult,
  type MId,
  type RegisterRole,
  rolesOf,
  type State,
  type Step,
} from '../../src-main/contract/index';

export interface RegisterCell {
  name: string;
  /** What it is for, as a key of the words; `none`: it has no part of its own in a system call. */
  role: keyof Words['registers'];
  now: string;
  decimal: string;
  /** null: as it was. */
  old: string | null;
}

export interface FlagCell {
  name: string;
  isOn: boolean;
  isChanged: boolean;
}

export interface MachineModel {
  /** In the order of tables: those of a system call first. */
  registers: readonly RegisterCell[];
  flags: readonly FlagCell[];
  stackPointer: { name: string; value: bigint };
  /** The register in which a call's result lies, its 64 bits, and whether the architecture's routines take them for an error. */
  result: { name: string; bits: bigint; isError: boolean };
}

/** What a thread was before the change that is shown. */
export interface Before {
  /** null: as it is now. */
  register: (name: string) => string | null;
  flags: readonly string[];
}

/** Small numbers of either sign, in decimal, as they are typed; '' for all others, and for those that look the same. */
export function decimalOf(hex: string): string {
  const value = BigInt.asIntN(64, BigInt(hex));
  return value > -100_000n && value < 1_000_000n && (value < 0n || value > 9n) ? value.toString() : '';
}

const wordOf = (role: RegisterRole): keyof Words['registers'] => {
  switch (role.kind) {
    case 'arg':
      return `argument${role.n}` as keyof Words['registers'];
    case 'stackPointer':
      return 'stackTop';
    case 'link':
    case 'returnAddress':
      return 'returnAddress';
    case 'result':
      return 'argumentResult';
    default:
      return role.kind;
  }
};

/** A result shares its register with the number or with the first argument. */
function roleOf(arch: Arch, name: string): keyof Words['registers'] {
  const [first, second] = rolesOf(arch, name);
  if (!first) return 'none';
  if (second?.kind === 'result') return first.kind === 'number' ? 'numberResult' : 'argumentResult';
  return wordOf(first);
}

/** Roles of those that hold addresses, which nobody reads in decimal. */
const HOLDS_ADDRESS: ReadonlySet<RegisterRole['kind']> = new Set(['stackPointer', 'framePointer', 'link', 'next']);

function registerCell(arch: Arch, name: string, now: string, old: string | null): RegisterCell {
  const isAddress = rolesOf(arch, name).some(({ kind }) => HOLDS_ADDRESS.has(kind));
  return { name, role: roleOf(arch, name), now, decimal: isAddress ? '' : decimalOf(now), old };
}

export function machineModel(arch: Arch, state: State, m: MId, before: Before): MachineModel {
  const { shownRegisters, spareRegisters, flags, stackPointer, syscall } = ARCHS[arch];
  const regs = state.M[m]?.regs ?? {};
  const valueOf = (name: string): string => regs[name] ?? '0x0';
  const on = state.M[m]?.flags ?? [];
  const bits = BigInt(valueOf(syscall.result));
  return {
    registers: shownRegisters
      .filter((name) => !spareRegisters.has(name) || valueOf(name) !== '0x0')
      .map((name) => registerCell(arch, name, valueOf(name), before.register(name))),
    flags: flags.map((name) => ({ name, isOn: on.includes(name), isChanged: on.includes(name) !== before.flags.includes(name) })),
    stackPointer: { name: stackPointer, value: BigInt(valueOf(stackPointer)) },
    result: { name: syscall.result, bits, isError: isErrorResult(arch, bits) },
  };
}

/** Before a step, by what it lists. */
export function beforeStep(state: State, m: MId, step: Step | null): Before {
  const changes = changesOf(step, 'M').filter(({ id }) => id === m);
  const old = new Map(
    changes
      .filter(({ field }) => field === 'regs')
      .flatMap(({ below: [name], old: was }) => (name === undefined ? [] : [[name, String(was)]])),
  );
  const flags = changes.find(({ field }) => field === 'flags')?.old;
  return {
    register: (name) => old.get(name) ?? null,
    flags: Array.isArray(flags) ? (flags as string[]) : (state.M[m]?.flags ?? []),
  };
}

/** As it was in another state of the same run. */
export function beforeState(was: State, now: State, m: MId): Before {
  const then = was.M[m]?.regs ?? {};
  const is = now.M[m]?.regs ?? {};
  return {
    register: (name) => ((then[name] ?? '0x0') === (is[name] ?? '0x0') ? null : (then[name] ?? '0x0')),
    flags: was.M[m]?.flags ?? [],
  };
}

/** Those that have a part in a system call, for a small view. */
export const callRegisters = (model: MachineModel): RegisterCell[] =>
  model.registers.filter(({ role }) => role !== 'none' && role !== 'framePointer');

/** Whether a step carries out a part of the error test. */
export const isErrorTest = (arch: Arch, step: Step | null): boolean =>
  step?.asm !== undefined && ARCHS[arch].errorTest.steps.some((begins) => step.asm?.text.startsWith(begins));

/** Words of the stack at and above `sp`, lowest first; what lies below is left over from calls that have returned. */
export function stackWords(stack: Readonly<Record<string, string>>, sp: bigint): { address: string; at: bigint; now: string }[] {
  return Object.entries(stack)
    .map(([address, now]) => ({ address, at: BigInt(address), now }))
    .filter(({ at }) => at >= sp)
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}
