/**
 * Threads and the Ps they own. Follows runtime/proc.go of Go 1.14: acquirep, wirep, releasep, startm, newm, mstart, stopm, handoffp,
 * wakep, stoplockedm, startlockedm, mexit, templateThread; and runtime/lock_futex.go for notes.
 */
import type { HandoffWhy, GId, MId, MRow, PId, State } from '../state';
import { checkdead } from './checkdead';
import { wakeNetPoller } from './netpoll';
import { notesleep, notewakeup, wakeUpFromTheStart } from './notes';
import { acquirep, pidleget, pidleput, releasep } from './owning-p';
import { throwFatal } from './panic';
import { runqempty } from './runq';
import { type Runtime, SCHED_LOCK, type StartFunction } from './runtime';
import { runUnderLock, stopOneP } from './stop-counts';
import { type Thread, rows } from './thread';

const STARTM = rows('startm', { lock: 'lock', pidleget: 'store', mget: 'store', nextp: 'store', notewakeup: 'futexwake' });
const ALLOCM = rows('allocm', { lock: 'lock', mcommoninit: 'allocm' });
const NEWM = rows('newm', { nextp: 'store', handoff: 'store', 'wake-template': 'futexwake' });
const NEWM1 = rows('newm1', { clone: 'clone' });
const SETMAXTHREADS = rows('setMaxThreads', { lock: 'lock', checkmcount: 'test' });
const STOPM = rows('stopm', { lock: 'lock', mput: 'store', notesleep: 'futexsleep', noteclear: 'store', 'nextp=nil': 'store' });
const HANDOFFP = rows('handoffp', {
  runq: 'test',
  globalrunq: 'test',
  spinning: 'cas',
  lock: 'lock',
  gcwaiting: 'store',
  safepoint: 'cas',
  lastp: 'test',
  idle: 'store',
});
const WAKEP = rows('wakep', { 'cas-nmspinning': 'cas' });
const STOPLOCKEDM = rows('stoplockedm', {
  lock: 'lock',
  nmidlelocked: 'store',
  notesleep: 'futexsleep',
  noteclear: 'store',
  'nextp=nil': 'store',
});
const INCIDLELOCKED = rows('incidlelocked', { lock: 'lock', nmidlelocked: 'store' });
const STARTLOCKEDM = rows('startlockedm', { lock: 'lock', nmidlelocked: 'store', nextp: 'store', notewakeup: 'futexwake' });

/** A fresh M's row. Go: allocm and mcommoninit. */
export function newMRow(name: string, role: MRow['role']): MRow {
  return {
    name,
    curg: null,
    ong0: true,
    p: null,
    nextp: null,
    oldp: null,
    mcache: null,
    spinning: false,
    blocked: false,
    parked: false,
    park: 0,
    locks: 0,
    syscalltick: 0,
    lockedg: null,
    lockedExt: 0,
    lockedInt: 0,
    incgo: false,
    ncgo: 0,
    ncgocall: 0,
    signalPending: false,
    preemptoff: '',
    role,
    dead: false,
    kernel: null,
    regs: null,
    flags: null,
    ...(role === 'extra' && { needextram: false }),
  };
}

/** Go 1.14, runtime/proc.go, startm: an M for p (or for any idle P when p is null). The caller has raised nmspinning when spinning. */
export function* startm(rt: Runtime, m: MId, p: PId | null, spinning: boolean): Thread {
  yield* rt.lock(m, SCHED_LOCK, STARTM.lock);
  let given = p;
  if (given === null) {
    yield STARTM.pidleget;
    given = pidleget(rt);
    if (given === null) {
      if (spinning) lowerSpinning(rt);
      rt.unlock(m, SCHED_LOCK);
      return;
    }
  }
  yield STARTM.mget;
  const [sleeper, ...others] = rt.state.sched.midle;
  if (sleeper !== undefined) rt.to.sched('midle', others);
  rt.unlock(m, SCHED_LOCK);
  if (sleeper === undefined) {
    yield* rt.go.newm(rt, m, spinning ? 'mspinning' : null, given);
    return;
  }
  yield STARTM.nextp;
  const row = rt.M(sleeper);
  if (row.spinning || row.nextp !== null) throw new Error(`startm: ${sleeper} is spinning or has a nextp`);
  if (spinning && !runqempty(rt, given)) throw new Error(`startm: ${given} has runnable gs`);
  rt.to.m(sleeper, 'spinning', spinning);
  rt.to.m(sleeper, 'nextp', given);
  rt.to.fact({ kind: 'given', p: given, m: sleeper });
  yield STARTM.notewakeup;
  notewakeup(rt, sleeper);
}

