/**
 * The scheduler's loop. Follows runtime/proc.go of Go 1.14: schedule, findrunnable, execute, resetspinning, goschedImpl, goyield, goexit0.
 *
 * A question whose answer is no and that changes nothing has no step of its own: it is asked in the step that follows.
 */
import { GFREE_HIGH, GFREE_LOW, GLOBAL_QUEUE_TICK, STEAL_ROUNDS } from '../go-constants';
import type { GId, MId, PId } from '../state';
import { dropg, execute } from './execute';
import { mexit } from './mexit';
import { netpollBreak } from './netpoll';
import { acquirep, pidleget, pidleput, releasep } from './owning-p';
import { throwFatal } from './panic';
import { type Found, runqempty, runqget } from './runq';
import { type Runtime, SCHED_LOCK } from './runtime';
import { runSafePointFn } from './stop-counts';
import { gcstopm } from './stop-the-world';
import { type Mcall, type Row, type Thread, type Wake, rows } from './thread';
import { lowerSpinning, startlockedm, stoplockedm, stopm } from './threads';
import { checkTimers } from './timers';

const SCHEDULE = rows('schedule', {
  'lockedg?': 'test',
  top: 'store',
  'gcwaiting?': 'test',
  'safepoint?': 'cas',
  lock: 'lock',
  tick61: 'store',
  'lockedm?': 'test',
});
const FIND = rows('findrunnable', {
  top: 'test',
  lock: 'lock',
  global: 'store',
  netpoll0: 'cas',
  'spin?': 'test',
  spin: 'cas',
  'steal[0]': 'test',
  'steal[1]': 'test',
  'steal[2]': 'test',
  'steal[3]': 'test',
  'lock-recheck': 'lock',
  recheck1: 'test',
  pidleput: 'store',
  unspin: 'cas',
  recheckQueues: 'test',
  'lock-pidleget': 'lock',
  'pidleget-again': 'store',
  'spin-again': 'cas',
  netpollBlock: 'cas',
  'netpoll-done': 'store',
  'poll-lock': 'lock',
  'poll-pidleget': 'store',
  'poll-ready': 'cas',
  'poll-spin': 'cas',
  netpollBreak: 'usleep',
});
const STEAL_ROWS = [FIND['steal[0]'], FIND['steal[1]'], FIND['steal[2]'], FIND['steal[3]']];
const RESET = rows('resetspinning', { nmspinning: 'cas' });
const MCALL = rows('mcall', { switch: 'switch' });
const GOEXIT = rows('goexit0', { casgstatus: 'cas', 'g.m=nil': 'store', 'lockedInt?': 'test', gfput: 'store', 'exit-thread': 'switch' });

/** The endless loop of an M that runs goroutines: find one, run it until it leaves its stack, do what it left for, repeat. */
export function* mloop(rt: Runtime, m: MId): Thread {
  for (;;) {
    if (rt.M(m).curg === null) yield* rt.go.schedule(rt, m);
    const g = rt.M(m).curg;
    if (g === null) throw new Error(`schedule: ${m} came back without a goroutine`);
    const call = yield* runUntilMcall(rt, g);
    yield MCALL.switch;
    rt.to.m(m, 'ong0', true);
    yield* call.work(m, g);
    if (rt.M(m).dead) return;
  }
}

/** The goroutine's own code, on its own stack. */
function* runUntilMcall(rt: Runtime, g: GId): Thread<Mcall> {
  const body = rt.bodyOf(g);
  let why: Wake = 'time';
  for (;;) {
    const { done, value } = body.next(why);
    if (done) return { wait: 'mcall', work: (m, ending) => rt.go.goexit0(rt, m, ending) };
    if (value.wait === 'mcall') return value;
    why = yield value;
  }
}

