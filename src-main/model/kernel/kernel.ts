/**
 * The modelled kernel: which call does what. Modelled are the calls of CALLS below; any other name that the table knows answers 0, as
 * the scenario format promises, unless the scenario says what it returns.
 */
import type { KernelState } from '../state';
import { error, give, type Handler, type KernelAnswer, type KernelCall, type KernelPort } from './answer';
import { clockGettime, clockNanosleep, nanosleep } from './calls/clock';
import { close, dup, dup2, dup3, fcntl, O_RDWR } from './calls/descriptors';
import { epollCreate, epollCreate1, epollCtl, epollWait } from './calls/epoll';
import { eventfd, eventfd2 } from './calls/eventfd';
import { creat, fstat, lookup, lseek, newfstatat, open, openat, stat } from './calls/files';
import { futex } from './calls/futex';
import { getrandom, uname } from './calls/identity';
import { mmap, munmap } from './calls/mmap';
import { pipe2 } from './calls/pipe';
import { pread64, pwrite64, read, STDERR_DESCRIPTION, write } from './calls/read-write';
import { kill, tgkill, tkill } from './calls/signal';
import { recvfrom, sendto, shutdown, socketpair } from './calls/socket';
import { syscallByNumber } from './syscall-table';

export type { Arch, KernelAnswer, KernelCall, KernelPort } from './answer';

/** Standard input, output and error; pid 1000, as good as any. */
export function firstKernelState(held: { files: Record<string, string>; fds: Record<string, string> }): KernelState {
  const kernel: KernelState = {
    pid: 1000,
    files: {},
    fds: {},
    objects: {},
    mem: {},
    maps: [],
    futex: [],
    strace: [],
    stdout: '',
    stderr: '',
    netpoll: [],
    poller: null,
    netpollBreak: false,
  };
  for (const [path, data] of Object.entries(held.files)) kernel.files[path] = { data };
  const plain = { offset: 0, object: 0, cloexec: false };
  for (const n of [0, 1, 2])
    kernel.fds[n] = { ...plain, kind: 'tty', path: '/dev/tty', flags: n === 0 ? 0 : 1, description: STDERR_DESCRIPTION - 2 + n };
  for (const [n, path] of Object.entries(held.fds)) {
    const found = lookup(kernel, path);
    if (found.kind === 'none') kernel.files[path] = { data: '' };
    const key = found.kind === 'file' ? found.key : path;
    kernel.fds[n] = {
      ...plain,
      kind: found.kind === 'dir' ? 'dir' : 'file',
      path: key,
      flags: found.kind === 'dir' ? 0 : O_RDWR,
      description: Number(n) + 1,
    };
  }
  return kernel;
}

function ends(of: 'program' | 'thread'): Handler {
  return (_port, [status = 0n]) => ({ kind: 'exit', of, code: Number(status & 0xffn), wokenObjects: [] });
}

/**
 * Simplified: a program makes threads only as the runtime does (newm), and processes not at all: the kernel says that it has no such
 * call. 0 would tell the caller that it is the child.
 */
const noNewTask: Handler = () => error('ENOSYS');

const CALLS: Record<string, Handler> = {
  read,
  write,
  pread64,
  pwrite64,
  open,
  openat,
  creat,
  close,
  dup,
  dup2,
  dup3,
  fcntl,
  lseek,
  fstat,
  stat,
  lstat: stat,
  newfstatat,
  pipe: (port, [result = 0n], call) => pipe2(port, [result, 0n], call),
  pipe2,
  eventfd,
  eventfd2,
  socketpair,
  sendto,
  recvfrom,
  shutdown,
  epoll_create: epollCreate,
  epoll_create1: epollCreate1,
  epoll_ctl: epollCtl,
  epoll_wait: epollWait,
  epoll_pwait: epollWait,
  futex,
  mmap,
  munmap,
  nanosleep,
  clock_nanosleep: clockNanosleep,
  clock_gettime: clockGettime,
  getrandom,
  uname,
  kill,
  tkill,
  tgkill,
  getpid: ({ kernel }) => give(kernel.pid),
  getppid: () => give(1),
  gettid: ({ tid }) => give(tid),
  getuid: () => give(0),
  getgid: () => give(0),
  geteuid: () => give(0),
  getegid: () => give(0),
  sched_yield: () => give(0),
  exit: ends('thread'),
  exit_group: ends('program'),
  clone: noNewTask,
  clone3: noNewTask,
  fork: noNewTask,
  vfork: noNewTask,
};

/** Whether the modelled kernel works out the result of this call itself. */
export function isModelled(name: string): boolean {
  return Object.hasOwn(CALLS, name);
}

/** What the kernel answers. A thread that was told to wait calls again when its wait has ended, and says how it did. */
export function enterKernel(port: KernelPort, call: KernelCall): KernelAnswer {
  const name = syscallByNumber(call.nr, port.arch)?.name;
  const handler = name !== undefined && Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
  // A call that exists but is not modelled returns 0, as the scenario format promises; a number that is no call is ENOSYS.
  if (!handler) return name === undefined ? error('ENOSYS') : give(0);
  return handler(port, call.args, call);
}