export function lowerSpinning(rt: Runtime): void {
  const { nmspinning } = rt.state.sched;
  if (nmspinning <= 0) throw new Error('negative nmspinning');
  rt.to.sched('nmspinning', nmspinning - 1);
}

/** Go 1.14, runtime/proc.go, newm: a new thread, by clone or, from a wired thread or from inside C, through the template thread. */
export function* newm(rt: Runtime, m: MId, fn: StartFunction, p: PId | null): Thread {
  const made = yield* allocm(rt, m, fn === 'sysmon' ? 'sysmon' : fn === 'templateThread' ? 'template' : 'worker');
  yield NEWM.nextp;
  rt.to.m(made, 'nextp', p);
  if (p !== null) rt.to.fact({ kind: 'given', p, m: made });
  const caller = rt.M(m);
  if (caller.lockedExt !== 0 || caller.incgo) {
    yield NEWM.handoff;
    if (!rt.state.sched.haveTemplateThread) yield* throwFatal(rt, m, { text: 'on a locked thread with no template thread' });
    rt.to.sched('newmHandoff', [{ m: made, p, spinning: fn === 'mspinning' }, ...rt.state.sched.newmHandoff]);
    const template = templateOf(rt.state);
    if (template !== null && rt.M(template).park === 0) {
      yield NEWM['wake-template'];
      if (rt.M(template).park === 0) notewakeup(rt, template);
    }
    return;
  }
  yield* newm1(rt, made, fn);
}

export function* newm1(rt: Runtime, made: MId, fn: StartFunction): Thread {
  yield NEWM1.clone;
  rt.engine.start(made, fn, rt.costs.clone + rt.costs.threadstart);
}

/** Go: allocm with mcommoninit and checkmcount (runtime/proc.go): the id is given, and the limit checked, under sched.lock. */
export function* allocm(rt: Runtime, m: MId, role: MRow['role']): Thread<MId> {
  yield* rt.lock(m, SCHED_LOCK, ALLOCM.lock);
  yield ALLOCM.mcommoninit;
  const { sched } = rt.state;
  const made: MId = `M${sched.mnext}`;
  rt.to.add('M', made, { ...newMRow(rt.setting.cast.M[sched.mnext] ?? '', role), ...rt.go.fields.M });
  rt.to.sched('mnext', sched.mnext + 1);
  rt.to.sched('mcount', sched.mcount + 1);
  yield* checkmcount(rt, m);
  rt.unlock(m, SCHED_LOCK);
  return made;
}

/** Go 1.14, runtime/proc.go, checkmcount: a throw, so nothing can recover from it. */
function* checkmcount(rt: Runtime, m: MId): Thread {
  const { maxmcount } = rt.state.sched;
  if (isWithinLimit(rt)) return;
  yield* throwFatal(rt, m, { text: 'thread exhaustion', before: ['runtime: program exceeds ', `${maxmcount}`, '-thread limit\n'] });
}

/** The Ms that are kept for threads of C count in some versions only. */
const isWithinLimit = (rt: Runtime): boolean =>
  rt.mcount - (rt.go.facts.extraMsExhaustThreads ? 0 : rt.extraMs) <= rt.state.sched.maxmcount;