/** Go 1.14, runtime/proc.go, schedule: one round. It ends when m runs a goroutine (in Go it never returns). */
export function* schedule(rt: Runtime, m: MId): Thread {
  if (rt.M(m).locks !== 0) throw new Error(`schedule: ${m} holds locks`);
  const { lockedg } = rt.M(m);
  if (lockedg !== null) {
    yield SCHEDULE['lockedg?'];
    yield* stoplockedm(rt, m);
    yield* execute(rt, m, lockedg, false);
    return;
  }
  if (rt.M(m).incgo) throw new Error(`schedule: ${m} in cgo`);
  for (;;) {
    yield SCHEDULE.top;
    rt.to.p(rt.pOf(m), 'preempt', false);
    if (rt.state.sched.gcwaiting) {
      yield SCHEDULE['gcwaiting?'];
      if (rt.state.sched.gcwaiting) yield* gcstopm(rt, m);
      continue;
    }
    if (rt.P(rt.pOf(m)).runSafePointFn) {
      yield SCHEDULE['safepoint?'];
      yield* runSafePointFn(rt, m, rt.pOf(m));
    }
    if (rt.M(m).spinning && !runqempty(rt, rt.pOf(m))) throw new Error(`schedule: ${m} spinning with local work`);
    yield* checkTimers(rt, m, rt.pOf(m));
    const found = yield* nextGoroutine(rt, m);
    if (rt.M(m).spinning) yield* rt.go.resetspinning(rt, m);
    if (rt.G(found.g).lockedm !== null) {
      yield SCHEDULE['lockedm?'];
      yield* startlockedm(rt, m, found.g);
      continue;
    }
    yield* execute(rt, m, found.g, found.inheritTime);
    return;
  }
}

/** Rows 11 to 13 of schedule: the global queue every 61st tick, else the own queue, else wherever there is work. */
function* nextGoroutine(rt: Runtime, m: MId): Thread<Found> {
  const p = rt.pOf(m);
  // Every 61st tick, as in Go: two goroutines that keep readying each other must not starve the global queue.
  if (rt.P(p).schedtick % GLOBAL_QUEUE_TICK === 0 && rt.state.sched.runq.length > 0) {
    yield* rt.lock(m, SCHED_LOCK, SCHEDULE.lock);
    yield SCHEDULE.tick61;
    const g = rt.go.globrunqget(rt, p, 1);
    rt.unlock(m, SCHED_LOCK);
    if (g !== null) return { g, inheritTime: false };
  }
  return (yield* runqget(rt, p)) ?? (yield* rt.go.findrunnable(rt, m));
}

/** Go 1.14, runtime/proc.go, resetspinning: who stops spinning because it found work wakes the next. */
export function* resetspinning(rt: Runtime, m: MId): Thread {
  yield RESET.nmspinning;
  rt.to.m(m, 'spinning', false);
  lowerSpinning(rt);
  if (rt.go.wantsWakep(rt)) yield* rt.go.wakep(rt, m);
}

/** Go 1.14, runtime/proc.go, findrunnable: every source of work in order; blocks until there is some. */
export function* findrunnable(rt: Runtime, m: MId): Thread<Found> {
  for (;;) {
    const outcome = yield* findrunnableOnce(rt, m);
    if (outcome !== 'top') return outcome;
  }
}

function* findrunnableOnce(rt: Runtime, m: MId): Thread<Found | 'top'> {
  yield FIND.top;
  if (rt.state.sched.gcwaiting) {
    yield* gcstopm(rt, m);
    return 'top';
  }
  const p = rt.pOf(m);
  if (rt.P(p).runSafePointFn) yield* runSafePointFn(rt, m, p);
  const { next, rnow } = yield* checkTimers(rt, m, p);
  if (!runqempty(rt, p)) {
    const local = yield* runqget(rt, p);
    if (local) return local;
  }
  if (rt.state.sched.runq.length > 0) {
    yield* rt.lock(m, SCHED_LOCK, FIND.lock);
    yield FIND.global;
    const g = rt.go.globrunqget(rt, p, 0);
    rt.unlock(m, SCHED_LOCK);
    if (g !== null) return { g, inheritTime: false };
  }
  const { sched } = rt.state;
  if (sched.netpollInited && sched.netpollWaiters > 0 && sched.lastpoll !== 0) {
    const [first, ...others] = yield* rt.go.netpoll(rt, m, 0);
    if (first !== undefined) {
      yield* rt.go.injectglist(rt, m, others);
      yield FIND.netpoll0;
      makeRunnable(rt, first);
      return { g: first, inheritTime: false };
    }
  }
  // At most half as many spinners as busy Ps: more would only burn time.
  if (!rt.M(m).spinning && 2 * rt.state.sched.nmspinning >= rt.gomaxprocs - rt.npidle) {
    yield FIND['spin?'];
    return yield* giveUpP(rt, m, next);
  }
  const stolen = yield* spinAndSteal(rt, m, p, next, rnow);
  return typeof stolen === 'number' ? yield* giveUpP(rt, m, stolen) : stolen;
}

function makeRunnable(rt: Runtime, g: GId): void {
  rt.to.event('GoUnblock');
  rt.casgstatus(g, '_Gwaiting', '_Grunnable');
}

