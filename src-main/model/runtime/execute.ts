/** A goroutine onto its M and off it. Follows runtime/proc.go of Go 1.14: execute, dropg. */
import type { GId, MId } from '../state';
import type { Runtime } from './runtime';
import { type Thread, rows } from './thread';

const EXECUTE = rows('execute', { curg: 'store', casgstatus: 'cas', reset: 'store', schedtick: 'store', gogo: 'switch' });

/** Go 1.14, runtime/proc.go, execute: g runs on m. A fresh time slice unless it inherits the rest of the one before. */
export function* execute(rt: Runtime, m: MId, g: GId, inheritTime: boolean): Thread {
  yield EXECUTE.curg;
  rt.to.m(m, 'curg', g);
  rt.to.g(g, 'm', m);
  yield EXECUTE.casgstatus;
  rt.casgstatus(g, '_Grunnable', '_Grunning');
  rt.executedAt.set(g, rt.now);
  yield EXECUTE.reset;
  rt.to.g(g, 'waitsince', 0);
  rt.to.g(g, 'preempt', false);
  rt.to.g(g, 'stackguard0', 'normal');
  if (!inheritTime) {
    yield EXECUTE.schedtick;
    const p = rt.pOf(m);
    rt.to.p(p, 'schedtick', rt.P(p).schedtick + 1);
  }
  yield EXECUTE.gogo;
  // The delayed exit of a slow system call comes before the start (runtime/proc.go: execute).
  if (rt.G(g).syscallsp !== '0x0' && rt.G(g).sysblocktraced) rt.to.event('GoSysExit');
  rt.to.event('GoStart');
  rt.to.m(m, 'ong0', false);
}

/** Go: dropg, as part of the step under way. */
export function dropg(rt: Runtime, m: MId): void {
  const g = rt.M(m).curg;
  if (g === null) throw new Error(`dropg: ${m} has no curg`);
  rt.to.g(g, 'm', null);
  rt.to.m(m, 'curg', null);
}
