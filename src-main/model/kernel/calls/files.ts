/** Opening files by name, and what is done with an open one besides reading and writing. Simplified: SEEK_DATA takes a file for data from end to end. */
import { ARCHS } from '../../asm/arch/index';
import { error, give, type Handler, int, type KernelAnswer, type KernelPort, long, notModelled, uint } from '../answer';
import { littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import {
  anyFdOf,
  fdOf,
  freeFd,
  install,
  mayRead,
  mayWrite,
  O_ACCMODE,
  O_APPEND,
  O_CLOEXEC,
  O_NONBLOCK,
  O_PATH,
  O_RDWR,
  setShared,
} from '../descriptor-table';
import { fileBytes, MAX_FILE_BYTES, resizeFile } from '../file-data';
import { AT_FDCWD, findNamed, type Named, namedAt, workingDirectory } from '../file-names';
import { kindOf } from '../file-status';
import * as names from '../flag-names';
import { copyOut, isMapped, readString, writeMemory } from '../memory';
import { findEntry, walkLast, walkToLast } from '../paths';
import * as show from '../strace-arguments';
import { childOf, type Entry, entryAt, fileAt, isNameless, makeFile, maskedMode, namelessKey, namesIn, UMASK } from '../tree';
import { utf8Bytes, utf8Text } from '../utf8';

export const O_CREAT = 0o100;
const O_EXCL = 0o200;
const O_NOCTTY = 0o400;
const O_TRUNC = 0o1000;
const O_NOATIME = 0o1000000;
const O_SYNC = 0o4010000;
const TMPFILE_BIT = 0o20000000;
/** What lseek may reach: the largest file of a common file system. */
const MAX_OFFSET = (1n << 44n) - 4096n;
/** Where a directory ends, as ext4 has it: its offsets are hashes. */
const END_OF_DIRECTORY = (1n << 63n) - 1n;

interface Flags {
  bits: number;
  access: number;
  creates: boolean;
  exclusive: boolean;
  directory: boolean;
  follow: boolean;
}

/** What open(2) makes of its flags: those that it does not know do not count. */
function openFlags({ arch }: KernelPort, argument: bigint | undefined): Flags | 'EINVAL' {
  const own = ARCHS[arch].kernel.openFlags;
  const known =
    O_ACCMODE |
    O_CREAT |
    O_EXCL |
    O_NOCTTY |
    O_TRUNC |
    O_APPEND |
    O_NONBLOCK |
    O_SYNC |
    0o20000 |
    O_NOATIME |
    O_CLOEXEC |
    O_PATH |
    TMPFILE_BIT;
  let bits = int(argument) & (known | own.direct | own.largefile | own.directory | own.nofollow);
  if ((bits & O_PATH) !== 0) bits &= O_PATH | own.directory | own.nofollow | O_CLOEXEC;
  const directory = (bits & own.directory) !== 0;
  const creates = (bits & O_CREAT) !== 0;
  if (creates && directory) return 'EINVAL';
  if ((bits & TMPFILE_BIT) !== 0 && (!directory || (bits & O_ACCMODE) === 0)) return 'EINVAL';
  const exclusive = creates && (bits & O_EXCL) !== 0;
  return { bits, access: bits & O_ACCMODE, creates, exclusive, directory, follow: (bits & own.nofollow) === 0 && !exclusive };
}

const openat: Handler = (port, [directory, path = 0n, flagsArgument, mode]) => {
  const flags = openFlags(port, flagsArgument);
  if (flags === 'EINVAL') return error(flags);
  const named = namedAt(port, directory, path);
  // The table of descriptors comes before the directory's.
  if ('errno' in named && !['EBADF', 'ENOTDIR'].includes(named.errno)) return error(named.errno);
  const fd = freeFd(port);
  if (fd === null) return error('EMFILE');
  if ('errno' in named) return error(named.errno);
  if ((flags.bits & O_PATH) !== 0) return openPath(port, fd, named, flags);
  return (flags.bits & TMPFILE_BIT) !== 0 ? openNameless(port, fd, named, flags, int(mode)) : openNamed(port, fd, named, flags, int(mode));
};

const open: Handler = (port, [path = 0n, flags = 0n, mode = 0n], call) => openat(port, [BigInt(AT_FDCWD), path, flags, mode], call);

const creat: Handler = (port, [path = 0n, mode = 0n], call) =>
  openat(port, [BigInt(AT_FDCWD), path, BigInt(O_CREAT | O_TRUNC | 1), mode], call);

function installEntry(port: KernelPort, fd: number, entry: Entry, { bits }: Flags): KernelAnswer {
  const status = bits & ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC | ARCHS[port.arch].kernel.openFlags.largefile);
  install(port, fd, { ...kindOf(entry), flags: status, cloexec: (bits & O_CLOEXEC) !== 0 });
  return give(fd);
}

