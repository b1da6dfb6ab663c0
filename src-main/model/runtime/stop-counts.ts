/** What a thread does for the M that wants all Ps. Follows runtime/proc.go of Go 1.14. */
import type { MId, PId } from '../state';
import { leaveFutex, notewakeupOf } from './notes';
import { type Runtime, SCHED_LOCK } from './runtime';
import { type Thread, rows } from './thread';

const RUN = rows('runSafePointFn', { cas: 'cas', fn: 'store', lock: 'lock', safePointWait: 'store' });

/** Go: what handoffp, gcstopm and entersyscall_gcwait do with a P that stops. Part of the step under way, under sched.lock. */
export function stopOneP(rt: Runtime, p: PId): void {
  rt.to.p(p, 'status', '_Pgcstop');
  lowerStopwait(rt);
}

export function lowerStopwait(rt: Runtime): void {
  const left = rt.state.sched.stopwait - 1;
  if (left < 0) throw new Error('stopwait is negative');
  rt.to.sched('stopwait', left);
  if (left === 0) notewakeupOf(rt, 'stopnote');
}

/** Go: sysmonwait = 0 and notewakeup(&sched.sysmonnote). Part of the step under way. */
export function wakeSysmon(rt: Runtime): void {
  rt.to.sched('sysmonwait', false);
  const { m } = rt.state.sysmon;
  if (m === null) return;
  leaveFutex(rt, m);
  rt.engine.wake(m, 'woken', rt.costs.threadwake);
}

/** Go 1.14, runtime/proc.go, runSafePointFn: on m, for its own P, unless forEachP has been faster. */
export function* runSafePointFn(rt: Runtime, m: MId, p: PId): Thread {
  yield RUN.cas;
  if (!rt.P(p).runSafePointFn) return;
  rt.to.p(p, 'runSafePointFn', false);
  yield RUN.fn;
  rt.safePointFn?.run(p);
  yield* rt.lock(m, SCHED_LOCK, RUN.lock);
  yield RUN.safePointWait;
  lowerSafePointWait(rt, true);
  rt.unlock(m, SCHED_LOCK);
}

/** What handoffp and forEachP do for a P in their hand: the function and its count at once. Part of the step under way, under sched.lock. */
export function runUnderLock(rt: Runtime, p: PId, wakes = true): void {
  rt.to.p(p, 'runSafePointFn', false);
  rt.safePointFn?.run(p);
  lowerSafePointWait(rt, wakes);
}

function lowerSafePointWait(rt: Runtime, wakes: boolean): void {
  const left = rt.state.sched.safePointWait - 1;
  rt.to.sched('safePointWait', left);
  if (left === 0 && wakes) notewakeupOf(rt, 'safePointNote');
}
