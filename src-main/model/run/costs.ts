/**
 * What each kind of step costs, in ns of virtual time. A scenario's `runtime.costs` overrides single entries by name.
 *
 * Calibration: with these numbers an undisturbed Syscall of 200 ns takes about 290 ns in all (measured on real Go: 138–220 ns for a
 * call of about 100 ns, 60–400 accepted), a parked thread runs about 5 µs after it was woken (measured 5–100 µs) and a new one about
 * 20 µs after it was asked for. How a round trip over channels, Gosched, go with its exit, a free lock, a buffer, Syscall and RawSyscall stand to each
 * other is Go 1.19's within a quarter (cli/compare/costs, which measures it). The kernel's timer slack (about 50 µs on Linux) is left out: sysmon's sleeps are as long as Go asks for.
 */
export const COSTS = {
  /** Reading a field and deciding. */
  test: 1,
  /** Writing a field or a few that lie together. */
  store: 1,
  /** One atomic instruction on a shared word. */
  cas: 5,
  /** Taking or releasing an uncontended runtime lock. */
  lock: 10,
  unlock: 5,
  /** Checking again after another M held the lock. */
  lockretry: 30,
  /** mcall, systemstack, gogo: saving one stack's registers and loading another's. */
  switch: 5,
  /** Taking a dead G from a list and making it ready for its function; the memory of a new one with its stack. */
  gfget: 100,
  malg: 150,
  /** Setting up an M structure and its g0. */
  allocm: 1_500,
  /** clone(2), for the caller; and until the new thread runs. */
  clone: 10_000,
  threadstart: 8_000,
  /** futex(2) wake, for the waker; going to sleep; and until the sleeper runs again. */
  futexwake: 1_000,
  futexsleep: 500,
  threadwake: 4_000,
  /** One assembly instruction. */
  instruction: 1,
  /** The mode switch of SYSCALL and back: part of the 200 ns that a call takes unless the scenario says otherwise. */
  syscall: 1,
  /** Time in the kernel of a call for which the scenario names none. */
  kernel: 200,
  /** Reading a clock that the kernel has mapped into the program. */
  vdso: 20,
  /** Calls that the runtime makes for itself: epoll_pwait without waiting, nanosleep's own overhead, sched_yield. */
  epoll: 300,
  usleep: 200,
  /** tgkill for the sender, and until the signal's handler runs. */
  tgkill: 800,
  signaldelivery: 1_500,
  /** A goroutine's code passes a function prologue about this often. */
  callgap: 50,
  /** A labelled point: none. */
  mark: 0,
  /** Entering one operation of a goroutine's program. */
  op: 2,
  /** Giving way of one's own accord: what runtime.Gosched does besides its rows. */
  gosched: 9,
  /** A channel or timer operation's work on its own data. */
  sync: 10,
  /** A value into or out of a channel's buffer. */
  chanbuf: 7,
  /** A sudog: taken, queued and given back by whoever waits at a channel; emptied or filled by whoever it waited for. */
  sudog: 38,
  /** A free mutex: the compiler puts its one instruction into the caller. */
  mutex: 1,
  /** Work inside stop-the-world on one P. */
  stopone: 20,
} as const;

export type CostName = keyof typeof COSTS;
export type Costs = Record<CostName, number>;

export function costsWith(overrides: Readonly<Record<string, number>>): Costs {
  const costs: Costs = { ...COSTS };
  for (const [name, ns] of Object.entries(overrides)) {
    if (!(name in COSTS)) throw new Error(`unknown cost ${name}; known: ${Object.keys(COSTS).join(', ')}`);
    costs[name as CostName] = ns;
  }
  return costs;
}
