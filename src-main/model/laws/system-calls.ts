/** In a system call, and the way back. */
import { changesOf } from '../state-path';
import { first, isInSyscall, law, stands, type Law } from './law';

/** Every CAS that takes a P out of _Psyscall. */
const OUT_OF_PSYSCALL = [
  'exitsyscallfast/cas-oldp',
  'retake/retake',
  'stopTheWorldWithSema/syscalls',
  'entersyscall_gcwait/cas',
  'forEachP/syscalls',
];

export const SYSTEM_CALLS: readonly Law[] = [
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
];
