/** The table of open descriptors. Descriptors that dup has made share one description: its offset and its status flags. */
import type { KernelFd } from '../../state';
import { error, give, type Handler, int, type KernelAnswer, type KernelPort, uint } from '../answer';
import { changed, forgetInterest, POLL } from '../poll';

export const O_ACCMODE = 3;
export const O_WRONLY = 1;
export const O_RDWR = 2;
export const O_APPEND = 0o2000;
export const O_NONBLOCK = 0o4000;
export const O_DIRECT: Record<KernelPort['arch'], number> = { amd64: 0o40000, arm64: 0o200000 };
export const O_LARGEFILE: Record<KernelPort['arch'], number> = { amd64: 0o100000, arm64: 0o400000 };
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

export const close: Handler = (port, [fd]) => {
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

export const dup: Handler = (port, [fd]) => duplicate(port, fd, 0, false);

function duplicateTo(port: KernelPort, fd: bigint | undefined, to: number, cloexec: boolean): KernelAnswer {
  const open = fdOf(port, fd);
  if (!open || to < 0 || to >= MAX_FDS) return error('EBADF');
  const old = port.kernel.fds[to];
  const woken = old ? closeFd(port, to, old) : [];
  port.set(['fds', String(to)], { ...open, cloexec });
  return give(to, woken);
}

export const dup2: Handler = (port, [fd, to]) => {
  if (int(fd) === int(to)) return fdOf(port, fd) ? give(int(to)) : error('EBADF');
  return duplicateTo(port, fd, int(to), false);
};

export const dup3: Handler = (port, [fd, to, flags]) => {
  if ((int(flags) & ~O_CLOEXEC) !== 0 || int(fd) === int(to)) return error('EINVAL');
  return duplicateTo(port, fd, int(to), (int(flags) & O_CLOEXEC) !== 0);
};

const SETTABLE = O_APPEND | O_NONBLOCK;

/** The commands that ask about one descriptor and change it; locks and owners are not modelled. */
export const fcntl: Handler = (port, [fd, command, argument]) => {
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
      return give(open.kind === 'file' || open.kind === 'dir' ? open.flags | O_LARGEFILE[port.arch] : open.flags);
    case 4:
      setShared(port, open, 'flags', (open.flags & ~SETTABLE) | (int(argument) & SETTABLE));
      return give(0);
    default:
      return error('EINVAL');
  }
};