/** O_PATH: the place in the tree, not what is in it. */
function openPath(port: KernelPort, fd: number, { from, path }: Named, flags: Flags): KernelAnswer {
  const found = findEntry(port, from, path, flags.follow);
  if ('errno' in found) return error(found.errno);
  return flags.directory && found.entry.kind !== 'dir' ? error('ENOTDIR') : installEntry(port, fd, found.entry, flags);
}

function openNameless(port: KernelPort, fd: number, { from, path }: Named, flags: Flags, mode: number): KernelAnswer {
  const found = findEntry(port, from, path, flags.follow);
  if ('errno' in found) return error(found.errno);
  if (found.entry.kind !== 'dir') return error('ENOTDIR');
  const key = namelessKey(port, childOf(found.entry.path, '#'));
  makeFile(port, key, { data: '', mode: maskedMode(port, mode & 0o7777) });
  return installEntry(port, fd, { kind: 'file', path: key, key }, flags);
}

function openNamed(port: KernelPort, fd: number, { from, path }: Named, flags: Flags, mode: number): KernelAnswer {
  const { creates, exclusive, directory, follow, access, bits } = flags;
  const walked = walkToLast(port, from, path);
  if ('errno' in walked) return error(walked.errno);
  const isPlain = !['', '.', '..'].includes(walked.last);
  if (creates && isPlain && walked.slash) return error('EISDIR');
  const found = walkLast(port, walked, follow);
  if ('errno' in found) return error(found.errno);
  const { entry } = found;
  if (!entry) {
    const into = found.walked;
    if (!creates || isNameless(into.directory)) return error('ENOENT');
    if (into.slash) return error('EISDIR');
    const made = childOf(into.directory, into.last);
    makeFile(port, made, { data: '', mode: maskedMode(port, mode & 0o7777) });
    return installEntry(port, fd, { kind: 'file', path: made, key: made }, flags);
  }
  if (exclusive) return error('EEXIST');
  if (creates && entry.kind === 'dir') return error('EISDIR');
  if (directory && entry.kind !== 'dir') return error('ENOTDIR');
  if (entry.kind === 'symlink') return error('ELOOP');
  if (entry.kind === 'dir' && (access !== 0 || (bits & O_TRUNC) !== 0)) return error('EISDIR');
  // A socket's name leads to no file.
  if (entry.kind === 'file' && fileAt(port, entry.key).object !== undefined) return error('ENXIO');
  if (entry.kind === 'file' && (bits & O_TRUNC) !== 0) resizeFile(port, entry.key, 0);
  return installEntry(port, fd, entry, flags);
}

const lseek: Handler = (port, [fd, offset = 0n, whence]) => {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  // whence is looked at before the kind of file.
  if (uint(whence) > 4) return error('EINVAL');
  if (['eventfd', 'epoll', 'timerfd', 'signalfd'].includes(open.kind)) return give(0);
  if (open.kind !== 'file' && open.kind !== 'dir') return error('ESPIPE');
  const [size, most] =
    open.kind === 'file' ? [BigInt(fileBytes(port, open.path).length), MAX_OFFSET] : [END_OF_DIRECTORY, END_OF_DIRECTORY];
  const to = seekTo(int(whence), long(offset), BigInt(open.offset), size);
  if (to === 'ENXIO') return error(to);
  if (to < 0n || to > most) return error('EINVAL');
  setShared(port, open, 'offset', Number(to));
  return give(to);
};

