/**
 * Preemption. Follows preemptone and preemptall of runtime/proc.go, newstack of runtime/stack.go, and preemptM, doSigPreempt and
 * asyncPreempt of runtime/signal_unix.go and preempt.go, Go 1.14.
 */
import type { GId, MId, PId } from '../state';
import type { Runtime } from './runtime';
import { type Thread, rows } from './thread';

const PREEMPTONE = rows('preemptone', { preempt: 'store', 'p.preempt': 'store' });
const PREEMPT_M = rows('preemptM', { signalPending: 'cas', tgkill: 'tgkill' });
const NEWSTACK = rows('newstack', { 'throwsplit?': 'test', 'preempt?': 'test', canPreempt: 'test', refuse: 'store' });
const SIGNAL = rows('doSigPreempt', { wantAsyncPreempt: 'test', isAsyncSafePoint: 'test', done: 'store' });
const ASYNC = rows('asyncPreempt2', { gopreempt_m: 'switch' });

/** Go 1.14, runtime/proc.go, preemptone: asks the goroutine that runs on p, best effort, to yield. False when none runs there. */
export function* preemptone(rt: Runtime, m: MId, p: PId): Thread<boolean> {
  yield PREEMPTONE.preempt;
  const target = rt.P(p).m;
  if (target === null || target === m) return false;
  const g = rt.M(target).curg;
  // As in Go, curg counts even while its M is on g0 for it (systemstack): the request is met when it is back.
  if (g === null) return false;
  rt.to.g(g, 'preempt', true);
  rt.to.g(g, 'stackguard0', 'stackPreempt');
  if (rt.engine.restOf(target) === 'compute') rt.engine.wake(target, 'call', rt.costs.callgap);
  if (!rt.setting.runtime.asyncpreempt) return true;
  yield PREEMPTONE['p.preempt'];
  rt.to.p(p, 'preempt', true);
  yield* preemptM(rt, target);
  return true;
}

/** Go 1.14, runtime/signal_unix.go, preemptM: one SIGURG at a time. */
function* preemptM(rt: Runtime, target: MId): Thread {
  yield PREEMPT_M.signalPending;
  if (rt.M(target).signalPending || rt.M(target).dead) return;
  rt.to.m(target, 'signalPending', true);
  yield PREEMPT_M.tgkill;
  rt.engine.signal(target, rt.costs.signaldelivery);
}

/** Go 1.14, runtime/proc.go, preemptall: every _Prunning P. */
export function* preemptall(rt: Runtime, m: MId): Thread {
  for (const p of rt.allp) if (rt.P(p).status === '_Prunning' && rt.P(p).m !== m) yield* rt.go.preemptone(rt, m, p);
}

/**
 * Go 1.14, runtime/signal_unix.go, doSigPreempt, on the thread that got SIGURG. `inUserCode`: it was interrupted where a goroutine
 * may be stopped. True: the goroutine is to give way here, as if it had called asyncPreempt.
 */
export function* doSigPreempt(rt: Runtime, m: MId, inUserCode: boolean): Thread<boolean> {
  yield SIGNAL.wantAsyncPreempt;
  const { curg, p, locks, preemptoff } = rt.M(m);
  const wanted =
    curg !== null && p !== null && (rt.G(curg).preempt || rt.P(p).preempt) && rt.G(curg).status === '_Grunning' && !rt.M(m).ong0;
  let stop = false;
  if (wanted) {
    yield SIGNAL.isAsyncSafePoint;
    stop = inUserCode && locks === 0 && preemptoff === '' && rt.P(p).status === '_Prunning';
  }
  yield SIGNAL.done;
  rt.to.m(m, 'signalPending', false);
  return stop;
}

/** Go 1.14, runtime/preempt.go, asyncPreempt2: a goroutine in the middle of its code gives way. */
export function* asyncPreempt(rt: Runtime, g: GId): Thread {
  yield ASYNC.gopreempt_m;
  notePreemption(rt, g, 'async');
  yield { wait: 'mcall', work: (m) => rt.go.goschedImpl(rt, m, g, 'gopreempt_m', 'GoPreempt') };
}

/** Go 1.14, runtime/stack.go, newstack, as far as it preempts: a function's prologue has found stackguard0 = stackPreempt. */
export function* newstack(rt: Runtime, g: GId): Thread {
  if (rt.G(g).throwsplit) throw new Error(`runtime: stack split at bad time in ${g}`);
  yield NEWSTACK['preempt?'];
  if (rt.G(g).stackguard0 !== 'stackPreempt') return;
  yield NEWSTACK.canPreempt;
  const { locks, preemptoff } = rt.M(rt.mOf(g));
  const p = rt.pOf(rt.mOf(g));
  if (locks !== 0 || preemptoff !== '' || rt.P(p).status !== '_Prunning') {
    yield NEWSTACK.refuse;
    rt.to.g(g, 'stackguard0', 'normal');
    return;
  }
  notePreemption(rt, g, 'cooperative');
  yield { wait: 'mcall', work: (m) => rt.go.goschedImpl(rt, m, g, 'gopreempt_m', 'GoPreempt') };
}

function notePreemption(rt: Runtime, g: GId, how: 'cooperative' | 'async'): void {
  rt.to.fact({ kind: 'preemption', g, ran: rt.now - (rt.executedAt.get(g) ?? 0), how });
}
