/** Package sync/atomic, of which only an addition is modelled: one atomic instruction. */
import type { GId } from '../state';
import type { Runtime } from './runtime';
import { type Thread, rows } from './thread';

const XADD = rows('Xadd64', { xadd: 'cas' });

/** Go 1.14, runtime/internal/atomic, Xadd64 (atomic.AddInt64). */
export function* atomicAdd(rt: Runtime, _g: GId, name: string, n: number): Thread {
  yield XADD.xadd;
  rt.to.at(['atomic', name], (rt.state.atomic?.[name] ?? 0) + n);
}
