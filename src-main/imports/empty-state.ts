/** A state in which nothing is but so many idle Ps: what a recording begins with. */
import type { PId, PRow, State } from '../model/state';
import { firstKernelState } from '../model/kernel/kernel';

/** Everything of a P that no trace tells is as at the start of a program. */
export function idleP(): PRow {
  return {
    status: '_Pidle',
    m: null,
    runq: [],
    runnext: null,
    schedtick: 0,
    syscalltick: 0,
    preempt: false,
    runSafePointFn: false,
    gfree: [],
    goidcache: 0,
    goidcacheend: 0,
    timers: [],
  };
}

export function emptyState(ps: readonly number[]): State {
  const P = Object.fromEntries(ps.map((p) => [`P${p}`, idleP()])) as Record<PId, PRow>;
  return {
    G: {},
    M: {},
    P,
    sched: {
      lock: null,
      runq: [],
      midle: [],
      pidle: [],
      nmidlelocked: 0,
      nmspinning: 0,
      nmsys: 0,
      ngsys: 0,
      gcwaiting: false,
      stopwait: 0,
      stopnote: 0,
      sysmonwait: false,
      lastpoll: 1,
      pollUntil: 0,
      netpollInited: false,
      netpollWaiters: 0,
      maxmcount: 10_000,
      mcount: 0,
      mnext: 0,
      nmfreed: 0,
      goidgen: 0,
      gfree: [],
      haveTemplateThread: false,
      newmHandoff: [],
      safePointFn: null,
      safePointWait: 0,
      safePointNote: 0,
      worldsema: { holder: null, queue: [], lock: null },
    },
    kernel: firstKernelState({ files: {}, fds: {} }),
    sysmon: { m: null, delay: 0, idle: 0, asleep: false, deepsleep: false, ticks: {} },
    chan: {},
    mutex: {},
    waitgroup: {},
  };
}