function seekTo(whence: number, by: bigint, offset: bigint, size: bigint): bigint | 'ENXIO' {
  switch (whence) {
    case 0:
      return by;
    case 1:
      return offset + by;
    case 2:
      return size + by;
    default:
      // SEEK_DATA and SEEK_HOLE.
      if (by < 0n || by >= size) return 'ENXIO';
      return whence === 3 ? by : size;
  }
}

function resized(port: KernelPort, key: string, length: bigint): KernelAnswer {
  if (length > BigInt(MAX_FILE_BYTES)) return error('EFBIG');
  resizeFile(port, key, Number(length));
  return give(0);
}

const truncate: Handler = (port, [path = 0n, length]) => {
  if (long(length) < 0n) return error('EINVAL');
  const found = findNamed(port, BigInt(AT_FDCWD), path);
  if ('errno' in found) return error(found.errno);
  if (found.found.kind !== 'file') return error(found.found.kind === 'dir' ? 'EISDIR' : 'EINVAL');
  return resized(port, found.found.path, long(length));
};

const ftruncate: Handler = (port, [fd, length]) => {
  if (long(length) < 0n) return error('EINVAL');
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  if (open.kind !== 'file' || !mayWrite(open)) return error('EINVAL');
  const seals = port.kernel.files[open.path]?.seals ?? 0;
  const size = fileBytes(port, open.path).length;
  if (((seals & 2) !== 0 && long(length) < size) || ((seals & 4) !== 0 && long(length) > size)) return error('EPERM');
  return resized(port, open.path, long(length));
};

/** Only the plain form: room is made, and the file grows unless FALLOC_FL_KEEP_SIZE (1) says that it must not. */
const fallocate: Handler = (port, [fd, mode, offset, length]) => {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  if (long(offset) < 0n || long(length) <= 0n) return error('EINVAL');
  if (uint(mode) > 1) return (uint(mode) & ~0x7f) !== 0 ? error('EOPNOTSUPP') : notModelled();
  if (!mayWrite(open)) return error('EBADF');
  if (open.kind === 'pipe-write') return error('ESPIPE');
  if (open.kind === 'dir') return error('EISDIR');
  if (open.kind !== 'file') return error('ENODEV');
  const end = long(offset) + long(length);
  if (end > BigInt(MAX_FILE_BYTES)) return error('EFBIG');
  if (uint(mode) === 0 && end > fileBytes(port, open.path).length) resizeFile(port, open.path, Number(end));
  return give(0);
};

/** fsync and its like: everything is on the disk already. `kinds`: of what there is a disk. */
const synced: Handler = (port, [fd]) => {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  return open.kind === 'file' || open.kind === 'dir' ? give(0) : error('EINVAL');
};

const synchronizeRange: Handler = (port, [fd, offset, bytes, flags]) => {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  if ((uint(flags) & ~7) !== 0 || long(offset) < 0n || long(bytes) < 0n) return error('EINVAL');
  return open.kind === 'file' || open.kind === 'dir' ? give(0) : error('ESPIPE');
};

const fadvise: Handler = (port, [fd, , length, advice]) => {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  if (open.kind.startsWith('pipe')) return error('ESPIPE');
  return long(length) < 0n || uint(advice) > 5 ? error('EINVAL') : give(0);
};

const readahead: Handler = (port, [fd]) => {
  const open = fdOf(port, fd);
  if (!open || !mayRead(open)) return error('EBADF');
  return open.kind === 'file' ? give(0) : error('EINVAL');
};

const getcwd: Handler = (port, [buffer = 0n, size = 0n]) => {
  const path = workingDirectory(port);
  if (isNameless(path)) return error('ENOENT');
  const bytes = [...utf8Bytes(path), 0];
  if (size < BigInt(bytes.length)) return error('ERANGE');
  return writeMemory(port, buffer, bytes) ? give(bytes.length) : error('EFAULT');
};

function goTo(port: KernelPort, path: string): KernelAnswer {
  port.set(['cwd'], path);
  return give(0);
}

