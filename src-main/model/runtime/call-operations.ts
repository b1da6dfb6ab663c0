/** The operations that block a thread: system calls through the assembly, waits through entersyscallblock, C calls. */
import { callPath } from '../asm/call-paths';
import { textAddress } from '../asm/cpu';
import { enterKernel, type KernelAnswer, type KernelPort } from '../kernel/kernel';
import { place } from '../kernel/memory';
import { errnoByName, errnoByNumber, syscallByName, type SyscallInfo } from '../kernel/syscall-table';
import type { Operation } from '../scenario';
import type { GId, Json, MId, SyscallPath } from '../state';
import { cpuPort, ensureRegisters, hex, runRoutine, stackPointer, stackTop } from './machine';
import type { Runtime } from './runtime';
import { cgocall, entersyscall, entersyscallblock, exitsyscall } from './syscall';
import { ProgramEnd, rest, row, type Thread } from './thread';

type SyscallOperation = Extract<Operation, { kind: 'syscall' }>;

/** Bytes between the top of a goroutine's stack and the frame from which the routine is called. */
const CALLER_FRAME = 0xa0n;

/** Calls that a signal ends with EINTR although its handler says SA_RESTART (signal(7)). */
const NEVER_RESTARTED = new Set(['nanosleep', 'clock_nanosleep', 'epoll_wait', 'epoll_pwait', 'poll', 'ppoll', 'select', 'pause', 'semtimedop']);

/** The routine that Go's own wrapper of the call uses; where it has none, by the number of arguments. */
function routineOf(info: SyscallInfo, operation: SyscallOperation): string {
  if (operation.via !== null) return operation.via;
  const own = info.via;
  if (own === 'Syscall' || own === 'Syscall6' || own === 'RawSyscall' || own === 'RawSyscall6' || own === 'rawSyscallNoError') return own;
  return Math.max(info.argc, operation.args.length) > 3 ? 'Syscall6' : 'Syscall';
}

/** A system call, from the Go wrapper down to the SYSCALL instruction and back. */
export function* syscallOperation(rt: Runtime, g: GId, operation: SyscallOperation): Thread {
  const info = syscallByName(operation.name);
  if (!info) throw new Error(`no system call ${operation.name}`);
  const nr = rt.machine.arch === 'amd64' ? info.amd64 : info.arm64;
  if (nr === null) throw new Error(`${operation.name} has no number on ${rt.machine.arch}`);
  const via = routineOf(info, operation);
  const args = yield* enterWrapper(rt, g, operation, via, nr);
  let path: SyscallPath = via.startsWith('Raw') || via.startsWith('raw') ? 'raw' : 'oldp';
  let enter = rt.now;
  let exit = rt.now;
  let result = 0n;
  yield* runRoutine(rt, g, `syscall.${via}`, {
    entersyscall: (pc, sp) => entersyscall(rt, g, pc, sp),
    exitsyscall: function* () {
      path = yield* exitsyscall(rt, g);
    },
    kernel: function* () {
      enter = path === 'raw' ? rt.now : (rt.enteredAt.get(g) ?? rt.now);
      result = yield* stayInKernel(rt, g, operation, { nr, name: operation.name, args, symbol: `syscall.${via}` });
      exit = rt.now;
      return result;
    },
  });
  const failed = isError(rt, result);
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
  });
  yield row(`syscall.${operation.name}`, 'return', 'op');
  rt.to.g(g, 'frames', []);
  rt.to.g(g, 'stack', {});
}

/** The error test of the architecture's listing (scheduler.md 5.4): amd64 lets −4095 pass, arm64 does not. */
function isError(rt: Runtime, result: bigint): boolean {
  const signed = BigInt.asIntN(64, result);
  return signed < 0n && signed >= (rt.machine.arch === 'amd64' ? -4094n : -4095n);
}

