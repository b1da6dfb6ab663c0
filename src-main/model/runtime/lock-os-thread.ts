/** Wiring a goroutine to its thread. Follows LockOSThread, UnlockOSThread and startTemplateThread of runtime/proc.go, Go 1.14. */
import type { GId } from '../state';
import type { Runtime } from './runtime';
import { type Thread, rows } from './thread';

const LOCK = rows('LockOSThread', { startTemplateThread: 'cas', lockedExt: 'store', dolockOSThread: 'store' });
const UNLOCK = rows('UnlockOSThread', { lockedExt: 'store', dounlockOSThread: 'store' });

/** Go 1.14, runtime/proc.go, LockOSThread. The first one also starts the template thread. */
export function* lockOSThread(rt: Runtime, g: GId): Thread {
  const m = rt.mOf(g);
  if (!rt.state.sched.haveTemplateThread) {
    yield LOCK.startTemplateThread;
    if (!rt.state.sched.haveTemplateThread) {
      rt.to.sched('haveTemplateThread', true);
      yield* rt.go.newm(rt, m, 'templateThread', null);
    }
  }
  yield LOCK.lockedExt;
  rt.to.m(m, 'lockedExt', rt.M(m).lockedExt + 1);
  yield LOCK.dolockOSThread;
  rt.to.m(m, 'lockedg', g);
  rt.to.g(g, 'lockedm', m);
}

/** Go 1.14, runtime/proc.go, UnlockOSThread. */
export function* unlockOSThread(rt: Runtime, g: GId): Thread {
  const m = rt.mOf(g);
  yield UNLOCK.lockedExt;
  const { lockedExt } = rt.M(m);
  if (lockedExt === 0) return;
  rt.to.m(m, 'lockedExt', lockedExt - 1);
  if (lockedExt > 1) return;
  yield UNLOCK.dounlockOSThread;
  rt.to.m(m, 'lockedg', null);
  rt.to.g(g, 'lockedm', null);
}