const chdir: Handler = (port, [path = 0n]) => {
  const found = findNamed(port, BigInt(AT_FDCWD), path);
  if ('errno' in found) return error(found.errno);
  return found.found.kind === 'dir' ? goTo(port, found.found.path) : error('ENOTDIR');
};

const fchdir: Handler = (port, [fd]) => {
  const open = anyFdOf(port, fd);
  if (!open) return error('EBADF');
  return open.kind === 'dir' ? goTo(port, open.path) : error('ENOTDIR');
};

const umask: Handler = (port, [mask]) => {
  const before = port.kernel.umask ?? UMASK;
  port.set(['umask'], int(mask) & 0o777);
  return give(before);
};

const DT: Readonly<Record<Entry['kind'], number>> = { dir: 4, file: 8, symlink: 10 };

/**
 * struct linux_dirent64, one for each name: inode, offset, length, type, name; or the older one without a type before the name.
 * Simplified: names come in alphabetical order, and a directory's offset counts them.
 */
function listed(is64: boolean): Handler {
  return (port, [fd, buffer = 0n, count]) => {
    const open = fdOf(port, fd);
    if (!open) return error('EBADF');
    if (open.kind !== 'dir') return error('ENOTDIR');
    if (isNameless(open.path)) return error('ENOENT');
    const all = ['.', '..', ...namesIn(port, open.path)];
    let done = 0;
    let at = open.offset;
    for (; at < all.length; at++) {
      const name = utf8Bytes(all[at] ?? '');
      const type = at < 2 ? DT.dir : DT[entryAt(port, childOf(open.path, all[at] ?? ''))?.kind ?? 'file'];
      const length = Math.ceil((19 + name.length + 1) / 8) * 8;
      if (done + length > uint(count)) break;
      const head = [...littleEndian(at + 1, 8), ...littleEndian(at + 1, 8), ...littleEndian(length, 2), ...(is64 ? [type] : []), ...name];
      const record = Array.from({ length }, (_, i) => head[i] ?? (is64 || i < length - 1 ? 0 : type));
      if (copyOut(port, buffer + BigInt(done), record) < length) break;
      done += length;
    }
    if (done === 0 && at < all.length) return isMapped(port, buffer, uint(count)) ? error('EINVAL') : error('EFAULT');
    setShared(port, open, 'offset', at);
    return give(done);
  };
}

/** memfd_create: a nameless file that can be sealed. Names may have so many bytes. */
const MOST_IN_NAME = 249;
const MFD = { CLOEXEC: 1, ALLOW_SEALING: 2, HUGETLB: 4, NOEXEC: 8, EXEC: 16 } as const;
/** F_SEAL_SEAL: what was made without MFD_ALLOW_SEALING. */
const SEALED = 1;

const memfdCreate: Handler = (port, [name = 0n, flagsArgument]) => {
  const flags = uint(flagsArgument);
  if ((flags & MFD.HUGETLB) !== 0) return notModelled();
  if ((flags & ~0x1f) !== 0 || ((flags & MFD.EXEC) !== 0 && (flags & MFD.NOEXEC) !== 0)) return error('EINVAL');
  const bytes = readString(port, name, MOST_IN_NAME + 1);
  if (!bytes) return error('EFAULT');
  if (bytes.length > MOST_IN_NAME) return error('EINVAL');
  const fd = freeFd(port);
  if (fd === null) return error('EMFILE');
  const key = namelessKey(port, `/memfd:${utf8Text(bytes)}`);
  const seals = ((flags & (MFD.ALLOW_SEALING | MFD.NOEXEC)) !== 0 ? 0 : SEALED) | ((flags & MFD.NOEXEC) !== 0 ? 0x20 : 0);
  makeFile(port, key, { data: '', mode: (flags & MFD.NOEXEC) !== 0 ? 0o666 : 0o777, seals });
  install(port, fd, { kind: 'file', path: key, object: 0, flags: O_RDWR, cloexec: (flags & MFD.CLOEXEC) !== 0 });
  return give(fd);
};

/** Only a call that creates a file has a mode. */
const creates =
  (i: number) =>
  (call: show.TracedCall): boolean =>
    (show.word(call.args[i] ?? 0n) & O_CREAT) !== 0;

