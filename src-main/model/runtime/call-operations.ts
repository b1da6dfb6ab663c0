/** The operations that block a thread: system calls through the assembly, waits through entersyscallblock, C calls. */
import { callPath } from '../asm/call-paths';
import { isErrorResult } from '../asm/arch/index';
import { textAddress } from '../asm/program';
import type { Held, KernelAnswer, KernelPort, Occasion, SentSignal } from '../kernel/answer';
import { tellRemaining } from '../kernel/calls/clock';
import { ANY_FILE } from '../kernel/calls/select';
import { errnoByName, errnoByNumber } from '../kernel/errno';
import { enterKernel, isRestarted, mayWait } from '../kernel/kernel';
import { place, placeAgain } from '../kernel/memory';
import { logEntry, logExit, straceEntry, straceExit, straceLine, type TracedCall } from '../kernel/strace';
import { syscallByName, syscallByNumber, type SyscallInfo } from '../kernel/syscall-table';
import type { SyscallArgument, SyscallRequest } from '../setting';
import { hex } from '../asm/recording-port';
import type { GId, MId, MRow, SyscallPath } from '../state';
import { portOf, setLog, tidOf } from './kernel-port';
import { type KernelEntry, cpuPort, ensureRegisters, runRoutine, stackMemory, stackTop } from './machine';
import type { Runtime } from './runtime';
import { cgocall, cgocallback, cgocallbackg } from './cgocall';
import { type VdsoClock, vdsoClock } from './vdso';
import { ProgramEnd, type Thread, rest, row } from './thread';

/** The note on which notetsleepg sleeps: somewhere among the program's variables. */
const NOTE_ADDRESS = 0x5581a8n;

/** Bytes between the top of a goroutine's stack and the frame from which the routine is called. */
const CALLER_FRAME = 0xa0n;

/** The routine that Go's own wrapper of the call uses; where it has none, by the number of arguments. */
function routineOf(info: SyscallInfo, operation: SyscallRequest): string {
  if (operation.via !== null) return operation.via;
  const own = info.via;
  if (own === 'Syscall' || own === 'Syscall6' || own === 'RawSyscall' || own === 'RawSyscall6' || own === 'rawSyscallNoError') return own;
  if (own === 'vdso') return 'RawSyscall';
  return Math.max(info.argc, operation.args.length) > 3 ? 'Syscall6' : 'Syscall';
}

/** A call that is about to be made: its number, the routine that makes it, and the Go functions on the way, the routine last. */
export interface PreparedCall {
  operation: SyscallRequest;
  nr: number;
  via: string;
  frames: readonly string[];
}

/** `path`: the Go functions above the routine; null: those that lead to the call from package os, or its own wrapper. */
export function prepareCall(rt: Runtime, operation: SyscallRequest, path: readonly string[] | null = null): PreparedCall {
  const info = syscallByName(operation.name);
  if (!info) throw new Error(`no system call ${operation.name}`);
  const nr = info.nr[rt.machine.arch];
  if (nr === null) throw new Error(`${operation.name} has no number on ${rt.machine.arch}`);
  const via = routineOf(info, operation);
  const frames = path ? [...path, `syscall.${via}`] : callPath(operation.name, via, operation.via === null || operation.via === info.via);
  return { operation, nr, via, frames };
}

/** A system call, from the Go wrapper down to the SYSCALL instruction and back. */
export function* syscallOperation(rt: Runtime, g: GId, operation: SyscallRequest): Thread {
  const call = prepareCall(rt, operation);
  const clock = operation.via === null ? vdsoClock(operation.name, rt.machine.arch) : null;
  if (clock) return yield* readClock(rt, g, operation, call.nr, clock);
  yield* makeCall(rt, g, call, 0);
}

/** What came of a call: the arguments that the kernel was given, and its own result. */
export interface CallMade {
  args: readonly bigint[];
  result: bigint;
}

