/**
 * The whole state of a run as plain JSON: what a trace's header holds and what the `set` lists of its steps change.
 * Field names are Go's (runtime/runtime2.go, Go 1.14); fields without a counterpart there say so.
 */
import type { GStatus, PStatus } from './go-constants';
import type { GId, MId, PId } from './ids';
import type { KernelState, KernelStay } from './kernel-state';
import type { ChanRow, CondRow, MutexRow, NetpollRow, RWMutexRow, WaitGroupRow } from './sync-rows';

export type { GId, MId, PId } from './ids';

export interface GRow {
  name: string;
  /** True for the runtime's own goroutines. */
  system: boolean;
  /** The number Go prints; handed out to each P in batches of 16. */
  goid: number;
  status: GStatus;
  m: MId | null;
  /** Law 5: g.lockedm = m if and only if m.lockedg = g. */
  lockedm: MId | null;
  /** What it waits for, or waited for last: only goexit0 clears it. */
  waitreason: string;
  /** ns; set by the garbage collector's report only, so 0 here. */
  waitsince: number;
  /** Go: sudog.ticket. 1 when a semaphore's count was handed to this waiter. */
  ticket: 0 | 1;
  /** Go: gp.param. What the waker of a channel operation left: its sudog; null when close woke it. */
  param: 'sudog' | null;
  /** Go: gp.waiting. The cases of the select that it waits in, in the order in which it was queued; none when it waits in none. These three are there only in programs that select. */
  selecting?: readonly SelectCase[];
  /** Go: gp.selectDone. 1: one of the cases has won, and the others' wakers pass it over. */
  selectDone?: 0 | 1;
  /** Ours: the case of `selecting` that has won; −1: none yet, or close has woken it. */
  selected?: number;
  preempt: boolean;
  stackguard0: 'normal' | 'stackPreempt';
  throwsplit: boolean;
  /** Hex strings. syscallsp is '0x0' outside a system call (law 10); syscallpc keeps its last value. */
  syscallsp: string;
  syscallpc: string;
  sched: { pc: string; sp: string };
  sysblocktraced: boolean;
  /** When the last system call that came back without a P did so, ns; 0 before that. */
  sysexitticks: number;
  /** Index of the running operation in the goroutine's list; operations inside `repeat` count as their outermost one. */
  op: number;
  /** Ours: the operation's keyword, e.g. `syscall`; '' before the first and after the last. */
  opname: string;
  /** Ours: the frame of the call that is under way: slot address (hex) to 8-byte value (hex). Empty outside a system call. */
  stack: Record<string, string>;
  /** Ours: call path, innermost last, of the operation under way (asm/call-paths.ts): `os.(*File).Read`. */
  frames: readonly string[];
  /** In recorded runs only: of each of `frames` the file and line from which the next one was called, the innermost one's own; none, or as many as there are frames. */
  lines?: readonly string[];
}

/** A case of a select that waits: its number in the select, the channel, and what it does with it. */
export interface SelectCase {
  readonly case: number;
  readonly chan: string;
  readonly dir: 'recv' | 'send';
}

export interface MRow {
  name: string;
  curg: GId | null;
  /** True while the thread runs on its g0. */
  ong0: boolean;
  p: PId | null;
  nextp: PId | null;
  oldp: PId | null;
  /** The P whose mcache it uses (Go: m.mcache, up to 1.14). */
  mcache: PId | null;
  spinning: boolean;
  /** Asleep on a note (notesleep, notetsleep). */
  blocked: boolean;
  /** Asleep on its note m.park. */
  parked: boolean;
  /** The note's key: 1 once somebody has woken it and until it has cleared it. */
  park: 0 | 1;
  locks: number;
  syscalltick: number;
  lockedg: GId | null;
  lockedExt: number;
  /** The runtime's own wirings: C callbacks, and an extra M to its goroutine. */
  lockedInt: number;
  incgo: boolean;
  /** C calls on its stack now, and ever. */
  ncgo: number;
  ncgocall: number;
  signalPending: boolean;
  preemptoff: string;
  /** Go: m.needextram. Of an extra M: it was the last one on the list, so that whoever has it now makes another. */
  needextram?: boolean;
  /** Ours: what the thread was made for. `extra`: an M without a thread, for threads of C that call Go. */
  role: 'worker' | 'sysmon' | 'template' | 'extra';
  /** Ours: the thread has left (mexit). Its row stays for the pictures. */
  dead: boolean;
  kernel: KernelStay | null;
  /** 64-bit registers as hex strings by Plan 9 name (AX, DI, …, SP, PC); null before this thread's first assembly step. */
  regs: Record<string, string> | null;
  /** The flags that are set, e.g. ['ZF','PF']; null before the first assembly step. */
  flags: string[] | null;
}

