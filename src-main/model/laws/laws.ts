/**
 * The laws of scheduler.md section 2, each a function of its own: null when it holds, else what is wrong. Numbers are the reference's.
 *
 * Go's code passes through short gaps between two writes that belong together; here such rows are steps, and a law names the steps
 * after which it may look otherwise. Laws marked [L] there are checked only while sched.lock is free.
 */
import { RUNQ_SLOTS } from '../go-constants';
import type { GId, GRow, MId, MRow, PId, PRow, State, Step } from '../state';
import { changesOf } from '../state-path';

/** The state after a step, and where each thread stands: its last step. */
export interface Moment {
  state: State;
  /** Last step of each M, by id. */
  last: ReadonlyMap<MId, Pick<Step, 'fn' | 'at'>>;
  /** The step that led here. */
  step: Step;
  /** The ticks of all Ps before that step. */
  ticks: ReadonlyMap<PId, { schedtick: number; syscalltick: number }>;
}

export interface Law {
  /** Number in scheduler.md section 2. */
  number: number;
  name: string;
  /** Holds only while no M is inside a critical section of sched.lock. */
  outsideLock: boolean;
  broken: (moment: Moment) => string | null;
}

const ms = (state: State): [MId, MRow][] => Object.entries(state.M) as [MId, MRow][];
const ps = (state: State): [PId, PRow][] => Object.entries(state.P) as [PId, PRow][];
const gs = (state: State): [GId, GRow][] => Object.entries(state.G) as [GId, GRow][];

function stands(moment: Moment, m: MId, ...places: string[]): boolean {
  const last = moment.last.get(m);
  return last !== undefined && places.includes(`${last.fn}/${last.at}`);
}

const inWirep = ['wirep/m.p'];
const inReleasep = ['releasep/m.p=nil'];
const inEntry = ['reentersyscall/p.m=nil', 'reentersyscall/oldp'];

function anyM(moment: Moment, places: string[]): boolean {
  return ms(moment.state).some(([m]) => stands(moment, m, ...places));
}

function first<T>(rows: [string, T][], wrong: (id: string, row: T) => string | false): string | null {
  for (const [id, row] of rows) {
    const said = wrong(id, row);
    if (said !== false) return said;
  }
  return null;
}

/** How often each G is in a structure of the scheduler: ring, runnext, global queue. */
export function queuedCounts(state: State): Map<GId, number> {
  const counts = new Map<GId, number>();
  const add = (g: GId): void => {
    counts.set(g, (counts.get(g) ?? 0) + 1);
  };
  state.sched.runq.forEach(add);
  for (const [, p] of ps(state)) {
    p.runq.forEach(add);
    if (p.runnext !== null) add(p.runnext);
  }
  return counts;
}

/** Functions between raising nmspinning and the flag of the M that is started. */
const STARTERS = /^(wakep|handoffp|startm|newm|newm1|allocm|newosproc|mstart|mstart1|mcommoninit|templateThread|resetspinning)$/;