/** Makes the call out of the Go function at depth `from` of its path, and comes back into it. */
export function* makeCall(rt: Runtime, g: GId, { operation, nr, via, frames }: PreparedCall, from: number): Thread<CallMade> {
  yield* enterFrames(rt, g, frames, from, frames.length - 2);
  yield* enterWrapper(rt, g, operation, via, nr, frames);
  let path: SyscallPath = via.startsWith('Raw') || via.startsWith('raw') ? 'raw' : 'oldp';
  let enter = rt.now;
  let exit = rt.now;
  let result = 0n;
  let args: readonly bigint[] = [];
  let call: Call;
  let strace: string | null = null;
  let unmodelled: true | undefined;
  yield* runRoutine(rt, g, `syscall.${via}`, {
    entersyscall: (pc, sp) => rt.go.entersyscall(rt, g, pc, sp),
    exitsyscall: function* () {
      path = yield* rt.go.exitsyscall(rt, g);
    },
    kernel: function* (entered) {
      enter = path === 'raw' ? rt.now : (rt.enteredAt.get(g) ?? rt.now);
      call = { ...entered, name: nameOf(rt, entered.nr), symbol: `syscall.${via}` };
      args = entered.args;
      const before = straceEntry(kernelPort(rt, g), traced(rt, call));
      result = yield* stayInKernel(rt, g, operation, call);
      strace = before + straceExit(kernelPort(rt, g), traced(rt, call), result);
      unmodelled = call.unmodelled;
      exit = rt.now;
      return result;
    },
  });
  const failed = isErrorResult(rt.machine.arch, result);
  rt.to.call({
    g,
    name: operation.name,
    nr,
    via,
    enter,
    exit,
    path,
    result: failed ? -1 : Number(BigInt.asIntN(64, result)),
    errno: failed ? (errnoByNumber(Number(-BigInt.asIntN(64, result)))?.name ?? `errno ${-BigInt.asIntN(64, result)}`) : null,
    strace,
    ...(unmodelled && { unmodelled }),
  });
  yield row(`syscall.${operation.name}`, 'return', 'op');
  rt.to.g(g, 'frames', frames.slice(0, -2));
  rt.to.g(g, 'stack', {});
  yield* leaveFrames(rt, g, frames, frames.length - 2, from);
  return { args, result: BigInt.asIntN(64, result) };
}

/** A clock that the kernel has mapped into the program: the same answer as the call's, and nobody enters the kernel. */
function* readClock(rt: Runtime, g: GId, operation: SyscallRequest, nr: number, { wrapper, row: read }: VdsoClock): Thread {
  yield row(wrapper, 'call', 'op');
  rt.to.g(g, 'frames', [wrapper]);
  const args = placeArguments(rt, g, operation);
  yield read;
  enterKernel(kernelPort(rt, g), { nr, args, occasion: 'entered' });
  yield row(wrapper, 'return', 'op');
  rt.to.g(g, 'frames', []);
}

/** Goes down through the Go functions above the wrapper, from depth `from` to depth `to`. They take no time: `op` has paid for the operation. */
export function* enterFrames(rt: Runtime, g: GId, frames: readonly string[], from: number, to: number): Thread {
  for (let depth = from + 1; depth <= to; depth++) {
    yield row(frames[depth - 1] ?? '', 'call', 'mark');
    rt.to.g(g, 'frames', frames.slice(0, depth));
  }
}

/** And up again. */
export function* leaveFrames(rt: Runtime, g: GId, frames: readonly string[], from: number, to: number): Thread {
  for (let depth = from - 1; depth >= to; depth--) {
    yield row(frames[depth] ?? '', 'return', 'mark');
    rt.to.g(g, 'frames', frames.slice(0, depth));
  }
}

/** What strace calls a number that is no call. */
function nameOf(rt: Runtime, nr: number): string {
  return syscallByNumber(nr, rt.machine.arch)?.name ?? `syscall_0x${nr.toString(16)}`;
}

/** The Go wrapper: places what the arguments point to, and lays number and arguments into its frame for the routine. */
function* enterWrapper(rt: Runtime, g: GId, operation: SyscallRequest, via: string, nr: number, frames: readonly string[]): Thread {
  yield row(`syscall.${operation.name}`, 'call', 'op');
  const args = placeArguments(rt, g, operation);
  rt.to.g(g, 'frames', frames);
  ensureRegisters(rt, rt.mOf(g));
  const slots = via.endsWith('6') ? 6 : 3;
  const results = via === 'rawSyscallNoError' ? 2 : 3;
  const cpu = cpuPort(rt, g);
  const base = stackTop(Number(g.slice(1))) - CALLER_FRAME;
  // amd64: CALL pushes the return address below the arguments. arm64: the caller keeps one slot for the callee's link register there.
  cpu.store(base, 8, textAddress(`syscall.${operation.name}`) + 64n);
  for (let i = 0; i <= slots; i++) cpu.store(base + 8n + BigInt(8 * i), 8, i === 0 ? BigInt(nr) : (args[i - 1] ?? 0n));
  for (let i = 0; i < results; i++) cpu.store(base + 16n + BigInt(8 * (slots + i)), 8, 0n);
  const { stackPointer, linkRegister } = rt.machine.facts;
  cpu.setReg(stackPointer, base);
  if (linkRegister !== null) cpu.setReg(linkRegister, textAddress(`syscall.${operation.name}`) + 64n);
  cpu.setReg('PC', rt.machine.program.symbolAddress(`syscall.${via}`));
}

