/** What a new thread does first. Follows runtime/proc.go of Go 1.14: mstart, templateThread. */
import type { MId } from '../state';
import { checkdead } from './checkdead';
import { notesleep, wakeUpFromTheStart } from './notes';
import { acquirep } from './owning-p';
import { type Runtime, SCHED_LOCK, type StartFunction } from './runtime';
import { mloop } from './schedule';
import { sysmon } from './sysmon';
import { type Thread, rows } from './thread';
import { newm1 } from './threads';

const MSTART = rows('mstart1', { minit: 'store', 'nextp=nil': 'store' });
const MSPINNING = rows('mspinning', { spinning: 'store' });
const TEMPLATE = rows('templateThread', { lock: 'lock', nmsys: 'store', take: 'store', notesleep: 'futexsleep', noteclear: 'store' });

/** Go 1.14, runtime/proc.go, mstart and mstart1: the first thing a new thread does. */
export function* mstart(rt: Runtime, m: MId, fn: StartFunction): Thread {
  yield MSTART.minit;
  if (fn === 'sysmon') {
    yield* sysmon(rt, m);
    return;
  }
  if (fn === 'templateThread') {
    yield* templateThread(rt, m);
    return;
  }
  if (fn === 'mspinning') {
    yield MSPINNING.spinning;
    rt.to.m(m, 'spinning', true);
  }
  const { nextp } = rt.M(m);
  if (nextp === null) throw new Error(`mstart1: ${m} has no nextp`);
  yield* acquirep(rt, m, nextp);
  yield MSTART['nextp=nil'];
  rt.to.m(m, 'nextp', null);
  yield* mloop(rt, m);
}

/**
 * Go 1.14, runtime/proc.go, templateThread: a thread in a known good state starts new ones for those that are not. `isAsleepAlready`: the
 * first state finds it parked, because the program is linked with C.
 */
export function* templateThread(rt: Runtime, m: MId, isAsleepAlready = false): Thread {
  if (isAsleepAlready) yield* wakeUpFromTheStart(rt, m, TEMPLATE.noteclear);
  else yield* templateThreadStart(rt, m);
  for (;;) {
    while (rt.state.sched.newmHandoff.length > 0) {
      yield TEMPLATE.take;
      const list = rt.state.sched.newmHandoff;
      rt.to.sched('newmHandoff', []);
      for (const each of list) yield* newm1(rt, each.m, each.spinning ? 'mspinning' : null);
    }
    yield* notesleep(rt, m, TEMPLATE);
  }
}

function* templateThreadStart(rt: Runtime, m: MId): Thread {
  yield* rt.lock(m, SCHED_LOCK, TEMPLATE.lock);
  yield TEMPLATE.nmsys;
  rt.to.sched('nmsys', rt.state.sched.nmsys + 1);
  yield* checkdead(rt, m);
  rt.unlock(m, SCHED_LOCK);
}
