/**
 * The laws of Go's scheduler, each a function of its own: null when it holds, else what is wrong. Their numbers only name them.
 *
 * Go's code passes through short gaps between two writes that belong together; here such rows are steps, and a law names the steps
 * after which it may look otherwise. Laws about lists that sched.lock guards are asked only while it is free.
 */
import { RUNQ_SLOTS } from '../go-constants';
import type { GId, MId, MRow } from '../state';
import { changesOf } from '../state-path';
import type { Moment, Place, Seen, Sight } from './moment';

interface LawOf<R extends Place> {
  /** Its number, from 1. */
  number: number;
  name: string;
  /** All that it reads of the state: while nothing of that changes, neither does what it says. */
  reads: readonly R[];
  /** Holds only while no M is inside a critical section of sched.lock. */
  outsideLock: boolean;
  broken: (moment: Sight<R>) => string | null;
}

/** `reads` null: it says nothing about that, and is asked after every step. */
export interface Law extends Omit<LawOf<never>, 'reads' | 'broken'> {
  reads: readonly Place[] | null;
  broken: (moment: Moment) => string | null;
}

/** Has the compiler see to it that a law reads what it names. */
const law = <const R extends Place>(it: LawOf<R>): Law => it;

function stands({ last }: Pick<Moment, 'last'>, m: MId, ...places: string[]): boolean {
  const its = last.get(m);
  return its !== undefined && places.includes(`${its.fn}/${its.at}`);
}

const inWirep = ['wirep/m.p'];
const inReleasep = ['releasep/m.p=nil'];
const inEntry = ['reentersyscall/p.m=nil', 'reentersyscall/oldp'];

function anyM(moment: Pick<Sight<never>, 'last' | 'ms'>, places: string[]): boolean {
  return moment.ms.some(([m]) => stands(moment, m, ...places));
}

function first<Id, Row>(rows: readonly (readonly [Id, Row])[], wrong: (id: Id, row: Row) => string | false): string | null {
  for (const [id, row] of rows) {
    const said = wrong(id, row);
    if (said !== false) return said;
  }
  return null;
}

/** Its goroutine is in a system call; or was in one when dropm put the extra M back, which keeps what it had. */
function isInSyscall(state: Seen<'G.status'>, { curg, role }: Pick<MRow, 'curg' | 'role'>): boolean {
  const status = curg === null ? null : state.G[curg]?.status;
  return status === '_Gsyscall' || (role === 'extra' && status === '_Gdead');
}

/** How often each G is in a structure of the scheduler: ring, runnext, global queue. */
export function queuedCounts(state: Seen<'sched.runq' | 'P.runq' | 'P.runnext'>): Map<GId, number> {
  const counts = new Map<GId, number>();
  const add = (g: GId): void => {
    counts.set(g, (counts.get(g) ?? 0) + 1);
  };
  state.sched.runq.forEach(add);
  for (const p of Object.values(state.P)) {
    p.runq.forEach(add);
    if (p.runnext !== null) add(p.runnext);
  }
  return counts;
}

/** Functions between raising nmspinning and the flag of the M that is started. */
const STARTERS = /^(wakep|handoffp|startm|newm|newm1|allocm|newosproc|mstart|mstart1|mcommoninit|templateThread|resetspinning)$/;

