/**
 * The state in which a run begins: "main.main starts" (runtime/proc.go: main, at fn()). M0 runs main on P0, sysmon's thread M1 has just gone
 * to sleep for its shortest delay, all other Ps are idle with P1 on top, there is no other M. P0 has come so far that its tick counters
 * are not zero: schedtick 1 (main was executed once) and, in Go 1.14, syscalltick 3 (importing os makes three fcntl calls). `runtime.start` changes it.
 * A program that calls C has its template thread from the start (Go: runtime.main), asleep, with the next number after sysmon's; and an extra M,
 * which Go makes before sysmon (mstartm0). Where no thread of C ever calls Go, nor scheddetail names it, that M has no row and no number here.
 */
import { GOID_BATCH, SYSMON_MIN_DELAY_NS } from '../go-constants';
import { firstKernelState } from '../kernel/kernel';
import { FORCE_GC_IDLE } from '../runtime/forcegc';
import { extraG, extraMFields } from '../runtime/extra-m';
import { newGRow, SELECT_FIELDS } from '../runtime/newproc';
import { newMRow } from '../runtime/threads';
import type { ExtraFields } from '../versions/functions';
import { type VersionFacts, VERSIONS } from '../versions/profile';
import { stackTop } from '../runtime/machine';
import { madeByUse, usesCgo } from '../operations/index';
import type { Scenario } from '../scenario';
import type { GId, GRow, MId, MRow, PId, PRow, State } from '../state';
import type { MutexRow, SemaRow } from '../sync-rows';

export const DEFAULT_SCHEDTICK = 1;

/** What of a version shows in the first state. */
type Version = { readonly facts: VersionFacts; readonly fields: ExtraFields };

