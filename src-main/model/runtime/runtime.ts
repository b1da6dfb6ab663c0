/**
 * What all functions of the runtime share: the state and its recorder, the clock, chance, and the few engine services by which one
 * thread acts on another. Nothing here decides; deciding is what the functions with Go's names do.
 */
import type { Arch, ArchFacts } from '../asm/arch/index';
import type { Program } from '../asm/program';
import type { Costs } from '../run/costs';
import type { SeededRandom } from '../run/random';
import type { Recorder } from '../run/recorder';
import type { Setting, SyscallRequest } from '../setting';
import type { GId, GRow, MId, MRow, PId, PRow, State } from '../state';
import type { Profile } from '../versions/functions';
import { type Row, SLEEP_UNTIL_WOKEN, type Thread, type Wake } from './thread';

/** A lock that one M at a time holds; the state records the holder under these keys. */
export interface LockPlace {
  readonly keys: readonly string[];
  readonly holder: (state: State) => MId | null;
}

export const SCHED_LOCK: LockPlace = { keys: ['sched', 'lock'], holder: (state) => state.sched.lock };

/** Go: forcegc.lock. */
export const FORCEGC_LOCK: LockPlace = { keys: ['sched', 'forcegc', 'lock'], holder: (state) => state.sched.forcegc?.lock ?? null };

export interface Machine {
  readonly arch: Arch;
  readonly facts: ArchFacts;
  readonly program: Program;
  /** Go: iscgo. The program is linked with C, because some goroutine of it calls C. */
  readonly iscgo: boolean;
}

/** What is done to each P. Part of the step under way: whatever it writes it writes through the recorder. */
export interface SafePointFn {
  readonly name: string;
  readonly run: (p: PId) => void;
}

/** What a new thread is started with: what mstart does first. */
export type StartFunction = 'mspinning' | 'sysmon' | 'templateThread' | null;

/** What the engine (simulate.ts) does for the runtime's functions. */
export interface Engine {
  /** A new thread m, whose mstart begins with `fn`, first at now + delayNs. */
  start(m: MId, fn: StartFunction, delayNs: number): void;
  /** Ends m's rest, if it is in one, `delayNs` from now. False when it was not resting. */
  wake(m: MId, why: Wake, delayNs: number): boolean;
  /** Whether m rests in this way just now. */
  restOf(m: MId): 'compute' | 'spin' | 'kernel' | 'sleep' | null;
  /** Lets m's signal handler run `delayNs` from now. */
  signal(m: MId, delayNs: number): void;
  /**
   * A thread that C has made calls Go `delayNs` from now: it takes the extra M on top of the list and does `body` with it. As long as the list is
   * locked or empty it waits for that, without steps: there is no M whose steps they could be.
   */
  callFromC(delayNs: number, body: (m: MId) => Thread): void;
  /** Threads of C that wait for an extra M look again. */
  lookForExtraM(): void;
}

/** A connection that `netread` reads from: its descriptor, the kernel's object behind it, its pollDesc, and the call that reads. */
export interface Connection {
  fd: number;
  object: number;
  pd: string;
  request: SyscallRequest;
}

