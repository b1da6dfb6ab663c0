/** What the scheduler counts, and the stop of the world. */
import { first, law, stands, type Law } from './law';

/** Functions between raising nmspinning and the flag of the M that is started. */
const STARTERS = /^(wakep|handoffp|startm|newm|newm1|allocm|newosproc|mstart|mstart1|mcommoninit|templateThread|resetspinning)$/;

export const COUNTS: readonly Law[] = [
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
];
