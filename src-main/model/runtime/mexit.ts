/** A thread leaves. Follows runtime/proc.go of Go 1.14: mexit. */
import type { MId } from '../state';
import { checkdead } from './checkdead';
import { enterFutex } from './notes';
import { releasep } from './owning-p';
import { type Runtime, SCHED_LOCK } from './runtime';
import { SLEEP_UNTIL_WOKEN, type Thread, rows } from './thread';

const MEXIT = rows('mexit', { lock: 'lock', nmfreed: 'store', exitThread: 'store', notesleep: 'futexsleep' });

/** Go 1.14, runtime/proc.go, mexit: a thread leaves because its wired goroutine has ended. m0 never exits; it sleeps forever. */
export function* mexit(rt: Runtime, m: MId): Thread {
  yield* rt.go.handoffp(rt, m, yield* releasep(rt, m));
  yield* rt.lock(m, SCHED_LOCK, MEXIT.lock);
  yield MEXIT.nmfreed;
  rt.to.sched('nmfreed', rt.state.sched.nmfreed + 1);
  rt.to.sched('mcount', rt.state.sched.mcount - 1);
  yield* checkdead(rt, m);
  rt.unlock(m, SCHED_LOCK);
  if (m === 'M0') yield* sleepForEver(rt, m);
  yield MEXIT.exitThread;
  rt.to.m(m, 'dead', true);
}

/** An M that is parked forever: m0, after its goroutine has exited while wired to it (Go: mexit). */
function* sleepForEver(rt: Runtime, m: MId): Thread {
  yield MEXIT.notesleep;
  rt.to.m(m, 'parked', true);
  enterFutex(rt, m, `${m}.park`);
  for (;;) yield SLEEP_UNTIL_WOKEN;
}