/** The Go wrapper: places what the arguments point to, and lays number and arguments into its frame for the routine. */
function* enterWrapper(rt: Runtime, g: GId, operation: SyscallOperation, via: string, nr: number): Thread<bigint[]> {
  yield row(`syscall.${operation.name}`, 'call', 'op');
  const port = kernelPort(rt, g);
  const args = operation.args.map((argument) => (typeof argument === 'number' ? BigInt.asUintN(64, BigInt(argument)) : place(port, argument)));
  rt.to.g(g, 'frames', callPath(operation.name, via).map((frame) => frame.function));
  ensureRegisters(rt, rt.mOf(g));
  const slots = via.endsWith('6') ? 6 : 3;
  const results = via === 'rawSyscallNoError' ? 2 : 3;
  const cpu = cpuPort(rt, g);
  const base = stackTop(Number(g.slice(1))) - CALLER_FRAME;
  // amd64: CALL pushes the return address below the arguments. arm64: the caller keeps one slot for the callee's link register there.
  cpu.store(base, 8, textAddress(`syscall.${operation.name}`) + 64n);
  for (let i = 0; i <= slots; i++) cpu.store(base + 8n + BigInt(8 * i), 8, i === 0 ? BigInt(nr) : (args[i - 1] ?? 0n));
  for (let i = 0; i < results; i++) cpu.store(base + 16n + BigInt(8 * (slots + i)), 8, 0n);
  cpu.setReg(stackPointer(rt.machine), base);
  if (rt.machine.arch === 'arm64') cpu.setReg('R30', textAddress(`syscall.${operation.name}`) + 64n);
  cpu.setReg('PC', textAddress(`syscall.${via}`));
  return Array.from({ length: 6 }, (_, i) => args[i] ?? 0n);
}

function kernelPort(rt: Runtime, g: GId): KernelPort {
  const m = rt.mOf(g);
  return {
    kernel: rt.state.kernel,
    set: (path, value) => {
      setInKernel(rt, path, value);
    },
    now: rt.now,
    random: () => rt.random.next(),
    m,
    g,
    tid: rt.state.kernel.pid + Number(m.slice(1)),
  };
}

/**
 * A file's name may hold dots, and a row that goes away has no new value: such changes list their whole table, so that whoever replays a
 * trace need not know more than to split a path at its dots and to write a value.
 */
function setInKernel(rt: Runtime, path: readonly string[], value: Json): void {
  const [table = '', key = '', field] = path;
  if (table !== 'files' && value !== null) {
    rt.to.at(['kernel', ...path], value);
    return;
  }
  const rows: Record<string, Json> = { ...(rt.state.kernel[table as 'files' | 'fds'] as unknown as Record<string, Json>) };
  if (value === null) Reflect.deleteProperty(rows, key);
  else rows[key] = field === undefined ? value : { ...(rows[key] as Record<string, Json>), [field]: value };
  rt.to.at(['kernel', table], rows);
}

interface Call {
  nr: number;
  name: string;
  args: bigint[];
  symbol: string;
}

/** The thread in the kernel: as long as the scenario says, or as the modelled kernel makes it wait. Ends with the step SYSRET open. */
function* stayInKernel(rt: Runtime, g: GId, operation: SyscallOperation, call: Call): Thread<bigint> {
  const m = rt.mOf(g);
  const since = rt.now;
  const fixed = fixedResult(operation);
  let answer: KernelAnswer | null = null;
  let waitNs = operation.takesNs ?? rt.costs.kernel;
  if (fixed === null && operation.takesNs === null) {
    answer = ask(rt, g, call, false);
    if (answer.kind === 'sleep') waitNs = answer.ns;
  }
  rt.to.m(m, 'kernel', { nr: call.nr, name: call.name, since, until: answer?.kind === 'wait' ? null : since + waitNs });
  if (answer?.kind === 'wait') {
    return yield* waitForKernel(rt, g, call, answer);
  }
  const interruptible = NEVER_RESTARTED.has(call.name);
  const why = yield rest('kernel', waitNs, interruptible);
  yield row(call.symbol, 'SYSRET', 'syscall');
  rt.to.m(m, 'kernel', null);
  if (why === 'signal') return -BigInt(errnoByName('EINTR')?.number ?? 4);
  if (fixed !== null) return fixed;
  answer ??= ask(rt, g, call, false);
  if (answer.kind === 'return' || answer.kind === 'sleep') return answer.result;
  return 0n;
}

