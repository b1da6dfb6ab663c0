/**
 * The modelled kernel: descriptors, files, pipes, memory, and what a call answers. Results are the kernel's own: −errno for an error.
 * Modelled are the calls of CALLS below; any other name that the table knows answers ENOSYS, unless the scenario says what it returns.
 */
import type { GId, Json, KernelFd, KernelState, MId } from '../state';
import { isMapped, readMemory, writeMemory } from './memory';
import { errnoByName, SYSCALLS } from './syscall-table';
import { utf8Bytes, utf8Text } from './utf8';

export interface KernelPort {
  readonly kernel: KernelState;
  /** Keys from the kernel's root; null deletes a row. */
  set(path: readonly string[], value: Json): void;
  /** ns of virtual time. */
  readonly now: number;
  /** 0 … 2³²−1. */
  random(): number;
  readonly m: MId;
  readonly g: GId | null;
  readonly tid: number;
}

export interface KernelCall {
  nr: number;
  arch: 'amd64' | 'arm64';
  args: readonly bigint[];
  /** True when a waiter tries again. */
  resumed: boolean;
}

export type KernelAnswer = { wokenObjects: readonly string[] } & (
  | { kind: 'return'; result: bigint }
  /** Keeps the thread for so many ns, then returns. */
  | { kind: 'sleep'; ns: number; result: bigint }
  /** Keeps the thread until `object` has changed. */
  | { kind: 'wait'; object: string; timeoutNs: number | null; timeoutResult?: bigint }
  | { kind: 'exit'; code: number }
);

type Handler = (port: KernelPort, args: readonly bigint[]) => KernelAnswer;

export function error(name: string): KernelAnswer {
  const errno = errnoByName(name);
  if (!errno) throw new Error(`no errno ${name}`);
  return give(-BigInt(errno.number));
}

function give(result: bigint | number, wokenObjects: readonly string[] = []): KernelAnswer {
  return { kind: 'return', result: BigInt(result), wokenObjects };
}

/** Standard input, output and error; pid 1000, as good as any. */
export function firstKernelState(held: { files: Record<string, string>; fds: Record<string, string> }): KernelState {
  const kernel: KernelState = {
    pid: 1000,
    files: {},
    fds: {},
    objects: {},
    mem: {},
    futex: [],
    stdout: '',
    stderr: '',
    netpoll: [],
    poller: null,
  };
  for (const [path, data] of Object.entries(held.files)) kernel.files[path] = { data };
  for (const n of [0, 1, 2]) kernel.fds[n] = { kind: 'tty', path: '/dev/tty', offset: 0, flags: n === 0 ? 0 : 1, object: 0 };
  for (const [n, path] of Object.entries(held.fds)) {
    kernel.files[path] ??= { data: '' };
    kernel.fds[n] = { kind: 'file', path, offset: 0, flags: O_RDWR, object: 0 };
  }
  return kernel;
}

const O_ACCMODE = 3;
const O_WRONLY = 1;
const O_RDWR = 2;
const O_CREAT = 0o100;
const O_EXCL = 0o200;
const O_TRUNC = 0o1000;
const O_APPEND = 0o2000;
const AT_FDCWD = -100n;
/** RLIMIT_NOFILE of a common shell. */
const MAX_FDS = 1024;
/** What a pipe holds (pipe(7)). */
const PIPE_BYTES = 65_536;

function fdOf(port: KernelPort, fd: bigint): KernelFd | undefined {
  return port.kernel.fds[BigInt.asIntN(32, fd).toString()];
}

function freeFd(port: KernelPort, from = 0): number | null {
  for (let n = from; n < MAX_FDS; n++) if (!port.kernel.fds[n]) return n;
  return null;
}

function pathAt(port: KernelPort, address: bigint): string | null {
  const bytes: number[] = [];
  for (let i = 0n; i < 4096n; i++) {
    const [byte] = readMemory(port, address + i, 1) ?? [];
    if (byte === undefined) return null;
    if (byte === 0) return utf8Text(bytes);
    bytes.push(byte);
  }
  return null;
}

interface Pipe {
  bytes: number[];
  readers: number;
  writers: number;
}

function pipeOf(port: KernelPort, object: number): Pipe {
  return port.kernel.objects[object] as unknown as Pipe;
}

function read(port: KernelPort, [fd = 0n, buffer = 0n, count = 0n]: readonly bigint[]): KernelAnswer {
  const open = fdOf(port, fd);
  if (!open || (open.kind === 'file' && (open.flags & O_ACCMODE) === O_WRONLY) || open.kind === 'pipe-write') return error('EBADF');
  const wanted = Number(BigInt.asUintN(31, count));
  if (wanted > 0 && !isMapped(port, buffer, wanted)) return error('EFAULT');
  if (open.kind === 'file') return readFile(port, fd, open, buffer, wanted);
  if (open.kind === 'pipe-read') return readPipe(port, open, buffer, wanted);
  // Nobody types: a terminal at its end.
  return give(0);
}