export interface PRow {
  status: PStatus;
  m: MId | null;
  /** The ring's window, head first. */
  runq: GId[];
  runnext: GId | null;
  schedtick: number;
  syscalltick: number;
  preempt: boolean;
  runSafePointFn: boolean;
  /** Dead Gs for reuse, the next one taken last. */
  gfree: GId[];
  /** The goids left in this P's batch: next one and the first that is not in it any more. */
  goidcache: number;
  goidcacheend: number;
  /** Sleeping Gs whose timer lies in this P's heap, earliest first; `when` in ns of virtual time. */
  timers: TimerRow[];
}

/** A timer: it wakes a goroutine that sleeps, or sends to a channel, `left` times every `period` ns (0: once). */
export type TimerRow = { when: number; g: GId } | { when: number; chan: string; period: number; left: number };

export interface Sched {
  /** Ours: the M inside a critical section of sched.lock. Laws marked [L] are checked while it is null. */
  lock: MId | null;
  runq: GId[];
  /** Stacks: the first element is the next one taken. */
  midle: MId[];
  pidle: PId[];
  nmidlelocked: number;
  nmspinning: number;
  nmsys: number;
  ngsys: number;
  gcwaiting: boolean;
  stopwait: number;
  /** The note on which whoever stops the world sleeps: 1 once stopwait has come to 0. */
  stopnote: 0 | 1;
  sysmonwait: boolean;
  /** 0 while an M blocks in netpoll, else the time (ns) of the last poll; starts at 1 because 0 has a meaning. */
  lastpoll: number;
  pollUntil: number;
  /** Go: netpollInited. The network poller is there: since the first timer or pollable descriptor. */
  netpollInited: boolean;
  /** The poller's descriptors and its pollDescs; there since netpollinit. */
  netpoll?: NetpollRow;
  /** Go: netpollWaiters. Up to 1.21 it only grows: who has been woken is not taken off. */
  netpollWaiters: number;
  maxmcount: number;
  /** mnext − nmfreed. */
  mcount: number;
  mnext: number;
  nmfreed: number;
  goidgen: number;
  gfree: GId[];
  haveTemplateThread: boolean;
  /** Go: extram, the Ms for threads of C, a stack; and who holds it between lockextra and unlockextra. Only in programs in which such threads call Go. */
  extram?: MId[];
  extramLock?: MId | null;
  /** Ms waiting for the template thread to start them, with the P they are to get: a stack, the newest first. */
  newmHandoff: { m: MId; p: PId | null; spinning: boolean }[];
  /** forEachP: what it does (its name), how many Ps still have to do it, and the note on which it sleeps. */
  safePointFn: string | null;
  safePointWait: number;
  safePointNote: 0 | 1;
  /**
   * Go: forcegc and memstats.last_gc_nanotime: the helper, whether it waits for sysmon, who has forcegc.lock, and when the last collection was (ns; 0:
   * never). Only in programs that collect and whose run can outlast forcegcperiod.
   */
  forcegc?: { g: GId; idle: 0 | 1; lock: MId | null; lastgc: number };
  /** The semaphore that whoever stops the world holds: its holder and who waits for it. */
  worldsema: { holder: GId | null; queue: GId[]; lock: MId | null };
}

export interface SysmonTick {
  schedtick: number;
  schedwhen: number;
  syscalltick: number;
  syscallwhen: number;
}

