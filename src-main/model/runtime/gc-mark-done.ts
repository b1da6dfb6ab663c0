/** What the end of marking asks of every P. Follows gcMarkDone of runtime/mgc.go, Go 1.14, as far as it calls forEachP. */
import type { GId } from '../state';
import { forEachP } from './for-each-p';
import type { Runtime } from './runtime';
import { semacquire, semrelease, worldsema } from './semaphore';
import { type Thread, rows } from './thread';

const DONE = rows('gcMarkDone', { casgstatus: 'cas', 'casgstatus-back': 'cas' });

/** Go 1.14, runtime/mgc.go, gcMarkDone: on g0, with the caller's goroutine _Gwaiting, so that whoever scans stacks need not wait for it. */
export function* gcMarkDone(rt: Runtime, g: GId): Thread {
  yield* semacquire(rt, g, worldsema(g));
  const m = rt.mOf(g);
  yield DONE.casgstatus;
  rt.to.m(m, 'ong0', true);
  rt.to.g(g, 'waitreason', 'GC worker (idle)');
  rt.casgstatus(g, '_Grunning', '_Gwaiting');
  // The write barrier's buffer of each P is flushed: nothing that the model keeps.
  yield* forEachP(rt, m, { name: 'gcMarkDone', run: () => undefined });
  yield DONE['casgstatus-back'];
  rt.casgstatus(g, '_Gwaiting', '_Grunning');
  rt.to.m(m, 'ong0', false);
  rt.rearmPreemption(m);
  yield* semrelease(rt, g, worldsema(g), false);
}
