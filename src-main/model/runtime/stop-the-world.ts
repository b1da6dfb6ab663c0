/**
 * Stopping and starting the world. Follows runtime/proc.go of Go 1.14: stopTheWorld, stopTheWorldWithSema, startTheWorldWithSema,
 * procresize, gcstopm; and runtime.GOMAXPROCS.
 */
import type { GId, MId, PId } from '../state';
import { notetsleep, notewakeup } from './notes';
import { acquirep, pidleput, releasep } from './owning-p';
import { preemptall } from './preempt';
import { runqempty } from './runq';
import { type Runtime, SCHED_LOCK } from './runtime';
import { semacquire, semrelease, worldsema } from './semaphore';
import { stopOneP, wakeSysmon } from './stop-counts';
import { type Row, type Thread, rest, rows } from './thread';
import { lowerSpinning, stopm } from './threads';

const STOP = rows('stopTheWorldWithSema', {
  preemptoff: 'store',
  lock: 'lock',
  stopwait: 'store',
  self: 'store',
  syscalls: 'cas',
  'syscalls-tick': 'store',
  idle: 'store',
  unlock: 'unlock',
  wait: 'test',
  'wait-over': 'store',
  check: 'test',
});
const HELD = rows('gc', { stopped: 'store' });
const GOMAXPROCS = rows('GOMAXPROCS', { lock: 'lock', ret: 'store', newprocs: 'store' });
const RESIZE = rows('procresize', { release: 'store' });
const START = rows('startTheWorldWithSema', {
  acquirem: 'store',
  lock: 'lock',
  procresize: 'stopone',
  'gcwaiting=0': 'store',
  wakesysmon: 'futexwake',
  unlock: 'unlock',
  nextp: 'store',
  notewakeup: 'futexwake',
  started: 'test',
  releasem: 'store',
});
const GCSTOPM = rows('gcstopm', { spinning: 'store', lock: 'lock', status: 'store' });

/** Go 1.14, runtime/proc.go, gcstopm: a thread that finds gcwaiting stops itself and sleeps until the world starts again. */
export function* gcstopm(rt: Runtime, m: MId): Thread {
  if (rt.M(m).spinning) {
    yield GCSTOPM.spinning;
    rt.to.m(m, 'spinning', false);
    lowerSpinning(rt);
  }
  const p = yield* releasep(rt, m);
  yield* rt.lock(m, SCHED_LOCK, GCSTOPM.lock);
  yield GCSTOPM.status;
  stopOneP(rt, p);
  rt.unlock(m, SCHED_LOCK);
  yield* stopm(rt, m);
}

/** Go 1.14, runtime/proc.go, stopTheWorld and startTheWorld; between them the row `held` and so many ns. On the goroutine's M, mostly g0. */
function* stoppedWorld(rt: Runtime, g: GId, reason: string, held: Row, heldNs: number | null, change: () => void): Thread {
  yield* semacquire(rt, g, worldsema(g));
  const m = rt.mOf(g);
  yield STOP.preemptoff;
  const asked = rt.now;
  rt.to.m(m, 'preemptoff', reason);
  rt.to.m(m, 'ong0', true);
  yield* rt.go.stopTheWorldWithSema(rt, m);
  yield held;
  const stopped = rt.now;
  change();
  if (heldNs !== null) yield rest('sleep', heldNs);
  yield* rt.go.startTheWorldWithSema(rt, m, asked, stopped);
  yield* semrelease(rt, g, worldsema(g), false);
}

/** What the GC does to everybody else: stops the world, keeps it stopped for `stwNs`, starts it again. */
export function* gc(rt: Runtime, g: GId, stwNs: number): Thread {
  yield* stoppedWorld(rt, g, 'gcing', HELD.stopped, stwNs, () => {
    rt.gcStwNs = stwNs;
    if (rt.state.sched.forcegc) rt.to.at(['sched', 'forcegc', 'lastgc'], rt.now);
  });
}

/** Go 1.14, runtime/debug.go, GOMAXPROCS: the world stops, and starts again with so many Ps. */
export function* gomaxprocs(rt: Runtime, g: GId, n: number): Thread {
  const m = rt.mOf(g);
  yield* rt.lock(m, SCHED_LOCK, GOMAXPROCS.lock);
  yield GOMAXPROCS.ret;
  const isSame = n === rt.gomaxprocs;
  rt.unlock(m, SCHED_LOCK);
  if (isSame) return;
  yield* stoppedWorld(rt, g, 'GOMAXPROCS', GOMAXPROCS.newprocs, null, () => {
    rt.newprocs = n;
  });
}

/** Go 1.14, runtime/proc.go, stopTheWorldWithSema. */
export function* stopTheWorldWithSema(rt: Runtime, m: MId): Thread {
  yield* rt.lock(m, SCHED_LOCK, STOP.lock);
  yield STOP.stopwait;
  rt.to.sched('stopwait', rt.gomaxprocs);
  rt.to.sched('gcwaiting', true);
  yield* preemptall(rt, m);
  yield STOP.self;
  rt.to.p(rt.pOf(m), 'status', '_Pgcstop');
  rt.to.sched('stopwait', rt.state.sched.stopwait - 1);
  for (const p of rt.allp) {
    if (rt.P(p).status !== '_Psyscall') continue;
    yield STOP.syscalls;
    if (rt.P(p).status !== '_Psyscall') continue;
    rt.to.p(p, 'status', '_Pgcstop');
    rt.to.event('GoSysBlock');
    rt.to.sched('stopwait', rt.state.sched.stopwait - 1);
    yield STOP['syscalls-tick'];
    rt.to.event('ProcStop');
    rt.to.p(p, 'syscalltick', rt.P(p).syscalltick + 1);
  }
  while (rt.state.sched.pidle.length > 0) {
    yield STOP.idle;
    const [p, ...others] = rt.state.sched.pidle;
    if (p === undefined) break;
    rt.to.sched('pidle', others);
    rt.to.p(p, 'status', '_Pgcstop');
    rt.to.sched('stopwait', rt.state.sched.stopwait - 1);
  }
  yield STOP.unlock;
  const mustWait = rt.state.sched.stopwait > 0;
  rt.unlock(m, SCHED_LOCK);
  while (mustWait && !(yield* notetsleep(rt, m, 'stopnote', STOP))) yield* preemptall(rt, m);
  yield STOP.check;
  const astray = rt.allp.find((p) => rt.P(p).status !== '_Pgcstop');
  if (astray !== undefined) throw new Error(`stopTheWorld: not stopped (${astray} is ${rt.P(astray).status})`);
}

