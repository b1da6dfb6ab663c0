/**
 * Run queues. Follows runtime/proc.go of Go 1.14: runqput, runqputslow, runqget, globrunqput, globrunqget, runqgrab, runqsteal.
 *
 * A P's ring is kept as the list of its Gs, head first: Go's two indexes say nothing more to a reader. Each atomic operation on a ring
 * is one step; between the look at a ring and that step others may have changed it, and then the step changes nothing and the look is
 * repeated, as after a compare-and-swap that failed.
 */
import { RUNNEXT_GRACE_NS, RUNQ_SLOTS } from '../go-constants';
import type { GId, MId, PId } from '../state';
import { type Runtime, SCHED_LOCK } from './runtime';
import { type Thread, rest, rows } from './thread';

const PUT = rows('runqput', { runnext: 'cas', put: 'cas' });
const SLOW = rows('runqputslow', { 'cas-head': 'cas', lock: 'lock', globrunqputbatch: 'store' });
const GET = rows('runqget', { runnext: 'cas', head: 'cas', empty: 'test' });
const GRAB = rows('runqgrab', { usleep3: 'usleep', 'cas-runnext': 'cas', cas: 'cas' });

/** Go 1.14, runtime/proc.go, runqput. Owner only. With next the newcomer takes runnext and throws the old one out to the ring. */
export function* runqput(rt: Runtime, m: MId, p: PId, g: GId, next: boolean): Thread {
  let newcomer = g;
  if (next) {
    yield PUT.runnext;
    const { runnext } = rt.P(p);
    rt.to.p(p, 'runnext', g);
    if (runnext === null) return;
    newcomer = runnext;
  }
  // The ring may be full when it is looked at and not any more when its head is to move: then Go looks again.
  while (rt.P(p).runq.length >= RUNQ_SLOTS) if (yield* runqputslow(rt, m, p, newcomer)) return;
  yield PUT.put;
  rt.to.runqAppend(p, [newcomer]);
}

/**
 * Go 1.14, runtime/proc.go, runqputslow: the older half of a full ring and the newcomer go to the global queue. False: a thief has moved the
 * head meanwhile, and nothing was done.
 */
function* runqputslow(rt: Runtime, m: MId, p: PId, g: GId): Thread<boolean> {
  yield SLOW['cas-head'];
  if (rt.P(p).runq.length !== RUNQ_SLOTS) return false;
  const batch = [...rt.to.runqTake(p, RUNQ_SLOTS / 2), g];
  yield* rt.lock(m, SCHED_LOCK, SLOW.lock);
  yield SLOW.globrunqputbatch;
  rt.to.runqAppend(null, batch);
  rt.unlock(m, SCHED_LOCK);
  return true;
}

export interface Found {
  g: GId;
  inheritTime: boolean;
}

/** Go 1.14, runtime/proc.go, runqget. Owner only; runnext inherits the rest of the time slice. */
export function* runqget(rt: Runtime, p: PId): Thread<Found | null> {
  const { runnext, runq } = rt.P(p);
  if (runnext !== null) {
    yield GET.runnext;
    // A thief may have been faster.
    const g = rt.P(p).runnext;
    if (g !== null) {
      rt.to.p(p, 'runnext', null);
      return { g, inheritTime: true };
    }
  }
  if (runq.length === 0) {
    yield GET.empty;
    return null;
  }
  yield GET.head;
  const [g] = rt.P(p).runq;
  if (g === undefined) return null;
  rt.to.runqTake(p, 1);
  return { g, inheritTime: false };
}

/** Go 1.14, runtime/proc.go, globrunqput: the tail of the global queue. Part of the caller's step, under sched.lock. */
export function globrunqput(rt: Runtime, g: GId): void {
  rt.to.runqAppend(null, [g]);
}

/**
 * Go 1.14, runtime/proc.go, globrunqget: one G to run now and this P's share of the others into its ring. Part of the caller's step,
 * under sched.lock. `max` 0: no limit of the caller's.
 */
export function globrunqget(rt: Runtime, p: PId, max: number): GId | null {
  const { runq } = rt.state.sched;
  const [first] = runq;
  if (first === undefined) return null;
  let n = Math.min(runq.length, Math.floor(runq.length / rt.gomaxprocs) + 1);
  if (max > 0) n = Math.min(n, max);
  n = Math.min(n, RUNQ_SLOTS / 2);
  rt.to.runqAppend(p, rt.to.runqTake(null, n).slice(1));
  return first;
}

/**
 * Go 1.14, runtime/proc.go, runqsteal with runqgrab: the larger half from the head of another P's ring; the last one taken runs, the
 * others go into the thief's (empty) ring. runnext only when asked for, and not before its owner had 3 µs to run it itself.
 */
export function* runqsteal(rt: Runtime, p: PId, victim: PId, stealRunNext: boolean): Thread<GId | null> {
  for (;;) {
    const waiting = rt.P(victim);
    if (waiting.runq.length === 0) {
      if (!stealRunNext || waiting.runnext === null) return null;
      const coveted = waiting.runnext;
      if (waiting.status === '_Prunning') {
        yield GRAB.usleep3;
        yield rest('sleep', RUNNEXT_GRACE_NS);
      }
      yield GRAB['cas-runnext'];
      if (rt.P(victim).runnext !== coveted) continue;
      rt.to.p(victim, 'runnext', null);
      rt.to.fact({ kind: 'steal', thief: p, victim, n: 1 });
      return coveted;
    }
    yield GRAB.cas;
    const ring = rt.P(victim).runq;
    const n = ring.length - (ring.length >> 1);
    const last = ring[n - 1];
    // Emptied between the look and the grab.
    if (last === undefined) continue;
    rt.to.runqAppend(p, rt.to.runqTake(victim, n).slice(0, -1));
    rt.to.fact({ kind: 'steal', thief: p, victim, n });
    return last;
  }
}

/** Go 1.14, runtime/proc.go, runqempty. */
export function runqempty(rt: Runtime, p: PId): boolean {
  const { runq, runnext } = rt.P(p);
  return runq.length === 0 && runnext === null;
}
