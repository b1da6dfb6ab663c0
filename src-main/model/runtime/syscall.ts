/**
 * Entering and leaving system calls. Follows runtime/proc.go of Go 1.14: reentersyscall, entersyscall_sysmon, entersyscall_gcwait,
 * entersyscallblock, exitsyscall, exitsyscallfast, exitsyscallfast_reacquired, exitsyscallfast_pidle, exitsyscall0.
 *
 * entersyscall itself only looks up its caller's pc and sp; it has no step of its own. Rows 7 to 10 and 18 of the entry are steps only
 * where they do something.
 */
import { FREEZE_STOP_WAIT } from '../go-constants';
import type { GId, MId, PId, SyscallPath } from '../state';
import { dropg, execute } from './execute';
import { acquirep, pidleget, releasep, wirep } from './owning-p';
import { globrunqput } from './runq';
import { type Runtime, SCHED_LOCK } from './runtime';
import { lowerStopwait, runSafePointFn, wakeSysmon } from './stop-counts';
import { type Row, type Thread, rest, rows } from './thread';
import { stoplockedm, stopm } from './threads';

const ENTER = rows('reentersyscall', {
  'locks++': 'store',
  stackguard0: 'store',
  throwsplit: 'store',
  save: 'store',
  syscallsp: 'store',
  casgstatus: 'cas',
  'sysmonwait?': 'test',
  'safepoint?': 'cas',
  'm.syscalltick': 'store',
  sysblocktraced: 'store',
  mcache: 'store',
  'p.m=nil': 'store',
  oldp: 'store',
  'm.p=nil': 'store',
  psyscall: 'cas',
  'gcwaiting?': 'test',
  'locks--': 'store',
});
const SYSMON = rows('entersyscall_sysmon', { lock: 'lock', wake: 'futexwake' });
const GCWAIT = rows('entersyscall_gcwait', { lock: 'lock', cas: 'cas', 'p.syscalltick++': 'store' });
const BLOCK = rows('entersyscallblock', {
  'locks++': 'store',
  'm.syscalltick': 'store',
  sysblocktraced: 'store',
  'p.syscalltick++': 'store',
  save: 'store',
  syscallsp: 'store',
  casgstatus: 'cas',
  handoff: 'switch',
  resave: 'store',
  'locks--': 'store',
});
const EXIT = rows('exitsyscall', {
  'locks++': 'store',
  framecheck: 'test',
  waitsince: 'store',
  oldp: 'store',
  'p.syscalltick++': 'store',
  casgstatus: 'cas',
  'syscallsp=0': 'store',
  'locks--': 'store',
  stackguard0: 'store',
  throwsplit: 'store',
  'sysexitticks=0': 'store',
  tracewait: 'epoll',
  sysexitticks: 'store',
  'slow-locks--': 'store',
  tail: 'store',
});
const FAST = rows('exitsyscallfast', { frozen: 'test', 'cas-oldp': 'cas', 'pidle?': 'test', tracewait: 'epoll' });
const REACQUIRED = rows('exitsyscallfast_reacquired', { same: 'test', aba: 'store' });
const PIDLE = rows('exitsyscallfast_pidle', { lock: 'lock', pidleget: 'store', wakesysmon: 'futexwake' });
const EXIT0 = rows('exitsyscall0', {
  casgstatus: 'cas',
  dropg: 'store',
  lock: 'lock',
  pidleget: 'store',
  globrunqput: 'store',
  wakesysmon: 'futexwake',
  unlock: 'unlock',
  execute: 'test',
  stoplockedm: 'test',
  stopm: 'test',
});