/** `go`: the version that is played, unless it is the scenario's. */
export function firstState(scenario: Scenario, go: Version = { facts: VERSIONS[scenario.runtime.go], fields: {} }): State {
  const { facts, fields } = go;
  const { gomaxprocs, maxthreads, sysmon, start } = scenario.runtime;
  const parked = start.idleMs ?? 0;
  const iscgo = usesCgo(scenario.goroutines);
  const made = madeByUse(scenario.goroutines);
  let nextM = 1;
  const newM = (): MId => `M${nextM++}`;
  const extra = made.cThreads || (iscgo && scenario.runtime.scheddetail) ? newM() : null;
  // Whoever never collects, or whose run is over before, is not made to.
  const helper: GId | null =
    made.collects && scenario.runtime.forcegcperiodNs < scenario.limits.timeNs ? (extra === null ? 'G2' : 'G3') : null;
  const sysmonM = sysmon ? newM() : null;
  const template = iscgo ? newM() : null;
  const firstParked = nextM;
  const threads = firstParked + parked;
  const midle: MId[] = Array.from({ length: parked }, (_, i): MId => `M${firstParked + i}`);
  const othersUpwards = Array.from({ length: gomaxprocs - 1 }, (_, i): PId => `P${i + 1}`);
  const state: State = {
    G: { G1: mainG() },
    M: { M0: mainM(scenario) },
    P: {},
    sched: {
      lock: null,
      runq: [],
      midle,
      pidle: facts.pidleTop === 'lowest' ? othersUpwards : othersUpwards.reverse(),
      nmidlelocked: 0,
      nmspinning: 0,
      nmsys: (sysmon ? 1 : 0) + (template === null ? 0 : 1),
      ngsys: extra === null ? 0 : 1,
      gcwaiting: false,
      stopwait: 0,
      stopnote: 0,
      sysmonwait: false,
      lastpoll: 1,
      pollUntil: 0,
      netpollInited: false,
      netpollWaiters: 0,
      maxmcount: maxthreads,
      mcount: threads,
      mnext: threads,
      nmfreed: 0,
      // The extra M's goroutine has taken the next number.
      goidgen: iscgo ? GOID_BATCH + 1 : GOID_BATCH,
      gfree: [],
      haveTemplateThread: template !== null,
      ...(extra !== null && { extram: [extra], extramLock: null }),
      newmHandoff: [],
      safePointFn: null,
      safePointWait: 0,
      safePointNote: 0,
      ...(helper !== null && { forcegc: { g: helper, idle: 1 as const, lock: null, lastgc: 0 } }),
      worldsema: { holder: null, queue: [], lock: null },
    },
    kernel: firstKernelState(scenario.kernel),
    sysmon: {
      m: sysmonM,
      delay: start.sysmonDelayNs ?? SYSMON_MIN_DELAY_NS,
      idle: 0,
      asleep: sysmon,
      deepsleep: false,
      ticks: {},
    },
    chan: {},
    mutex: {},
    waitgroup: {},
  };
  if (extra !== null) {
    state.G.G2 = { ...extraG(2, extra, GOID_BATCH + 1), m: extra, lockedm: extra };
    state.M[extra] = { ...newMRow(scenario.cast.M[Number(extra.slice(1))] ?? '', 'extra'), ...extraMFields('G2') };
  }
  if (helper !== null) state.G[helper] = helperG(helper);
  if (made.selects) for (const g of Object.values(state.G)) Object.assign(g, SELECT_FIELDS);
  // Ps that the program will only have later stand here as _Pdead.
  for (let i = 0; i < Math.max(gomaxprocs, made.procs); i++) {
    state.P[`P${i}`] = firstP(
      i,
      start.schedtick ?? DEFAULT_SCHEDTICK,
      start.syscalltick ?? facts.startSyscalltick,
      2 + facts.runtimeGoroutines,
    );
    if (i >= gomaxprocs) Object.assign(state.P[`P${i}`] ?? {}, { status: '_Pdead' });
    state.sysmon.ticks[`P${i}`] = { schedtick: 0, schedwhen: 0, syscalltick: 0, syscallwhen: 0 };
  }
  if (sysmonM !== null) state.M[sysmonM] = newMRow(scenario.cast.M[Number(sysmonM.slice(1))] ?? '', 'sysmon');
  for (const m of template === null ? midle : [template, ...midle]) {
    state.M[m] = {
      ...newMRow(scenario.cast.M[Number(m.slice(1))] ?? '', m === template ? 'template' : 'worker'),
      blocked: true,
      parked: true,
    };
    state.kernel.futex.push({ m, on: `${m}.park` });
  }
  for (const [name, { cap }] of Object.entries(scenario.channels)) {
    state.chan[name] = { cap, count: 0, closed: false, lock: null, recvq: [], sendq: [] };
  }
  const mutexRow = (): MutexRow => ({ locked: false, woken: false, starving: false, waiters: 0, sema: 0, queue: [], lock: null });
  for (const name of scenario.mutexes) {
    state.mutex[name] = mutexRow();
  }
  const semaRow = (): SemaRow => ({ sema: 0, queue: [], lock: null });
  for (const name of [...scenario.rwmutexes, ...made.once]) state.mutex[name] = mutexRow();
  for (const name of scenario.rwmutexes)
    (state.rwmutex ??= {})[name] = { readerCount: 0, readerWait: 0, writerSem: semaRow(), readerSem: semaRow() };
  for (const [name, { mutex }] of Object.entries(scenario.conds))
    (state.cond ??= {})[name] = { mutex, wait: 0, notify: 0, queue: [], lock: null };
  for (const name of made.once) (state.once ??= {})[name] = { done: 0 };
  for (const name of made.atomic) (state.atomic ??= {})[name] = 0;
  for (const name of scenario.waitgroups) state.waitgroup[name] = { counter: 0, waiters: 0, sema: 0, queue: [], lock: null };
  for (const table of ['G', 'M', 'P'] as const) for (const row of Object.values(state[table])) Object.assign(row, fields[table]);
  Object.assign(state.sched, fields.sched);
  return state;
}

function mainG(): GRow {
  return {
    ...newGRow('main', 1),
    status: '_Grunning',
    m: 'M0',
    sched: { pc: 'main.main', sp: `0x${stackTop(1).toString(16)}` },
  };
}

/** Go: runtime.init has started it, and it has gone to sleep (runtime/proc.go: forcegchelper). */
function helperG(g: GId): GRow {
  const sp = `0x${stackTop(Number(g.slice(1))).toString(16)}`;
  return {
    ...newGRow('runtime.forcegchelper', 2),
    system: true,
    status: '_Gwaiting',
    waitreason: FORCE_GC_IDLE,
    sched: { pc: 'runtime.forcegchelper', sp },
  };
}

function mainM(scenario: Scenario): MRow {
  return { ...newMRow(scenario.cast.M[0] ?? '', 'worker'), curg: 'G1', ong0: false, p: 'P0', mcache: 'P0' };
}

/** `goid`: the next one of P0's first batch. */
function firstP(i: number, schedtick: number, syscalltick: number, goid: number): PRow {
  const first = i === 0;
  return {
    status: first ? '_Prunning' : '_Pidle',
    m: first ? 'M0' : null,
    runq: [],
    runnext: null,
    schedtick: first ? schedtick : 0,
    syscalltick: first ? syscalltick : 0,
    preempt: false,
    runSafePointFn: false,
    gfree: [],
    goidcache: first ? goid : 0,
    goidcacheend: first ? GOID_BATCH + 1 : 0,
    timers: [],
  };
}
