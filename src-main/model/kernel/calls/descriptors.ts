/** Calls on descriptors, whatever they name: closing, doubling, flags and locks. */
import { ARCHS } from '../../asm/arch/index';
import type { KernelFd } from '../../kernel-state';
import { error, give, type Handler, int, type KernelAnswer, type KernelPort, notModelled, uint, wait } from '../answer';
import type { CallRow } from '../call-row';
import { anyFdOf, fdOf, freeFd, MAX_FDS, mayRead, mayWrite, O_APPEND, O_CLOEXEC, O_NONBLOCK, O_PATH, setShared } from '../descriptor-table';
import { askLock, dropProcessLocks, F_RDLCK, F_UNLCK, F_WRLCK, lockWhole, setLock } from '../file-locks';
import * as names from '../flag-names';
import { ioctl } from '../ioctls';
import { release } from '../open-files';
import { PIPE_PAGE, placesOf, resizePipe } from '../pipes';
import { objectOf } from '../poll';
import * as show from '../strace-arguments';

const O_NOATIME = 0o1000000;

/** Closes descriptor n. Returns what that wakes. */
export function closeFd(port: KernelPort, n: number, open: KernelFd): string[] {
  port.set(['fds', String(n)], null);
  return [...dropProcessLocks(port, open), ...release(port, open)];
}

const close: Handler = (port, [fd]) => {
  const open = anyFdOf(port, fd);
  return open ? give(0, closeFd(port, int(fd), open)) : error('EBADF');
};

function duplicate(port: KernelPort, fd: bigint | undefined, from: number, cloexec: boolean): KernelAnswer {
  const open = anyFdOf(port, fd);
  if (!open) return error('EBADF');
  const copy = freeFd(port, from);
  if (copy === null) return error('EMFILE');
  port.set(['fds', String(copy)], { ...open, cloexec });
  return give(copy);
}

const dup: Handler = (port, [fd]) => duplicate(port, fd, 0, false);

function duplicateTo(port: KernelPort, fd: bigint | undefined, to: number, cloexec: boolean): KernelAnswer {
  const open = anyFdOf(port, fd);
  if (!open || to < 0 || to >= MAX_FDS) return error('EBADF');
  const old = port.kernel.fds[to];
  const woken = old ? closeFd(port, to, old) : [];
  port.set(['fds', String(to)], { ...open, cloexec });
  return give(to, woken);
}

const dup2: Handler = (port, [fd, to]) => {
  if (int(fd) === int(to)) return anyFdOf(port, fd) ? give(int(to)) : error('EBADF');
  return duplicateTo(port, fd, int(to), false);
};

const dup3: Handler = (port, [fd, to, flags]) => {
  if ((int(flags) & ~O_CLOEXEC) !== 0 || int(fd) === int(to)) return error('EINVAL');
  return duplicateTo(port, fd, int(to), (int(flags) & O_CLOEXEC) !== 0);
};

const closeRange: Handler = (port, [first, last, flagsArgument]) => {
  const [from, to, flags] = [uint(first), uint(last), uint(flagsArgument)];
  if ((flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC)) !== 0 || from > to) return error('EINVAL');
  const woken: string[] = [];
  for (const [n, open] of Object.entries(port.kernel.fds)) {
    if (Number(n) < from || Number(n) > to) continue;
    if ((flags & CLOSE_RANGE_CLOEXEC) !== 0) port.set(['fds', n, 'cloexec'], true);
    else woken.push(...closeFd(port, Number(n), open));
  }
  return give(0, woken);
};

const CLOSE_RANGE_UNSHARE = 2;
const CLOSE_RANGE_CLOEXEC = 4;

const LOCK = { SH: 1, EX: 2, NB: 4, UN: 8 } as const;

/** What waits for a lock looks again whenever one is given up. */
const LOCKS = 'locks';

const flock: Handler = (port, [fd, command], call) => {
  const way = uint(command) & ~LOCK.NB;
  if ((way & 32) !== 0) return give(0);
  if (way !== LOCK.SH && way !== LOCK.EX && way !== LOCK.UN) return error('EINVAL');
  const open = call.held?.open ?? fdOf(port, fd);
  if (!open || (way !== LOCK.UN && !mayRead(open) && !mayWrite(open))) return error('EBADF');
  const type = way === LOCK.SH ? F_RDLCK : way === LOCK.EX ? F_WRLCK : F_UNLCK;
  const answer = lockWhole(port, open, type, () => ((uint(command) & LOCK.NB) !== 0 ? error('EAGAIN') : wait(LOCKS, { open, done: 0 })));
  return { ...answer, wokenObjects: [...answer.wokenObjects, LOCKS] };
};

const SETTABLE = O_APPEND | O_NONBLOCK | O_NOATIME;
const F_GETPIPE_SZ = 1032;
const F_SETPIPE_SZ = 1031;
const F_OFD_GETLK = 36;

/** Commands that O_PATH's descriptors know, too. */
const OF_PATHS = new Set([0, 1, 2, 3, 1030]);