/** What the scenario fixes; null: the modelled kernel works it out. */
function fixedResult(operation: SyscallOperation): bigint | null {
  if (operation.errno !== null) return -BigInt(errnoByName(operation.errno)?.number ?? 0);
  if (operation.returns !== null) return BigInt(operation.returns);
  return null;
}

/** Puts the call to the kernel, wakes whom its answer wakes, and ends the program where the call does. */
function ask(rt: Runtime, g: GId, call: Call, resumed: boolean): KernelAnswer {
  const answer = enterKernel(kernelPort(rt, g), { nr: call.nr, arch: rt.machine.arch, args: call.args, resumed });
  for (const object of answer.wokenObjects) rt.wakeKernelWaiters(object);
  if (answer.kind === 'exit') throw new ProgramEnd('exit', answer.code, '');
  return answer;
}

/** Waits on a kernel object until another call has changed it, then tries again, as the kernel's own wait loops do. */
function* waitForKernel(rt: Runtime, g: GId, call: Call, first: KernelAnswer): Thread<bigint> {
  const m = rt.mOf(g);
  let answer = first;
  let giveUpAt = first.kind === 'wait' && first.timeoutNs !== null ? rt.now + first.timeoutNs : null;
  while (answer.kind === 'wait') {
    rt.waitInKernel(answer.object, m);
    const why = yield rest('kernel', giveUpAt === null ? null : Math.max(1, giveUpAt - rt.now), NEVER_RESTARTED.has(call.name));
    rt.stopWaitingInKernel(answer.object, m);
    if (why === 'signal') return yield* leaveKernel(rt, m, call, -BigInt(errnoByName('EINTR')?.number ?? 4));
    yield row(call.symbol, 'kernel-retry', 'syscall');
    answer = ask(rt, g, call, true);
    if (answer.kind === 'wait' && why === 'time') return yield* leaveKernel(rt, m, call, answer.timeoutResult ?? 0n);
    if (answer.kind !== 'wait') giveUpAt = null;
  }
  return yield* leaveKernel(rt, m, call, answer.kind === 'return' || answer.kind === 'sleep' ? answer.result : 0n);
}

function* leaveKernel(rt: Runtime, m: MId, call: Call, result: bigint): Thread<bigint> {
  yield row(call.symbol, 'SYSRET', 'syscall');
  rt.to.m(m, 'kernel', null);
  return result;
}

/** A wait inside the runtime that goes through entersyscallblock. Go: notetsleepg (runtime/lock_futex.go). */
export function* blockingSyscall(rt: Runtime, g: GId, takesNs: number): Thread {
  const m = rt.mOf(g);
  yield* entersyscallblock(rt, g, 'runtime.notetsleepg', hex(stackTop(Number(g.slice(1))) - CALLER_FRAME));
  const enter = rt.enteredAt.get(g) ?? rt.now;
  yield row('futexsleep', 'futex', 'syscall');
  rt.to.m(m, 'kernel', { nr: 202, name: 'futex', since: rt.now, until: rt.now + takesNs });
  yield rest('kernel', takesNs);
  yield row('futexsleep', 'return', 'syscall');
  rt.to.m(m, 'kernel', null);
  const exit = rt.now;
  const path = yield* exitsyscall(rt, g);
  yield row('notetsleepg', 'return', 'op');
  rt.to.call({ g, name: 'futex', nr: 202, via: 'entersyscallblock', enter, exit, path, result: 0, errno: null });
}

/** A C call. */
export function* cgoOperation(rt: Runtime, g: GId, takesNs: number): Thread {
  const { path, enter, exit } = yield* cgocall(rt, g, takesNs);
  yield row('cgocall', 'done', 'op');
  rt.to.call({ g, name: 'cgo', nr: -1, via: 'cgocall', enter, exit, path, result: 0, errno: null });
}
