/** Follows sysmon and retake of runtime/proc.go, Go 1.14. sysmon runs on an M of its own and never has a P. */
import { FORCE_PREEMPT_NS, SYSMON_IDLE_ROUNDS, SYSMON_MAX_DELAY_NS, SYSMON_MIN_DELAY_NS } from '../go-constants';
import type { GId, MId, PId, SysmonTick } from '../state';
import { checkdead } from './checkdead';
import { enterFutex, leaveFutex } from './notes';
import { runqempty } from './runq';
import { FORCEGC_LOCK, type Runtime, SCHED_LOCK } from './runtime';
import { schedtrace } from './schedtrace';
import { type Thread, type Wait, rest, rows } from './thread';
import { incidlelocked } from './threads';
import { timeSleepUntil } from './timers';

const SYSMON = rows('sysmon', {
  lock: 'lock',
  nmsys: 'store',
  usleep: 'usleep',
  'lock-deep': 'lock',
  'deep?': 'test',
  deepsleep: 'futexsleep',
  'lock-wake': 'lock',
  wake: 'store',
  netpoll: 'cas',
  timers: 'test',
  retake: 'store',
  'lock-forcegc': 'lock',
  forcegc: 'store',
});
const RETAKE = rows('retake', {
  schedtick: 'store',
  preempt: 'test',
  first: 'store',
  leave: 'test',
  retake: 'cas',
  'p.syscalltick++': 'store',
});

/** Go 1.14, runtime/proc.go, sysmon, from its start on its own thread. */
export function* sysmon(rt: Runtime, m: MId): Thread {
  yield* rt.lock(m, SCHED_LOCK, SYSMON.lock);
  yield SYSMON.nmsys;
  rt.to.sched('nmsys', rt.state.sched.nmsys + 1);
  yield* checkdead(rt, m);
  rt.unlock(m, SCHED_LOCK);
  yield* sysmonLoop(rt, m);
}

/** sysmon's loop, beginning with a sleep of the delay in the state: how the model's first state finds it. */
export function* sysmonLoop(rt: Runtime, m: MId): Thread {
  for (;;) {
    yield SYSMON.usleep;
    rt.to.sysmon('asleep', true);
    yield rest('sleep', rt.state.sysmon.delay);
    yield* awake(rt, rt.go.sysmonRound(rt, m));
  }
}

/** A round, whose first step also says that the sleep is over. */
function* awake(rt: Runtime, round: Thread): Thread {
  let { done, value } = round.next('time');
  for (let isFirst = true; !done; isFirst = false) {
    const why = yield value as Wait;
    if (isFirst) rt.to.sysmon('asleep', false);
    ({ done, value } = round.next(why));
  }
}

/** Rows 3 to 10, and row 1 for the next sleep. */
export function* sysmonRound(rt: Runtime, m: MId): Thread {
  if (rt.setting.runtime.schedtraceNs === 0 && wantsDeepSleep(rt)) yield* deepSleep(rt, m);
  const { sched } = rt.state;
  if (sched.netpollInited && sched.lastpoll !== 0 && sched.lastpoll + FORCE_PREEMPT_NS < rt.now) yield* pollForOthers(rt, m);
  if (timeSleepUntil(rt) < rt.now) {
    yield SYSMON.timers;
    yield* rt.go.startm(rt, m, null, false);
  }
  const taken = yield* rt.go.retake(rt, m);
  yield SYSMON.retake;
  rt.to.sysmon('idle', taken > 0 ? 0 : rt.state.sysmon.idle + 1);
  rt.to.sysmon('delay', nextDelay(rt.state.sysmon));
  const { forcegc } = rt.state.sched;
  if (forcegc && forcegc.idle !== 0 && isGcDue(rt)) yield* forceGc(rt, m, forcegc.g);
  const { schedtraceNs, scheddetail } = rt.setting.runtime;
  if (schedtraceNs > 0 && rt.lasttrace + schedtraceNs <= rt.now) {
    rt.lasttrace = rt.now;
    yield* schedtrace(rt, m, scheddetail);
  }
}