/**
 * Rows 8 to 10: four rounds over all Ps in a random cyclic order; timers and runnext of others only in the last. A number: nothing found,
 * and when the next timer fires (ns; 0: none) of those that were looked at, m's own P's `next` among them. `rnow`: the clock as it was
 * read for m's own P, 0 if it was not.
 */
function* spinAndSteal(rt: Runtime, m: MId, p: PId, next: number, rnow: number): Thread<Found | 'top' | number> {
  if (!rt.M(m).spinning) {
    yield FIND.spin;
    rt.to.m(m, 'spinning', true);
    rt.to.sched('nmspinning', rt.state.sched.nmspinning + 1);
  }
  let ranTimer = false;
  let pollUntil = next;
  let now = rnow;
  for (let i = 0; i < STEAL_ROUNDS; i++) {
    const lastRound = i === STEAL_ROUNDS - 1;
    const looksAtTimers = i >= rt.go.facts.stealTimersFromRound;
    yield STEAL_ROWS[i] ?? FIND['steal[3]'];
    for (const victim of stealOrder(rt)) {
      if (rt.state.sched.gcwaiting) return 'top';
      if (victim === p) continue;
      const g = yield* rt.go.runqsteal(rt, p, victim, lastRound);
      if (g !== null) return { g, inheritTime: false };
      if (!looksAtTimers || !mayStealTimers(rt, victim)) continue;
      const { ran, next: theirs, rnow: then } = yield* checkTimers(rt, m, victim, now);
      now = then;
      if (theirs !== 0 && (pollUntil === 0 || theirs < pollUntil)) pollUntil = theirs;
      if (!ran) continue;
      const local = yield* runqget(rt, p);
      if (local) return local;
      ranTimer = true;
    }
  }
  return ranTimer ? 'top' : pollUntil;
}

/** Go 1.14, runtime/proc.go, shouldStealTimers: not from a P that runs, unless its goroutine has been asked to give way; it will run them itself. */
function mayStealTimers(rt: Runtime, victim: PId): boolean {
  const { status, m } = rt.P(victim);
  if (status !== '_Prunning') return true;
  if (m === null || rt.M(m).locks > 0) return false;
  const { curg } = rt.M(m);
  return curg !== null && rt.G(curg).status === '_Grunning' && rt.G(curg).preempt;
}

/** Go 1.14, runtime/proc.go, randomOrder: a start and a step that is coprime to the number of Ps, from one random number. */
export function stealOrder(rt: Runtime): PId[] {
  const count = rt.gomaxprocs;
  const r = rt.random.next();
  const steps = coprimes(count);
  const step = steps[Math.floor(r / count) % steps.length] ?? 1;
  const order: PId[] = [];
  for (let i = 0, at = r % count; i < count; i++, at = (at + step) % count) order.push(rt.allp[at] ?? 'P0');
  return order;
}

const coprimesOf = new Map<number, number[]>();