/** Go 1.14, runtime/proc.go, entersyscall and reentersyscall, on the goroutine's stack. pc and sp are the caller's. */
export function* entersyscall(rt: Runtime, g: GId, pc: string, sp: string): Thread {
  const m = rt.mOf(g);
  const p = rt.pOf(m);
  yield ENTER['locks++'];
  rt.to.m(m, 'locks', rt.M(m).locks + 1);
  yield ENTER.stackguard0;
  rt.to.g(g, 'stackguard0', 'stackPreempt');
  yield ENTER.throwsplit;
  rt.to.g(g, 'throwsplit', true);
  yield ENTER.save;
  save(rt, g, pc, sp);
  yield ENTER.syscallsp;
  rt.to.g(g, 'syscallsp', sp);
  rt.to.g(g, 'syscallpc', pc);
  yield ENTER.casgstatus;
  rt.casgstatus(g, '_Grunning', '_Gsyscall');
  rt.enteredAt.set(g, rt.now);
  rt.to.event('GoSysCall');
  if (rt.state.sched.sysmonwait) {
    yield ENTER['sysmonwait?'];
    if (rt.state.sched.sysmonwait) yield* entersyscallSysmon(rt, m);
  }
  if (rt.P(p).runSafePointFn) {
    yield ENTER['safepoint?'];
    rt.to.m(m, 'ong0', true);
    yield* runSafePointFn(rt, m, p);
    rt.to.m(m, 'ong0', false);
  }
  yield ENTER['m.syscalltick'];
  rt.to.m(m, 'syscalltick', rt.P(p).syscalltick);
  yield ENTER.sysblocktraced;
  rt.to.g(g, 'sysblocktraced', true);
  yield ENTER.mcache;
  rt.to.m(m, 'mcache', null);
  yield ENTER['p.m=nil'];
  rt.to.p(p, 'm', null);
  yield ENTER.oldp;
  rt.to.m(m, 'oldp', p);
  yield ENTER['m.p=nil'];
  rt.to.m(m, 'p', null);
  yield ENTER.psyscall;
  rt.to.p(p, 'status', '_Psyscall');
  rt.leftInSyscall.set(p, { m, since: rt.now });
  if (rt.state.sched.gcwaiting) {
    yield ENTER['gcwaiting?'];
    if (rt.state.sched.gcwaiting) yield* entersyscallGcwait(rt, m, p);
  }
  yield ENTER['locks--'];
  rt.to.m(m, 'locks', rt.M(m).locks - 1);
}

function save(rt: Runtime, g: GId, pc: string, sp: string): void {
  rt.to.at(['G', g, 'sched', 'pc'], pc);
  rt.to.at(['G', g, 'sched', 'sp'], sp);
}

/** Go 1.14, runtime/proc.go, entersyscall_sysmon: sysmon must watch this call, so it is woken if it sleeps. */
function* entersyscallSysmon(rt: Runtime, m: MId): Thread {
  rt.to.m(m, 'ong0', true);
  yield* rt.lock(m, SCHED_LOCK, SYSMON.lock);
  yield SYSMON.wake;
  if (rt.state.sched.sysmonwait) wakeSysmon(rt);
  rt.unlock(m, SCHED_LOCK);
  rt.to.m(m, 'ong0', false);
}

/** Go 1.14, runtime/proc.go, entersyscall_gcwait: the leaver stops its own P, so that a stop-the-world need not wait for it. */
function* entersyscallGcwait(rt: Runtime, m: MId, p: PId): Thread {
  rt.to.m(m, 'ong0', true);
  yield* rt.lock(m, SCHED_LOCK, GCWAIT.lock);
  yield GCWAIT.cas;
  if (rt.state.sched.stopwait > 0 && rt.P(p).status === '_Psyscall') {
    rt.to.p(p, 'status', '_Pgcstop');
    rt.to.event('GoSysBlock');
    yield GCWAIT['p.syscalltick++'];
    rt.to.event('ProcStop');
    rt.to.p(p, 'syscalltick', rt.P(p).syscalltick + 1);
    lowerStopwait(rt);
  }
  rt.unlock(m, SCHED_LOCK);
  rt.to.m(m, 'ong0', false);
}

