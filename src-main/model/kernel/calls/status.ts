/** What stat(2) tells of a file and what changes that: permissions, owners, times. Simplified: the program is root, who may do everything. */
import { error, give, type Handler, int, type KernelAnswer, type KernelPort, long, uint } from '../answer';
import { fromLittleEndian, littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import { anyFdOf, fdOf } from '../descriptor-table';
import { AT_EMPTY_PATH, AT_FDCWD, AT_SYMLINK_NOFOLLOW, findNamed } from '../file-names';
import { S_IFDIR, S_IFMT, type Status, statbuf, statusOf, tellStatus } from '../file-status';
import * as names from '../flag-names';
import { readMemory, writeMemory } from '../memory';
import * as show from '../strace-arguments';
import { directoryRow, type Entry, fileAt, isNameless, makeFile } from '../tree';

const HERE = BigInt(AT_FDCWD);
const AT_NO_AUTOMOUNT = 0x800;
/** How fresh the answer has to be. */
const AT_STATX_SYNC_TYPE = 0x6000;
const AT_EACCESS = 0x200;

const fstat: Handler = (port, [fd, result = 0n]) => {
  const of = anyFdOf(port, fd);
  return of ? tellStatus(port, of, result) : error('EBADF');
};

const newfstatat: Handler = (port, [directory, path = 0n, result = 0n, flagsArgument]) => {
  const flags = int(flagsArgument);
  if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH | AT_STATX_SYNC_TYPE)) !== 0) return error('EINVAL');
  const found = findNamed(port, directory, path, {
    follow: (flags & AT_SYMLINK_NOFOLLOW) === 0,
    emptyToo: (flags & AT_EMPTY_PATH) !== 0,
  });
  return 'errno' in found ? error(found.errno) : tellStatus(port, found.found, result);
};

const statOf =
  (flags: number): Handler =>
  (port, [path = 0n, result = 0n], call) =>
    newfstatat(port, [HERE, path, result, BigInt(flags)], call);

const STATX_BYTES = 256;
/** STATX_TYPE … STATX_BLOCKS: what stat(2) tells as well. */
const STATX_BASIC = 0x7ff;

function statxBytes({ ino, mode, nlink, uid, gid, size, atime, mtime, rdev }: Status): number[] {
  const time = (ns: number): number[] => [...littleEndian(Math.floor(ns / 1e9), 8), ...littleEndian(ns % 1e9, 8)];
  const zeros = (n: number): number[] => Array.from({ length: n }, () => 0);
  const counts = [STATX_BASIC, 4096].flatMap((each) => littleEndian(each, 4));
  const owners = [nlink, uid, gid].flatMap((each) => littleEndian(each, 4));
  const sizes = [ino, size, Math.ceil(size / 4096) * 8].flatMap((each) => littleEndian(each, 8));
  const times = [...time(atime), ...zeros(16), ...time(0), ...time(mtime)];
  const devices = [rdev >> 8, rdev & 0xff, 0, 1].flatMap((each) => littleEndian(each, 4));
  return [...counts, ...zeros(8), ...owners, ...littleEndian(mode, 2), 0, 0, ...sizes, ...zeros(8), ...times, ...devices, ...zeros(112)];
}

const statx: Handler = (port, [directory, path = 0n, flagsArgument, mask, result = 0n]) => {
  const flags = uint(flagsArgument);
  if ((uint(mask) & 0x80000000) !== 0) return error('EINVAL');
  if ((flags & AT_STATX_SYNC_TYPE) === AT_STATX_SYNC_TYPE) return error('EINVAL');
  if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH | AT_STATX_SYNC_TYPE)) !== 0) return error('EINVAL');
  const found = findNamed(port, directory, path, {
    follow: (flags & AT_SYMLINK_NOFOLLOW) === 0,
    emptyToo: (flags & AT_EMPTY_PATH) !== 0,
  });
  if ('errno' in found) return error(found.errno);
  return writeMemory(port, result, statxBytes(statusOf(port, found.found)).slice(0, STATX_BYTES)) ? give(0) : error('EFAULT');
};

/** root may read and write everything, and run what anybody may run. */
const faccessat2: Handler = (port, [directory, path = 0n, modeArgument, flagsArgument]) => {
  const [mode, flags] = [int(modeArgument), int(flagsArgument)];
  if ((mode & ~7) !== 0 || (flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) !== 0) return error('EINVAL');
  const found = findNamed(port, directory, path, {
    follow: (flags & AT_SYMLINK_NOFOLLOW) === 0,
    emptyToo: (flags & AT_EMPTY_PATH) !== 0,
  });
  if ('errno' in found) return error(found.errno);
  const status = statusOf(port, found.found);
  const mayRun = (status.mode & S_IFMT) === S_IFDIR || (status.mode & 0o111) !== 0;
  return (mode & 1) !== 0 && !mayRun ? error('EACCES') : give(0);
};

type Change = { mode?: number; uid?: number; gid?: number; atime?: number; mtime?: number };

