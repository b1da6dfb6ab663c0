/** Notes on which threads sleep. Follows runtime/lock_futex.go of Go 1.14. */
import { STOP_RETRY_NS } from '../go-constants';
import type { MId } from '../state';
import type { Runtime } from './runtime';
import { type Row, SLEEP_UNTIL_WOKEN, type Thread, rest } from './thread';

/** m goes to sleep on a note of the runtime. Go: futexsleep in notesleep and notetsleep. Part of the step under way. */
export function enterFutex(rt: Runtime, m: MId, on: string): void {
  rt.to.m(m, 'blocked', true);
  rt.to.at(['kernel', 'futex'], [...rt.state.kernel.futex, { m, on }]);
}

/** The kernel takes m off the futex's queue: it was woken, or its time is up. Part of the step under way. */
export function leaveFutex(rt: Runtime, m: MId): void {
  const { futex } = rt.state.kernel;
  if (futex.some((waiter) => waiter.m === m))
    rt.to.at(
      ['kernel', 'futex'],
      futex.filter((waiter) => waiter.m !== m),
    );
}

/** Notes of sched on which the M that waits for all Ps sleeps. */
type SchedNote = 'stopnote' | 'safePointNote';

/** Go: notetsleep(&sched.note, 100 µs), and noteclear once it was woken. False: the time is up. */
export function* notetsleep(rt: Runtime, m: MId, note: SchedNote, at: { wait: Row; 'wait-over': Row }): Thread<boolean> {
  yield at.wait;
  if (rt.state.sched[note] === 0) {
    enterFutex(rt, m, `sched.${note}`);
    yield rest('sleep', STOP_RETRY_NS);
    yield at['wait-over'];
    rt.to.m(m, 'blocked', false);
    leaveFutex(rt, m);
  }
  if (rt.state.sched[note] === 0) return false;
  rt.to.sched(note, 0);
  return true;
}

/** Go: notewakeup(&sched.note). Part of the step under way. */
export function notewakeupOf(rt: Runtime, note: SchedNote): void {
  if (rt.state.sched[note] !== 0) throw new Error(`notewakeup: double wakeup of sched.${note}`);
  rt.to.sched(note, 1);
  const sleeper = rt.state.kernel.futex.find(({ on }) => on === `sched.${note}`);
  if (!sleeper) return;
  leaveFutex(rt, sleeper.m);
  rt.engine.wake(sleeper.m, 'woken', rt.costs.threadwake);
}

/** Go: notewakeup(&target.park), as part of the caller's step. */
export function notewakeup(rt: Runtime, target: MId): void {
  if (rt.M(target).park !== 0) throw new Error(`notewakeup: double wakeup of ${target}`);
  rt.to.m(target, 'park', 1);
  leaveFutex(rt, target);
  if (rt.M(target).parked) rt.engine.wake(target, 'woken', rt.costs.threadwake);
}

/** Go: notesleep(&m.park) and noteclear. A wake that came first is not lost. */
export function* notesleep(rt: Runtime, m: MId, at: { notesleep: Row; noteclear: Row }): Thread {
  yield at.notesleep;
  if (rt.M(m).park === 0) {
    rt.to.m(m, 'parked', true);
    enterFutex(rt, m, `${m}.park`);
    while (rt.M(m).park === 0) yield SLEEP_UNTIL_WOKEN;
  }
  yield at.noteclear;
  rt.to.m(m, 'park', 0);
  rt.to.m(m, 'parked', false);
  rt.to.m(m, 'blocked', false);
}

/** The end of the notesleep in which the first state finds m. */
export function* wakeUpFromTheStart(rt: Runtime, m: MId, noteclear: Row): Thread {
  while (rt.M(m).park === 0) yield SLEEP_UNTIL_WOKEN;
  yield noteclear;
  rt.to.m(m, 'park', 0);
  rt.to.m(m, 'parked', false);
  rt.to.m(m, 'blocked', false);
}