/** An operation that is carried out again (`repeat`) uses its buffers again, as they were at first. */
function placeArguments(rt: Runtime, g: GId, operation: SyscallRequest): bigint[] {
  if (!operation.args.some((argument) => typeof argument === 'object')) return operation.args.map((argument) => valueOf(rt, g, argument));
  const ofOperation = rt.callArguments.get(operation) ?? new Map<GId, readonly bigint[]>();
  rt.callArguments.set(operation, ofOperation);
  const before = ofOperation.get(g);
  const args = operation.args.map((argument, i) => valueOf(rt, g, argument, before?.[i]));
  ofOperation.set(g, args);
  return args;
}

function valueOf(rt: Runtime, g: GId, argument: SyscallArgument, before?: bigint): bigint {
  if (typeof argument === 'number') return BigInt.asUintN(64, BigInt(argument));
  const port = kernelPort(rt, g);
  if (before === undefined || typeof argument === 'string') return place(port, argument);
  placeAgain(port, argument, before);
  return before;
}

export function kernelPort(rt: Runtime, g: GId): KernelPort {
  return portOf(rt, rt.mOf(g), g, stackMemory(rt, g));
}

interface Call {
  nr: number;
  name: string;
  args: bigint[];
  symbol: string;
  /** The kernel has answered that it has no model of it. */
  unmodelled?: true;
}

const EINTR = -BigInt(errnoByName('EINTR')?.number ?? 4);

/** Whether the scheduler's signal ends the call early; all others the kernel starts again when the handler is done. */
function isInterruptible({ name, args }: Call): boolean {
  return !isRestarted(name, args);
}

/** A call that a listing of one's own makes: the modelled kernel answers, or always `returns`. */
export function* kernelStay(rt: Runtime, g: GId, entered: KernelEntry, symbol: string, returns: number | null): Thread<bigint> {
  const operation: SyscallRequest = { name: '', args: [], via: null, takesNs: null, returns, errno: null };
  return yield* stayInKernel(rt, g, operation, { ...entered, name: nameOf(rt, entered.nr), symbol });
}

/** The thread in the kernel: as long as the scenario says, or as the modelled kernel makes it wait. Ends with the step SYSRET open. */
function* stayInKernel(rt: Runtime, g: GId, operation: SyscallRequest, call: Call): Thread<bigint> {
  const m = rt.mOf(g);
  const since = rt.now;
  const fixed = fixedResult(operation);
  logCall(rt, g, call);
  let answer: KernelAnswer | null = null;
  if (fixed === null && operation.takesNs === null) answer = ask(rt, g, call, 'entered');
  if (answer?.kind === 'wait') {
    const result = yield* waitForKernel(rt, g, call, answer);
    return yield* leaveKernel(rt, g, call, result);
  }
  if (answer?.kind === 'exit') return yield* leaveForEver(rt, m, call);
  const stayNs = answer?.kind === 'sleep' ? answer.ns : (operation.takesNs ?? rt.costs.kernel);
  rt.to.m(m, 'kernel', { nr: call.nr, name: call.name, since, until: since + stayNs });
  const why = yield rest('kernel', stayNs, isInterruptible(call));
  if (why === 'signal') {
    const left = since + stayNs - rt.now;
    return yield* leaveKernel(rt, g, call, EINTR, () => {
      if (answer?.kind === 'sleep' && answer.remaining !== null) tellRemaining(kernelPort(rt, g), answer.remaining, left);
    });
  }
  if (fixed !== null) return yield* leaveKernel(rt, g, call, fixed);
  if (answer === null && mayWait(kernelPort(rt, g), call.name, call.args)) {
    yield row(call.symbol, 'kernel-retry', 'syscall');
    answer = ask(rt, g, call, 'entered');
    if (answer.kind === 'wait') return yield* leaveKernel(rt, g, call, yield* waitForKernel(rt, g, call, answer));
  }
  yield row(call.symbol, 'SYSRET', 'syscall');
  answer ??= ask(rt, g, call, 'entered');
  if (answer.kind === 'exit') return yield* leaveForEver(rt, m, call);
  return comeBack(rt, g, call, resultOf(answer));
}

