/** The table of open descriptors. Descriptors that dup has made share one description: its offset and its status flags. */
import { ARCHS } from '../../asm/arch/index';
import type { KernelFd } from '../../state';
import { error, give, type Handler, int, type KernelAnswer, type KernelPort, uint } from '../answer';
import type { CallRow } from '../call-row';
import * as names from '../flag-names';
import { changed, forgetInterest, POLL } from '../poll';
import * as show from '../strace-arguments';

export const O_ACCMODE = 3;
export const O_WRONLY = 1;
export const O_RDWR = 2;
export const O_APPEND = 0o2000;
export const O_NONBLOCK = 0o4000;
export const O_CLOEXEC = 0o2000000;
/** RLIMIT_NOFILE of a common shell. */
export const MAX_FDS = 1024;

export function fdOf({ kernel }: Pick<KernelPort, 'kernel'>, fd: bigint | undefined): KernelFd | undefined {
  const key = int(fd).toString();
  return Object.hasOwn(kernel.fds, key) ? kernel.fds[key] : undefined;
}

export function mayRead(open: KernelFd): boolean {
  return (open.flags & O_ACCMODE) === 0 || (open.flags & O_ACCMODE) === O_RDWR;
}

export function mayWrite(open: KernelFd): boolean {
  return (open.flags & O_ACCMODE) === O_WRONLY || (open.flags & O_ACCMODE) === O_RDWR;
}

/** The lowest free number from `from` on; null: none. */
export function freeFd({ kernel }: Pick<KernelPort, 'kernel'>, from = 0): number | null {
  for (let n = from; n < MAX_FDS; n++) if (!kernel.fds[n]) return n;
  return null;
}

/** Opens something at descriptor n. */
export function install(port: KernelPort, n: number, open: Omit<KernelFd, 'description' | 'offset'>): void {
  const used = Object.values(port.kernel.fds).map((each) => each.description);
  port.set(['fds', String(n)], { ...open, offset: 0, description: Math.max(0, ...used) + 1 });
}

/** Offset or flags of a description: every descriptor of it shows the same. */
export function setShared(port: KernelPort, open: KernelFd, field: 'offset' | 'flags', value: number): void {
  for (const [n, each] of Object.entries(port.kernel.fds)) {
    if (each.description === open.description && each[field] !== value) port.set(['fds', n, field], value);
  }
}

/** A number for a new pipe, socket, eventfd or epoll set. */
export function newObject(
  port: KernelPort,
  row: Record<string, never> | Record<string, string | number | boolean | readonly never[]>,
): number {
  const object = Object.keys(port.kernel.objects).length + 1;
  port.set(['objects', String(object)], row);
  return object;
}

/** Closes descriptor n; the last one of a description gives up what it named. Returns what that wakes. */
export function closeFd(port: KernelPort, n: number, open: KernelFd): string[] {
  port.set(['fds', String(n)], null);
  if (Object.values(port.kernel.fds).some((each) => each.description === open.description)) return [];
  forgetInterest(port, open.description);
  if (open.kind === 'pipe-read' || open.kind === 'pipe-write') {
    const side = open.kind === 'pipe-read' ? 'readers' : 'writers';
    const before = Number(port.kernel.objects[open.object]?.[side] ?? 1);
    port.set(['objects', String(open.object), side], before - 1);
    return changed(port, open.object, side === 'readers' ? POLL.ERR | POLL.OUT : POLL.HUP | POLL.IN);
  }
  if (open.kind !== 'socket') return [];
  port.set(['objects', String(open.object), 'closed'], true);
  return changed(port, Number(port.kernel.objects[open.object]?.peer ?? 0), POLL.IN | POLL.OUT | POLL.HUP | POLL.RDHUP);
}

const close: Handler = (port, [fd]) => {
  const open = fdOf(port, fd);
  return open ? give(0, closeFd(port, int(fd), open)) : error('EBADF');
};

function duplicate(port: KernelPort, fd: bigint | undefined, from: number, cloexec: boolean): KernelAnswer {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  const copy = freeFd(port, from);
  if (copy === null) return error('EMFILE');
  port.set(['fds', String(copy)], { ...open, cloexec });
  return give(copy);
}

const dup: Handler = (port, [fd]) => duplicate(port, fd, 0, false);

function duplicateTo(port: KernelPort, fd: bigint | undefined, to: number, cloexec: boolean): KernelAnswer {
  const open = fdOf(port, fd);
  if (!open || to < 0 || to >= MAX_FDS) return error('EBADF');
  const old = port.kernel.fds[to];
  const woken = old ? closeFd(port, to, old) : [];
  port.set(['fds', String(to)], { ...open, cloexec });
  return give(to, woken);
}

