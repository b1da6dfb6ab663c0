/** A goroutine's own code between the runtime's functions. */
import type { GId } from '../state';
import { asyncPreempt, newstack } from './preempt';
import type { Runtime } from './runtime';
import { type Thread, rest } from './thread';

/** User code for `ns`: with calls in it it stops at the next prologue when asked; without, only where a signal finds it. */
export function* userCode(rt: Runtime, g: GId, kind: 'compute' | 'spin', ns: number): Thread {
  let left = ns;
  while (left > 0) {
    if (rt.G(g).stackguard0 === 'stackPreempt' && kind === 'compute') {
      yield* newstack(rt, g);
      continue;
    }
    const why = yield rest(kind, left);
    left -= rt.restedNs;
    if (why === 'signal') yield* asyncPreempt(rt, g);
  }
}