function readFile(port: KernelPort, fd: bigint, open: KernelFd, buffer: bigint, wanted: number): KernelAnswer {
  const bytes = utf8Bytes(port.kernel.files[open.path]?.data ?? '').slice(open.offset, open.offset + wanted);
  writeMemory(port, buffer, bytes);
  if (bytes.length > 0) port.set(['fds', fd.toString(), 'offset'], open.offset + bytes.length);
  return give(bytes.length);
}

function readPipe(port: KernelPort, open: KernelFd, buffer: bigint, wanted: number): KernelAnswer {
  const { bytes, writers } = pipeOf(port, open.object);
  if (wanted === 0) return give(0);
  if (bytes.length === 0) {
    return writers === 0 ? give(0) : { kind: 'wait', object: `pipe:${open.object}:readable`, timeoutNs: null, wokenObjects: [] };
  }
  const taken = bytes.slice(0, wanted);
  port.set(['objects', String(open.object), 'bytes'], bytes.slice(taken.length));
  writeMemory(port, buffer, taken);
  return give(taken.length, [`pipe:${open.object}:writable`]);
}

function write(port: KernelPort, [fd = 0n, buffer = 0n, count = 0n]: readonly bigint[]): KernelAnswer {
  const open = fdOf(port, fd);
  if (!open || (open.kind === 'file' && (open.flags & O_ACCMODE) === 0) || open.kind === 'pipe-read') return error('EBADF');
  const length = Number(BigInt.asUintN(31, count));
  const bytes = length === 0 ? [] : readMemory(port, buffer, length);
  if (!bytes) return error('EFAULT');
  if (open.kind === 'tty') {
    const stream = fd === 2n ? 'stderr' : 'stdout';
    port.set([stream], port.kernel[stream] + utf8Text(bytes));
    return give(bytes.length);
  }
  if (open.kind === 'pipe-write') return writePipe(port, open, bytes);
  const old = utf8Bytes(port.kernel.files[open.path]?.data ?? '');
  const at = (open.flags & O_APPEND) !== 0 ? old.length : open.offset;
  const padded = [...old, ...Array.from({ length: Math.max(0, at - old.length) }, () => 0)];
  port.set(['files', open.path, 'data'], utf8Text([...padded.slice(0, at), ...bytes, ...padded.slice(at + bytes.length)]));
  port.set(['fds', fd.toString(), 'offset'], at + bytes.length);
  return give(bytes.length);
}

function writePipe(port: KernelPort, open: KernelFd, bytes: number[]): KernelAnswer {
  const pipe = pipeOf(port, open.object);
  if (pipe.readers === 0) return error('EPIPE');
  const room = PIPE_BYTES - pipe.bytes.length;
  if (room < Math.min(bytes.length, 4096)) return { kind: 'wait', object: `pipe:${open.object}:writable`, timeoutNs: null, wokenObjects: [] };
  const put = bytes.slice(0, room);
  port.set(['objects', String(open.object), 'bytes'], [...pipe.bytes, ...put]);
  return give(put.length, [`pipe:${open.object}:readable`]);
}

function openFile(port: KernelPort, pathAddress: bigint, flags: number): KernelAnswer {
  const path = pathAt(port, pathAddress);
  if (path === null) return error('EFAULT');
  if (path === '') return error('ENOENT');
  const exists = port.kernel.files[path] !== undefined;
  if (exists && (flags & O_CREAT) !== 0 && (flags & O_EXCL) !== 0) return error('EEXIST');
  if (!exists && (flags & O_CREAT) === 0) return error('ENOENT');
  const fd = freeFd(port);
  if (fd === null) return error('EMFILE');
  if (!exists) port.set(['files', path], { data: '' });
  else if ((flags & O_TRUNC) !== 0 && (flags & O_ACCMODE) !== 0) port.set(['files', path, 'data'], '');
  port.set(['fds', String(fd)], { kind: 'file', path, offset: 0, flags, object: 0 });
  return give(fd);
}

function close(port: KernelPort, [fd = 0n]: readonly bigint[]): KernelAnswer {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  port.set(['fds', fd.toString()], null);
  if (open.kind !== 'pipe-read' && open.kind !== 'pipe-write') return give(0);
  const side = open.kind === 'pipe-read' ? 'readers' : 'writers';
  port.set(['objects', String(open.object), side], pipeOf(port, open.object)[side] - 1);
  return give(0, [`pipe:${open.object}:readable`, `pipe:${open.object}:writable`]);
}

function dup(port: KernelPort, [fd = 0n]: readonly bigint[]): KernelAnswer {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  const copy = freeFd(port);
  if (copy === null) return error('EMFILE');
  port.set(['fds', String(copy)], { ...open });
  if (open.kind === 'pipe-read' || open.kind === 'pipe-write') {
    const side = open.kind === 'pipe-read' ? 'readers' : 'writers';
    port.set(['objects', String(open.object), side], pipeOf(port, open.object)[side] + 1);
  }
  return give(copy);
}

