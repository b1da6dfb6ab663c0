/**
 * The table through which the runtime calls what a version of Go may change: its functions, the fields that its rows have besides, and its
 * numbers and names. Types only, on the lowest floor of runtime/: the functions themselves are put together on the top floor (go1.14.ts), so
 * that they can call each other through the table without importing each other. `R` is the Runtime, which holds the table.
 *
 * README.md beside this file says which switch of the later versions goes where.
 */
import type { Thread } from '../runtime/thread';
import type { GId, Json, MId, PId, SyscallPath } from '../state';
import type { VersionFacts } from './profile';

/** Go's functions that a later version rewrites or that decide otherwise there. Each is what its 1.14 namesake in runtime/ says. */
export interface GoFunctions<R> {
  schedule(rt: R, m: MId): Thread;
  findrunnable(rt: R, m: MId): Thread<{ g: GId; inheritTime: boolean }>;
  resetspinning(rt: R, m: MId): Thread;
  goexit0(rt: R, m: MId, g: GId): Thread;
  /** What callers of wakep ask before they call it. */
  wantsWakep(rt: R): boolean;
  wakep(rt: R, m: MId): Thread;
  startm(rt: R, m: MId, p: PId | null, spinning: boolean): Thread;
  newm(rt: R, m: MId, fn: 'mspinning' | 'sysmon' | 'templateThread' | null, p: PId | null): Thread;
  handoffp(rt: R, m: MId, p: PId): Thread;
  goschedImpl(rt: R, m: MId, g: GId, by: 'gosched_m' | 'gopreempt_m', event: 'GoSched' | 'GoPreempt'): Thread;
  injectglist(rt: R, m: MId, list: readonly GId[]): Thread;
  globrunqget(rt: R, p: PId, max: number): GId | null;
  runqsteal(rt: R, p: PId, victim: PId, stealRunNext: boolean): Thread<GId | null>;
  netpoll(rt: R, m: MId, until: number): Thread<GId[]>;
  preemptone(rt: R, m: MId, p: PId): Thread<boolean>;
  /** One round of sysmon after its sleep. */
  sysmonRound(rt: R, m: MId): Thread;
  retake(rt: R, m: MId): Thread<number>;
  entersyscall(rt: R, g: GId, pc: string, sp: string): Thread;
  entersyscallblock(rt: R, g: GId, pc: string, sp: string): Thread;
  exitsyscall(rt: R, g: GId): Thread<SyscallPath>;
  stopTheWorldWithSema(rt: R, m: MId): Thread;
  startTheWorldWithSema(rt: R, m: MId, asked: number, stopped: number): Thread;
  procresize(rt: R, m: MId): PId[];
  /** The line above g's stack, in the pieces that are printed. `isThrowing`: g is what the M was running that throws. */
  goroutineheader(rt: R, g: GId, isThrowing: boolean): string[];
  newproc(rt: R, g: GId, name: string, body: (g: GId) => Thread): Thread<GId>;
}

/**
 * Fields that a version's rows have besides those of state.ts, with the value they begin with. They stand in the first state and in every
 * row that is made later; functions of that version write them like any other, through the recorder.
 */
export interface ExtraFields {
  readonly G?: Readonly<Record<string, Json>>;
  readonly M?: Readonly<Record<string, Json>>;
  readonly P?: Readonly<Record<string, Json>>;
  readonly sched?: Readonly<Record<string, Json>>;
}

export interface Profile<R> extends GoFunctions<R> {
  readonly facts: VersionFacts;
  readonly fields: ExtraFields;
}