/** Go 1.14, runtime/proc.go, procresize: m's own P is one of those that go, so it takes P0 instead. Under sched.lock. */
function* leaveForP0(rt: Runtime, m: MId): Thread {
  if (rt.newprocs === 0 || Number(rt.pOf(m).slice(1)) < rt.newprocs) return;
  yield RESIZE.release;
  rt.to.event('ProcStop');
  rt.to.p(rt.pOf(m), 'm', null);
  rt.to.m(m, 'p', null);
  rt.to.m(m, 'mcache', null);
  rt.to.p('P0', 'status', '_Pidle');
  yield* acquirep(rt, m, 'P0');
}

/** Go 1.14, runtime/proc.go, p.destroy: its goroutines go to the head of the global queue, its timers to m's own P. Part of the step under way. */
function destroy(rt: Runtime, p: PId, own: PId): void {
  const { runnext, timers, gfree } = rt.P(p);
  if (!runqempty(rt, p)) {
    const ring = rt.to.runqTake(p, rt.P(p).runq.length);
    const others = rt.to.runqTake(null, rt.state.sched.runq.length);
    // Each is put to the head, the ring's last one first and runnext last.
    rt.to.runqAppend(null, [...(runnext === null ? [] : [runnext]), ...ring, ...others]);
    rt.to.p(p, 'runnext', null);
  }
  const moved = [...rt.P(own).timers, ...timers].sort((a, b) => a.when - b.when);
  rt.to.p(own, 'timers', moved);
  rt.to.p(p, 'timers', []);
  rt.to.sched('gfree', [...rt.state.sched.gfree, ...gfree]);
  rt.to.p(p, 'gfree', []);
  rt.to.p(p, 'status', '_Pdead');
}

/**
 * Go 1.14, runtime/proc.go, procresize: m's own P goes on, Ps that are too many are destroyed, empty ones go onto pidle, and each P with work
 * is paired with an idle M, if there is one. Part of the step under way, under sched.lock. Returns the Ps with work, lowest id first.
 */
export function procresize(rt: Runtime, m: MId): PId[] {
  const own = rt.pOf(m);
  if (rt.newprocs !== 0) {
    for (const p of rt.allp.slice(rt.newprocs)) destroy(rt, p, own);
    rt.setGomaxprocs(rt.newprocs);
    rt.newprocs = 0;
  }
  rt.to.p(own, 'status', '_Prunning');
  const withWork: PId[] = [];
  for (const p of [...rt.allp].reverse()) {
    if (p === own) continue;
    rt.to.p(p, 'status', '_Pidle');
    if (runqempty(rt, p)) {
      pidleput(rt, p);
      continue;
    }
    const [sleeper, ...others] = rt.state.sched.midle;
    if (sleeper !== undefined) {
      rt.to.sched('midle', others);
      rt.to.p(p, 'm', sleeper);
    }
    withWork.unshift(p);
  }
  return withWork;
}

/** Go 1.14, runtime/proc.go, startTheWorldWithSema: Ps that have work get an M, the others go onto pidle. */
export function* startTheWorldWithSema(rt: Runtime, m: MId, asked: number, stopped: number): Thread {
  yield START.acquirem;
  rt.to.m(m, 'locks', rt.M(m).locks + 1);
  if (rt.state.sched.netpollInited) yield* rt.go.injectglist(rt, m, yield* rt.go.netpoll(rt, m, 0));
  yield* rt.lock(m, SCHED_LOCK, START.lock);
  yield* leaveForP0(rt, m);
  yield START.procresize;
  const withWork = rt.go.procresize(rt, m);
  yield START['gcwaiting=0'];
  rt.to.sched('gcwaiting', false);
  if (rt.state.sched.sysmonwait) {
    yield START.wakesysmon;
    wakeSysmon(rt);
  }
  yield START.unlock;
  rt.unlock(m, SCHED_LOCK);
  for (const p of withWork) {
    const sleeper = rt.P(p).m;
    if (sleeper === null) {
      yield* rt.go.newm(rt, m, null, p);
      continue;
    }
    yield START.nextp;
    rt.to.p(p, 'm', null);
    rt.to.m(sleeper, 'nextp', p);
    yield START.notewakeup;
    notewakeup(rt, sleeper);
  }
  // Go takes the time here, before it cleans up.
  yield START.started;
  rt.to.fact({ kind: 'stw', asked, stopped, started: rt.now });
  if (rt.go.wantsWakep(rt)) yield* rt.go.wakep(rt, m);
  yield START.releasem;
  rt.to.m(m, 'locks', rt.M(m).locks - 1);
  rt.to.m(m, 'preemptoff', '');
  rt.to.m(m, 'ong0', false);
  rt.rearmPreemption(m);
}
