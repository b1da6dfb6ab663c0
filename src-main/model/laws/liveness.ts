/**
 * The laws of scheduler.md section 2 about whole runs (34 to 37): what must happen in the end. A step can only show that it has not
 * happened for too long, so each law has a time after which it counts as broken; the times are many times what the slowest honest way
 * takes with the model's costs.
 */
import type { MId, MRow, PId, State, Step } from '../state';

export interface LivenessLaw {
  number: number;
  name: string;
  /** ns for which the state may look so. */
  patienceNs: number;
  /** What is wrong for as long as it stays so; null: nothing. The same words mean the same wrong. */
  waiting: (state: State) => string | null;
}

/** Wake-ups, a new thread and a walk through findrunnable take some 50 µs; the network is looked at every 10 ms. */
const WAKE_PATIENCE_NS = 1_000_000;
/** sysmon sleeps 10 ms at the most, twice. */
const SYSMON_PATIENCE_NS = 25_000_000;

const workers = (state: State): [MId, MRow][] =>
  (Object.entries(state.M) as [MId, MRow][]).filter(([, row]) => row.role === 'worker' && !row.dead);

/** Active: it runs, looks for work, or has been woken. A wired M runs no goroutine but its own. */
function isAwake(row: MRow): boolean {
  if (row.lockedg !== null && row.curg === null) return false;
  return row.kernel === null && (!row.parked || row.park === 1);
}

const hasSysmon = (state: State): boolean => state.sysmon.m !== null;

export const LIVENESS: readonly LivenessLaw[] = [
  {
    number: 34,
    name: 'no wake-up is lost',
    patienceNs: WAKE_PATIENCE_NS,
    waiting: (state) => {
      const { gcwaiting, pidle, runq, lock } = state.sched;
      if (gcwaiting || lock !== null || pidle.length === 0) return null;
      // Nobody promises to look at a P in a system call before sysmon does.
      const holders = Object.entries(state.P).filter(([, p]) => p.status !== '_Psyscall' && (p.runq.length > 0 || p.runnext !== null));
      if (runq.length === 0 && holders.length === 0) return null;
      if (workers(state).some(([, row]) => isAwake(row))) return null;
      return `${runq.length} goroutines on the global queue, ${holders.map(([id]) => id).join(' ') || 'no P'} with local ones, ${pidle.join(' ')} idle, and nobody is awake`;
    },
  },
  {
    number: 35,
    name: 'work behind a system call is fetched',
    patienceNs: SYSMON_PATIENCE_NS,
    waiting: (state) => {
      if (!hasSysmon(state) || state.sched.gcwaiting) return null;
      const kept = Object.entries(state.P).find(([, p]) => p.status === '_Psyscall' && (p.runq.length > 0 || p.runnext !== null));
      return kept ? `${kept[0]} stays _Psyscall (tick ${kept[1].syscalltick}) with work in its queue` : null;
    },
  },
  {
    number: 36,
    name: 'the world stops once everybody can',
    patienceNs: WAKE_PATIENCE_NS,
    waiting: (state) => {
      if (!state.sched.gcwaiting || state.sched.stopwait === 0) return null;
      // A running goroutine may take its time to a safe point, and one in RawSyscall until the kernel gives it back.
      const running = (Object.entries(state.P) as [PId, State['P'][PId]][]).some(
        ([, p]) => p.status === '_Prunning' && p.m !== null && state.M[p.m]?.curg != null,
      );
      return running ? null : `gcwaiting with stopwait ${state.sched.stopwait}, and nobody runs a goroutine`;
    },
  },
  {
    number: 37,
    name: 'a program that can never go on ends',
    patienceNs: SYSMON_PATIENCE_NS,
    waiting: (state) => {
      const isAlive =
        Object.values(state.G).some(
          (g) =>
            !g.system && (g.status === '_Grunnable' || g.status === '_Grunning' || g.status === '_Gsyscall' || g.status === '_Gpreempted'),
        ) ||
        Object.values(state.P).some((p) => p.timers.length > 0) ||
        state.kernel.netpoll.length > 0 ||
        state.kernel.poller !== null ||
        workers(state).some(([, row]) => row.kernel !== null && row.kernel.name !== 'futex');
      return isAlive ? null : 'no goroutine can run, no timer, no network, no system call, and the program goes on';
    },
  },
];

/** Watches one run. */
export class LivenessWatch {
  private readonly since = new Map<number, { words: string; fromNs: number }>();

  /** What has been waited for too long at this step, as a sentence; null when nothing has. */
  broken(state: State, step: Pick<Step, 't'>): string | null {
    for (const { number, name, patienceNs, waiting } of LIVENESS) {
      const words = waiting(state);
      if (words === null) {
        this.since.delete(number);
        continue;
      }
      const known = this.since.get(number);
      if (known?.words !== words) this.since.set(number, { words, fromNs: step.t });
      else if (step.t - known.fromNs > patienceNs) return `law ${number} (${name}): for ${step.t - known.fromNs} ns: ${words}`;
    }
    return null;
  }
}