function resultOf(answer: KernelAnswer): bigint {
  return answer.kind === 'return' || answer.kind === 'sleep' ? answer.result : 0n;
}

/** What the scenario fixes; null: the modelled kernel works it out. */
function fixedResult(operation: SyscallRequest): bigint | null {
  if (operation.errno !== null) return -BigInt(errnoByName(operation.errno)?.number ?? 0);
  if (operation.returns !== null) return BigInt(operation.returns);
  return null;
}

/** Puts the call to the kernel, wakes and signals whom its answer says, and ends the program where the call does. Part of the step under way. */
function ask(rt: Runtime, g: GId, call: Call, occasion: Occasion, held?: Held): KernelAnswer {
  const { nr, args } = call;
  const answer = enterKernel(kernelPort(rt, g), held ? { nr, args, occasion, held } : { nr, args, occasion });
  for (const object of answer.wokenObjects) rt.wakeKernelWaiters(object);
  if (answer.wokenObjects.length > 0) rt.wakeKernelWaiters(ANY_FILE);
  if (answer.kind === 'exit') {
    logReturn(rt, g, call, null);
    if (answer.of === 'program' || !othersLive(rt, rt.mOf(g))) throw new ProgramEnd('exit', answer.code, '');
  }
  if (answer.kind === 'return' && answer.unmodelled) call.unmodelled = true;
  if (answer.sent) receive(rt, answer.sent);
  return answer;
}

/** Whether the program goes on without this thread. */
function othersLive(rt: Runtime, m: MId): boolean {
  return Object.entries(rt.state.M).some(([id, row]) => id !== m && !row.dead && !hasExited(row));
}

function hasExited({ kernel }: Readonly<MRow>): boolean {
  return kernel !== null && kernel.name === 'exit' && kernel.until === null;
}

/**
 * exit(2) behind the runtime's back: the thread is gone, and the goroutine, and the P where sysmon does not retake it, stay as they were.
 * Simplified: its row stays as well, as a thread that is in the kernel forever, and tgkill still finds it.
 */
function* leaveForEver(rt: Runtime, m: MId, call: Call): Thread<never> {
  rt.to.m(m, 'kernel', { nr: call.nr, name: call.name, since: rt.M(m).kernel?.since ?? rt.now, until: null });
  for (;;) yield rest('kernel', null);
}

/** Waits on kernel objects until other calls have changed them, and looks again each time, as the kernel's own wait loops do. */
function* waitForKernel(rt: Runtime, g: GId, call: Call, first: Extract<KernelAnswer, { kind: 'wait' }>): Thread<bigint> {
  const m = rt.mOf(g);
  const since = rt.M(m).kernel?.since ?? rt.now;
  let answer: KernelAnswer = first;
  while (answer.kind === 'wait') {
    const { object, held, timeoutNs } = answer;
    const until = timeoutNs === null ? null : rt.now + timeoutNs;
    const stay = rt.M(m).kernel;
    if (stay?.until !== until || stay.nr !== call.nr) rt.to.m(m, 'kernel', { nr: call.nr, name: call.name, since, until });
    rt.waitInKernel(object, m);
    const why = yield rest('kernel', timeoutNs === null ? null : Math.max(1, timeoutNs), isInterruptible(call));
    rt.stopWaitingInKernel(object, m);
    yield row(call.symbol, 'kernel-retry', 'syscall');
    answer = ask(rt, g, call, why === 'time' || why === 'signal' ? why : 'woken', held);
  }
  return resultOf(answer);
}

/** The way back into the program. `atReturn`: what the kernel still does in that step. */
function* leaveKernel(rt: Runtime, g: GId, call: Call, result: bigint, atReturn?: () => void): Thread<bigint> {
  yield row(call.symbol, 'SYSRET', 'syscall');
  atReturn?.();
  return comeBack(rt, g, call, result);
}

function comeBack(rt: Runtime, g: GId, call: Call, result: bigint): bigint {
  rt.to.m(rt.mOf(g), 'kernel', null);
  logReturn(rt, g, call, result);
  return result;
}

/** The call as strace would see it. */
function traced(rt: Runtime, { name, args, unmodelled }: Call): TracedCall {
  return { name, args, arch: rt.machine.arch, unmodelled: unmodelled === true };
}

function logCall(rt: Runtime, g: GId, call: Call): void {
  const { strace } = rt.state.kernel;
  setLog(rt, logEntry(strace, tidOf(rt, rt.mOf(g)), straceEntry(kernelPort(rt, g), traced(rt, call))));
}