export const FILES: readonly CallRow[] = [
  {
    name: 'open',
    via: null,
    args: 'const char *pathname, int flags, umode_t mode',
    handler: open,
    print: [show.at(0, show.path), show.at(1, show.openFlags), show.where(creates(1), show.at(2, show.octal))],
    example: ['"/etc/motd"', 'O_RDONLY', '0'],
  },
  {
    name: 'openat',
    via: 'Syscall6',
    args: 'int dfd, const char *filename, int flags, umode_t mode',
    handler: openat,
    print: [show.at(0, show.directory), show.at(1, show.path), show.at(2, show.openFlags), show.where(creates(2), show.at(3, show.octal))],
    example: ['AT_FDCWD', '"/etc/motd"', 'O_RDONLY', '0'],
  },
  { name: 'openat2', via: null, args: 'int dfd, const char *filename, struct open_how *how, size_t usize' },
  {
    name: 'creat',
    via: null,
    args: 'const char *pathname, umode_t mode',
    handler: creat,
    print: [show.at(0, show.path), show.at(1, show.octal)],
  },
  {
    name: 'lseek',
    via: 'Syscall',
    args: 'unsigned int fd, off_t offset, unsigned int whence',
    handler: lseek,
    print: [show.at(0, show.int), show.at(1, show.long), show.at(2, show.one(names.SEEK, 'SEEK'))],
    example: ['3', '-8', 'SEEK_END'],
  },
  { name: 'truncate', via: 'Syscall', args: 'const char *path, long length', handler: truncate },
  { name: 'ftruncate', via: 'Syscall', args: 'unsigned int fd, unsigned long length', handler: ftruncate },
  {
    name: 'fallocate',
    via: 'Syscall6',
    args: 'int fd, int mode, loff_t offset, loff_t len',
    handler: fallocate,
  },
  {
    name: 'getdents',
    via: null,
    args: 'unsigned int fd, struct linux_dirent *dirent, unsigned int count',
    handler: listed(false),
  },
  {
    name: 'getdents64',
    via: 'Syscall',
    args: 'unsigned int fd, struct linux_dirent64 *dirent, unsigned int count',
    handler: listed(true),
    print: [show.at(0, show.int), show.at(1, show.address), show.at(2, show.uint)],
  },
  {
    name: 'getcwd',
    via: 'Syscall',
    args: 'char *buf, unsigned long size',
    handler: getcwd,
    print: [show.filled(0, (bytes) => show.quoted(bytes.slice(0, -1), 4096)), show.after(1, show.size)],
    example: ['buf:64', '64'],
  },
  { name: 'chdir', via: 'Syscall', args: 'const char *path', handler: chdir },
  { name: 'fchdir', via: 'Syscall', args: 'unsigned int fd', handler: fchdir },
  {
    name: 'umask',
    via: 'rawSyscallNoError',
    args: 'int mask',
    print: [show.at(0, show.octal)],
    printResult: ({ result }) => `0${result.toString(8)}`,
    handler: umask,
  },
  { name: 'fsync', via: 'Syscall', args: 'unsigned int fd', handler: synced },
  { name: 'fdatasync', via: 'Syscall', args: 'unsigned int fd', handler: synced },
  { name: 'sync', via: 'Syscall', args: '', handler: () => give(0) },
  {
    name: 'sync_file_range',
    via: 'Syscall6',
    args: 'int fd, loff_t offset, loff_t nbytes, unsigned int flags',
    handler: synchronizeRange,
  },
  { name: 'fadvise64', via: null, args: 'int fd, loff_t offset, size_t len, int advice', handler: fadvise },
  { name: 'readahead', via: null, args: 'int fd, loff_t offset, size_t count', handler: readahead },
  {
    name: 'memfd_create',
    via: null,
    args: 'const char *name, unsigned int flags',
    handler: memfdCreate,
    print: [show.at(0, show.path), show.at(1, show.flags(names.MFD))],
    example: ['"x"', '0'],
  },
  { name: 'lookup_dcookie', via: null, args: null },
];