/** What is neither a file nor a directory keeps nothing of it. */
function changeEntry(port: KernelPort, entry: Entry | null, change: Change): KernelAnswer {
  if (!entry) return give(0);
  if (entry.kind === 'dir') {
    if (!isNameless(entry.path))
      makeFile(port, entry.path === '/' ? '//' : `${entry.path}/`, { ...(directoryRow(port, entry.path) ?? { data: '' }), ...change });
  } else makeFile(port, entry.key, { ...fileAt(port, entry.key), ...change });
  return give(0);
}

function ofDescriptor(port: KernelPort, fd: bigint | undefined, change: Change): KernelAnswer {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  const { kind, path } = open;
  return changeEntry(port, kind === 'dir' ? { kind, path } : kind === 'file' ? { kind, path, key: path } : null, change);
}

const fchmod: Handler = (port, [fd, mode]) => ofDescriptor(port, fd, { mode: int(mode) & 0o7777 });

const fchmodat: Handler = (port, [directory, path = 0n, mode]) => {
  const found = findNamed(port, directory, path);
  return 'errno' in found ? error(found.errno) : changeEntry(port, found.entry, { mode: int(mode) & 0o7777 });
};

/** −1 leaves the owner or the group as it is. A file that gets an owner loses S_ISUID, and S_ISGID where its group may run it. */
function owned(port: KernelPort, entry: Entry | null, user: bigint | undefined, group: bigint | undefined): Change {
  const [uid, gid] = [uint(user), uint(group)];
  const mode = entry?.kind === 'file' ? fileAt(port, entry.key).mode : undefined;
  const kept = mode === undefined ? undefined : mode & ~0o4000 & ((mode & 0o10) !== 0 ? ~0o2000 : ~0);
  return { ...(uid !== 0xffffffff && { uid }), ...(gid !== 0xffffffff && { gid }), ...(kept !== undefined && { mode: kept }) };
}

const fchown: Handler = (port, [fd, user, group]) => {
  const open = fdOf(port, fd);
  const entry: Entry | null = open?.kind === 'file' ? { kind: 'file', path: open.path, key: open.path } : null;
  return ofDescriptor(port, fd, owned(port, entry, user, group));
};

const fchownat: Handler = (port, [directory, path = 0n, user, group, flagsArgument]) => {
  const flags = int(flagsArgument);
  if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) !== 0) return error('EINVAL');
  const found = findNamed(port, directory, path, {
    follow: (flags & AT_SYMLINK_NOFOLLOW) === 0,
    emptyToo: (flags & AT_EMPTY_PATH) !== 0,
  });
  return 'errno' in found ? error(found.errno) : changeEntry(port, found.entry, owned(port, found.entry, user, group));
};

const UTIME_NOW = 0x3fffffffn;
const UTIME_OMIT = 0x3ffffffen;

/** Two times in memory, each of two words, as a change; `unit`: ns in the second word's unit. */
function timesAt(port: KernelPort, address: bigint, unit: bigint, most: bigint): Change | 'EFAULT' | 'EINVAL' {
  if (address === 0n) return { atime: port.now, mtime: port.now };
  const held = readMemory(port, address, 32);
  if (!held) return 'EFAULT';
  const words = [0, 8, 16, 24].map((at) => long(fromLittleEndian(held.slice(at, at + 8))));
  const change: Change = {};
  let invalid = false;
  for (const [i, member] of (['atime', 'mtime'] as const).entries()) {
    const [seconds = 0n, part = 0n] = words.slice(2 * i);
    if (unit === 1n && part === UTIME_OMIT) continue;
    if (unit === 1n && part === UTIME_NOW) change[member] = port.now;
    else if (part < 0n || part >= most) invalid = true;
    else change[member] = Number(seconds) * 1e9 + Number(part * unit);
  }
  return invalid ? 'EINVAL' : change;
}

const utimensat: Handler = (port, [directory, path = 0n, times = 0n, flagsArgument]) => {
  const flags = int(flagsArgument);
  const change = timesAt(port, times, 1n, 1_000_000_000n);
  if (change === 'EFAULT') return error(change);
  if (change !== 'EINVAL' && Object.keys(change).length === 0) return give(0);
  if (path === 0n && int(directory) !== AT_FDCWD) {
    if (flags !== 0) return error('EINVAL');
    return change === 'EINVAL' ? error(fdOf(port, directory) ? change : 'EBADF') : ofDescriptor(port, directory, change);
  }
  if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) !== 0) return error('EINVAL');
  const found = findNamed(port, directory, path, {
    follow: (flags & AT_SYMLINK_NOFOLLOW) === 0,
    emptyToo: (flags & AT_EMPTY_PATH) !== 0,
  });
  if ('errno' in found) return error(found.errno);
  // The file is looked for before it is known that such a time cannot be.
  return change === 'EINVAL' ? error(change) : changeEntry(port, found.entry, change);
};

