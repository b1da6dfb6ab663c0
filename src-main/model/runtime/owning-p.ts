/** Who owns a P. Follows runtime/proc.go of Go 1.14: wirep, acquirep, releasep, pidleget, pidleput. */
import type { MId, PId } from '../state';
import { runqempty } from './runq';
import type { Runtime } from './runtime';
import { type Thread, rows } from './thread';

const WIREP = rows('wirep', { 'm.p': 'store', 'p.m': 'store', status: 'store' });
const RELEASEP = rows('releasep', { 'm.p=nil': 'store', 'p.m=nil': 'store', status: 'store' });

/** Go 1.14, runtime/proc.go, wirep: m becomes the owner of p, which must be in hand. */
export function* wirep(rt: Runtime, m: MId, p: PId, event: '' | 'ProcStart' = ''): Thread {
  yield WIREP['m.p'];
  if (rt.M(m).p !== null) throw new Error(`wirep: ${m} already has ${String(rt.M(m).p)}`);
  if (rt.P(p).m !== null || rt.P(p).status !== '_Pidle') throw new Error(`wirep: ${p} is ${rt.P(p).status} of ${String(rt.P(p).m)}`);
  rt.to.m(m, 'mcache', p);
  rt.to.m(m, 'p', p);
  yield WIREP['p.m'];
  rt.to.p(p, 'm', m);
  yield WIREP.status;
  rt.to.p(p, 'status', '_Prunning');
  if (event !== '') rt.to.event(event);
}

/** Go 1.14, runtime/proc.go, acquirep: wirep, seen by the tracer. */
export function* acquirep(rt: Runtime, m: MId, p: PId): Thread {
  yield* wirep(rt, m, p, 'ProcStart');
}

/** Go 1.14, runtime/proc.go, releasep. The P is then in the caller's hand. */
export function* releasep(rt: Runtime, m: MId): Thread<PId> {
  yield RELEASEP['m.p=nil'];
  const p = rt.pOf(m);
  rt.to.event('ProcStop');
  rt.to.m(m, 'p', null);
  rt.to.m(m, 'mcache', null);
  yield RELEASEP['p.m=nil'];
  rt.to.p(p, 'm', null);
  yield RELEASEP.status;
  rt.to.p(p, 'status', '_Pidle');
  return p;
}

/** Go: pidleget, as part of the step under way and under sched.lock. */
export function pidleget(rt: Runtime): PId | null {
  const [p, ...others] = rt.state.sched.pidle;
  if (p === undefined) return null;
  rt.to.sched('pidle', others);
  return p;
}

/** Go: pidleput, likewise. */
export function pidleput(rt: Runtime, p: PId): void {
  if (!runqempty(rt, p)) throw new Error(`pidleput: ${p} has a non-empty run queue`);
  rt.to.sched('pidle', [p, ...rt.state.sched.pidle]);
}
