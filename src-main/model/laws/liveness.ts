/**
 * The laws about whole runs (34 to 37): what must happen in the end. A step can only show that it has not
 * happened for too long, so each law has a time after which it counts as broken; the times are many times what the slowest honest way
 * takes with the model's costs.
 */
import { SYSMON_MIN_DELAY_NS } from '../go-constants';
import type { MRow, State } from '../state';
import type { Moment, Place, Sight } from './moment';

interface LawOf<R extends Place> {
  number: number;
  name: string;
  /** ns for which the state may look so. */
  patienceNs: number;
  /** All that it reads: while nothing of that changes, neither does what it says. */
  reads: readonly R[];
  /** What is wrong for as long as it stays so; null: nothing. The same words mean the same wrong. */
  waiting: (moment: Pick<Sight<R>, 'state' | 'gs' | 'ms' | 'ps'>) => string | null;
}
export type LivenessLaw = LawOf<Place>;

/** Has the compiler see to it that a law reads what it names. */
const law = <const R extends Place>(it: LawOf<R>): LivenessLaw => it as LawOf<Place>;

/** Wake-ups, a new thread and a walk through findrunnable take some 50 µs; the network is looked at every 10 ms. */
const WAKE_PATIENCE_NS = 1_000_000;
/** sysmon sleeps 10 ms at the most, twice. */
const SYSMON_PATIENCE_NS = 25_000_000;

type Worker = Pick<MRow, 'role' | 'dead' | 'lockedg' | 'curg' | 'kernel' | 'parked' | 'park'>;

const isWorker = ({ role, dead }: Pick<MRow, 'role' | 'dead'>): boolean => (role === 'worker' || role === 'extra') && !dead;

/** Active: it runs, looks for work, or has been woken. A wired M runs no goroutine but its own. */
function isAwake(row: Worker): boolean {
  if (!isWorker(row) || (row.lockedg !== null && row.curg === null)) return false;
  return row.kernel === null && (!row.parked || row.park === 1);
}

export const LIVENESS: readonly LivenessLaw[] = [
  law({
    number: 34,
    name: 'no wake-up is lost',
    reads: [
      'sched.gcwaiting',
      'sched.lock',
      'sched.pidle',
      'sched.runq',
      'sched.extram',
      'P.status',
      'P.runq',
      'P.runnext',
      'M.role',
      'M.dead',
      'M.lockedg',
      'M.curg',
      'M.kernel',
      'M.parked',
      'M.park',
    ],
    patienceNs: WAKE_PATIENCE_NS,
    waiting: ({ state, ms, ps }) => {
      const { gcwaiting, pidle, runq, lock, extram = [] } = state.sched;
      if (gcwaiting || lock !== null || pidle.length === 0) return null;
      // Nobody promises to look at a P in a system call before sysmon does.
      const holders = ps.filter(([, p]) => p.status !== '_Psyscall' && (p.runq.length > 0 || p.runnext !== null));
      if (runq.length === 0 && holders.length === 0) return null;
      if (ms.some(([id, row]) => isAwake(row) && !extram.includes(id))) return null;
      return `${runq.length} goroutines on the global queue, ${holders.map(([id]) => id).join(' ') || 'no P'} with local ones, ${pidle.join(' ')} idle, and nobody is awake`;
    },
  }),
  law({
    number: 35,
    name: 'work behind a system call is fetched',
    reads: ['sysmon.m', 'sched.gcwaiting', 'P.status', 'P.syscalltick', 'P.runq', 'P.runnext'],
    patienceNs: SYSMON_PATIENCE_NS,
    waiting: ({ state, ps }) => {
      if (state.sysmon.m === null || state.sched.gcwaiting) return null;
      const kept = ps.find(([, p]) => p.status === '_Psyscall' && (p.runq.length > 0 || p.runnext !== null));
      return kept ? `${kept[0]} stays _Psyscall (tick ${kept[1].syscalltick}) with work in its queue` : null;
    },
  }),
  law({
    number: 36,
    name: 'the world stops once everybody can',
    reads: ['sched.gcwaiting', 'sched.stopwait', 'P.status', 'P.m', 'M.curg'],
    patienceNs: WAKE_PATIENCE_NS,
    waiting: ({ state, ps }) => {
      if (!state.sched.gcwaiting || state.sched.stopwait === 0) return null;
      // A running goroutine may take its time to a safe point, and one in RawSyscall until the kernel gives it back.
      const running = ps.some(([, p]) => p.status === '_Prunning' && p.m !== null && state.M[p.m]?.curg != null);
      return running ? null : `gcwaiting with stopwait ${state.sched.stopwait}, and nobody runs a goroutine`;
    },
  }),
  law({
    number: 37,
    name: 'a program that can never go on ends',
    reads: ['G.system', 'G.status', 'P.timers', 'kernel.netpoll', 'kernel.poller', 'M.role', 'M.dead', 'M.kernel'],
    patienceNs: SYSMON_PATIENCE_NS,
    waiting: ({ state, gs, ms, ps }) => {
      const isAlive =
        gs.some(
          ([, g]) =>
            !g.system && (g.status === '_Grunnable' || g.status === '_Grunning' || g.status === '_Gsyscall' || g.status === '_Gpreempted'),
        ) ||
        ps.some(([, p]) => p.timers.length > 0) ||
        state.kernel.netpoll.length > 0 ||
        state.kernel.poller !== null ||
        ms.some(([, row]) => isWorker(row) && row.kernel !== null && row.kernel.name !== 'futex');
      return isAlive ? null : 'no goroutine can run, no timer, no network, no system call, and the program goes on';
    },
  }),
];

/** Watches one run. */
/** How slow a run may honestly be: its first state and what it changes in the table of costs. */
export interface Pace {
  readonly costs: Readonly<Record<string, number>>;
  readonly first: State;
}

/** The slowest way that a law waits for has so many rows. */
const ROWS_ON_THE_WAY = 200;

export class LivenessWatch {
  private readonly slackNs: number;
  /** Go: iscgo. checkdead never speaks then, because a thread of C might call into Go. */
  private readonly iscgo: boolean;

  /** Without a pace: that of a scenario which changes nothing. */
  constructor(pace: Pace | null = null) {
    const dearest = Math.max(0, ...Object.values(pace?.costs ?? {}));
    const firstSleep = Math.max(0, (pace?.first.sysmon.delay ?? 0) - SYSMON_MIN_DELAY_NS);
    this.slackNs = ROWS_ON_THE_WAY * dearest + firstSleep;
    this.iscgo = pace?.first.sched.haveTemplateThread ?? false;
  }

  private readonly since: ({ words: string; fromNs: number } | null)[] = LIVENESS.map(() => null);

  /**
   * What has been waited for too long at this step, as a sentence; null when nothing has. `isStale`: whether anything that this law of
   * LIVENESS reads may have changed since the last step.
   */
  broken(moment: Moment, t: number, isStale: (index: number) => boolean = () => true): string | null {
    for (const [i, { number, name, patienceNs, waiting }] of LIVENESS.entries()) {
      const known = this.since[i] ?? null;
      if (number === 37 && this.iscgo) continue;
      const words = isStale(i) ? waiting(moment) : (known?.words ?? null);
      if (words === null) this.since[i] = null;
      else if (known?.words !== words) this.since[i] = { words, fromNs: t };
      else if (t - known.fromNs > patienceNs + this.slackNs) return `law ${number} (${name}): for ${t - known.fromNs} ns: ${words}`;
    }
    return null;
  }
}
