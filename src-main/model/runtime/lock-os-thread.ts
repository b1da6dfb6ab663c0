/** Wiring a goroutine to its thread. Follows LockOSThread, UnlockOSThread, their namesakes for the runtime itself, and startTemplateThread of runtime/proc.go, Go 1.14. */
import type { GId, MId } from '../state';
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
  wire(rt, m, g);
}

/** Go: dolockOSThread. Part of the step under way. */
function wire(rt: Runtime, m: MId, g: GId): void {
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
  if (lockedExt > 1 || rt.M(m).lockedInt > 0) return;
  yield UNLOCK.dounlockOSThread;
  unwire(rt, m, g);
}

function unwire(rt: Runtime, m: MId, g: GId): void {
  rt.to.m(m, 'lockedg', null);
  rt.to.g(g, 'lockedm', null);
}

/** Go 1.14, runtime/proc.go, lockOSThread: the runtime's own, counted apart. Part of the step under way. */
export function lockOSThreadInt(rt: Runtime, g: GId): void {
  const m = rt.mOf(g);
  rt.to.m(m, 'lockedInt', rt.M(m).lockedInt + 1);
  wire(rt, m, g);
}

/** Go 1.14, runtime/proc.go, unlockOSThread. Part of the step under way. */
export function unlockOSThreadInt(rt: Runtime, g: GId): void {
  const m = rt.mOf(g);
  rt.to.m(m, 'lockedInt', rt.M(m).lockedInt - 1);
  if (rt.M(m).lockedInt === 0 && rt.M(m).lockedExt === 0) unwire(rt, m, g);
}
