/** What the kernel is asked and what it may answer. Results are the kernel's own: −errno for an error. */
import type { Arch } from '../arch';
import type { KernelFd, KernelState } from '../kernel-state';
import type { GId, Json, MId } from '../state';
import { errnoByName } from './errno';
import type { StackMemory } from './memory';

export type { Arch } from '../arch';

export interface KernelPort {
  readonly kernel: KernelState;
  readonly stack?: StackMemory;
  /** Keys from the kernel's root; null deletes a row. */
  set(path: readonly string[], value: Json): void;
  /** Told how many bytes of memory are read. */
  copied?(bytes: number): void;
  /** ns of virtual time. */
  readonly now: number;
  /** 0 … 2³²−1. */
  random(): number;
  readonly m: MId;
  readonly g: GId | null;
  readonly tid: number;
  readonly arch: Arch;
  /** The thread with this number, if it lives. */
  threadOf(tid: number): MId | null;
}

/** Why the kernel looks at a call: because it was just made, or because its wait has ended in one of these ways. */
export type Occasion = 'entered' | 'woken' | 'time' | 'signal';

/** What a waiting call holds on to: its file, even if the descriptor is closed meanwhile, and how many bytes it has moved. */
export interface Held {
  open?: KernelFd;
  done: number;
  /** When it gives up, ns of virtual time; null: never. */
  until?: number | null;
}

export interface KernelCall {
  nr: number;
  args: readonly bigint[];
  occasion: Occasion;
  held?: Held;
}

export interface SentSignal {
  to: MId;
  signal: number;
}

export type KernelAnswer = { wokenObjects: readonly string[]; sent?: SentSignal } & (
  | {
      kind: 'return';
      result: bigint;
      /** Linux would have answered something else: the call, or this use of it, is not modelled. */
      unmodelled?: true;
    }
  /** Keeps the thread for so many ns, then returns. `remaining`: where what is left goes when a signal ends the sleep. */
  | { kind: 'sleep'; ns: number; result: bigint; remaining: bigint | null }
  /** Keeps the thread until `object` has changed, or for so many ns; then the call is looked at again. */
  | { kind: 'wait'; object: string; timeoutNs: number | null; held?: Held }
  /** The call does not return: the program ends, or only the thread that made it. */
  | { kind: 'exit'; of: 'program' | 'thread'; code: number }
);

export type Handler = (port: KernelPort, args: readonly bigint[], call: KernelCall) => KernelAnswer;

export function error(name: string, wokenObjects: readonly string[] = []): KernelAnswer {
  const errno = errnoByName(name);
  if (!errno) throw new Error(`no errno ${name}`);
  return give(-BigInt(errno.number), wokenObjects);
}

export function give(result: bigint | number, wokenObjects: readonly string[] = []): KernelAnswer {
  return { kind: 'return', result: BigInt(result), wokenObjects };
}

/** What the model has nothing to say about. ENOSYS, so that a program does not go on as if something had happened; and marked. */
export function notModelled(): KernelAnswer {
  return { ...error('ENOSYS'), unmodelled: true } as KernelAnswer;
}

/** A wait that ends at `until`, ns of virtual time; null: only when something happens. */
export function waitUntil(port: Pick<KernelPort, 'now'>, object: string, until: number | null, open?: KernelFd): KernelAnswer {
  const held: Held = { ...(open && { open }), done: 0, until };
  return { kind: 'wait', object, timeoutNs: until === null ? null : Math.max(0, until - port.now), held, wokenObjects: [] };
}

export function wait(object: string, held?: Held, wokenObjects: readonly string[] = []): KernelAnswer {
  return held ? { kind: 'wait', object, timeoutNs: null, wokenObjects, held } : { kind: 'wait', object, timeoutNs: null, wokenObjects };
}

/** An `int` argument: the upper half of the register does not count. */
export function int(argument: bigint | undefined): number {
  return Number(BigInt.asIntN(32, argument ?? 0n));
}

/** An `unsigned int` argument. */
export function uint(argument: bigint | undefined): number {
  return Number(BigInt.asUintN(32, argument ?? 0n));
}

/** A signed 64-bit argument. */
export function long(argument: bigint | undefined): bigint {
  return BigInt.asIntN(64, argument ?? 0n);
}