export const LAWS: readonly Law[] = [
  law({
    number: 1,
    name: 'an M owns a P that knows it',
    reads: ['M.p', 'P.m'],
    outsideLock: false,
    broken: (moment) =>
      first(moment.ms, (m, row) => {
        if (row.p === null || moment.state.P[row.p]?.m === m) return false;
        if (stands(moment, m, ...inEntry, ...inWirep)) return false;
        return `${m}.p = ${row.p}, but ${row.p}.m = ${String(moment.state.P[row.p]?.m)}`;
      }),
  }),
  law({
    number: 2,
    name: 'a P belongs to an M that knows it',
    reads: ['P.m', 'P.status', 'M.p', 'sched.worldsema'],
    outsideLock: true,
    broken: (moment) =>
      first(moment.ps, (p, row) => {
        if (row.m === null || moment.state.M[row.m]?.p === p) return false;
        if (stands(moment, row.m, ...inReleasep)) return false;
        // The list that procresize returns: p.m is the M chosen for it.
        if (anyM(moment, ['startTheWorldWithSema/procresize', 'startTheWorldWithSema/gcwaiting=0', 'startTheWorldWithSema/wakesysmon']))
          return false;
        if (moment.ms.some(([m]) => moment.last.get(m)?.fn === 'startTheWorldWithSema')) return false;
        if (row.status === '_Pidle' && moment.state.sched.worldsema.holder !== null) return false;
        return `${p}.m = ${row.m}, but ${row.m}.p = ${String(moment.state.M[row.m]?.p)}`;
      }),
  }),
  law({
    number: 3,
    name: 'a P has one owner or one heir',
    reads: ['M.p', 'M.nextp'],
    outsideLock: false,
    broken: (moment) => {
      const owners = new Map<string, MId>();
      for (const [m, row] of moment.ms) {
        // Between acquirep and nextp=nil the new owner is still its own heir.
        const claims = row.p !== null && row.p === row.nextp ? [row.p] : [row.p, row.nextp];
        for (const p of claims) {
          if (p === null) continue;
          const other = owners.get(p);
          if (other !== undefined) return `${p} belongs to ${other} and to ${m} (${JSON.stringify(moment.last.get(m))})`;
          owners.set(p, m);
        }
      }
      return null;
    },
  }),
  law({
    number: 4,
    name: 'an M runs a G that knows it',
    reads: ['M.curg', 'G.m'],
    outsideLock: false,
    broken: ({ state, gs, ms }) =>
      first(ms, (m, row) =>
        row.curg !== null && state.G[row.curg]?.m !== m
          ? `${m}.curg = ${row.curg}, but ${row.curg}.m = ${String(state.G[row.curg]?.m)}`
          : false,
      ) ??
      first(gs, (g, row) =>
        row.m !== null && state.M[row.m]?.curg !== g ? `${g}.m = ${row.m}, which runs ${String(state.M[row.m]?.curg)}` : false,
      ),
  }),
  law({
    number: 5,
    name: 'wiring is mutual',
    reads: ['M.lockedg', 'M.lockedExt', 'M.lockedInt', 'G.lockedm'],
    outsideLock: false,
    broken: (moment) =>
      first(moment.ms, (m, row) => {
        const { state } = moment;
        if (row.lockedg === null || stands(moment, m, 'UnlockOSThread/lockedExt')) return false;
        if (state.G[row.lockedg]?.lockedm !== m)
          return `${m}.lockedg = ${row.lockedg}, which is wired to ${String(state.G[row.lockedg]?.lockedm)}`;
        return row.lockedExt + row.lockedInt > 0 ? false : `${m} is wired to ${row.lockedg} with lockedExt and lockedInt 0`;
      }) ??
      first(moment.gs, (g, row) =>
        row.lockedm !== null && moment.state.M[row.lockedm]?.lockedg !== g
          ? `${g}.lockedm = ${row.lockedm}, which is not wired to it`
          : false,
      ),
  }),
  law({
    number: 6,
    name: 'a wired M runs nobody else, a wired G runs nowhere else',
    reads: ['M.lockedg', 'M.curg', 'G.lockedm', 'G.m'],
    outsideLock: false,
    broken: ({ gs, ms }) =>
      first(ms, (m, row) =>
        row.lockedg !== null && row.curg !== null && row.curg !== row.lockedg
          ? `${m} is wired to ${row.lockedg} and runs ${row.curg}`
          : false,
      ) ??
      first(gs, (g, row) =>
        row.lockedm !== null && row.m !== null && row.m !== row.lockedm ? `${g} is wired to ${row.lockedm} and runs on ${row.m}` : false,
      ),
  }),
  law({
    number: 7,
    name: 'a running G has an M and a P',
    reads: ['G.status', 'G.m', 'M.p', 'P.status', 'sched.worldsema'],
    outsideLock: false,
    broken: (moment) =>
      first(moment.gs, (g, row) => {
        const { state } = moment;
        if (row.status !== '_Grunning') return false;
        if (row.m === null) return `${g} is _Grunning without an M`;
        // In procresize, from a P that goes to P0.
        if (state.sched.worldsema.holder === g && stands(moment, row.m, 'procresize/release', ...inWirep, 'wirep/p.m')) return false;
        const p = state.M[row.m]?.p ?? null;
        if (p === null) return `${g} is _Grunning on ${row.m}, which has no P`;
        const status = state.P[p]?.status;
        if (status === '_Prunning' || (status === '_Pgcstop' && state.sched.worldsema.holder === g)) return false;
        return `${g} is _Grunning on ${p}, which is ${String(status)}`;
      }),
  }),
  law({
    number: 8,
    name: 'no more running Gs than Ps',
    reads: ['G.status', 'P'],
    outsideLock: false,
    broken: ({ gs, ps }) => {
      const running = gs.filter(([, row]) => row.status === '_Grunning').length;
      return running <= ps.length ? null : `${running} goroutines are _Grunning on ${ps.length} Ps`;
    },
  }),
  law({
    number: 9,
    name: 'a G in a system call has an M and a kept frame',
    reads: ['G.status', 'G.m', 'G.syscallsp', 'G.throwsplit', 'M.p', 'M.role'],
    outsideLock: false,
    broken: (moment) =>
      first(moment.gs, (g, row) => {
        if (row.status !== '_Gsyscall') return false;
        // needm makes it _Gsyscall without entersyscall.
        const hasEntered = row.throwsplit || (row.m !== null && moment.state.M[row.m]?.role === 'extra');
        if (row.m === null || row.syscallsp === '0x0' || !hasEntered)
          return `${g} is _Gsyscall with m ${String(row.m)}, syscallsp ${row.syscallsp}`;
        const p = moment.state.M[row.m]?.p ?? null;
        if (p === null) return false;
        const fn = moment.last.get(row.m)?.fn ?? '';
        // Entry before the P is let go, exit after it was taken.
        const onTheWay = /^(reentersyscall|entersyscall_sysmon|runSafePointFn|entersyscallblock|releasep|wirep|exitsyscall)/.test(fn);
        return onTheWay ? false : `${g} is _Gsyscall on ${row.m}, which has ${p} at ${fn}`;
      }),
  }),
  law({
    number: 10,
    name: 'syscallsp is set exactly inside a system call',
    reads: ['G.status', 'G.syscallsp', 'G.m', 'M.role'],
    outsideLock: false,
    broken: ({ gs, state }) =>
      first(gs, (g, row) => {
        if (row.status === '_Gsyscall' && row.syscallsp === '0x0') return `${g} is _Gsyscall with syscallsp 0`;
        if (row.status === '_Gdead' && row.m !== null && state.M[row.m]?.role === 'extra') return false;
        return (row.status === '_Gdead' || row.status === '_Gwaiting') && row.syscallsp !== '0x0'
          ? `${g} is ${row.status} with syscallsp ${row.syscallsp}`
          : false;
      }),
  }),
  law({
    number: 11,
    name: 'a running P has an M',
    reads: ['P.status', 'P.m'],
    outsideLock: false,
    broken: (moment) =>
      first(moment.ps, (p, row) => {
        if (row.status !== '_Prunning' || row.m !== null) return false;
        if (anyM(moment, [...inEntry, 'reentersyscall/m.p=nil', 'releasep/p.m=nil'])) return false;
        return `${p} is _Prunning without an M`;
      }),
  }),
  law({
    number: 12,
    name: 'a P in a system call is kept by exactly one M',
    reads: ['P.status', 'P.m', 'P.syscalltick', 'M.syscalltick', 'M.curg', 'M.oldp', 'M.role', 'G.status', 'sched.pidle'],
    outsideLock: false,
    broken: (moment) =>
      first(moment.ps, (p, row) => {
        if (row.status !== '_Psyscall') return false;
        if (row.m !== null) return `${p} is _Psyscall and belongs to ${row.m}`;
        if (moment.state.sched.pidle.includes(p)) return `${p} is _Psyscall and on pidle`;
        const keepers = moment.ms.filter(
          ([m, keeper]) =>
            keeper.syscalltick === row.syscalltick &&
            isInSyscall(moment.state, keeper) &&
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
  }),
  law({
    number: 13,
    name: 'an idle P on the list is empty and free',
    reads: ['P.status', 'P.m', 'P.runq', 'P.runnext', 'M.nextp', 'sched.pidle'],
    outsideLock: false,
    broken: ({ state, ms }) => {
      for (const p of state.sched.pidle) {
        const row = state.P[p];
        if (row?.status !== '_Pidle' || row.m !== null || row.runq.length > 0 || row.runnext !== null)
          return `${p} is on pidle as ${JSON.stringify(row)}`;
        const heir = ms.find(([, m]) => m.nextp === p);
        if (heir) return `${p} is on pidle and nextp of ${heir[0]}`;
      }
      return new Set(state.sched.pidle).size === state.sched.pidle.length ? null : `pidle holds a P twice: ${state.sched.pidle.join(' ')}`;
    },
  }),
  law({
    number: 14,
    name: 'a P in use is not dead',
    reads: ['P.status', 'P.m', 'P.runq', 'P.runnext', 'P.timers', 'sched.pidle'],
    outsideLock: false,
    broken: ({ state, ps }) =>
      first(ps, (p, row) => {
        if (row.status !== '_Pdead') return false;
        const isUsed = row.m !== null || row.runq.length > 0 || row.runnext !== null || row.timers.length > 0;
        return isUsed || state.sched.pidle.some((idle) => idle === p) ? `${p} is _Pdead, and used` : false;
      }),
  }),
  law({
    number: 15,
    name: 'an idle M has nothing',
    reads: ['M.p', 'M.curg', 'M.spinning', 'M.nextp', 'M.role', 'sched.midle'],
    outsideLock: false,
    broken: ({ state, ms }) => {
      for (const m of state.sched.midle) {
        const row = state.M[m];
        if (!row || row.p !== null || row.curg !== null || row.spinning || row.nextp !== null || row.role !== 'worker')
          return `${m} is on midle as ${JSON.stringify(row)}`;
      }
      return first(ms, (m, row) =>
        row.role !== 'worker' && row.role !== 'extra' && (row.p !== null || row.curg !== null)
          ? `${m} (${row.role}) has ${String(row.p)} and ${String(row.curg)}`
          : false,
      );
    },
  }),
  law({
    number: 16,
    name: 'C code runs in a system call',
    reads: ['M.incgo', 'M.curg', 'M.role', 'M.lockedInt', 'G.status'],
    outsideLock: false,
    broken: (moment) =>
      first(moment.ms, (m, row) => {
        if (!row.incgo || isInSyscall(moment.state, row)) return false;
        // C calls Go: cgocallbackg comes out of the system call before it says that it is not in C, and says so again before it goes in.
        const isOnTheWay = row.lockedInt > 0 || stands(moment, m, 'cgocallbackg/incgo=true') || moment.last.get(m)?.fn === 'reentersyscall';
        return isOnTheWay ? false : `${m} is in C without a G in _Gsyscall`;
      }),
  }),
  law({
    number: 17,
    name: 'the kept address lives from entry to exit',
    reads: ['M.oldp', 'M.curg', 'M.role', 'G.status'],
    outsideLock: false,
    broken: ({ state, ms }) =>
      first(ms, (m, row) => (row.oldp !== null && !isInSyscall(state, row) ? `${m}.oldp = ${row.oldp} outside of a system call` : false)),
  }),
  law({
    number: 18,
    name: 'each G is in one place, and whatever is queued can run',
    reads: ['G.status', 'G.m', 'P.runq', 'P.runnext', 'M.ong0', 'M.parked', 'M.park', 'M.dead', 'sched.runq'],
    outsideLock: false,
    broken: ({ state, gs, ms }) => {
      const queued = queuedCounts(state);
      for (const [g, n] of queued) {
        if (n > 1) return `${g} is queued ${n} times`;
        if (state.G[g]?.status !== '_Grunnable') return `${g} is queued as ${String(state.G[g]?.status)}`;
      }
      const inHand = gs.filter(([g, row]) => row.status === '_Grunnable' && row.m === null && !queued.has(g)).length;
      // In the hand of an M between two places, up to a batch of 129 where a ring overflows.
      const hands = ms.filter(([, row]) => row.ong0 && (!row.parked || row.park === 1) && !row.dead).length;
      return inHand <= hands * (RUNQ_SLOTS / 2 + 1) ? null : `${inHand} runnable goroutines are nowhere`;
    },
  }),
  law({
    number: 19,
    name: 'a ring holds at most 256',
    reads: ['P.runq'],
    outsideLock: false,
    broken: ({ ps }) => first(ps, (p, row) => (row.runq.length > RUNQ_SLOTS ? `${p}.runq holds ${row.runq.length}` : false)),
  }),
  law({
    // The lengths are the lists' own here; what is left of the law is that a list has no duplicates and no members that do not exist.
    number: 20,
    name: 'the scheduler’s lists hold everybody once',
    reads: ['G', 'M', 'P', 'sched.runq', 'sched.midle', 'sched.pidle'],
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
  }),
  law({
    number: 21,
    name: 'spinning is counted',
    reads: ['M.spinning', 'M.role', 'M.parked', 'sched.nmspinning'],
    outsideLock: true,
    broken: (moment) => {
      const { nmspinning } = moment.state.sched;
      const spinning = moment.ms.filter(([, row]) => row.spinning).length;
      if (nmspinning === spinning) return null;
      // Whoever raises the count gives the flag to another M a few rows later, a new one when it begins.
      const { last } = moment;
      const starting = moment.ms.filter(([m, row]) =>
        last.has(m) ? STARTERS.test(last.get(m)?.fn ?? '') : row.role === 'worker' && !row.parked,
      ).length;
      const surplus = nmspinning - spinning;
      return surplus >= 0 && surplus <= starting ? null : `nmspinning is ${nmspinning}, ${spinning} Ms spin, ${starting} may be on the way`;
    },
  }),
  law({
    number: 22,
    name: 'who spins has a P',
    reads: ['M.spinning', 'M.p', 'M.nextp'],
    outsideLock: false,
    broken: (moment) =>
      first(moment.ms, (m, row) => {
        if (!row.spinning || row.p !== null || row.nextp !== null) return false;
        if (stands(moment, m, 'findrunnable/pidleput', 'releasep/m.p=nil', 'releasep/p.m=nil', 'releasep/status')) return false;
        return `${m} spins without a P at ${JSON.stringify(moment.last.get(m))}`;
      }),
  }),
  law({
    number: 23,
    name: 'the Ms are counted and bounded',
    reads: ['sched.mcount', 'sched.mnext', 'sched.nmfreed', 'sched.maxmcount'],
    outsideLock: true,
    broken: ({ state }) => {
      const { mcount, mnext, nmfreed, maxmcount } = state.sched;
      if (mcount !== mnext - nmfreed) return `mcount ${mcount} is not mnext ${mnext} − nmfreed ${nmfreed}`;
      return mcount <= maxmcount ? null : `mcount ${mcount} is over ${maxmcount}`;
    },
  }),
  law({
    number: 24,
    name: 'checkdead never counts below nobody',
    reads: ['sched.mcount', 'sched.midle', 'sched.nmidlelocked', 'sched.nmsys'],
    outsideLock: false,
    broken: ({ state, step }) => {
      if (step.fn !== 'checkdead') return null;
      const { mcount, midle, nmidlelocked, nmsys } = state.sched;
      const run = mcount - midle.length - nmidlelocked - nmsys;
      return run >= 0 ? null : `checkdead counts ${mcount} − ${midle.length} − ${nmidlelocked} − ${nmsys} = ${run} running Ms`;
    },
  }),
  law({
    number: 25,
    name: 'wired sleepers are counted',
    reads: ['M.lockedg', 'M.curg', 'sched.nmidlelocked'],
    outsideLock: true,
    broken: ({ state, ms }) => {
      const { nmidlelocked } = state.sched;
      const waiting = ms.filter(([, row]) => row.lockedg !== null && row.curg === null).length;
      // Below zero: sysmon takes one off for as long as it has a P in its hand, and whoever picks a wired goroutine may come before its thread has
      // counted itself in stoplockedm.
      return nmidlelocked >= -1 - waiting && nmidlelocked <= waiting ? null : `nmidlelocked is ${nmidlelocked}, ${waiting} wired Ms wait`;
    },
  }),
  law({
    number: 26,
    name: 'ticks only grow',
    reads: ['P.schedtick', 'P.syscalltick'],
    outsideLock: false,
    broken: ({ ticks, ps }) =>
      first(ps, (p, row) => {
        const before = ticks.get(p);
        if (!before) return false;
        const grown = row.schedtick - before.schedtick;
        if (grown !== 0 && grown !== 1) return `${p}.schedtick went from ${before.schedtick} to ${row.schedtick}`;
        return row.syscalltick < before.syscalltick ? `${p}.syscalltick shrank from ${before.syscalltick} to ${row.syscalltick}` : false;
      }),
  }),
  law({
    number: 27,
    name: 'locks are balanced',
    reads: ['M.locks'],
    outsideLock: false,
    broken: (moment) =>
      first(moment.ms, (m, row) => {
        if (row.locks < 0) return `${m}.locks is ${row.locks}`;
        return row.locks !== 0 && stands(moment, m, 'schedule/top') ? `${m}.locks is ${row.locks} in schedule` : false;
      }),
  }),
  law({
    number: 28,
    name: 'stopwait counts the Ps that have to stop',
    reads: ['P.status', 'sched.gcwaiting', 'sched.stopwait'],
    outsideLock: true,
    broken: (moment) => {
      const { sched } = moment.state;
      if (!sched.gcwaiting) return null;
      const left = moment.ps.filter(([, row]) => row.status !== '_Pgcstop' && row.status !== '_Pdead').length;
      if (left === sched.stopwait) return null;
      // Between the CAS out of _Psyscall and the count of one's own stop.
      if (moment.ms.some(([m]) => moment.last.get(m)?.fn === 'entersyscall_gcwait')) return null;
      return `stopwait is ${sched.stopwait}, ${left} Ps have not stopped`;
    },
  }),
  law({
    number: 29,
    name: 'a stopped world stands still',
    reads: ['G.m', 'G.status', 'M.p', 'P.status', 'sched.worldsema', 'sched.stopwait'],
    outsideLock: false,
    broken: (moment) => {
      const { state, gs, ms, ps } = moment;
      const stopper = state.sched.worldsema.holder;
      const m = stopper === null ? null : (state.G[stopper]?.m ?? null);
      if (m === null || !stands(moment, m, 'stopTheWorldWithSema/check', 'gc/stopped', 'startTheWorldWithSema/lock')) return null;
      const moving = ps.find(([, row]) => row.status !== '_Pgcstop' && row.status !== '_Pdead');
      if (moving) return `${moving[0]} is ${moving[1].status} while ${m} has stopped the world`;
      if (state.sched.stopwait !== 0) return `stopwait is ${state.sched.stopwait} while ${m} has stopped the world`;
      const owners = ms.filter(([, row]) => row.p !== null);
      if (owners.length !== 1) return `${owners.map(([id]) => id).join(' ')} have Ps while ${m} has stopped the world`;
      const running = gs.find(([g, row]) => row.status === '_Grunning' && g !== stopper);
      return running ? `${running[0]} is _Grunning while ${m} has stopped the world` : null;
    },
  }),
  law({
    number: 30,
    name: 'whoever has to run the function is counted',
    reads: ['P.runSafePointFn', 'sched.safePointFn', 'sched.safePointWait'],
    outsideLock: true,
    broken: (moment) => {
      const { safePointFn, safePointWait } = moment.state.sched;
      if (safePointFn === null) return null;
      const asked = moment.ps.filter(([, row]) => row.runSafePointFn).length;
      // Between the CAS and the count, on the way to the lock included; a CAS that was lost has nothing to count.
      const running = moment.ms.filter(([m]) => stands(moment, m, 'runSafePointFn/fn', 'runSafePointFn/lock')).length;
      const begun = moment.ms.filter(([m]) => stands(moment, m, 'runSafePointFn/cas')).length;
      return safePointWait >= asked + running && safePointWait <= asked + running + begun
        ? null
        : `safePointWait is ${safePointWait}, ${asked} Ps are asked, ${running + begun} run the function`;
    },
  }),
  law({
    number: 31,
    name: 'one M polls at a time',
    reads: ['kernel.poller', 'sched.lastpoll'],
    outsideLock: false,
    broken: ({ state }) =>
      state.kernel.poller !== null && state.sched.lastpoll !== 0
        ? `${state.kernel.poller} polls, but lastpoll is ${state.sched.lastpoll}`
        : null,
  }),
  law({
    number: 32,
    name: 'whoever comes back from a system call has everything again',
    reads: ['M.curg', 'M.p', 'M.oldp', 'P.m', 'P.status', 'G.status', 'G.syscallsp', 'G.throwsplit'],
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
  }),
  law({
    number: 33,
    name: 'a P leaves _Psyscall by one CAS only',
    reads: [],
    outsideLock: false,
    broken: ({ step }) => {
      // Most steps do not: their paths need not be taken apart.
      if (!step.set.some(([, old]) => old === '_Psyscall')) return null;
      const leaves = changesOf(step, 'P').filter(({ field, old, now }) => field === 'status' && old === '_Psyscall' && now !== '_Psyscall');
      if (leaves.length === 0) return null;
      return leaves.length === 1 && OUT_OF_PSYSCALL.includes(`${step.fn}/${step.at}`)
        ? null
        : `${leaves.map(({ path }) => path).join(' ')} left _Psyscall at ${step.fn}/${step.at}`;
    },
  }),
  law({
    number: 38,
    name: 'an extra M on the list has no thread',
    reads: ['M.role', 'M.p', 'M.nextp', 'M.curg', 'M.lockedg', 'M.parked', 'M.kernel', 'G.status', 'G.m', 'sched.extram'],
    outsideLock: false,
    broken: ({ state }) => {
      const { extram = [] } = state.sched;
      for (const m of extram) {
        const row = state.M[m];
        if (row?.role !== 'extra' || row.p !== null || row.nextp !== null || row.parked || row.kernel !== null)
          return `${m} is on the list of extra Ms as ${JSON.stringify(row)}`;
        const g = row.curg === null ? undefined : state.G[row.curg];
        if (g?.status !== '_Gdead' || g.m !== m || row.lockedg !== row.curg)
          return `${m} is on the list of extra Ms with ${String(row.curg)}, which is ${String(g?.status)} on ${String(g?.m)}`;
      }
      return new Set(extram).size === extram.length ? null : `the list of extra Ms holds one twice: ${extram.join(' ')}`;
    },
  }),
  law({
    number: 39,
    name: 'an extra M is on the list or lent',
    reads: ['M.role', 'M.curg', 'G.status', 'sched.extram', 'sched.extramLock'],
    outsideLock: false,
    broken: (moment) => {
      const { extram = [], extramLock = null } = moment.state.sched;
      if (extramLock !== null && !FN_WITH_LOCKEXTRA.test(moment.last.get(extramLock)?.fn ?? ''))
        return `${extramLock} has the list of extra Ms at ${String(moment.last.get(extramLock)?.fn)}`;
      return first(moment.ms, (m, row) => {
        if (row.role !== 'extra' || extram.includes(m) || row.curg === null || moment.state.G[row.curg]?.status !== '_Gdead') return false;
        const its = moment.last.get(m)?.fn ?? '';
        // Between the list and casgstatus, either way; or just made, and on nobody's list yet.
        return /^(needm|dropm|goexit0|throw.*)$/.test(its) || moment.ms.some(([id]) => moment.last.get(id)?.fn === 'oneNewExtraM')
          ? false
          : `${m} is neither on the list of extra Ms nor lent`;
      });
    },
  }),
  law({
    number: 40,
    name: 'the helper is asleep while sysmon may call it',
    reads: ['sched.forcegc', 'G.status', 'G.waitreason', 'G.m'],
    outsideLock: false,
    broken: ({ state, last }) => {
      const { forcegc } = state.sched;
      if (!forcegc || forcegc.idle === 0) return null;
      const row = state.G[forcegc.g];
      // From the store to the park it holds forcegc.lock, for which sysmon waits.
      const isParking = forcegc.lock !== null && row?.m != null && last.get(row.m) !== undefined;
      return isParking || (row?.status === '_Gwaiting' && row.waitreason === 'force gc (idle)')
        ? null
        : `forcegc.idle is 1, but ${forcegc.g} is ${String(row?.status)} (${String(row?.waitreason)})`;
    },
  }),
  law({
    number: 41,
    name: 'who stands in a pollDesc waits for the poller, and in one place only',
    reads: ['sched.netpoll', 'G.status', 'G.waitreason'],
    outsideLock: false,
    broken: ({ state }) => {
      const seen = new Set<GId>();
      for (const [pd, { rg, wg }] of Object.entries(state.sched.netpoll?.pd ?? {})) {
        for (const waiter of [rg, wg]) {
          if (waiter === null || waiter === 'pdReady' || waiter === 'pdWait') continue;
          const row = state.G[waiter];
          if (row?.status !== '_Gwaiting' || row.waitreason !== 'IO wait')
            return `${waiter} stands in ${pd}, but is ${String(row?.status)} (${String(row?.waitreason)})`;
          if (seen.has(waiter)) return `${waiter} waits in ${pd} and elsewhere`;
          seen.add(waiter);
        }
      }
      return null;
    },
  }),
];

/** Who holds the list of extra Ms, from lockextra to unlockextra. */
const FN_WITH_LOCKEXTRA = /^(needm|newextram|oneNewExtraM|dropm)$/;

/** Every CAS that takes a P out of _Psyscall. */
const OUT_OF_PSYSCALL = [
  'exitsyscallfast/cas-oldp',
  'retake/retake',
  'stopTheWorldWithSema/syscalls',
  'entersyscall_gcwait/cas',
  'forEachP/syscalls',
];

/** What is wrong by this law, as a sentence with the law's name; null when it holds. */
export function brokenBy(law: Law, moment: Moment): string | null {
  if (law.outsideLock && moment.state.sched.lock !== null) return null;
  const said = law.broken(moment);
  return said === null ? null : `law ${law.number} (${law.name}): ${said}`;
}

/** The first law that this moment breaks, as a sentence; null when all hold. */
export function brokenLaw(moment: Moment, laws: readonly Law[] = LAWS): string | null {
  for (const law of laws) {
    const said = brokenBy(law, moment);
    if (said !== null) return said;
  }
  return null;
}