const futimesat: Handler = (port, [directory, path = 0n, times = 0n]) => {
  const change = timesAt(port, times, 1_000n, 1_000_000n);
  if (typeof change === 'string') return error(change);
  if (path === 0n && int(directory) !== AT_FDCWD) return ofDescriptor(port, directory, change);
  const found = findNamed(port, directory, path);
  return 'errno' in found ? error(found.errno) : changeEntry(port, found.entry, change);
};

const utime: Handler = (port, [path = 0n, times = 0n]) => {
  const held = times === 0n ? null : readMemory(port, times, 16);
  if (times !== 0n && !held) return error('EFAULT');
  const seconds = (at: number): number => Number(long(fromLittleEndian((held ?? []).slice(at, at + 8)))) * 1e9;
  const found = findNamed(port, HERE, path);
  if ('errno' in found) return error(found.errno);
  return changeEntry(port, found.entry, held ? { atime: seconds(0), mtime: seconds(8) } : { atime: port.now, mtime: port.now });
};

const fromHere =
  (handler: Handler, ...more: readonly bigint[]): Handler =>
  (port, args, call) =>
    handler(port, [HERE, ...args.slice(0, 3 - more.length), ...more], call);

export const STATUS: readonly CallRow[] = [
  {
    name: 'stat',
    via: null,
    args: 'const char *pathname, struct stat *statbuf',
    handler: statOf(0),
    print: [show.at(0, show.path), show.out(1, statbuf)],
  },
  {
    name: 'lstat',
    via: null,
    args: 'const char *pathname, struct stat *statbuf',
    handler: statOf(AT_SYMLINK_NOFOLLOW),
    print: [show.at(0, show.path), show.out(1, statbuf)],
  },
  {
    name: 'fstat',
    via: 'Syscall',
    args: 'unsigned int fd, struct stat *statbuf',
    handler: fstat,
    print: [show.at(0, show.int), show.out(1, statbuf)],
    example: ['3', 'buf:144'],
  },
  {
    name: 'newfstatat',
    via: 'Syscall6',
    args: 'int dfd, const char *filename, struct stat *statbuf, int flag',
    handler: newfstatat,
    print: [show.at(0, show.directory), show.at(1, show.path), show.out(2, statbuf), show.after(3, show.flags(names.AT))],
  },
  {
    name: 'statx',
    via: null,
    args: 'int dfd, const char *path, unsigned int flags, unsigned int mask, struct statx *buffer',
    handler: statx,
    print: [
      show.at(0, show.directory),
      show.at(1, show.path),
      show.at(2, show.flags(names.AT)),
      show.at(3, show.hex),
      show.after(4, show.address),
    ],
  },
  {
    name: 'access',
    via: null,
    args: 'const char *pathname, int mode',
    print: [show.at(0, show.path), show.at(1, show.flags(names.ACCESS, 'F_OK'))],
    handler: fromHere(faccessat2, 0n),
  },
  {
    name: 'faccessat',
    via: 'Syscall',
    args: 'int dfd, const char *filename, int mode',
    print: [show.at(0, show.directory), show.at(1, show.path), show.at(2, show.flags(names.ACCESS, 'F_OK'))],
    handler: (port, args, call) => faccessat2(port, [...args.slice(0, 3), 0n], call),
  },
  {
    name: 'faccessat2',
    via: null,
    args: 'int dfd, const char *filename, int mode, int flags',
    handler: faccessat2,
  },
  { name: 'chmod', via: null, args: 'const char *filename, umode_t mode', handler: fromHere(fchmodat) },
  { name: 'fchmod', via: 'Syscall', args: 'unsigned int fd, umode_t mode', handler: fchmod },
  {
    name: 'fchmodat',
    via: 'Syscall',
    args: 'int dfd, const char *filename, umode_t mode',
    handler: fchmodat,
  },
  {
    name: 'chown',
    via: null,
    args: 'const char *filename, uid_t user, gid_t group',
    handler: fromHere(fchownat),
  },
  { name: 'fchown', via: 'Syscall', args: 'unsigned int fd, uid_t user, gid_t group', handler: fchown },
  {
    name: 'lchown',
    via: null,
    args: 'const char *filename, uid_t user, gid_t group',
    handler: (port, args, call) => fchownat(port, [HERE, ...args.slice(0, 3), BigInt(AT_SYMLINK_NOFOLLOW)], call),
  },
  {
    name: 'fchownat',
    via: 'Syscall6',
    args: 'int dfd, const char *filename, uid_t user, gid_t group, int flag',
    handler: fchownat,
  },
  { name: 'utime', via: 'Syscall', args: 'char *filename, struct utimbuf *times', handler: utime },
  {
    name: 'utimes',
    via: 'Syscall',
    args: 'char *filename, struct timeval *utimes',
    handler: (port, [path = 0n, times = 0n], call) => futimesat(port, [HERE, path, times], call),
  },
  {
    name: 'futimesat',
    via: 'Syscall',
    args: 'int dfd, const char *filename, struct timeval *utimes',
    handler: futimesat,
  },
  {
    name: 'utimensat',
    via: 'Syscall6',
    args: 'int dfd, const char *filename, struct timespec *utimes, int flags',
    handler: utimensat,
  },
];
