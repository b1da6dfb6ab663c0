/**
 * The whole state of a run as plain JSON: what a trace's header holds and what the `set` lists of its steps change.
 * Field names are Go's (runtime/runtime2.go, Go 1.14); fields without a counterpart there say so.
 */
import type { GStatus, PStatus } from './go-constants';

export type GId = `G${number}`;
export type MId = `M${number}`;
export type PId = `P${number}`;

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

export interface KernelStay {
  nr: number;
  name: string;
  /** Virtual time, ns. `until` is null when nobody knows yet when the call returns. */
  since: number;
  until: number | null;
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

/** The network poller. Go: runtime/netpoll.go and netpoll_epoll.go. */
export interface NetpollRow {
  /** Its epoll set, and the pipe whose byte ends a wait in it (netpollBreak). */
  epfd: number;
  breakRd: number;
  breakWr: number;
  /** Go: pollcache. pollDescs that are free, the next one taken last. */
  free: readonly string[];
  pd: Record<string, PollDescRow>;
}

/** Go: pollDesc.rg and wg. null: nobody waits and nothing was told. */
export type PollWaiter = null | 'pdReady' | 'pdWait' | GId;

/** A descriptor that the poller watches: the runtime's pollDesc, and what package internal/poll keeps of it (FD). */
export interface PollDescRow {
  /** −1 once it is closed. */
  fd: number;
  /** Ours: how many goroutines read, write or close it, or wait to. Until they have left, the row is not used again. */
  inside: number;
  closing: boolean;
  rg: PollWaiter;
  wg: PollWaiter;
  /** Go: FD.fdmu. Who reads, and who writes; and how many wait for their turn to. */
  reader: GId | null;
  writer: GId | null;
  rwait: number;
  wwait: number;
  rsema: SemaRow;
  wsema: SemaRow;
  /** Who closes it sleeps here until the others have left it. */
  csema: SemaRow;
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

export interface KernelFile {
  /** Contents, UTF-8 text; a byte that is no UTF-8 stands as the lone surrogate U+DC00 + byte. */
  data: string;
  /** Permission bits; 0644 when absent, of a directory 0755. */
  mode?: number;
  /** A symbolic link; `data` is where it leads to. */
  type?: 'symlink';
  /** A socket's name in the tree: the number of its object. */
  object?: number;
  /** A further name of the file at that path. */
  sameAs?: string;
  /** A directory that is always there has been removed. */
  gone?: boolean;
  /** Owner and group; root when absent. */
  uid?: number;
  gid?: number;
  /** ns of virtual time since the beginning; 0 when absent. */
  atime?: number;
  mtime?: number;
  /** memfd_create: which changes are forbidden (F_ADD_SEALS). */
  seals?: number;
}

export interface KernelFd {
  kind: 'file' | 'dir' | 'symlink' | 'pipe-read' | 'pipe-write' | 'eventfd' | 'epoll' | 'socket' | 'timerfd' | 'signalfd' | 'tty';
  path: string;
  offset: number;
  /** Access mode and status flags (O_NONBLOCK, O_APPEND). */
  flags: number;
  /** Pipe, eventfd, epoll or socket object this descriptor names; 0 for files. */
  object: number;
  /** Which opening it belongs to: descriptors made by dup share one, and with it offset and flags. */
  description: number;
  cloexec: boolean;
}

/** A range of memory made by mmap. */
export interface KernelMap {
  /** Hex. */
  start: string;
  bytes: number;
  prot: number;
  flags: number;
  /** The file behind it and where in the file it begins; '' for anonymous memory. */
  path: string;
  offset: number;
  /** A shared mapping of a file that was opened for reading only: mprotect cannot make it writable. */
  writable?: false;
}

/** A lock on a file (file-locks.ts). */
export interface FileLock {
  /** A file's path, or kind and number of something else. */
  on: string;
  /** 0: the process; else an open file, by its description. */
  owner: number;
  /** flock(2): stands only against others of its kind. */
  whole: boolean;
  /** F_RDLCK 0, F_WRLCK 1. */
  type: number;
  from: number;
  /** Exclusive. */
  to: number;
}

/** A line of the system call log, as strace(1) prints it. */
export interface StraceLine {
  /** The thread's number. */
  pid: number;
  text: string;
  /** The call has not returned yet, and no other line has come after it. */
  open?: boolean;
}

export interface KernelState {
  pid: number;
  files: Record<string, KernelFile>;
  /** The working directory; / when absent. */
  cwd?: string;
  /** The permissions that new files do not get; 022 when absent. */
  umask?: number;
  /** Who the program is: real, effective and saved user and group; root when absent. */
  ids?: { uid?: [number, number, number]; gid?: [number, number, number] };
  groups?: number[];
  /** Limits that setrlimit has changed: soft and hard, hex, by number. */
  limits?: Record<string, [string, string]>;
  /** setpriority's value. */
  nice?: number;
  /** prctl(PR_SET_NAME), hex. */
  comm?: string;
  /** The end of the heap, hex. */
  brk?: string;
  /** What waiting calls hold on to: their files stay, even if the descriptors are closed meanwhile. */
  held?: { m: MId; open: KernelFd }[];
  locks?: FileLock[];
  /** Signals that each thread blocks (hex), and those that were sent and are blocked. */
  masks?: Record<MId, string>;
  pending?: number[];
  /** struct sigaction of a signal, as rt_sigaction has set it (hex). */
  actions?: Record<string, string>;
  /** struct sigaltstack (hex) and robust list of a thread. */
  altstacks?: Record<MId, string>;
  robust?: Record<MId, string>;
  /** Who gets SIGIO of an open file (F_SETOWN): by description. */
  owners?: Record<string, number>;
  fds: Record<string, KernelFd>;
  /** Kernel objects other than files (pipes, eventfds, epoll sets, socket pairs), by number. */
  objects: Record<string, Record<string, unknown>>;
  /** User memory that system calls read or wrote: address (hex) to bytes (hex). */
  mem: Record<string, string>;
  /** What mmap has made, by address. */
  maps: KernelMap[];
  /** Threads asleep on a futex or note, first one woken first; `on` is `M3.park`, `sched.stopnote` and the like, or the futex word's address. */
  futex: { m: MId; on: string; bitset?: number }[];
  /** The latest lines of the system call log, oldest first. */
  strace: StraceLine[];
  /** The latest of what was written to descriptors 1 and 2. */
  stdout: string;
  stderr: string;
  /** What is under way to a connection that `netread` reads from: when it arrives (ns of virtual time), and who reads there. */
  netpoll: { g: GId; at: number; fd: number }[];
  /** The M that blocks in epoll_wait, if any. */
  poller: MId | null;
  /** A byte lies in the poller's pipe (netpollBreak), until a blocking netpoll has read it. */
  netpollBreak: boolean;
}

export interface ChanRow {
  cap: number;
  /** Values in the buffer. */
  count: number;
  closed: boolean;
  /** Ours: the M that holds hchan.lock. */
  lock: MId | null;
  recvq: GId[];
  sendq: GId[];
}

/** sync.Mutex: the bits of its state word and the waiters on its semaphore, first one woken first. */
export interface MutexRow {
  locked: boolean;
  woken: boolean;
  starving: boolean;
  waiters: number;
  /** The semaphore's count, and who waits on it. */
  sema: number;
  queue: GId[];
  /** Ours: the M that holds the semaphore's root lock. */
  lock: MId | null;
}

/** sync.WaitGroup: its counter and the waiters on its semaphore. */
export interface WaitGroupRow {
  counter: number;
  /** How many wait, by the wait group's own count; the queue is the semaphore's. */
  waiters: number;
  sema: number;
  queue: GId[];
  /** Ours: the M that holds the semaphore's root lock. */
  lock: MId | null;
}

/** sync.RWMutex. Its mutex w, which writers hold, stands in `mutex` under the same name. */
export interface RWMutexRow {
  /** Less than 0 while a writer waits or writes: rwmutexMaxReaders taken off. */
  readerCount: number;
  /** Readers for whom the writer still waits. */
  readerWait: number;
  writerSem: SemaRow;
  readerSem: SemaRow;
}

/** A semaphore that belongs to a larger row. */
export interface SemaRow {
  sema: number;
  queue: GId[];
  /** Ours: the M that holds the semaphore's root lock. */
  lock: MId | null;
}

/** sync.Cond: its list of tickets (notifyList) and the mutex L. */
export interface CondRow {
  mutex: string;
  /** The next waiter's ticket, and the next one to be notified. */
  wait: number;
  notify: number;
  queue: { g: GId; ticket: number }[];
  lock: MId | null;
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