/** Go 1.14, runtime/mgc.go, gcTrigger.test of gcTriggerTime. A program that has never collected is not made to. */
export function isGcDue(rt: Runtime): boolean {
  const { lastgc } = rt.state.sched.forcegc ?? { lastgc: 0 };
  return rt.panicking === 0 && lastgc !== 0 && rt.now - lastgc > rt.setting.runtime.forcegcperiodNs;
}

/** Row 9: the last collection is long ago, so its helper is put onto the global queue. */
function* forceGc(rt: Runtime, m: MId, helper: GId): Thread {
  yield* rt.lock(m, FORCEGC_LOCK, SYSMON['lock-forcegc']);
  yield SYSMON.forcegc;
  rt.to.at(['sched', 'forcegc', 'idle'], 0);
  yield* rt.go.injectglist(rt, m, [helper]);
  rt.unlock(m, FORCEGC_LOCK);
}

/** Row 1: 20 µs after work; longer and longer after more than 50 idle rounds; 10 ms at the most. */
function nextDelay({ idle, delay }: { idle: number; delay: number }): number {
  if (idle === 0) return SYSMON_MIN_DELAY_NS;
  return Math.min(idle > SYSMON_IDLE_ROUNDS ? delay * 2 : delay, SYSMON_MAX_DELAY_NS);
}

function wantsDeepSleep(rt: Runtime): boolean {
  return rt.state.sched.gcwaiting || rt.npidle === rt.gomaxprocs;
}

/** Rows 3 and 4: no P is running, so there is nothing to watch until the next timer fires or another M wakes sysmon. */
function* deepSleep(rt: Runtime, m: MId): Thread {
  yield* rt.lock(m, SCHED_LOCK, SYSMON['lock-deep']);
  yield SYSMON['deep?'];
  const next = timeSleepUntil(rt);
  if (!wantsDeepSleep(rt)) {
    rt.unlock(m, SCHED_LOCK);
    return;
  }
  if (next <= rt.now) {
    // No deep sleep in front of a timer that is due. In Go 1.14 the rounds are counted anew all the same.
    startRoundsAnew(rt);
    rt.unlock(m, SCHED_LOCK);
    return;
  }
  yield SYSMON.deepsleep;
  rt.to.sched('sysmonwait', true);
  rt.to.sysmon('deepsleep', true);
  rt.to.m(m, 'parked', true);
  enterFutex(rt, m, 'sched.sysmonnote');
  rt.unlock(m, SCHED_LOCK);
  // It wakes as late as others, and behind the M that sleeps for the same timer in the network poller: that one is not overdue yet.
  // A timer that has come due on the way here ends the sleep at once.
  const untilTimer = Math.max(0, next - rt.now + 2 * rt.costs.threadwake);
  yield rest('sleep', Math.min(Math.floor(rt.setting.runtime.forcegcperiodNs / 2), untilTimer));
  yield* rt.lock(m, SCHED_LOCK, SYSMON['lock-wake']);
  yield SYSMON.wake;
  rt.to.sched('sysmonwait', false);
  rt.to.sysmon('deepsleep', false);
  rt.to.m(m, 'parked', false);
  rt.to.m(m, 'blocked', false);
  leaveFutex(rt, m);
  startRoundsAnew(rt);
  rt.unlock(m, SCHED_LOCK);
}

function startRoundsAnew(rt: Runtime): void {
  rt.to.sysmon('idle', 0);
  rt.to.sysmon('delay', SYSMON_MIN_DELAY_NS);
}

/** Row 5: the network has not been polled for 10 ms. */
function* pollForOthers(rt: Runtime, m: MId): Thread {
  yield SYSMON.netpoll;
  rt.to.sched('lastpoll', rt.now);
  const list = yield* rt.go.netpoll(rt, m, 0);
  if (list.length === 0) return;
  // As in retake: the goroutines are in this thread's hand.
  yield* incidlelocked(rt, m, -1);
  yield* rt.go.injectglist(rt, m, list);
  yield* incidlelocked(rt, m, 1);
}

