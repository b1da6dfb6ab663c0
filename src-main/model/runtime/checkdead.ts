/** Deadlock detection. Follows checkdead of runtime/proc.go, Go 1.14. */
import type { GId, GRow } from '../state';
import type { Runtime } from './runtime';
import { ProgramEnd, type Thread, rows } from './thread';

const CHECKDEAD = rows('checkdead', { run: 'test', scan: 'test', timers: 'test', dead: 'test', none: 'test' });

/** Go 1.14, runtime/traceback.go, goroutineheader: the line above a goroutine's stack. */
export function goroutineheader({ goid, lockedm }: Pick<GRow, 'goid' | 'lockedm'>, status: string): string {
  return `goroutine ${goid} [${status}${lockedm === null ? '' : ', locked to thread'}]:`;
}

/**
 * Go 1.14, runtime/proc.go, checkdead. Under sched.lock; asks whether any M can still make progress, and ends the program if none can. With C
 * linked in it never does: the M kept for C's threads counts as one that might.
 */
export function* checkdead(rt: Runtime): Thread {
  yield CHECKDEAD.run;
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
    throw new ProgramEnd('deadlock', 2, 'fatal error: no goroutines (main called runtime.Goexit) - deadlock!');
  }
  yield CHECKDEAD.timers;
  if (rt.allp.some((p) => rt.P(p).timers.length > 0)) return;
  yield CHECKDEAD.dead;
  const stacks = alive.map(([, g]) => goroutineheader(g, g.waitreason));
  throw new ProgramEnd('deadlock', 2, ['fatal error: all goroutines are asleep - deadlock!', '', ...stacks].join('\n'));
}
