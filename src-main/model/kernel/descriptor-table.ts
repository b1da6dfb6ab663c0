/** The table of open descriptors. Descriptors that dup has made share one description: its offset and its status flags. */
import type { KernelFd } from '../kernel-state';
import { int, type KernelPort } from './answer';
import { nextObject } from './object-table';

export const O_ACCMODE = 3;
export const O_WRONLY = 1;
export const O_RDWR = 2;
export const O_APPEND = 0o2000;
export const O_NONBLOCK = 0o4000;
export const O_CLOEXEC = 0o2000000;
export const O_PATH = 0o10000000;
/** RLIMIT_NOFILE of a common shell. */
export const MAX_FDS = 1024;

/** The open file that a descriptor names, to be read, written or changed: none that was opened with O_PATH. */
export function fdOf(port: Pick<KernelPort, 'kernel'>, fd: bigint | undefined): KernelFd | undefined {
  const open = anyFdOf(port, fd);
  return open && (open.flags & O_PATH) === 0 ? open : undefined;
}

/** The same, O_PATH or not: for what concerns only the descriptor, or the place in the tree. */
export function anyFdOf({ kernel }: Pick<KernelPort, 'kernel'>, fd: bigint | undefined): KernelFd | undefined {
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
  const used = [...Object.values(port.kernel.fds), ...(port.kernel.held ?? []).map(({ open }) => open)].map((each) => each.description);
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
  const object = nextObject(port.kernel.objects);
  port.set(['objects', String(object)], row);
  return object;
}
