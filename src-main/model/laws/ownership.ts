/** Who owns whom: threads, Ps, goroutines. */
import type { MId } from '../state';
import { anyM, first, inEntry, inReleasep, inWirep, law, stands, type Law } from './law';

export const OWNERSHIP: readonly Law[] = [
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
];
