/** Blocking and readying goroutines. Follows runtime/proc.go of Go 1.14: gopark, park_m, dropg, ready, goready, injectglist. */
import type { GId, MId } from '../state';
import { dropg, execute } from './execute';
import { globrunqput, runqput } from './runq';
import { type Runtime, SCHED_LOCK } from './runtime';
import { type Thread, rows } from './thread';

const GOPARK = rows('gopark', { acquirem: 'store', waitreason: 'store', releasem: 'store' });
const PARK_M = rows('park_m', { casgstatus: 'cas', dropg: 'store', unlockf: 'cas', again: 'cas' });
const READY = rows('ready', { casgstatus: 'cas', releasem: 'store' });
const INJECT = rows('injectglist', { trace: 'test', lock: 'lock', globrunqput: 'store' });

/** What gopark runs after the goroutine is _Gwaiting and off its M. false: it must not wait after all. */
export type Unlockf = (m: MId, g: GId) => boolean;

/** Go 1.14, runtime/proc.go, gopark: on the goroutine's stack. It returns when another M has readied and then executed the goroutine. */
export function* gopark(rt: Runtime, g: GId, reason: string, event: string, unlockf: Unlockf): Thread {
  const m = rt.mOf(g);
  yield GOPARK.acquirem;
  rt.to.m(m, 'locks', rt.M(m).locks + 1);
  yield GOPARK.waitreason;
  rt.to.g(g, 'waitreason', reason);
  yield GOPARK.releasem;
  rt.to.m(m, 'locks', rt.M(m).locks - 1);
  rt.rearmPreemption(m);
  yield { wait: 'mcall', work: (on) => parkM(rt, on, g, event, unlockf) };
}

/** Go 1.14, runtime/proc.go, park_m, on g0. */
function* parkM(rt: Runtime, m: MId, g: GId, event: string, unlockf: Unlockf): Thread {
  yield PARK_M.casgstatus;
  rt.to.event(event);
  rt.casgstatus(g, '_Grunning', '_Gwaiting');
  yield PARK_M.dropg;
  dropg(rt, m);
  yield PARK_M.unlockf;
  if (unlockf(m, g)) return;
  yield PARK_M.again;
  rt.to.event('GoUnblock');
  rt.casgstatus(g, '_Gwaiting', '_Grunnable');
  yield* execute(rt, m, g, true);
}

/** Go 1.14, runtime/proc.go, ready: g goes to this M's P. Runs on g0, whichever stack the caller is on. */
export function* ready(rt: Runtime, m: MId, g: GId, next: boolean): Thread {
  yield READY.casgstatus;
  const { ong0 } = rt.M(m);
  rt.to.m(m, 'ong0', true);
  rt.to.m(m, 'locks', rt.M(m).locks + 1);
  rt.to.event('GoUnblock');
  rt.casgstatus(g, '_Gwaiting', '_Grunnable');
  yield* runqput(rt, m, rt.pOf(m), g, next);
  if (rt.go.wantsWakep(rt)) yield* rt.go.wakep(rt, m);
  yield READY.releasem;
  rt.to.m(m, 'locks', rt.M(m).locks - 1);
  rt.to.m(m, 'ong0', ong0);
  rt.rearmPreemption(m);
}

/** Go 1.14, runtime/proc.go, goready: the woken goroutine runs next on its waker's P. */
export function* goready(rt: Runtime, m: MId, g: GId): Thread {
  yield* ready(rt, m, g, true);
}

/** Go 1.14, runtime/proc.go, injectglist: all to the global queue, then an M for each idle P. The caller may have no P. */
export function* injectglist(rt: Runtime, m: MId, list: readonly GId[]): Thread {
  if (list.length === 0) return;
  yield INJECT.trace;
  for (let i = 0; i < list.length; i++) rt.to.event('GoUnblock');
  yield* rt.lock(m, SCHED_LOCK, INJECT.lock);
  for (const g of list) {
    yield INJECT.globrunqput;
    rt.casgstatus(g, '_Gwaiting', '_Grunnable');
    globrunqput(rt, g);
  }
  rt.unlock(m, SCHED_LOCK);
  for (let n = list.length; n > 0 && rt.npidle > 0; n--) yield* rt.go.startm(rt, m, null, false);
}