export interface SysmonRow {
  m: MId | null;
  /** Length of its next sleep, ns. */
  delay: number;
  /** Rounds without work. */
  idle: number;
  /** Ours: it is in the usleep between two rounds. */
  asleep: boolean;
  deepsleep: boolean;
  /** p.sysmontick, what it saw last on each P. */
  ticks: Record<PId, SysmonTick>;
}

export interface State {
  G: Record<GId, GRow>;
  M: Record<MId, MRow>;
  P: Record<PId, PRow>;
  sched: Sched;
  kernel: KernelState;
  sysmon: SysmonRow;
  chan: Record<string, ChanRow>;
  mutex: Record<string, MutexRow>;
  waitgroup: Record<string, WaitGroupRow>;
  /** Only in programs that have some. A sync.Once has its mutex in `mutex`, under the same name. */
  rwmutex?: Record<string, RWMutexRow>;
  cond?: Record<string, CondRow>;
  once?: Record<string, { done: 0 | 1 }>;
  /** Variables of package sync/atomic. */
  atomic?: Record<string, number>;
}

/** A value in a trace: whatever JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * One changed field: dotted path, value before, value after. A member that did not exist (`G.G2`, `kernel.fds.3`, a stack slot) has null
 * as its old value: whoever goes back takes it away again. Members never go away going forward; their table changes as a whole then.
 * A run queue stands here as one of its versions (queue-versions.ts): a plain list in JSON and after plainStep.
 */
export type Change = [path: string, old: Json, now: Json];

/** Everything that one step of the run did. The order of steps is the order in which they took effect. */
export interface Step {
  /** From 1, without gaps. */
  n: number;
  /** Virtual time in ns. */
  t: number;
  m: MId;
  p: PId | null;
  g: GId | null;
  /** Go's function, or the assembly symbol (`syscall.Syscall`). */
  fn: string;
  /** The step's name inside fn: public, the key of pseudo-code, narration and lessons. */
  at: string;
  /** Cost in ns. */
  d: number;
  set: Change[];
  asm?: { pc: string; text: string };
  note?: string;
  ev?: string;
  /** Of a recorded run: paths of `set` that the recording does not tell. */
  assumed?: readonly string[];
  /** In memory only, for the facts file: the system call that this step ended. */
  call?: CallFact;
  /** In memory only, for the facts file: what this step decided. */
  fact?: StepFact;
}

export type SyscallPath = 'oldp' | 'oldp-reacquired' | 'idlep' | 'slow-idlep' | 'slow-queued' | 'slow-locked' | 'raw' | 'runtime';

/** One system call of a goroutine. `enter`: when it stopped being _Grunning (raw: the SYSCALL instruction); `exit`: when the kernel gave the thread back; ns. */
export interface CallFact {
  g: GId;
  name: string;
  nr: number;
  via: string;
  enter: number;
  exit: number;
  path: SyscallPath;
  result: number;
  errno: string | null;
  /** The call as strace(1) prints it; null where the kernel was not entered by a system call. */
  strace: string | null;
  /** The model had nothing to say about it and answered ENOSYS. */
  unmodelled?: true;
}

export type HandoffWhy = 'runq' | 'tracereader' | 'gcwork' | 'spinning' | 'gcwaiting' | 'globalrunq' | 'lastp' | 'idle';

export type StepFact =
  | { kind: 'retake'; p: PId; from: MId | null; waited: number }
  | { kind: 'handoff'; p: PId; why: HandoffWhy; also: ('safepoint' | 'timers')[] }
  /** A P went to an M: what became of the handed-off P. */
  | { kind: 'given'; p: PId; m: MId }
  | { kind: 'steal'; thief: PId; victim: PId; n: number }
  | { kind: 'preemption'; g: GId; ran: number; how: 'cooperative' | 'async' }
  | { kind: 'stw'; asked: number; stopped: number; started: number };

/** How a run ended. */
export interface Outcome {
  kind: 'exit' | 'deadlock' | 'fatal' | 'panic' | 'limit';
  /** Exit status; null where the program had not ended. */
  code: number | null;
  message: string;
}