/** Go 1.14, runtime/proc.go, retake: preempts those who run too long, takes Ps out of system calls. Returns how many it took. */
export function* retake(rt: Runtime, m: MId): Thread<number> {
  let taken = 0;
  for (const p of rt.allp) {
    const { status } = rt.P(p);
    if (status !== '_Prunning' && status !== '_Psyscall') continue;
    const longRunning = yield* lookAtSlice(rt, m, p);
    if (status === '_Psyscall' && (yield* lookAtSyscall(rt, m, p, longRunning))) taken++;
  }
  return taken;
}

function tickOf(rt: Runtime, p: PId): SysmonTick {
  const tick = rt.state.sysmon.ticks[p];
  if (!tick) throw new Error(`no sysmontick of ${p}`);
  return tick;
}

/** Rows 1 and 2 of retake. True: the same time slice for 10 ms (sysretake). */
function* lookAtSlice(rt: Runtime, m: MId, p: PId): Thread<boolean> {
  const seen = tickOf(rt, p);
  if (seen.schedtick !== rt.P(p).schedtick) {
    yield RETAKE.schedtick;
    rt.to.at(['sysmon', 'ticks', p, 'schedtick'], rt.P(p).schedtick);
    rt.to.at(['sysmon', 'ticks', p, 'schedwhen'], rt.now);
    return false;
  }
  // Ps other than P0 begin with schedtick 0 here; in Go they have run something by then, so that a first look finds another tick.
  if (seen.schedwhen + FORCE_PREEMPT_NS > rt.now) return false;
  yield RETAKE.preempt;
  yield* rt.go.preemptone(rt, m, p);
  return true;
}

/** Rows 3 to 5 of retake. True: the P was taken and handed off. */
function* lookAtSyscall(rt: Runtime, m: MId, p: PId, longRunning: boolean): Thread<boolean> {
  const seen = tickOf(rt, p);
  if (!longRunning && seen.syscalltick !== rt.P(p).syscalltick) {
    yield RETAKE.first;
    rt.to.at(['sysmon', 'ticks', p, 'syscalltick'], rt.P(p).syscalltick);
    rt.to.at(['sysmon', 'ticks', p, 'syscallwhen'], rt.now);
    return false;
  }
  // 0: sysmon has never looked. In Go that is long ago, because nanotime is far from 0 when main begins.
  const othersFree = rt.state.sched.nmspinning + rt.npidle > 0;
  if (runqempty(rt, p) && othersFree && seen.syscallwhen !== 0 && seen.syscallwhen + FORCE_PREEMPT_NS > rt.now) {
    yield RETAKE.leave;
    return false;
  }
  // As in Go: for the time of the hand-over this thread counts as one that may still run something.
  yield* incidlelocked(rt, m, -1);
  const taken = yield* takeFromSyscall(rt, m, p);
  yield* incidlelocked(rt, m, 1);
  return taken;
}

function* takeFromSyscall(rt: Runtime, m: MId, p: PId): Thread<boolean> {
  yield RETAKE.retake;
  // Its M may have come home between the look and the CAS.
  if (rt.P(p).status !== '_Psyscall') return false;
  const left = rt.leftInSyscall.get(p);
  // An M that is back in exitsyscall has cleared oldp: no M then owns the P that is taken.
  const from = left && rt.M(left.m).oldp === p ? left.m : null;
  rt.to.p(p, 'status', '_Pidle');
  rt.to.event('GoSysBlock');
  rt.to.fact({ kind: 'retake', p, from, waited: rt.now - (left?.since ?? rt.now) });
  yield RETAKE['p.syscalltick++'];
  rt.to.event('ProcStop');
  rt.to.p(p, 'syscalltick', rt.P(p).syscalltick + 1);
  yield* rt.go.handoffp(rt, m, p);
  return true;
}