/** Go 1.14, runtime/proc.go, setMaxThreads (debug.SetMaxThreads): a limit that is passed already is fatal at once. */
export function* setMaxThreads(rt: Runtime, g: GId): Thread {
  if (isWithinLimit(rt)) return;
  const m = rt.mOf(g);
  yield* rt.lock(m, SCHED_LOCK, SETMAXTHREADS.lock);
  yield SETMAXTHREADS.checkmcount;
  yield* checkmcount(rt, m);
  rt.unlock(m, SCHED_LOCK);
}

/** Go 1.14, runtime/proc.go, stopm: onto midle and asleep, until a waker has left a P in nextp. `isAsleepAlready`: an M that the first state finds parked. */
export function* stopm(rt: Runtime, m: MId, isAsleepAlready = false): Thread {
  if (isAsleepAlready) {
    yield* wakeUpFromTheStart(rt, m, STOPM.noteclear);
    yield* takeNextp(rt, m);
    return;
  }
  const row = rt.M(m);
  if (row.locks !== 0 || row.p !== null || row.spinning) throw new Error(`stopm: ${m} holds locks, a P, or is spinning`);
  yield* rt.lock(m, SCHED_LOCK, STOPM.lock);
  yield STOPM.mput;
  rt.to.sched('midle', [m, ...rt.state.sched.midle]);
  yield* checkdead(rt, m);
  rt.unlock(m, SCHED_LOCK);
  yield* notesleep(rt, m, STOPM);
  yield* takeNextp(rt, m);
}

function* takeNextp(rt: Runtime, m: MId): Thread {
  const { nextp } = rt.M(m);
  if (nextp === null) throw new Error(`stopm: ${m} was woken without a P`);
  yield* acquirep(rt, m, nextp);
  yield STOPM['nextp=nil'];
  rt.to.m(m, 'nextp', null);
}

/**
 * Go 1.14, runtime/proc.go, handoffp: p, _Pidle and in hand, is given away. The rule behind the order: if findrunnable would find
 * something for p, an M must be started now. Runs on any M, with or without a P.
 */
export function* handoffp(rt: Runtime, m: MId, p: PId): Thread {
  const also: ('safepoint' | 'timers')[] = [];
  const ends = (why: HandoffWhy): void => {
    rt.to.fact({ kind: 'handoff', p, why, also });
  };
  yield HANDOFFP.runq;
  if (!runqempty(rt, p)) {
    ends('runq');
    yield* rt.go.startm(rt, m, p, false);
    return;
  }
  if (rt.state.sched.runq.length !== 0) {
    yield HANDOFFP.globalrunq;
    ends('globalrunq');
    yield* rt.go.startm(rt, m, p, false);
    return;
  }
  if (rt.state.sched.nmspinning + rt.npidle === 0) {
    yield HANDOFFP.spinning;
    if (rt.state.sched.nmspinning === 0) {
      rt.to.sched('nmspinning', 1);
      ends('spinning');
      yield* rt.go.startm(rt, m, p, true);
      return;
    }
  }
  yield* rt.lock(m, SCHED_LOCK, HANDOFFP.lock);
  if (rt.state.sched.gcwaiting) {
    yield HANDOFFP.gcwaiting;
    stopOneP(rt, p);
    ends('gcwaiting');
    rt.unlock(m, SCHED_LOCK);
    return;
  }
  if (rt.P(p).runSafePointFn) {
    yield HANDOFFP.safepoint;
    runUnderLock(rt, p);
    also.push('safepoint');
  }
  if (rt.state.sched.runq.length !== 0) {
    yield HANDOFFP.globalrunq;
    rt.unlock(m, SCHED_LOCK);
    ends('globalrunq');
    yield* rt.go.startm(rt, m, p, false);
    return;
  }
  if (rt.npidle === rt.gomaxprocs - 1 && rt.state.sched.lastpoll !== 0) {
    yield HANDOFFP.lastp;
    rt.unlock(m, SCHED_LOCK);
    ends('lastp');
    yield* rt.go.startm(rt, m, p, false);
    return;
  }
  yield HANDOFFP.idle;
  const when = rt.P(p).timers[0]?.when ?? 0;
  if (when !== 0) {
    also.push('timers');
    wakeNetPoller(rt, m, when);
  }
  pidleput(rt, p);
  ends('idle');
  rt.unlock(m, SCHED_LOCK);
}