export class Runtime {
  /** ns of virtual time at which the step under way takes effect. */
  now = 0;
  /** When each goroutine was last executed (ns): for the facts, not for decisions. */
  readonly executedAt = new Map<GId, number>();
  /** Who last put each P into _Psyscall, and when (ns): for the facts. Remembered, because a search would look at every M. */
  readonly leftInSyscall = new Map<PId, { m: MId; since: number }>();
  /** When each goroutine became _Gsyscall (ns): for the facts. */
  readonly enteredAt = new Map<GId, number>();
  /** Since when each goroutine's thread has been in C (ns), or when it last was: for the facts. */
  readonly inCSince = new Map<GId, number>();
  /** The arguments that an operation's system call has had from each goroutine: addresses of the buffers that it uses again. */
  readonly callArguments = new Map<object, Map<GId, readonly bigint[]>>();
  /** The connection that each goroutine has used for `netread`, with its pollDesc; and the kernel's object for whatever is on their other side. */
  readonly connections = new Map<GId, Connection>();
  elsewhere: number | null = null;
  /** How many bytes of memory and of files system calls have read and written: a run ends when they are too many. */
  copiedBytes = 0;
  /** How long the last rest that ended had lasted, ns. */
  restedNs = 0;
  /** The function that sched.safePointFn names. */
  safePointFn: SafePointFn | null = null;
  /** How long the last collection stopped the world, ns. */
  gcStwNs = 0;
  /** Go: starttime, when schedtrace printed first (ns), and sysmon's lasttrace. */
  starttime: number | null = null;
  lasttrace = -Infinity;
  /** Go: panicking, how many threads are on their way to the program's end, and paniclk: the one that prints. */
  panicking = 0;
  paniclk: MId | null = null;
  /** Go: allgs. Whoever uses each G structure now, or used it last, in the order in which the structures were made. */
  readonly allgs: GId[] = [];
  private readonly structureOf = new Map<GId, number>();
  private goroutinesMade = 0;
  private readonly contenders = new Map<string, MId[]>();
  /** The M that waited longest, from the moment the lock is given back until it has it. */
  private readonly nextHolders = new Map<string, MId>();
  private readonly bodies = new Map<GId, Thread>();

  constructor(
    readonly to: Recorder,
    readonly setting: Setting,
    readonly costs: Costs,
    readonly random: SeededRandom,
    readonly engine: Engine,
    readonly machine: Machine,
    /** The version of Go that is played: whoever calls a function that some version changes calls it through this table. */
    readonly go: Profile<Runtime>,
  ) {
    for (const g of Object.keys(to.state.G) as GId[]) {
      this.goroutinesMade++;
      this.setStructure(g, null);
    }
  }

  get iscgo(): boolean {
    return this.machine.iscgo;
  }

  get goroutineCount(): number {
    return this.goroutinesMade;
  }

  /** Number for the next goroutine's id; main is G1. */
  nextGoroutine(): number {
    return ++this.goroutinesMade;
  }

  /** g gets a G structure: that of a dead goroutine, which is its own no more, or a new one. */
  setStructure(g: GId, used: GId | null): void {
    const at = used === null ? this.allgs.length : (this.structureOf.get(used) ?? 0);
    this.allgs[at] = g;
    this.structureOf.set(g, at);
    if (used !== null) this.structureOf.delete(used);
  }

  get state(): State {
    return this.to.state;
  }

  G(id: GId): GRow {
    const found = this.state.G[id];
    if (!found) throw new Error(`no ${id}`);
    return found;
  }

  M(id: MId): MRow {
    const found = this.state.M[id];
    if (!found) throw new Error(`no ${id}`);
    return found;
  }

  P(id: PId): PRow {
    const found = this.state.P[id];
    if (!found) throw new Error(`no ${id}`);
    return found;
  }

  /** The P that m owns; an error when it has none. */
  pOf(m: MId): PId {
    const { p } = this.M(m);
    if (p === null) throw new Error(`${m} has no P`);
    return p;
  }

  /** The M that runs g; an error when none does. */
  mOf(g: GId): MId {
    const { m } = this.G(g);
    if (m === null) throw new Error(`${g} runs on no M`);
    return m;
  }

  /** All Ps in allp's order. */
  get allp(): PId[] {
    return this.pids;
  }

  private pids: PId[] = [];
  /** Go: newprocs. What startTheWorld is to make gomaxprocs; 0: leave it. */
  newprocs = 0;

  declareP(p: PId): void {
    this.pids.push(p);
  }

  /** Go: the end of procresize, allp[:nprocs]. Whoever is on its way through the old list stays on it. */
  setGomaxprocs(n: number): void {
    this.pids = Array.from({ length: n }, (_, i): PId => `P${i}`);
  }

  get gomaxprocs(): number {
    return this.pids.length;
  }

  /** Go: mcount(). With C linked in there is one M more, kept for threads of C that call Go; where none does it has no row. */
  get mcount(): number {
    return this.state.sched.mcount + (this.iscgo && this.state.sched.extram === undefined ? 1 : 0);
  }