function coprimes(count: number): number[] {
  const known = coprimesOf.get(count);
  if (known) return known;
  const found: number[] = [];
  for (let i = 1; i <= count; i++) if (gcd(i, count) === 1) found.push(i);
  coprimesOf.set(count, found);
  return found;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** Rows 12 to 21: release the P, check all queues once more, poll the network, then sleep. */
function* giveUpP(rt: Runtime, m: MId, pollUntil: number): Thread<Found | 'top'> {
  yield* rt.lock(m, SCHED_LOCK, FIND['lock-recheck']);
  yield FIND.recheck1;
  if (rt.state.sched.gcwaiting || rt.P(rt.pOf(m)).runSafePointFn) {
    rt.unlock(m, SCHED_LOCK);
    return 'top';
  }
  const last = rt.go.globrunqget(rt, rt.pOf(m), 0);
  if (last !== null) {
    rt.unlock(m, SCHED_LOCK);
    return { g: last, inheritTime: false };
  }
  const p = yield* releasep(rt, m);
  yield FIND.pidleput;
  pidleput(rt, p);
  rt.unlock(m, SCHED_LOCK);
  const wasSpinning = rt.M(m).spinning;
  if (wasSpinning) {
    // Before the next check, as in Go: a submitter that still saw a spinning M has not woken another.
    yield FIND.unspin;
    rt.to.m(m, 'spinning', false);
    lowerSpinning(rt);
  }
  yield FIND.recheckQueues;
  if (rt.allp.some((each) => !runqempty(rt, each))) {
    const again = yield* pidlegetAgain(rt, m, FIND['lock-pidleget'], FIND['pidleget-again']);
    if (again !== null) {
      yield* acquirep(rt, m, again);
      yield* spinAgain(rt, m, wasSpinning, FIND['spin-again']);
      return 'top';
    }
  }
  const polled = yield* becomePoller(rt, m, pollUntil, wasSpinning);
  if (polled) return polled;
  yield* stopm(rt, m);
  return 'top';
}

/** Twice in Go's text: after the last look at the queues, and by whoever is back from epoll. */
function* pidlegetAgain(rt: Runtime, m: MId, lock: Row, get: Row): Thread<PId | null> {
  yield* rt.lock(m, SCHED_LOCK, lock);
  yield get;
  const p = pidleget(rt);
  rt.unlock(m, SCHED_LOCK);
  return p;
}

function* spinAgain(rt: Runtime, m: MId, wasSpinning: boolean, at: Row): Thread {
  if (!wasSpinning) return;
  yield at;
  rt.to.m(m, 'spinning', true);
  rt.to.sched('nmspinning', rt.state.sched.nmspinning + 1);
}

/** Row 20: one M at a time sleeps in epoll, without a P. null: it must sleep elsewhere. */
function* becomePoller(rt: Runtime, m: MId, pollUntil: number, wasSpinning: boolean): Thread<Found | 'top' | null> {
  if (!rt.state.sched.netpollInited || (rt.state.sched.netpollWaiters === 0 && pollUntil === 0)) return null;
  yield FIND.netpollBlock;
  if (rt.state.sched.lastpoll === 0) {
    const poller = rt.state.sched.pollUntil;
    if (pollUntil !== 0 && (poller === 0 || poller > pollUntil)) {
      yield FIND.netpollBreak;
      netpollBreak(rt, m);
    }
    return null;
  }
  rt.to.sched('lastpoll', 0);
  rt.to.sched('pollUntil', pollUntil);
  const list = yield* rt.go.netpoll(rt, m, pollUntil === 0 ? Infinity : pollUntil);
  yield FIND['netpoll-done'];
  rt.to.sched('pollUntil', 0);
  rt.to.sched('lastpoll', Math.max(1, rt.now));
  const p = yield* pidlegetAgain(rt, m, FIND['poll-lock'], FIND['poll-pidleget']);
  if (p === null) {
    yield* rt.go.injectglist(rt, m, list);
    return null;
  }
  yield* acquirep(rt, m, p);
  const [first, ...others] = list;
  if (first === undefined) {
    yield* spinAgain(rt, m, wasSpinning, FIND['poll-spin']);
    return 'top';
  }
  yield* rt.go.injectglist(rt, m, others);
  yield FIND['poll-ready'];
  makeRunnable(rt, first);
  return { g: first, inheritTime: false };
}

/** Go 1.14, runtime/proc.go, goexit0: the goroutine is dead and its G free for the next. A wired one takes its thread along. */
export function* goexit0(rt: Runtime, m: MId, g: GId): Thread {
  yield GOEXIT.casgstatus;
  rt.casgstatus(g, '_Grunning', '_Gdead');
  yield GOEXIT['g.m=nil'];
  const wired = rt.G(g).lockedm !== null;
  rt.to.g(g, 'lockedm', null);
  rt.to.m(m, 'lockedg', null);
  rt.to.g(g, 'waitreason', '');
  rt.to.g(g, 'param', null);
  rt.to.g(g, 'opname', '');
  dropg(rt, m);
  rt.dropBody(g);
  const { lockedInt } = rt.M(m);
  if (lockedInt !== 0) {
    // A thread of C: its M is not Go's to end.
    yield GOEXIT['lockedInt?'];
    yield* throwFatal(rt, m, { text: 'internal lockOSThread error', before: ['invalid m->lockedInt = ', `${lockedInt}`, '\n'] });
  }
  yield GOEXIT.gfput;
  gfput(rt, rt.pOf(m), g);
  if (!wired) return;
  yield GOEXIT['exit-thread'];
  yield* mexit(rt, m);
}

/** Go 1.14, runtime/proc.go, gfput: at 64 free Gs the P gives away until fewer than 32 are left. Part of the step under way. */
function gfput(rt: Runtime, p: PId, g: GId): void {
  const free = [...rt.P(p).gfree, g];
  if (free.length >= GFREE_HIGH) {
    rt.to.sched('gfree', [...rt.state.sched.gfree, ...free.slice(GFREE_LOW - 1)]);
    rt.to.p(p, 'gfree', free.slice(0, GFREE_LOW - 1));
    return;
  }
  rt.to.p(p, 'gfree', free);
}