export const LAWS: readonly Law[] = [
  {
    number: 1,
    name: 'an M owns a P that knows it',
    outsideLock: false,
    broken: (moment) =>
      first(ms(moment.state), (m, row) => {
        if (row.p === null || moment.state.P[row.p]?.m === m) return false;
        if (stands(moment, m as MId, ...inEntry, ...inWirep)) return false;
        return `${m}.p = ${row.p}, but ${row.p}.m = ${String(moment.state.P[row.p]?.m)}`;
      }),
  },
  {
    number: 2,
    name: 'a P belongs to an M that knows it',
    outsideLock: true,
    broken: (moment) =>
      first(ps(moment.state), (p, row) => {
        if (row.m === null || moment.state.M[row.m]?.p === p) return false;
        if (stands(moment, row.m, ...inReleasep)) return false;
        // The list that procresize returns: p.m is the M chosen for it.
        if (anyM(moment, ['startTheWorldWithSema/procresize', 'startTheWorldWithSema/gcwaiting=0', 'startTheWorldWithSema/wakesysmon']))
          return false;
        if (ms(moment.state).some(([m]) => moment.last.get(m)?.fn === 'startTheWorldWithSema')) return false;
        if (row.status === '_Pidle' && moment.state.sched.worldsema.holder !== null) return false;
        return `${p}.m = ${row.m}, but ${row.m}.p = ${String(moment.state.M[row.m]?.p)}`;
      }),
  },
  {
    number: 3,
    name: 'a P has one owner or one heir',
    outsideLock: false,
    broken: ({ state, last }) => {
      const owners = new Map<string, MId>();
      for (const [m, row] of ms(state)) {
        // Between acquirep and nextp=nil the new owner is still its own heir.
        const claims = row.p !== null && row.p === row.nextp ? [row.p] : [row.p, row.nextp];
        for (const p of claims) {
          if (p === null) continue;
          const other = owners.get(p);
          if (other !== undefined) return `${p} belongs to ${other} and to ${m} (${JSON.stringify(last.get(m))})`;
          owners.set(p, m);
        }
      }
      return null;
    },
  },
  {
    number: 4,
    name: 'an M runs a G that knows it',
    outsideLock: false,
    broken: ({ state }) =>
      first(ms(state), (m, row) =>
        row.curg !== null && state.G[row.curg]?.m !== m
          ? `${m}.curg = ${row.curg}, but ${row.curg}.m = ${String(state.G[row.curg]?.m)}`
          : false,
      ) ??
      first(gs(state), (g, row) =>
        row.m !== null && state.M[row.m]?.curg !== g ? `${g}.m = ${row.m}, which runs ${String(state.M[row.m]?.curg)}` : false,
      ),
  },
  {
    number: 5,
    name: 'wiring is mutual',
    outsideLock: false,
    broken: (moment) =>
      first(ms(moment.state), (m, row) => {
        const { state } = moment;
        if (row.lockedg === null || stands(moment, m as MId, 'UnlockOSThread/lockedExt')) return false;
        if (state.G[row.lockedg]?.lockedm !== m)
          return `${m}.lockedg = ${row.lockedg}, which is wired to ${String(state.G[row.lockedg]?.lockedm)}`;
        return row.lockedExt > 0 ? false : `${m} is wired to ${row.lockedg} with lockedExt ${row.lockedExt}`;
      }) ??
      first(gs(moment.state), (g, row) =>
        row.lockedm !== null && moment.state.M[row.lockedm]?.lockedg !== g
          ? `${g}.lockedm = ${row.lockedm}, which is not wired to it`
          : false,
      ),
  },
  {
    number: 6,
    name: 'a wired M runs nobody else, a wired G runs nowhere else',
    outsideLock: false,
    broken: ({ state }) =>
      first(ms(state), (m, row) =>
        row.lockedg !== null && row.curg !== null && row.curg !== row.lockedg
          ? `${m} is wired to ${row.lockedg} and runs ${row.curg}`
          : false,
      ) ??
      first(gs(state), (g, row) =>
        row.lockedm !== null && row.m !== null && row.m !== row.lockedm ? `${g} is wired to ${row.lockedm} and runs on ${row.m}` : false,
      ),
  },
  {
    number: 7,
    name: 'a running G has an M and a P',
    outsideLock: false,
    broken: ({ state }) =>
      first(gs(state), (g, row) => {
        if (row.status !== '_Grunning') return false;
        if (row.m === null) return `${g} is _Grunning without an M`;
        const p = state.M[row.m]?.p ?? null;
        if (p === null) return `${g} is _Grunning on ${row.m}, which has no P`;
        const status = state.P[p]?.status;
        if (status === '_Prunning' || (status === '_Pgcstop' && state.sched.worldsema.holder === g)) return false;
        return `${g} is _Grunning on ${p}, which is ${String(status)}`;
      }),
  },
  {
    number: 8,
    name: 'no more running Gs than Ps',
    outsideLock: false,
    broken: ({ state }) => {
      const running = gs(state).filter(([, row]) => row.status === '_Grunning').length;
      return running <= ps(state).length ? null : `${running} goroutines are _Grunning on ${ps(state).length} Ps`;
    },
  },
  {
    number: 9,
    name: 'a G in a system call has an M and a kept frame',
    outsideLock: false,
    broken: (moment) =>
      first(gs(moment.state), (g, row) => {
        if (row.status !== '_Gsyscall') return false;
        if (row.m === null || row.syscallsp === '0x0' || !row.throwsplit)
          return `${g} is _Gsyscall with m ${String(row.m)}, syscallsp ${row.syscallsp}`;
        const p = moment.state.M[row.m]?.p ?? null;
        const fn = moment.last.get(row.m)?.fn ?? '';
        // Entry before the P is let go, exit after it was taken.
        const onTheWay = /^(reentersyscall|entersyscall_sysmon|runSafePointFn|entersyscallblock|releasep|wirep|exitsyscall)/.test(fn);
        return p === null || onTheWay ? false : `${g} is _Gsyscall on ${row.m}, which has ${p} at ${fn}`;
      }),
  },
  {
    number: 10,
    name: 'syscallsp is set exactly inside a system call',
    outsideLock: false,
    broken: ({ state }) =>
      first(gs(state), (g, row) => {
        if (row.status === '_Gsyscall' && row.syscallsp === '0x0') return `${g} is _Gsyscall with syscallsp 0`;
        return (row.status === '_Gdead' || row.status === '_Gwaiting') && row.syscallsp !== '0x0'
          ? `${g} is ${row.status} with syscallsp ${row.syscallsp}`
          : false;
      }),
  },
  {
    number: 11,
    name: 'a running P has an M',
    outsideLock: false,
    broken: (moment) =>
      first(ps(moment.state), (p, row) => {
        if (row.status !== '_Prunning' || row.m !== null) return false;
        if (anyM(moment, [...inEntry, 'reentersyscall/m.p=nil', 'releasep/p.m=nil'])) return false;
        return `${p} is _Prunning without an M`;
      }),
  },
  {
    number: 12,
    name: 'a P in a system call is kept by exactly one M',
    outsideLock: false,
    broken: (moment) =>
      first(ps(moment.state), (p, row) => {
        if (row.status !== '_Psyscall') return false;
        if (row.m !== null) return `${p} is _Psyscall and belongs to ${row.m}`;
        if (moment.state.sched.pidle.includes(p as PId)) return `${p} is _Psyscall and on pidle`;
        const keepers = ms(moment.state).filter(
          ([m, keeper]) =>
            keeper.syscalltick === row.syscalltick &&
            keeper.curg !== null &&
            moment.state.G[keeper.curg]?.status === '_Gsyscall' &&
            (keeper.oldp === p || (keeper.oldp === null && stands(moment, m, 'exitsyscall/oldp', 'wirep/m.p', 'wirep/p.m'))),
        );
        return keepers.some(([, keeper]) => keeper.oldp === p)
          ? keepers.filter(([, k]) => k.oldp === p).length === 1
            ? false
            : `${p} is kept by ${keepers.map(([m]) => m).join(', ')}`
          : keepers.length > 0
            ? false
            : `${p} is _Psyscall and nobody keeps it`;
      }),
  },
  {
    number: 13,
    name: 'an idle P on the list is empty and free',
    outsideLock: false,
    broken: ({ state }) => {
      for (const p of state.sched.pidle) {
        const row = state.P[p];
        if (row?.status !== '_Pidle' || row.m !== null || row.runq.length > 0 || row.runnext !== null)
          return `${p} is on pidle as ${JSON.stringify(row)}`;
        const heir = ms(state).find(([, m]) => m.nextp === p);
        if (heir) return `${p} is on pidle and nextp of ${heir[0]}`;
      }
      return new Set(state.sched.pidle).size === state.sched.pidle.length ? null : `pidle holds a P twice: ${state.sched.pidle.join(' ')}`;
    },
  },
  {
    number: 14,
    name: 'a P in use is not dead',
    outsideLock: false,
    broken: ({ state }) =>
      first(ps(state), (p, row) => (row.status === '_Pdead' ? `${p} is _Pdead, and the number of Ps never changes` : false)),
  },
  {
    number: 15,
    name: 'an idle M has nothing',
    outsideLock: false,
    broken: ({ state }) => {
      for (const m of state.sched.midle) {
        const row = state.M[m];
        if (!row || row.p !== null || row.curg !== null || row.spinning || row.nextp !== null || row.role !== 'worker')
          return `${m} is on midle as ${JSON.stringify(row)}`;
      }
      return first(ms(state), (m, row) =>
        row.role !== 'worker' && (row.p !== null || row.curg !== null)
          ? `${m} (${row.role}) has ${String(row.p)} and ${String(row.curg)}`
          : false,
      );
    },
  },
  {
    number: 16,
    name: 'C code runs in a system call',
    outsideLock: false,
    broken: ({ state }) =>
      first(ms(state), (m, row) =>
        row.incgo && (row.curg === null || state.G[row.curg]?.status !== '_Gsyscall') ? `${m} is in C without a G in _Gsyscall` : false,
      ),
  },
  {
    number: 17,
    name: 'the kept address lives from entry to exit',
    outsideLock: false,
    broken: ({ state }) =>
      first(ms(state), (m, row) =>
        row.oldp !== null && (row.curg === null || state.G[row.curg]?.status !== '_Gsyscall')
          ? `${m}.oldp = ${row.oldp} outside of a system call`
          : false,
      ),
  },
  {
    number: 18,
    name: 'each G is in one place, and whatever is queued can run',
    outsideLock: false,
    broken: ({ state }) => {
      const queued = queuedCounts(state);
      for (const [g, n] of queued) {
        if (n > 1) return `${g} is queued ${n} times`;
        if (state.G[g]?.status !== '_Grunnable') return `${g} is queued as ${String(state.G[g]?.status)}`;
      }
      const inHand = gs(state).filter(([g, row]) => row.status === '_Grunnable' && row.m === null && !queued.has(g)).length;
      // In the hand of an M between two places, up to a batch of 129 where a ring overflows.
      const hands = ms(state).filter(([, row]) => row.ong0 && (!row.parked || row.park === 1) && !row.dead).length;
      return inHand <= hands * (RUNQ_SLOTS / 2 + 1) ? null : `${inHand} runnable goroutines are nowhere`;
    },
  },
  {
    number: 19,
    name: 'a ring holds at most 256',
    outsideLock: false,
    broken: ({ state }) => first(ps(state), (p, row) => (row.runq.length > RUNQ_SLOTS ? `${p}.runq holds ${row.runq.length}` : false)),
  },
  {
    // The lengths are the lists' own here; what is left of the law is that a list has no duplicates and no members that do not exist.
    number: 20,
    name: 'the scheduler’s lists hold everybody once',
    outsideLock: true,
    broken: ({ state }) => {
      const { runq, midle, pidle } = state.sched;
      const lists: [string, readonly string[], object][] = [
        ['sched.runq', runq, state.G],
        ['midle', midle, state.M],
        ['pidle', pidle, state.P],
      ];
      for (const [name, list, table] of lists) {
        if (new Set(list).size !== list.length) return `${name} holds somebody twice: ${list.join(' ')}`;
        const stranger = list.find((id) => !Object.hasOwn(table, id));
        if (stranger !== undefined) return `${name} holds ${stranger}, which does not exist`;
      }
      return null;
    },
  },
  {
    number: 21,
    name: 'spinning is counted',
    outsideLock: true,
    broken: ({ state, last }) => {
      const spinning = ms(state).filter(([, row]) => row.spinning).length;
      // Whoever raises the count gives the flag to another M a few rows later, a new one when it begins.
      const starting = ms(state).filter(([m, row]) =>
        last.has(m) ? STARTERS.test(last.get(m)?.fn ?? '') : row.role === 'worker' && !row.parked,
      ).length;
      const surplus = state.sched.nmspinning - spinning;
      return surplus >= 0 && surplus <= starting
        ? null
        : `nmspinning is ${state.sched.nmspinning}, ${spinning} Ms spin, ${starting} may be on the way`;
    },
  },
  {
    number: 22,
    name: 'who spins has a P',
    outsideLock: false,
    broken: (moment) =>
      first(ms(moment.state), (m, row) => {
        if (!row.spinning || row.p !== null || row.nextp !== null) return false;
        if (stands(moment, m as MId, 'findrunnable/pidleput', 'releasep/m.p=nil', 'releasep/p.m=nil', 'releasep/status')) return false;
        return `${m} spins without a P at ${JSON.stringify(moment.last.get(m as MId))}`;
      }),
  },
  {
    number: 23,
    name: 'the Ms are counted and bounded',
    outsideLock: true,
    broken: ({ state }) => {
      const { mcount, mnext, nmfreed, maxmcount } = state.sched;
      if (mcount !== mnext - nmfreed) return `mcount ${mcount} is not mnext ${mnext} − nmfreed ${nmfreed}`;
      return mcount <= maxmcount ? null : `mcount ${mcount} is over ${maxmcount}`;
    },
  },
  {
    number: 24,
    name: 'checkdead never counts below nobody',
    outsideLock: false,
    broken: ({ state, step }) => {
      if (step.fn !== 'checkdead') return null;
      const { mcount, midle, nmidlelocked, nmsys } = state.sched;
      const run = mcount - midle.length - nmidlelocked - nmsys;
      return run >= 0 ? null : `checkdead counts ${mcount} − ${midle.length} − ${nmidlelocked} − ${nmsys} = ${run} running Ms`;
    },
  },
  {
    number: 25,
    name: 'wired sleepers are counted',
    outsideLock: true,
    broken: ({ state }) => {
      const { nmidlelocked } = state.sched;
      const waiting = ms(state).filter(([, row]) => row.lockedg !== null && row.curg === null).length;
      return nmidlelocked >= -1 && nmidlelocked <= waiting ? null : `nmidlelocked is ${nmidlelocked}, ${waiting} wired Ms wait`;
    },
  },
  {
    number: 26,
    name: 'ticks only grow',
    outsideLock: false,
    broken: ({ state, ticks }) =>
      first(ps(state), (p, row) => {
        const before = ticks.get(p as PId);
        if (!before) return false;
        const grown = row.schedtick - before.schedtick;
        if (grown !== 0 && grown !== 1) return `${p}.schedtick went from ${before.schedtick} to ${row.schedtick}`;
        return row.syscalltick < before.syscalltick ? `${p}.syscalltick shrank from ${before.syscalltick} to ${row.syscalltick}` : false;
      }),
  },
  {
    number: 27,
    name: 'locks are balanced',
    outsideLock: false,
    broken: (moment) =>
      first(ms(moment.state), (m, row) => {
        if (row.locks < 0) return `${m}.locks is ${row.locks}`;
        return row.locks !== 0 && stands(moment, m as MId, 'schedule/top') ? `${m}.locks is ${row.locks} in schedule` : false;
      }),
  },
  {
    number: 28,
    name: 'stopwait counts the Ps that have to stop',
    outsideLock: true,
    broken: ({ state, last }) => {
      if (!state.sched.gcwaiting) return null;
      // Between the CAS out of _Psyscall and the count of one's own stop.
      if (ms(state).some(([m]) => last.get(m)?.fn === 'entersyscall_gcwait')) return null;
      const left = ps(state).filter(([, row]) => row.status !== '_Pgcstop').length;
      return left === state.sched.stopwait ? null : `stopwait is ${state.sched.stopwait}, ${left} Ps have not stopped`;
    },
  },
  {
    number: 29,
    name: 'a stopped world stands still',
    outsideLock: false,
    broken: (moment) => {
      const { state } = moment;
      const stopper = state.sched.worldsema.holder;
      const m = stopper === null ? null : (state.G[stopper]?.m ?? null);
      if (m === null || !stands(moment, m, 'stopTheWorldWithSema/check', 'gc/stopped', 'startTheWorldWithSema/lock')) return null;
      const moving = ps(state).find(([, row]) => row.status !== '_Pgcstop');
      if (moving) return `${moving[0]} is ${moving[1].status} while ${m} has stopped the world`;
      if (state.sched.stopwait !== 0) return `stopwait is ${state.sched.stopwait} while ${m} has stopped the world`;
      const owners = ms(state).filter(([, row]) => row.p !== null);
      if (owners.length !== 1) return `${owners.map(([id]) => id).join(' ')} have Ps while ${m} has stopped the world`;
      const running = gs(state).find(([g, row]) => row.status === '_Grunning' && g !== stopper);
      return running ? `${running[0]} is _Grunning while ${m} has stopped the world` : null;
    },
  },
  {
    number: 30,
    name: 'whoever has to run the function is counted',
    outsideLock: true,
    broken: (moment) => {
      const { safePointFn, safePointWait } = moment.state.sched;
      if (safePointFn === null) return null;
      const asked = ps(moment.state).filter(([, row]) => row.runSafePointFn).length;
      // Between the CAS and the count, on the way to the lock included; a CAS that was lost has nothing to count.
      const running = ms(moment.state).filter(([m]) => stands(moment, m, 'runSafePointFn/fn', 'runSafePointFn/lock')).length;
      const begun = ms(moment.state).filter(([m]) => stands(moment, m, 'runSafePointFn/cas')).length;
      return safePointWait >= asked + running && safePointWait <= asked + running + begun
        ? null
        : `safePointWait is ${safePointWait}, ${asked} Ps are asked, ${running + begun} run the function`;
    },
  },
  {
    number: 31,
    name: 'one M polls at a time',
    outsideLock: false,
    broken: ({ state }) =>
      state.kernel.poller !== null && state.sched.lastpoll !== 0
        ? `${state.kernel.poller} polls, but lastpoll is ${state.sched.lastpoll}`
        : null,
  },
  {
    number: 32,
    name: 'whoever comes back from a system call has everything again',
    outsideLock: false,
    broken: (moment) => {
      const { state, step } = moment;
      if (step.fn !== 'exitsyscall' || (step.at !== 'throwsplit' && step.at !== 'tail')) return null;
      const m = state.M[step.m];
      const g = m?.curg == null ? null : state.G[m.curg];
      const p = m?.p == null ? null : state.P[m.p];
      const isBack =
        p?.m === step.m &&
        p.status === '_Prunning' &&
        g?.status === '_Grunning' &&
        g.syscallsp === '0x0' &&
        !g.throwsplit &&
        m?.oldp === null;
      return isBack
        ? null
        : `${step.m} leaves exitsyscall with P ${JSON.stringify(p && { m: p.m, status: p.status })}, G ${JSON.stringify(g && { status: g.status, syscallsp: g.syscallsp })}, oldp ${String(m?.oldp)}`;
    },
  },
  {
    number: 33,
    name: 'a P leaves _Psyscall by one CAS only',
    outsideLock: false,
    broken: ({ step }) => {
      const leaves = changesOf(step, 'P').filter(({ field, old, now }) => field === 'status' && old === '_Psyscall' && now !== '_Psyscall');
      if (leaves.length === 0) return null;
      return leaves.length === 1 && OUT_OF_PSYSCALL.includes(`${step.fn}/${step.at}`)
        ? null
        : `${leaves.map(({ path }) => path).join(' ')} left _Psyscall at ${step.fn}/${step.at}`;
    },
  },
];

/** Every CAS that takes a P out of _Psyscall. */
const OUT_OF_PSYSCALL = [
  'exitsyscallfast/cas-oldp',
  'retake/retake',
  'stopTheWorldWithSema/syscalls',
  'entersyscall_gcwait/cas',
  'forEachP/syscalls',
];

/** The first law that this moment breaks, as a sentence; null when all hold. */
export function brokenLaw(moment: Moment, laws: readonly Law[] = LAWS): string | null {
  const isLocked = moment.state.sched.lock !== null;
  for (const law of laws) {
    if (law.outsideLock && isLocked) continue;
    const said = law.broken(moment);
    if (said !== null) return `law ${law.number} (${law.name}): ${said}`;
  }
  return null;
}
