/** A collection because the last one is long ago. Follows forcegchelper of runtime/proc.go, and gcTrigger.test and gcStart of runtime/mgc.go, Go 1.14. */
import type { GId } from '../state';
import { gopark } from './park';
import { FORCEGC_LOCK, type Runtime } from './runtime';
import { gc } from './stop-the-world';
import { isGcDue } from './sysmon';
import { type Thread, rows } from './thread';

const HELPER = rows('forcegchelper', { gcStart: 'op', lock: 'lock', idle: 'store' });
const GCSTART = rows('gcStart', { test: 'test' });

/** Go 1.14, runtime/proc.go, forcegchelper: a goroutine of the runtime itself. The first state finds it parked, so it begins when sysmon has readied it. */
export function* forcegchelper(rt: Runtime, g: GId): Thread {
  for (;;) {
    yield HELPER.gcStart;
    yield GCSTART.test;
    // Somebody may have collected since sysmon looked.
    if (isGcDue(rt)) yield* gc(rt, g, rt.gcStwNs);
    const m = rt.mOf(g);
    yield* rt.lock(m, FORCEGC_LOCK, HELPER.lock);
    yield HELPER.idle;
    rt.to.at(['sched', 'forcegc', 'idle'], 1);
    yield* gopark(rt, g, FORCE_GC_IDLE, 'GoBlock', (on) => {
      rt.unlock(on, FORCEGC_LOCK);
      return true;
    });
  }
}

/** Go: waitReasonForceGGIdle. */
export const FORCE_GC_IDLE = 'force gc (idle)';
