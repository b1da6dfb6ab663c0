/**
 * Names and numbers that Go's runtime fixes. Source: runtime/runtime2.go, runtime/proc.go and runtime/stack.go of Go 1.14.1.
 */

export const G_STATUSES = [
  '_Gidle',
  '_Grunnable',
  '_Grunning',
  '_Gsyscall',
  '_Gwaiting',
  '_Gmoribund_unused',
  '_Gdead',
  '_Genqueue_unused',
  '_Gcopystack',
  '_Gpreempted',
] as const;
export type GStatus = (typeof G_STATUSES)[number];

export const P_STATUSES = ['_Pidle', '_Prunning', '_Psyscall', '_Pgcstop', '_Pdead'] as const;
export type PStatus = (typeof P_STATUSES)[number];

/** Slots of a P's ring (p.runq). */
export const RUNQ_SLOTS = 256;
/** Every so many ticks schedule() looks at the global queue first. */
export const GLOBAL_QUEUE_TICK = 61;
/** Rounds of stealing in findrunnable. */
export const STEAL_ROUNDS = 4;
/** forcePreemptNS: the length of a time slice, ns. Also the longest idle stay in _Psyscall and sysmon's network poll interval. */
export const FORCE_PREEMPT_NS = 10_000_000;
/** A thief waits this long (ns) before it takes a running P's runnext. */
export const RUNNEXT_GRACE_NS = 3_000;
/** sysmon's shortest sleep, ns. */
export const SYSMON_MIN_DELAY_NS = 20_000;
/** sysmon's longest sleep, ns. */
export const SYSMON_MAX_DELAY_NS = 10_000_000;
/** After more idle rounds than this sysmon doubles its sleep. */
export const SYSMON_IDLE_ROUNDS = 50;
/** forcegcperiod: two minutes, ns. Half of it bounds sysmon's deep sleep. */
export const FORCE_GC_PERIOD_NS = 120_000_000_000;
/** stopTheWorldWithSema and forEachP ask again after this long, ns. */
export const STOP_RETRY_NS = 100_000;
/** freezeStopWait: sched.stopwait while the program dies; how often freezetheworld asks, and how long (ns) it waits each time. */
export const FREEZE_STOP_WAIT = 0x7fffffff;
export const FREEZE_TRIES = 5;
export const FREEZE_USLEEP_NS = 1_000_000;
/** Goids a P takes from the global counter at once. */
export const GOID_BATCH = 16;
/** Free Gs that a P keeps before it gives some away, and how many it keeps then or fetches when it has none. */
export const GFREE_HIGH = 64;
export const GFREE_LOW = 32;
/** Events that one netpoll call returns at the most. */
export const NETPOLL_EVENTS = 128;
export const DEFAULT_MAX_M_COUNT = 10_000;