/** Go 1.14, runtime/proc.go, entersyscallblock: the caller knows that it will block, so the P is handed off at once. */
export function* entersyscallblock(rt: Runtime, g: GId, pc: string, sp: string): Thread {
  const m = rt.mOf(g);
  const p = rt.pOf(m);
  yield BLOCK['locks++'];
  rt.to.m(m, 'locks', rt.M(m).locks + 1);
  rt.to.g(g, 'throwsplit', true);
  rt.to.g(g, 'stackguard0', 'stackPreempt');
  yield BLOCK['m.syscalltick'];
  rt.to.m(m, 'syscalltick', rt.P(p).syscalltick);
  yield BLOCK.sysblocktraced;
  rt.to.g(g, 'sysblocktraced', true);
  // Early, because this call announces its own blocking: the M that writes GoSysBlock also increments syscalltick.
  yield BLOCK['p.syscalltick++'];
  rt.to.p(p, 'syscalltick', rt.P(p).syscalltick + 1);
  yield BLOCK.save;
  save(rt, g, pc, sp);
  yield BLOCK.syscallsp;
  rt.to.g(g, 'syscallsp', sp);
  rt.to.g(g, 'syscallpc', pc);
  yield BLOCK.casgstatus;
  rt.casgstatus(g, '_Grunning', '_Gsyscall');
  rt.enteredAt.set(g, rt.now);
  yield BLOCK.handoff;
  rt.to.m(m, 'ong0', true);
  rt.to.event('GoSysCall');
  rt.to.event('GoSysBlock');
  yield* rt.go.handoffp(rt, m, yield* releasep(rt, m));
  yield BLOCK.resave;
  rt.to.m(m, 'ong0', false);
  save(rt, g, pc, sp);
  yield BLOCK['locks--'];
  rt.to.m(m, 'locks', rt.M(m).locks - 1);
}

/** Go 1.14, runtime/proc.go, exitsyscall, on the goroutine's stack. Says by which way it came back; on the slow ones M and P may have changed. */
export function* exitsyscall(rt: Runtime, g: GId): Thread<SyscallPath> {
  const m = rt.mOf(g);
  yield EXIT['locks++'];
  rt.to.m(m, 'locks', rt.M(m).locks + 1);
  yield EXIT.framecheck;
  yield EXIT.waitsince;
  rt.to.g(g, 'waitsince', 0);
  yield EXIT.oldp;
  const { oldp } = rt.M(m);
  rt.to.m(m, 'oldp', null);
  const path = yield* exitsyscallfast(rt, m, oldp);
  if (path !== null) {
    yield EXIT['p.syscalltick++'];
    const p = rt.pOf(m);
    if (oldp !== p || rt.M(m).syscalltick !== rt.P(p).syscalltick) rt.to.event('GoStart');
    rt.to.p(p, 'syscalltick', rt.P(p).syscalltick + 1);
    yield EXIT.casgstatus;
    rt.casgstatus(g, '_Gsyscall', '_Grunning');
    yield EXIT['syscallsp=0'];
    rt.to.g(g, 'syscallsp', '0x0');
    yield EXIT['locks--'];
    rt.to.m(m, 'locks', rt.M(m).locks - 1);
    yield EXIT.stackguard0;
    rt.to.g(g, 'stackguard0', rt.G(g).preempt ? 'stackPreempt' : 'normal');
    yield EXIT.throwsplit;
    rt.to.g(g, 'throwsplit', false);
    return path;
  }
  yield EXIT['sysexitticks=0'];
  rt.to.g(g, 'sysexitticks', 0);
  while (takerHasNotCounted(rt, m, oldp)) yield* osyield(rt, EXIT.tracewait);
  yield EXIT.sysexitticks;
  rt.to.g(g, 'sysexitticks', rt.now);
  yield EXIT['slow-locks--'];
  rt.to.m(m, 'locks', rt.M(m).locks - 1);
  let slow: SyscallPath = 'slow-queued';
  yield {
    wait: 'mcall',
    work: function* (on): Thread {
      slow = yield* exitsyscall0(rt, on, g, (way) => {
        slow = way;
      });
    },
  };
  yield EXIT.tail;
  rt.to.g(g, 'syscallsp', '0x0');
  const p = rt.pOf(rt.mOf(g));
  rt.to.p(p, 'syscalltick', rt.P(p).syscalltick + 1);
  rt.to.g(g, 'throwsplit', false);
  return slow;
}

/**
 * Whoever takes a P out of a system call counts after having told the tracer: GoSysExit waits for it, so that GoSysBlock comes first. While the
 * program dies nobody need have taken it, and without a tracer nobody waits.
 */
function takerHasNotCounted(rt: Runtime, m: MId, oldp: PId | null): boolean {
  return oldp !== null && rt.state.sched.stopwait !== FREEZE_STOP_WAIT && rt.P(oldp).syscalltick === rt.M(m).syscalltick;
}

/** Go: osyield, as the row `at`. It takes time whatever a scenario says it costs: whoever is waited for must get its turn. */
function* osyield(rt: Runtime, at: Row): Thread {
  yield at;
  if (rt.costs[at.cost] === 0) yield rest('sleep', 1);
}

