/** Deadlock detection. Follows checkdead of runtime/proc.go, Go 1.14. */
import type { GId, GRow, MId } from '../state';
import { throwFatal } from './panic';
import { type Runtime, SCHED_LOCK } from './runtime';
import { type Thread, rows } from './thread';

const CHECKDEAD = rows('checkdead', { run: 'test', scan: 'test', timers: 'test', dead: 'test', none: 'test' });

/**
 * Go 1.14, runtime/proc.go, checkdead. Under sched.lock; asks whether any M can still make progress, and ends the program if none can. With C
 * linked in it never does: the M kept for C's threads counts as one that might. Nor while the program dies: freezetheworld leaves nobody running.
 */
export function* checkdead(rt: Runtime, m: MId): Thread {
  yield CHECKDEAD.run;
  if (rt.panicking > 0) return;
  const { sched } = rt.state;
  const run = rt.mcount - sched.midle.length - sched.nmidlelocked - sched.nmsys;
  if (run > 0) return;
  if (run < 0) {
    throw new Error(
      `checkdead: inconsistent counts: mcount ${rt.mcount}, midle ${sched.midle.length}, locked ${sched.nmidlelocked}, sys ${sched.nmsys}`,
    );
  }
  yield CHECKDEAD.scan;
  const alive = (Object.entries(rt.state.G) as [GId, GRow][]).filter(([, g]) => !g.system && g.status !== '_Gdead');
  const runnable = alive.find(([, g]) => g.status !== '_Gwaiting' && g.status !== '_Gpreempted');
  if (runnable) throw new Error(`checkdead: runnable g ${runnable[0]} in ${runnable[1].status}`);
  if (alive.length === 0) {
    yield CHECKDEAD.none;
    rt.unlock(m, SCHED_LOCK);
    yield* throwFatal(rt, m, { text: 'no goroutines (main called runtime.Goexit) - deadlock!', kind: 'deadlock' });
  }
  yield CHECKDEAD.timers;
  if (rt.allp.some((p) => rt.P(p).timers.length > 0)) return;
  yield CHECKDEAD.dead;
  rt.unlock(m, SCHED_LOCK);
  yield* throwFatal(rt, m, { text: 'all goroutines are asleep - deadlock!', kind: 'deadlock', isQuiet: true });
}