  /** Go: extraMWaiters, threads of C that have found the list of extra Ms empty since somebody last made some. */
  extraMWaiters = 0;
  /** Ms that wait for whoever has locked the list of extra Ms. */
  readonly wantExtram: MId[] = [];

  /** How many Ms there are for threads of C. */
  get extraMs(): number {
    return Object.values(this.state.M).filter(({ role }) => role === 'extra').length + (this.mcount - this.state.sched.mcount);
  }

  get npidle(): number {
    return this.state.sched.pidle.length;
  }

  private readonly kernelWaiters = new Map<string, MId[]>();

  /** m sleeps in the kernel until `object` changes. */
  waitInKernel(object: string, m: MId): void {
    this.kernelWaiters.set(object, [...(this.kernelWaiters.get(object) ?? []), m]);
  }

  stopWaitingInKernel(object: string, m: MId): void {
    this.kernelWaiters.set(
      object,
      (this.kernelWaiters.get(object) ?? []).filter((waiter) => waiter !== m),
    );
  }

  wakeKernelWaiters(object: string): void {
    const waiters = this.kernelWaiters.get(object) ?? [];
    // An epoll set wakes one of those who wait on it, and of these the one that came last.
    for (const m of object.startsWith('epoll:') ? waiters.slice(-1) : waiters) this.engine.wake(m, 'woken', this.costs.threadwake);
  }

  setBody(g: GId, body: Thread): void {
    this.bodies.set(g, body);
  }

  bodyOf(g: GId): Thread {
    const body = this.bodies.get(g);
    if (!body) throw new Error(`${g} has no program`);
    return body;
  }

  dropBody(g: GId): void {
    this.bodies.delete(g);
  }

  /**
   * lock(): waits at `at` until the lock is free, then holds it. Go: runtime/lock_futex.go; a holder is never asleep, so waiting is spinning.
   * Who has waited longest comes first. In Go a newcomer may be faster, but chance sees to it that not always; here, where chance has no
   * part, two threads in step would keep a third from the lock forever.
   */
  *lock(m: MId, place: LockPlace, at: Row): Thread {
    const key = place.keys.join('.');
    for (;;) {
      yield at;
      const next = this.nextHolders.get(key);
      if (place.holder(this.state) === null && (next === undefined || next === m)) break;
      const queue = this.contenders.get(key);
      if (queue) queue.push(m);
      else this.contenders.set(key, [m]);
      yield SLEEP_UNTIL_WOKEN;
    }
    this.nextHolders.delete(key);
    this.to.at(place.keys, m);
    this.to.m(m, 'locks', this.M(m).locks + 1);
  }

  /** unlock(), as part of the step under way. The M that has waited longest tries next. */
  unlock(m: MId, place: LockPlace): void {
    if (place.holder(this.state) !== m) throw new Error(`${m} unlocks ${place.keys.join('.')}, which it does not hold`);
    this.to.at(place.keys, null);
    const row = this.M(m);
    this.to.m(m, 'locks', row.locks - 1);
    this.rearmPreemption(m);
    const key = place.keys.join('.');
    const next = this.contenders.get(key)?.shift();
    if (next === undefined) return;
    this.nextHolders.set(key, next);
    this.engine.wake(next, 'woken', this.costs.lockretry);
  }

  /** Go: the end of unlock and of releasem. A request that newstack could not grant is put back when the last lock goes. */
  rearmPreemption(m: MId): void {
    const row = this.M(m);
    if (row.locks === 0 && !row.ong0 && row.curg !== null && this.G(row.curg).preempt) this.to.g(row.curg, 'stackguard0', 'stackPreempt');
  }

  /** casgstatus. Throws when the status is not the expected one: ours would be the mistake. */
  casgstatus(g: GId, old: GRow['status'], now: GRow['status']): void {
    const { status } = this.G(g);
    if (status !== old) throw new Error(`casgstatus: ${g} is ${status}, not ${old}`);
    this.to.g(g, 'status', now);
  }
}