function logReturn(rt: Runtime, g: GId, call: Call, result: bigint | null): void {
  const { strace } = rt.state.kernel;
  setLog(rt, logExit(strace, tidOf(rt, rt.mOf(g)), call.name, straceExit(kernelPort(rt, g), traced(rt, call), result)));
}

/** Go 1.14, runtime/sigtab_linux_generic.go: signals that kill the program, and those at which the runtime throws. */
const KILLING: Record<number, string> = { 1: 'hangup', 2: 'interrupt', 9: 'killed', 15: 'terminated' };
const THROWING: Record<number, string> = {
  3: 'SIGQUIT: quit',
  4: 'SIGILL: illegal instruction',
  5: 'SIGTRAP: trace trap',
  6: 'SIGABRT: abort',
  7: 'SIGBUS: bus error',
  8: 'SIGFPE: floating-point exception',
  11: 'SIGSEGV: segmentation violation',
  16: 'SIGSTKFLT: stack fault',
  31: 'SIGSYS: bad system call',
};
const SIGURG = 23;

/**
 * A signal arrives at a thread of the program. SIGURG runs the scheduler's handler; any other one that does no harm only cuts short what
 * a signal cuts short. Simplified: nothing in the program asks for signals (os/signal), and a process that is stopped is not modelled.
 */
function receive(rt: Runtime, { to, signal }: SentSignal): void {
  const killing = KILLING[signal];
  if (killing !== undefined) throw new ProgramEnd('exit', 128 + signal, `signal: ${killing}`);
  const throwing = THROWING[signal];
  if (throwing !== undefined) throw new ProgramEnd('fatal', 2, throwing);
  if (signal === SIGURG) rt.engine.signal(to, rt.costs.signaldelivery);
  else if (rt.engine.restOf(to) === 'kernel' && !isRestarted(rt.M(to).kernel?.name ?? '', null))
    rt.engine.wake(to, 'signal', rt.costs.signaldelivery);
}

/** A wait inside the runtime that goes through entersyscallblock. Go: notetsleepg (runtime/lock_futex.go). */
export function* blockingSyscall(rt: Runtime, g: GId, takesNs: number): Thread {
  const m = rt.mOf(g);
  yield* rt.go.entersyscallblock(rt, g, 'runtime.notetsleepg', hex(stackTop(Number(g.slice(1))) - CALLER_FRAME));
  const enter = rt.enteredAt.get(g) ?? rt.now;
  const call: Call = {
    nr: syscallByName('futex')?.nr[rt.machine.arch] ?? 0,
    name: 'futex',
    args: [NOTE_ADDRESS, 128n, 0n, 0n],
    symbol: 'futexsleep',
  };
  yield row('futexsleep', 'futex', 'syscall');
  rt.to.m(m, 'kernel', { nr: call.nr, name: call.name, since: rt.now, until: rt.now + takesNs });
  logCall(rt, g, call);
  yield rest('kernel', takesNs);
  yield row('futexsleep', 'return', 'syscall');
  comeBack(rt, g, call, 0n);
  const exit = rt.now;
  const path = yield* rt.go.exitsyscall(rt, g);
  yield row('notetsleepg', 'return', 'op');
  const strace = straceLine(rt.state, traced(rt, call), 0n);
  rt.to.call({ g, name: 'futex', nr: call.nr, via: 'entersyscallblock', enter, exit, path, result: 0, errno: null, strace });
}

/** A C call that takes so long. With `call`, C calls Go in the middle of it. */
export function* cgoOperation(rt: Runtime, g: GId, takesNs: number, call: (() => Thread) | null): Thread {
  yield* cgocall(rt, g, function* () {
    const first = call === null ? takesNs : Math.floor(takesNs / 2);
    yield rest('kernel', first);
    if (call === null) return;
    yield* cgocallback(rt, rt.mOf(g), function* () {
      yield* cgocallbackg(rt, g, call);
      return true;
    });
    yield rest('kernel', takesNs - first);
  });
}

/** A C call in which C makes a thread of its own, which calls Go `afterNs` later: `body` is what it does with the M that it gets. */
export function* cgoThreadOperation(rt: Runtime, g: GId, afterNs: number, body: (m: MId) => Thread): Thread {
  yield* cgocall(rt, g, function* () {
    yield rest('kernel', rt.costs.clone);
    rt.engine.callFromC(rt.costs.threadstart + afterNs, body);
  });
}
