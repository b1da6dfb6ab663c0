/**
 * Calls of C, and C that calls Go. Follows runtime/cgocall.go of Go 1.14 (cgocall, cgocallbackg, cgocallbackg1, unwindm), and of runtime/asm_amd64.s
 * what asmcgocall and cgocallback_gofunc do to the stacks.
 */
import type { CallFact, GId, MId, SyscallPath } from '../state';
import { newextram } from './extra-m';
import { lockOSThreadInt, unlockOSThreadInt } from './lock-os-thread';
import { GoPanic, Goexit } from './panicking';
import type { Runtime } from './runtime';
import { type Thread, rows } from './thread';

const CGO = rows('cgocall', { ncgocall: 'store', incgo: 'store', return: 'store', done: 'op' });
const GOFUNC = rows('cgocallback_gofunc', { curg: 'switch', g0: 'switch' });
const CALLBACK = rows('cgocallbackg', { lockOSThread: 'store', 'incgo=false': 'store', 'incgo=true': 'store' });
const CALLBACK1 = rows('cgocallbackg1', { newextram: 'switch', fn: 'op' });
const UNWIND = rows('unwindm', { 'ncgo--': 'store', unlockOSThread: 'store' });

/** A stay in C, as the facts tell it. */
const stay = (g: GId, via: string, enter: number, exit: number, path: SyscallPath): CallFact => ({
  g,
  name: 'cgo',
  nr: -1,
  via,
  enter,
  exit,
  path,
  result: 0,
  errno: null,
  strace: null,
});

/** Go 1.14, runtime/cgocall.go, cgocall: for the scheduler a C call is a system call of unknown length. `code`: what C does, on the thread's own stack. */
export function* cgocall(rt: Runtime, g: GId, code: () => Thread): Thread {
  const m = rt.mOf(g);
  yield CGO.ncgocall;
  rt.to.m(m, 'ncgocall', rt.M(m).ncgocall + 1);
  rt.to.m(m, 'ncgo', rt.M(m).ncgo + 1);
  yield* rt.go.entersyscall(rt, g, 'runtime.cgocall', rt.G(g).sched.sp);
  rt.inCSince.set(g, rt.now);
  yield CGO.incgo;
  rt.to.m(m, 'incgo', true);
  // asmcgocall: C runs on the stack of g0.
  rt.to.m(m, 'ong0', true);
  yield* code();
  yield CGO.return;
  const enter = rt.inCSince.get(g) ?? rt.now;
  const exit = rt.now;
  rt.to.m(m, 'ong0', false);
  rt.to.m(m, 'incgo', false);
  rt.to.m(m, 'ncgo', rt.M(m).ncgo - 1);
  const path = yield* rt.go.exitsyscall(rt, g);
  yield CGO.done;
  rt.to.call(stay(g, 'cgocall', enter, exit, path));
}

/**
 * Go 1.14, runtime/asm_amd64.s, cgocallback_gofunc: C on m calls Go. From the thread's stack to that of its goroutine, on which `call` runs, and back.
 * `run` carries it out; on a thread of the program its goroutine itself does. False: the goroutine has not come back.
 */
export function* cgocallback(rt: Runtime, m: MId, run: (g: GId) => Thread<boolean>): Thread<boolean> {
  yield GOFUNC.curg;
  const g = rt.M(m).curg;
  if (g === null) throw new Error(`cgocallback: ${m} has no goroutine`);
  rt.to.m(m, 'ong0', false);
  if (!(yield* run(g))) return false;
  // g.sched is what it was: reentersyscall has stored the pc and sp of the first entry again.
  yield GOFUNC.g0;
  rt.to.m(m, 'ong0', true);
  return true;
}

/** Go 1.14, runtime/cgocall.go, cgocallbackg, on the goroutine's stack: out of the C call as out of a system call, and into it again. */
export function* cgocallbackg(rt: Runtime, g: GId, fn: () => Thread): Thread {
  const m = rt.mOf(g);
  yield CALLBACK.lockOSThread;
  lockOSThreadInt(rt, g);
  const { syscallsp, syscallpc } = rt.G(g);
  const exit = rt.now;
  const path = yield* rt.go.exitsyscall(rt, g);
  yield CALLBACK['incgo=false'];
  rt.to.m(m, 'incgo', false);
  const enter = rt.inCSince.get(g);
  if (enter !== undefined) rt.to.call(stay(g, 'cgocallback', enter, exit, path));
  yield* cgocallbackg1(rt, g, m, fn);
  yield CALLBACK['incgo=true'];
  rt.to.m(m, 'incgo', true);
  yield* rt.go.entersyscall(rt, g, syscallpc, syscallsp);
  if (enter !== undefined) rt.inCSince.set(g, rt.now);
}

/** Go 1.14, runtime/cgocall.go, cgocallbackg1, with the deferred unwindm, whichever way `fn` ends. */
function* cgocallbackg1(rt: Runtime, g: GId, m: MId, fn: () => Thread): Thread {
  if (rt.M(m).needextram === true || rt.extraMWaiters > 0) {
    yield CALLBACK1.newextram;
    if (rt.M(m).needextram !== undefined) rt.to.m(m, 'needextram', false);
    rt.to.m(m, 'ong0', true);
    yield* newextram(rt, m);
  }
  yield CALLBACK1.fn;
  rt.to.m(m, 'ong0', false);
  try {
    yield* fn();
  } catch (thrown) {
    // The frames of C are left behind: cgocall does not come to its own accounts.
    if ((thrown instanceof GoPanic || thrown instanceof Goexit) && rt.M(m).ncgo > 0) {
      yield UNWIND['ncgo--'];
      rt.to.m(m, 'incgo', false);
      rt.to.m(m, 'ncgo', rt.M(m).ncgo - 1);
    }
    if (thrown instanceof GoPanic || thrown instanceof Goexit) yield* unlock(rt, g);
    throw thrown;
  }
  yield* unlock(rt, g);
}

function* unlock(rt: Runtime, g: GId): Thread {
  yield UNWIND.unlockOSThread;
  unlockOSThreadInt(rt, g);
}
