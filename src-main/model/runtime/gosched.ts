/** Giving way. Follows runtime/proc.go of Go 1.14: goschedImpl, goyield. */
import type { GId, MId } from '../state';
import { dropg } from './execute';
import { globrunqput, runqput } from './runq';
import { type Runtime, SCHED_LOCK } from './runtime';
import { type Thread, rows } from './thread';

const GOSCHED = rows('goschedImpl', { casgstatus: 'cas', dropg: 'store', lock: 'lock', globrunqput: 'store' });
const GOYIELD = rows('goyield_m', { casgstatus: 'cas', dropg: 'store' });
const GOSCHED_ENTRY = { gosched_m: rows('gosched_m', { gosched: 'gosched' }), gopreempt_m: rows('gopreempt_m', { preempt: 'test' }) };

/** Go 1.14, runtime/proc.go, goschedImpl through gosched_m or gopreempt_m: to the tail of the global queue. On g0. */
export function* goschedImpl(rt: Runtime, m: MId, g: GId, by: 'gosched_m' | 'gopreempt_m', event: 'GoSched' | 'GoPreempt'): Thread {
  yield by === 'gosched_m' ? GOSCHED_ENTRY.gosched_m.gosched : GOSCHED_ENTRY.gopreempt_m.preempt;
  rt.to.event(event);
  yield GOSCHED.casgstatus;
  rt.casgstatus(g, '_Grunning', '_Grunnable');
  yield GOSCHED.dropg;
  dropg(rt, m);
  yield* rt.lock(m, SCHED_LOCK, GOSCHED.lock);
  yield GOSCHED.globrunqput;
  globrunqput(rt, g);
  rt.unlock(m, SCHED_LOCK);
}

/** Go 1.14, runtime/proc.go, goyield: like Gosched, but onto the own queue. Used where a semaphore is handed over. */
export function* goyield(rt: Runtime, g: GId): Thread {
  yield {
    wait: 'mcall',
    work: function* (m): Thread {
      yield GOYIELD.casgstatus;
      rt.to.event('GoPreempt');
      rt.casgstatus(g, '_Grunning', '_Grunnable');
      yield GOYIELD.dropg;
      dropg(rt, m);
      yield* runqput(rt, m, rt.pOf(m), g, false);
    },
  };
}
