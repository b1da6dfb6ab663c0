/**
 * A function on every P without stopping all at once. Follows forEachP and runSafePointFn of runtime/proc.go, Go 1.14.
 */
import type { MId, PId } from '../state';
import { notetsleep } from './notes';
import { preemptall } from './preempt';
import { type Runtime, SCHED_LOCK, type SafePointFn } from './runtime';
import { runUnderLock } from './stop-counts';
import { type Thread, rows } from './thread';

const FOREACHP = rows('forEachP', {
  acquirem: 'store',
  lock: 'lock',
  safePointWait: 'store',
  runSafePointFn: 'store',
  idle: 'cas',
  unlock: 'unlock',
  self: 'store',
  syscalls: 'cas',
  'p.syscalltick++': 'store',
  wait: 'test',
  'wait-over': 'store',
  check: 'test',
  'lock-done': 'lock',
  'safePointFn=nil': 'store',
  releasem: 'store',
});

/** Go 1.14, runtime/proc.go, forEachP. On g0. */
export function* forEachP(rt: Runtime, m: MId, fn: SafePointFn): Thread {
  yield FOREACHP.acquirem;
  rt.to.m(m, 'locks', rt.M(m).locks + 1);
  const own = rt.pOf(m);
  yield* rt.lock(m, SCHED_LOCK, FOREACHP.lock);
  yield FOREACHP.safePointWait;
  if (rt.state.sched.safePointWait !== 0) throw new Error('forEachP: sched.safePointWait != 0');
  rt.safePointFn = fn;
  rt.to.sched('safePointFn', fn.name);
  rt.to.sched('safePointWait', rt.gomaxprocs - 1);
  yield FOREACHP.runSafePointFn;
  for (const p of rt.allp) if (p !== own) rt.to.p(p, 'runSafePointFn', true);
  yield* preemptall(rt, m);
  // The list cannot change: its lock is held.
  for (const p of rt.state.sched.pidle) {
    yield FOREACHP.idle;
    if (rt.P(p).runSafePointFn) runUnderLock(rt, p, false);
  }
  yield FOREACHP.unlock;
  const mustWait = rt.state.sched.safePointWait > 0;
  rt.unlock(m, SCHED_LOCK);
  yield FOREACHP.self;
  fn.run(own);
  for (const p of rt.allp) yield* takeFromSyscall(rt, m, p);
  while (mustWait && !(yield* notetsleep(rt, m, 'safePointNote', FOREACHP))) yield* preemptall(rt, m);
  yield FOREACHP.check;
  const astray = rt.allp.find((p) => rt.P(p).runSafePointFn);
  if (rt.state.sched.safePointWait !== 0) throw new Error('forEachP: not done');
  if (astray !== undefined) throw new Error(`forEachP: ${astray} did not run fn`);
  yield* rt.lock(m, SCHED_LOCK, FOREACHP['lock-done']);
  yield FOREACHP['safePointFn=nil'];
  rt.safePointFn = null;
  rt.to.sched('safePointFn', null);
  rt.unlock(m, SCHED_LOCK);
  yield FOREACHP.releasem;
  rt.to.m(m, 'locks', rt.M(m).locks - 1);
}

/** A P in a system call goes to _Pidle and on to handoffp, which runs the function for it. */
function* takeFromSyscall(rt: Runtime, m: MId, p: PId): Thread {
  if (rt.P(p).status !== '_Psyscall' || !rt.P(p).runSafePointFn) return;
  yield FOREACHP.syscalls;
  if (rt.P(p).status !== '_Psyscall') return;
  rt.to.p(p, 'status', '_Pidle');
  rt.to.event('GoSysBlock');
  yield FOREACHP['p.syscalltick++'];
  rt.to.event('ProcStop');
  rt.to.p(p, 'syscalltick', rt.P(p).syscalltick + 1);
  yield* rt.go.handoffp(rt, m, p);
}