function lseek(port: KernelPort, [fd = 0n, offset = 0n, whence = 0n]: readonly bigint[]): KernelAnswer {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  if (open.kind !== 'file') return error('ESPIPE');
  const size = utf8Bytes(port.kernel.files[open.path]?.data ?? '').length;
  const bases: Record<string, number> = { 0: 0, 1: open.offset, 2: size };
  const base = bases[whence.toString()];
  if (base === undefined) return error('EINVAL');
  const to = base + Number(BigInt.asIntN(64, offset));
  if (to < 0) return error('EINVAL');
  port.set(['fds', fd.toString(), 'offset'], to);
  return give(to);
}

function pipe2(port: KernelPort, [result = 0n]: readonly bigint[]): KernelAnswer {
  if (!isMapped(port, result, 8)) return error('EFAULT');
  const reading = freeFd(port);
  const writing = reading === null ? null : freeFd(port, reading + 1);
  if (reading === null || writing === null) return error('EMFILE');
  const object = Object.keys(port.kernel.objects).length + 1;
  port.set(['objects', String(object)], { kind: 'pipe', bytes: [], readers: 1, writers: 1 });
  port.set(['fds', String(reading)], { kind: 'pipe-read', path: `pipe:[${object}]`, offset: 0, flags: 0, object });
  port.set(['fds', String(writing)], { kind: 'pipe-write', path: `pipe:[${object}]`, offset: 0, flags: O_WRONLY, object });
  writeMemory(port, result, [...littleEndian(BigInt(reading), 4), ...littleEndian(BigInt(writing), 4)]);
  return give(0);
}

function littleEndian(value: bigint, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}

function number(bytes: readonly number[]): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function nanosleep(port: KernelPort, [request = 0n]: readonly bigint[]): KernelAnswer {
  const spec = readMemory(port, request, 16);
  if (!spec) return error('EFAULT');
  const [seconds, ns] = [BigInt.asIntN(64, number(spec.slice(0, 8))), BigInt.asIntN(64, number(spec.slice(8)))];
  if (seconds < 0n || ns < 0n || ns > 999_999_999n) return error('EINVAL');
  return { kind: 'sleep', ns: Number(seconds * 1_000_000_000n + ns), result: 0n, wokenObjects: [] };
}

function clockGettime(port: KernelPort, [clock = 0n, result = 0n]: readonly bigint[]): KernelAnswer {
  if (clock > 11n) return error('EINVAL');
  const now = BigInt(port.now);
  const spec = [...littleEndian(now / 1_000_000_000n, 8), ...littleEndian(now % 1_000_000_000n, 8)];
  return writeMemory(port, result, spec) ? give(0) : error('EFAULT');
}

function getrandom(port: KernelPort, [buffer = 0n, count = 0n]: readonly bigint[]): KernelAnswer {
  const bytes = Array.from({ length: Number(BigInt.asUintN(20, count)) }, () => port.random() & 0xff);
  return bytes.length === 0 || writeMemory(port, buffer, bytes) ? give(bytes.length) : error('EFAULT');
}

const CALLS: Record<string, Handler> = {
  read,
  write,
  open: (port, [path = 0n, flags = 0n]) => openFile(port, path, Number(flags)),
  openat: (port, [directory = 0n, path = 0n, flags = 0n]) => {
    const name = pathAt(port, path);
    const isAbsolute = name?.startsWith('/') ?? false;
    return BigInt.asIntN(32, directory) === AT_FDCWD || isAbsolute || fdOf(port, directory) ? openFile(port, path, Number(flags)) : error('EBADF');
  },
  close,
  dup,
  lseek,
  pipe2,
  nanosleep,
  clock_gettime: clockGettime,
  getrandom,
  getpid: ({ kernel }) => give(kernel.pid),
  getppid: () => give(1),
  gettid: ({ tid }) => give(tid),
  getuid: () => give(0),
  getgid: () => give(0),
  geteuid: () => give(0),
  getegid: () => give(0),
  sched_yield: () => give(0),
  exit_group: (_port, [status = 0n]) => ({ kind: 'exit', code: Number(status & 0xffn), wokenObjects: [] }),
};

const byNumber = {
  amd64: new Map(SYSCALLS.map((call) => [call.amd64, call.name])),
  arm64: new Map(SYSCALLS.map((call) => [call.arm64, call.name])),
};

/** Whether the modelled kernel works out the result of this call itself. */
export function isModelled(name: string): boolean {
  return Object.hasOwn(CALLS, name);
}

/** What the kernel answers. A thread that was told to wait calls again with `resumed`. */
export function enterKernel(port: KernelPort, call: KernelCall): KernelAnswer {
  const name = byNumber[call.arch].get(call.nr);
  const handler = name !== undefined && Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
  // A call that exists but is not modelled returns 0, as the scenario format promises; a number that is no call is ENOSYS.
  if (!handler) return name === undefined ? error('ENOSYS') : give(0);
  return handler(port, call.args);
}