const fcntl: Handler = (port, [fd, commandArgument, argument = 0n], call) => {
  const command = uint(commandArgument);
  const open = OF_PATHS.has(command) ? anyFdOf(port, fd) : (call.held?.open ?? fdOf(port, fd));
  if (!open) return error('EBADF');
  switch (command) {
    case 0:
    case 1030:
      if (uint(argument) >= MAX_FDS) return error('EINVAL');
      return duplicate(port, fd, uint(argument), command === 1030);
    case 1:
      return give(open.cloexec ? 1 : 0);
    case 2:
      port.set(['fds', String(int(fd)), 'cloexec'], (uint(argument) & 1) !== 0);
      return give(0);
    case 3:
      return give(isOpened(open) ? open.flags | ARCHS[port.arch].kernel.openFlags.largefile : open.flags);
    case 4:
      return setFlags(port, open, uint(argument));
    case 5:
    case F_OFD_GETLK:
      return askLock(port, open, argument, command === F_OFD_GETLK);
    case 6:
    case 37:
      return { ...setLock(port, open, argument, command === 37, () => error('EAGAIN')), wokenObjects: [LOCKS] };
    case 7:
    case 38: {
      const answer = setLock(port, open, argument, command === 38, () => wait(LOCKS, { open, done: 0 }));
      return answer.kind === 'return' ? { ...answer, wokenObjects: [LOCKS] } : answer;
    }
    case 8:
      return setOwner(port, open, int(argument));
    case 9:
      return give(port.kernel.owners?.[open.description] ?? 0);
    case 1027:
      return sameFile(port, open, argument);
    case F_SETPIPE_SZ:
    case F_GETPIPE_SZ:
      if (!isPipe(open)) return error('EBADF');
      if (command === F_SETPIPE_SZ) return resizePipe(port, open.object, uint(argument));
      return give(placesOf(objectOf(port, open.object, 'pipe')) * PIPE_PAGE);
    case 1033:
    case 1034:
      return seals(port, open, command === 1033 ? uint(argument) : null);
    default:
      return NOT_MODELLED.has(command) ? notModelled() : error('EINVAL');
  }
};

/** F_SETSIG, F_GETSIG, F_SETOWN_EX, F_GETOWN_EX, F_GETOWNER_UIDS, leases, F_NOTIFY, F_CREATED_QUERY and the hints about lifetimes. */
const NOT_MODELLED = new Set([10, 11, 15, 16, 17, 1024, 1025, 1026, 1028, 1035, 1036, 1037, 1038]);

const isPipe = (open: KernelFd): boolean => open.kind === 'pipe-read' || open.kind === 'pipe-write';
/** Opened by its name, which adds O_LARGEFILE; the rest was made by calls of its own. */
const isOpened = (open: KernelFd): boolean =>
  ['file', 'dir', 'tty'].includes(open.kind) && (open.flags & O_PATH) === 0 && !open.path.includes('memfd:');

function setFlags(port: KernelPort, open: KernelFd, wanted: number): KernelAnswer {
  const { direct } = ARCHS[port.arch].kernel.openFlags;
  if ((wanted & direct) !== 0 && open.kind !== 'file' && !isPipe(open)) return error('EINVAL');
  const settable = SETTABLE | direct;
  setShared(port, open, 'flags', (open.flags & ~settable) | (wanted & settable));
  return give(0);
}

/** Simplified: SIGIO is never sent. */
function setOwner(port: KernelPort, open: KernelFd, who: number): KernelAnswer {
  const { pid, owners = {} } = port.kernel;
  if (who !== 0 && Math.abs(who) !== pid && port.threadOf(who) === null && who !== 1) return error('ESRCH');
  port.set(['owners'], { ...owners, [open.description]: who });
  return give(0);
}

/** F_DUPFD_QUERY: whether two descriptors are one open file. */
function sameFile(port: KernelPort, open: KernelFd, other: bigint): KernelAnswer {
  const second = anyFdOf(port, other);
  return second ? give(open.description === second.description ? 1 : 0) : error('EBADF');
}

/** F_ADD_SEALS and F_GET_SEALS (null): which changes of a memfd are forbidden. */
function seals(port: KernelPort, open: KernelFd, added: number | null): KernelAnswer {
  const file = open.kind === 'file' ? port.kernel.files[open.path] : undefined;
  if (added !== null && !mayWrite(open)) return error('EPERM');
  if (added !== null && (added & ~0x3f) !== 0) return error('EINVAL');
  if (file?.seals === undefined) return error('EINVAL');
  if (added === null) return give(file.seals);
  if ((file.seals & 1) !== 0) return error('EPERM');
  port.set(['files', open.path], { ...file, seals: file.seals | added });
  return give(0);
}

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
  return args[1] === 3n ? `${result === 0n ? '' : '0x'}${result.toString(16)} (flags ${names.openFlagNames(Number(result), arch)})` : null;
}

export const DESCRIPTORS: readonly CallRow[] = [
  {
    name: 'close',
    via: 'Syscall',
    args: 'unsigned int fd',
    handler: close,
    example: ['3'],
  },
  {
    name: 'close_range',
    via: null,
    args: 'unsigned int fd, unsigned int max_fd, unsigned int flags',
    handler: closeRange,
  },
  {
    name: 'dup',
    via: 'Syscall',
    args: 'unsigned int oldfd',
    handler: dup,
    example: ['3'],
  },
  {
    name: 'dup2',
    via: 'Syscall',
    args: 'unsigned int oldfd, unsigned int newfd',
    handler: dup2,
  },
  {
    name: 'dup3',
    via: 'Syscall',
    args: 'unsigned int oldfd, unsigned int newfd, int flags',
    handler: dup3,
    print: [show.at(0, show.int), show.at(1, show.int), show.at(2, show.pipeFlags)],
    example: ['3', '9', 'O_CLOEXEC'],
  },
  {
    name: 'fcntl',
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
  {
    name: 'flock',
    via: 'Syscall',
    args: 'unsigned int fd, unsigned int cmd',
    handler: flock,
    print: [show.at(0, show.int), show.at(1, show.flags(names.LOCK))],
    waitsOn: () => true,
  },
  {
    name: 'ioctl',
    via: 'Syscall',
    args: 'unsigned int fd, unsigned int cmd, unsigned long arg',
    handler: ioctl,
    print: [show.at(0, show.int), show.at(1, show.one(names.IOCTL, 'IOCTL')), show.at(2, show.address)],
  },
];