const dup2: Handler = (port, [fd, to]) => {
  if (int(fd) === int(to)) return fdOf(port, fd) ? give(int(to)) : error('EBADF');
  return duplicateTo(port, fd, int(to), false);
};

const dup3: Handler = (port, [fd, to, flags]) => {
  if ((int(flags) & ~O_CLOEXEC) !== 0 || int(fd) === int(to)) return error('EINVAL');
  return duplicateTo(port, fd, int(to), (int(flags) & O_CLOEXEC) !== 0);
};

const SETTABLE = O_APPEND | O_NONBLOCK;

/** The commands that ask about one descriptor and change it; locks and owners are not modelled. */
const fcntl: Handler = (port, [fd, command, argument]) => {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  switch (int(command)) {
    case 0:
    case 1030:
      if (uint(argument) >= MAX_FDS) return error('EINVAL');
      return duplicate(port, fd, uint(argument), int(command) === 1030);
    case 1:
      return give(open.cloexec ? 1 : 0);
    case 2:
      port.set(['fds', String(int(fd)), 'cloexec'], (int(argument) & 1) !== 0);
      return give(0);
    case 3:
      return give(open.kind === 'file' || open.kind === 'dir' ? open.flags | ARCHS[port.arch].kernel.openFlags.largefile : open.flags);
    case 4:
      setShared(port, open, 'flags', (open.flags & ~SETTABLE) | (int(argument) & SETTABLE));
      return give(0);
    default:
      return error('EINVAL');
  }
};

/** What a call on a descriptor waits for: its file, unless that is always ready. */
export function firstDescriptor(port: Pick<KernelPort, 'kernel'>, args: readonly bigint[]): boolean {
  const open = fdOf(port, args[0]);
  return open !== undefined && open.kind !== 'file' && open.kind !== 'dir' && open.kind !== 'tty';
}

const fcntlIs =
  (...commands: number[]) =>
  (call: show.TracedCall): boolean =>
    commands.includes(show.word(call.args[1] ?? 0n));

/** F_GETFD and F_GETFL tell flags. */
function fcntlResult({ result }: show.Finished, { args, arch }: show.TracedCall): string | null {
  if (args[1] === 1n) return result === 0n ? '0' : `0x${result.toString(16)} (flags ${names.flagNames(Number(result), names.FD_FLAGS)})`;
  return args[1] === 3n ? `0x${result.toString(16)} (flags ${names.openFlagNames(Number(result), arch)})` : null;
}

export const DESCRIPTORS: readonly CallRow[] = [
  {
    name: 'close',
    nr: { amd64: 3, arm64: 57 },
    via: 'Syscall',
    args: 'unsigned int fd',
    handler: close,
    example: ['3'],
  },
  { name: 'close_range', nr: { amd64: 436, arm64: 436 }, via: null, args: 'unsigned int fd, unsigned int max_fd, unsigned int flags' },
  {
    name: 'dup',
    nr: { amd64: 32, arm64: 23 },
    via: 'Syscall',
    args: 'unsigned int oldfd',
    handler: dup,
    example: ['3'],
  },
  {
    name: 'dup2',
    nr: { amd64: 33, arm64: null },
    via: 'Syscall',
    args: 'unsigned int oldfd, unsigned int newfd',
    handler: dup2,
  },
  {
    name: 'dup3',
    nr: { amd64: 292, arm64: 24 },
    via: 'Syscall',
    args: 'unsigned int oldfd, unsigned int newfd, int flags',
    handler: dup3,
    print: [show.at(0, show.int), show.at(1, show.int), show.at(2, show.pipeFlags)],
    example: ['3', '9', 'O_CLOEXEC'],
  },
  {
    name: 'fcntl',
    nr: { amd64: 72, arm64: 25 },
    via: 'Syscall',
    args: 'unsigned int fd, unsigned int cmd, unsigned long arg',
    handler: fcntl,
    print: [
      show.at(0, show.int),
      show.at(1, show.one(names.FCNTL, 'F')),
      show.where(fcntlIs(0, 1030), show.at(2, show.int)),
      show.where(fcntlIs(2), show.at(2, show.flags(names.FD_FLAGS))),
      show.where(fcntlIs(4), show.at(2, show.openFlags)),
      show.where((call) => !fcntlIs(0, 1, 2, 3, 4, 1030)(call), show.at(2, show.hex)),
    ],
    printResult: fcntlResult,
    example: ['3', '3', '0'],
  },
  { name: 'flock', nr: { amd64: 73, arm64: 32 }, via: 'Syscall', args: 'unsigned int fd, unsigned int cmd' },
  { name: 'ioctl', nr: { amd64: 16, arm64: 29 }, via: 'Syscall', args: 'unsigned int fd, unsigned int cmd, unsigned long arg' },
];