/** Go 1.14: callers of wakep ask this first (npidle ≠ 0 and nmspinning = 0). */
export function wantsWakep(rt: Runtime): boolean {
  return rt.npidle !== 0 && rt.state.sched.nmspinning === 0;
}

/** Go 1.14, runtime/proc.go, wakep: one more M that looks for work, if none does. */
export function* wakep(rt: Runtime, m: MId): Thread {
  yield WAKEP['cas-nmspinning'];
  if (rt.state.sched.nmspinning !== 0) return;
  rt.to.sched('nmspinning', 1);
  yield* rt.go.startm(rt, m, null, true);
}

/** Go 1.14, runtime/proc.go, stoplockedm: a wired M gives its P away and waits for its own G. Not on midle. */
export function* stoplockedm(rt: Runtime, m: MId): Thread {
  if (rt.M(m).p !== null) {
    const p = yield* releasep(rt, m);
    yield* rt.go.handoffp(rt, m, p);
  }
  yield* rt.lock(m, SCHED_LOCK, STOPLOCKEDM.lock);
  yield STOPLOCKEDM.nmidlelocked;
  rt.to.sched('nmidlelocked', rt.state.sched.nmidlelocked + 1);
  yield* checkdead(rt, m);
  rt.unlock(m, SCHED_LOCK);
  yield* notesleep(rt, m, STOPLOCKEDM);
  const { lockedg, nextp } = rt.M(m);
  if (lockedg === null || rt.G(lockedg).status !== '_Grunnable')
    throw new Error(`stoplockedm: ${m} woken but its goroutine is not runnable`);
  if (nextp === null) throw new Error(`stoplockedm: ${m} was woken without a P`);
  yield* acquirep(rt, m, nextp);
  yield STOPLOCKEDM['nextp=nil'];
  rt.to.m(m, 'nextp', null);
}

/** Go 1.14, runtime/proc.go, incidlelocked: +1 may leave no M that can run Go code, so checkdead is called. */
export function* incidlelocked(rt: Runtime, m: MId, v: 1 | -1): Thread {
  yield* rt.lock(m, SCHED_LOCK, INCIDLELOCKED.lock);
  yield INCIDLELOCKED.nmidlelocked;
  rt.to.sched('nmidlelocked', rt.state.sched.nmidlelocked + v);
  if (v > 0) yield* checkdead(rt, m);
  rt.unlock(m, SCHED_LOCK);
}

/** Go 1.14, runtime/proc.go, startlockedm: the picker of a wired G gives its own P to that G's thread and goes to sleep. */
export function* startlockedm(rt: Runtime, m: MId, g: GId): Thread {
  const wired = rt.G(g).lockedm;
  if (wired === null || wired === m) throw new Error(`startlockedm: ${g} is wired to ${String(wired)}, picked by ${m}`);
  yield* rt.lock(m, SCHED_LOCK, STARTLOCKEDM.lock);
  yield STARTLOCKEDM.nmidlelocked;
  rt.to.sched('nmidlelocked', rt.state.sched.nmidlelocked - 1);
  rt.unlock(m, SCHED_LOCK);
  const p = yield* releasep(rt, m);
  yield STARTLOCKEDM.nextp;
  if (rt.M(wired).nextp !== null) throw new Error(`startlockedm: ${wired} has a nextp already`);
  rt.to.m(wired, 'nextp', p);
  rt.to.fact({ kind: 'given', p, m: wired });
  yield STARTLOCKEDM.notewakeup;
  notewakeup(rt, wired);
  yield* stopm(rt, m);
}

function templateOf(state: State): MId | null {
  for (const [id, row] of Object.entries(state.M)) if (row.role === 'template' && !row.dead) return id as MId;
  return null;
}