/** Go 1.14, runtime/proc.go, exitsyscallfast: the old P if it is still _Psyscall, else any idle one. null: neither. */
function* exitsyscallfast(rt: Runtime, m: MId, oldp: PId | null): Thread<SyscallPath | null> {
  // The program dies: freezetheworld does not take the Ps of those in system calls.
  if (rt.state.sched.stopwait === FREEZE_STOP_WAIT) {
    yield FAST.frozen;
    return null;
  }
  yield FAST['cas-oldp'];
  if (oldp !== null && rt.P(oldp).status === '_Psyscall') {
    rt.to.p(oldp, 'status', '_Pidle');
    yield* wirep(rt, m, oldp);
    return yield* exitsyscallfastReacquired(rt, m, oldp);
  }
  yield FAST['pidle?'];
  if (rt.npidle === 0) return null;
  rt.to.m(m, 'ong0', true);
  const p = yield* exitsyscallfastPidle(rt, m);
  while (p !== null && takerHasNotCounted(rt, m, oldp)) yield* osyield(rt, FAST.tracewait);
  rt.to.m(m, 'ong0', false);
  if (p === null) return null;
  rt.to.event('GoSysExit');
  return 'idlep';
}

/** Go 1.14, runtime/proc.go, exitsyscallfast_reacquired: another tick means that this M has just robbed another M's system call. */
function* exitsyscallfastReacquired(rt: Runtime, m: MId, p: PId): Thread<SyscallPath> {
  if (rt.M(m).syscalltick === rt.P(p).syscalltick) {
    yield REACQUIRED.same;
    return 'oldp';
  }
  yield REACQUIRED.aba;
  rt.to.event('GoSysBlock');
  rt.to.event('GoSysExit');
  rt.to.p(p, 'syscalltick', rt.P(p).syscalltick + 1);
  return 'oldp-reacquired';
}

/** Go 1.14, runtime/proc.go, exitsyscallfast_pidle, on g0: the head of pidle, whichever P that is. */
function* exitsyscallfastPidle(rt: Runtime, m: MId): Thread<PId | null> {
  yield* rt.lock(m, SCHED_LOCK, PIDLE.lock);
  yield PIDLE.pidleget;
  const p = pidleget(rt);
  if (p !== null && rt.state.sched.sysmonwait) {
    yield PIDLE.wakesysmon;
    wakeSysmon(rt);
  }
  rt.unlock(m, SCHED_LOCK);
  if (p !== null) yield* acquirep(rt, m, p);
  return p;
}

/**
 * Go 1.14, runtime/proc.go, exitsyscall0, on g0: no P was to be had. One more try under the lock; else the goroutine goes to the
 * global queue and the thread to sleep. `tell` learns the way before the thread sleeps: another M may run the goroutine meanwhile.
 */
function* exitsyscall0(rt: Runtime, m: MId, g: GId, tell: (way: SyscallPath) => void): Thread<SyscallPath> {
  yield EXIT0.casgstatus;
  rt.casgstatus(g, '_Gsyscall', '_Grunnable');
  yield EXIT0.dropg;
  dropg(rt, m);
  yield* rt.lock(m, SCHED_LOCK, EXIT0.lock);
  yield EXIT0.pidleget;
  const p = pidleget(rt);
  if (p === null) {
    yield EXIT0.globrunqput;
    globrunqput(rt, g);
  } else if (rt.state.sched.sysmonwait) {
    yield EXIT0.wakesysmon;
    wakeSysmon(rt);
  }
  yield EXIT0.unlock;
  rt.unlock(m, SCHED_LOCK);
  if (p !== null) {
    tell('slow-idlep');
    yield EXIT0.execute;
    yield* acquirep(rt, m, p);
    yield* execute(rt, m, g, false);
    return 'slow-idlep';
  }
  if (rt.M(m).lockedg !== null) {
    tell('slow-locked');
    yield EXIT0.stoplockedm;
    yield* stoplockedm(rt, m);
    yield* execute(rt, m, g, false);
    return 'slow-locked';
  }
  tell('slow-queued');
  yield EXIT0.stopm;
  yield* stopm(rt, m);
  return 'slow-queued';
}
