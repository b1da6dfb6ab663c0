/**
 * Files and directories by name. A directory is there when a file lies in it, or when the scenario names it with a slash at its end.
 * Simplified: the working directory is /, and there are no links, owners or times; a file holds at most 4 MiB.
 */
import type { StatMember } from '../../asm/arch/facts';
import { type Arch, ARCHS } from '../../asm/arch/index';
import type { KernelFd, KernelState } from '../../state';
import { unreachable } from '../../unreachable';
import { error, give, type Handler, int, type KernelAnswer, type KernelPort } from '../answer';
import { littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import { fdOf, freeFd, install, O_ACCMODE, O_APPEND, O_CLOEXEC, O_NONBLOCK, setShared } from './descriptors';
import * as names from '../flag-names';
import { isMapped, readString, writeMemory } from '../memory';
import * as show from '../strace-arguments';
import { losslessText, utf8Bytes, utf8Text } from '../utf8';

export const O_CREAT = 0o100;
export const O_EXCL = 0o200;
export const O_TRUNC = 0o1000;
export const AT_FDCWD = -100;
const AT_EMPTY_PATH = 0x1000;
const PATH_MAX = 4096;
const NAME_MAX = 255;
const UMASK = 0o022;
export const MAX_FILE_BYTES = 4 << 20;
/** What lseek may reach: the largest file of a common file system. */
const MAX_OFFSET = 2 ** 44 - 4096;
/** Directories that are there in any case. */
const DIRECTORIES = new Set(['/', '/tmp']);

/** A name in user memory; an errno's name when there is none. */
export function pathAt(port: KernelPort, address: bigint): { path: string } | { errno: 'EFAULT' | 'ENAMETOOLONG' } {
  const bytes = readString(port, address, PATH_MAX);
  if (!bytes) return { errno: 'EFAULT' };
  return bytes.length < PATH_MAX ? { path: utf8Text(bytes) } : { errno: 'ENAMETOOLONG' };
}

function canonical(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

type Found =
  { kind: 'file'; key: string } | { kind: 'dir'; path: string } | { kind: 'none'; errno: 'ENOENT' | 'ENOTDIR'; mayCreate: boolean };

/** What a name leads to. `mayCreate`: only the last part is missing. */
export function lookup(kernel: KernelState, path: string): Found {
  const name = canonical(path);
  const key = Object.keys(kernel.files).find((each) => canonical(each) === name && !each.endsWith('/'));
  if (key !== undefined) return path.endsWith('/') ? { kind: 'none', errno: 'ENOTDIR', mayCreate: false } : { kind: 'file', key };
  if (isDirectory(kernel, name)) return { kind: 'dir', path: name };
  const parent = name.slice(0, name.lastIndexOf('/')) || '/';
  if (isDirectory(kernel, parent)) return { kind: 'none', errno: 'ENOENT', mayCreate: true };
  const isBelowFile = Object.keys(kernel.files).some((each) => !each.endsWith('/') && name.startsWith(`${canonical(each)}/`));
  return { kind: 'none', errno: isBelowFile ? 'ENOTDIR' : 'ENOENT', mayCreate: false };
}

function isDirectory(kernel: KernelState, name: string): boolean {
  if (DIRECTORIES.has(name)) return true;
  return Object.keys(kernel.files).some(
    (each) => canonical(each).startsWith(`${name}/`) || (each.endsWith('/') && canonical(each) === name),
  );
}

export function fileBytes({ kernel }: { kernel: KernelState }, path: string): number[] {
  return utf8Bytes(kernel.files[path]?.data ?? '');
}

/** The name that a call means, with the directory descriptor before it. */
function nameOf(port: KernelPort, directory: bigint | undefined, address: bigint): { path: string } | { errno: string } {
  const at = pathAt(port, address);
  if ('errno' in at) return at;
  if (at.path === '') return { errno: 'ENOENT' };
  if (at.path.split('/').some((part) => utf8Bytes(part).length > NAME_MAX)) return { errno: 'ENAMETOOLONG' };
  if (at.path.startsWith('/') || int(directory) === AT_FDCWD) return at;
  const open = fdOf(port, directory);
  if (!open) return { errno: 'EBADF' };
  return open.kind === 'dir' ? { path: `${open.path}/${at.path}` } : { errno: 'ENOTDIR' };
}

const openat: Handler = (port, [directory, path = 0n, flagsArgument, mode]) => {
  const name = nameOf(port, directory, path);
  return 'errno' in name ? error(name.errno) : openFile(port, name.path, int(flagsArgument), int(mode));
};

const open: Handler = (port, [path = 0n, flags = 0n, mode = 0n], call) => openat(port, [BigInt(AT_FDCWD), path, flags, mode], call);

const creat: Handler = (port, [path = 0n, mode = 0n], call) =>
  openat(port, [BigInt(AT_FDCWD), path, BigInt(O_CREAT | O_TRUNC | 1), mode], call);

function openFile(port: KernelPort, path: string, flags: number, mode: number): KernelAnswer {
  const fd = freeFd(port);
  if (fd === null) return error('EMFILE');
  const found = lookup(port.kernel, path);
  const creates = (flags & O_CREAT) !== 0;
  if (found.kind !== 'none' && creates && (flags & O_EXCL) !== 0) return error('EEXIST');
  if (creates && (flags & ARCHS[port.arch].kernel.openFlags.directory) !== 0) return error('EINVAL');
  if (creates && path.endsWith('/') && (found.kind !== 'none' || found.errno === 'ENOTDIR' || found.mayCreate)) return error('EISDIR');
  if (found.kind === 'none' && !(creates && found.mayCreate)) return error(found.errno);
  if (found.kind === 'dir' && (creates || (flags & O_ACCMODE) !== 0)) return error('EISDIR');
  if (found.kind === 'file' && (flags & ARCHS[port.arch].kernel.openFlags.directory) !== 0) return error('ENOTDIR');
  const key = found.kind === 'file' ? found.key : found.kind === 'dir' ? found.path : path;
  if (found.kind === 'none') port.set(['files', key], { data: '', mode: mode & 0o7777 & ~UMASK });
  else if (found.kind === 'file' && (flags & O_TRUNC) !== 0) port.set(['files', key, 'data'], '');
  const status = flags & (O_ACCMODE | O_APPEND | O_NONBLOCK);
  install(port, fd, {
    kind: found.kind === 'dir' ? 'dir' : 'file',
    path: key,
    flags: status,
    object: 0,
    cloexec: (flags & O_CLOEXEC) !== 0,
  });
  return give(fd);
}

/** Puts bytes into a file, zeros where nothing was before; how many fitted. */
export function putIntoFile(port: KernelPort, path: string, at: number, bytes: readonly number[]): number {
  const fits = bytes.slice(0, Math.max(0, MAX_FILE_BYTES - at));
  if (fits.length === 0) return 0;
  const old = fileBytes(port, path);
  while (old.length < at) old.push(0);
  port.set(['files', path, 'data'], losslessText([...old.slice(0, at), ...fits, ...old.slice(at + fits.length)]));
  return fits.length;
}

const lseek: Handler = (port, [fd, offset = 0n, whence]) => {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  if (open.kind === 'eventfd' || open.kind === 'epoll') return give(0);
  if (open.kind !== 'file' && open.kind !== 'dir') return error('ESPIPE');
  const size = fileBytes(port, open.path).length;
  const by = Number(BigInt.asIntN(64, offset));
  const to = seekTo(int(whence), by, open.offset, size);
  if (typeof to === 'string') return error(to);
  if (to < 0 || to > MAX_OFFSET) return error('EINVAL');
  setShared(port, open, 'offset', to);
  return give(to);
};

function seekTo(whence: number, by: number, offset: number, size: number): number | 'EINVAL' | 'ENXIO' {
  switch (whence) {
    case 0:
      return by;
    case 1:
      return offset + by;
    case 2:
      return size + by;
    // SEEK_DATA and SEEK_HOLE: a file is data from end to end.
    case 3:
      return by < 0 || by >= size ? 'ENXIO' : by;
    case 4:
      return by < 0 || by >= size ? 'ENXIO' : size;
    default:
      return 'EINVAL';
  }
}

const S_IFIFO = 0o010000;
const S_IFCHR = 0o020000;
const S_IFDIR = 0o040000;
const S_IFREG = 0o100000;
const S_IFSOCK = 0o140000;

export interface Status {
  ino: number;
  mode: number;
  nlink: number;
  rdev: number;
  size: number;
}

/** What stat tells about a descriptor. */
export function statusOf({ kernel }: { kernel: KernelState }, { kind, path, object }: Pick<KernelFd, 'kind' | 'path' | 'object'>): Status {
  const plain = { ino: 1_000 + object, nlink: 1, rdev: 0, size: 0 };
  switch (kind) {
    case 'file':
      return {
        ...plain,
        ino: 2 + Object.keys(kernel.files).indexOf(path),
        mode: S_IFREG | (kernel.files[path]?.mode ?? 0o644),
        size: fileBytes({ kernel }, path).length,
      };
    case 'dir':
      return { ...plain, ino: 1, nlink: 2, mode: S_IFDIR | 0o755, size: 4096 };
    case 'tty':
      return { ...plain, mode: S_IFCHR | 0o620, rdev: 0x8800 };
    case 'pipe-read':
    case 'pipe-write':
      return { ...plain, mode: S_IFIFO | 0o600 };
    case 'socket':
      return { ...plain, mode: S_IFSOCK | 0o777 };
    case 'eventfd':
    case 'epoll':
      return { ...plain, mode: 0o600 };
    default:
      return unreachable(kind);
  }
}

/** struct stat as the architecture lays it out; the times are zero. */
function statBytes(arch: Arch, { ino, mode, nlink, rdev, size }: Status): number[] {
  const members: Record<StatMember, number> = {
    dev: 1,
    ino,
    nlink,
    mode,
    rdev,
    size,
    blksize: 4096,
    blocks: Math.ceil(size / 4096) * 8,
  };
  return ARCHS[arch].kernel.stat.flatMap(([member, bytes]) =>
    member === null ? Array.from({ length: bytes }, () => 0) : littleEndian(members[member], bytes),
  );
}

/** Where each member lies, and the bytes of the whole. */
function statLayout(arch: Arch): { places: Record<StatMember, { at: number; bytes: number }>; bytes: number } {
  const places = {} as Record<StatMember, { at: number; bytes: number }>;
  let at = 0;
  for (const [member, bytes] of ARCHS[arch].kernel.stat) {
    if (member !== null) places[member] = { at, bytes };
    at += bytes;
  }
  return { places, bytes: at };
}

function tellStatus(port: KernelPort, of: Pick<KernelFd, 'kind' | 'path' | 'object'>, address: bigint): KernelAnswer {
  const bytes = statBytes(port.arch, statusOf(port, of));
  if (!isMapped(port, address, bytes.length)) return error('EFAULT');
  writeMemory(port, address, bytes);
  return give(0);
}

const fstat: Handler = (port, [fd, result = 0n]) => {
  const of = fdOf(port, fd);
  return of ? tellStatus(port, of, result) : error('EBADF');
};

/** AT_SYMLINK_NOFOLLOW, AT_NO_AUTOMOUNT, AT_EMPTY_PATH, and how fresh the answer has to be (AT_STATX_SYNC_TYPE). */
const STAT_FLAGS = 0x100 | 0x800 | 0x1000 | 0x6000;

const newfstatat: Handler = (port, [directory, path = 0n, result = 0n, flags], call) => {
  if ((int(flags) & ~STAT_FLAGS) !== 0) return error('EINVAL');
  const at = pathAt(port, path);
  if ('path' in at && at.path === '' && (int(flags) & AT_EMPTY_PATH) !== 0) {
    if (int(directory) === AT_FDCWD) return tellStatus(port, { kind: 'dir', path: '/', object: 0 }, result);
    return fstat(port, [directory ?? 0n, result], call);
  }
  const name = nameOf(port, directory, path);
  if ('errno' in name) return error(name.errno);
  const found = lookup(port.kernel, name.path);
  if (found.kind === 'none') return error(found.errno);
  return tellStatus(
    port,
    found.kind === 'file' ? { kind: 'file', path: found.key, object: 0 } : { kind: 'dir', path: found.path, object: 0 },
    result,
  );
};

const stat: Handler = (port, [path = 0n, result = 0n], call) => newfstatat(port, [BigInt(AT_FDCWD), path, result, 0n], call);

/** How strace shows a struct stat: what kind of file it is and how large, and of a device which one. */
const statbuf: show.Value = (value, memory, { arch }) => {
  const { places, bytes } = statLayout(arch);
  return show.struct(memory, value, bytes, (held) => {
    const member = (name: StatMember): bigint => show.field(held, places[name].at, places[name].bytes);
    const mode = Number(member('mode'));
    const isDevice = (mode & 0o170000) === S_IFCHR;
    const rdev = member('rdev');
    const device = `st_rdev=makedev(0x${(rdev >> 8n).toString(16)}, ${show.hex(rdev & 0xffn)})`;
    return `{st_mode=${names.modeName(mode)}, ${isDevice ? device : `st_size=${member('size')}`}, ...}`;
  });
};

/** Only a call that creates a file has a mode. */
const creates =
  (i: number) =>
  (call: show.TracedCall): boolean =>
    (show.word(call.args[i] ?? 0n) & O_CREAT) !== 0;

export const FILES: readonly CallRow[] = [
  {
    name: 'open',
    nr: { amd64: 2, arm64: null },
    via: null,
    args: 'const char *pathname, int flags, umode_t mode',
    handler: open,
    print: [show.at(0, show.path), show.at(1, show.openFlags), show.where(creates(1), show.at(2, show.octal))],
    example: ['"/etc/motd"', 'O_RDONLY', '0'],
  },
  {
    name: 'openat',
    nr: { amd64: 257, arm64: 56 },
    via: 'Syscall6',
    args: 'int dfd, const char *filename, int flags, umode_t mode',
    handler: openat,
    print: [show.at(0, show.directory), show.at(1, show.path), show.at(2, show.openFlags), show.where(creates(2), show.at(3, show.octal))],
    example: ['AT_FDCWD', '"/etc/motd"', 'O_RDONLY', '0'],
  },
  { name: 'openat2', nr: { amd64: 437, arm64: 437 }, via: null, args: 'int dfd, const char *filename, struct open_how *how, size_t usize' },
  {
    name: 'creat',
    nr: { amd64: 85, arm64: null },
    via: null,
    args: 'const char *pathname, umode_t mode',
    handler: creat,
    print: [show.at(0, show.path), show.at(1, show.octal)],
  },
  {
    name: 'stat',
    nr: { amd64: 4, arm64: null },
    via: null,
    args: 'const char *pathname, struct stat *statbuf',
    handler: stat,
    print: [show.at(0, show.path), show.out(1, statbuf)],
  },
  {
    name: 'lstat',
    nr: { amd64: 6, arm64: null },
    via: null,
    args: 'const char *pathname, struct stat *statbuf',
    handler: stat,
    print: [show.at(0, show.path), show.out(1, statbuf)],
  },
  {
    name: 'fstat',
    nr: { amd64: 5, arm64: 80 },
    via: 'Syscall',
    args: 'unsigned int fd, struct stat *statbuf',
    handler: fstat,
    print: [show.at(0, show.int), show.out(1, statbuf)],
    example: ['3', 'buf:144'],
  },
  {
    name: 'newfstatat',
    nr: { amd64: 262, arm64: 79 },
    via: 'Syscall6',
    args: 'int dfd, const char *filename, struct stat *statbuf, int flag',
    handler: newfstatat,
    print: [show.at(0, show.directory), show.at(1, show.path), show.out(2, statbuf), show.after(3, show.flags(names.AT))],
  },
  {
    name: 'statx',
    nr: { amd64: 332, arm64: 291 },
    via: null,
    args: 'int dfd, const char *path, unsigned int flags, unsigned int mask, struct statx *buffer',
  },
  {
    name: 'lseek',
    nr: { amd64: 8, arm64: 62 },
    via: 'Syscall',
    args: 'unsigned int fd, off_t offset, unsigned int whence',
    handler: lseek,
    print: [show.at(0, show.int), show.at(1, show.long), show.at(2, show.one(names.SEEK, 'SEEK'))],
    example: ['3', '-8', 'SEEK_END'],
  },
  {
    name: 'access',
    nr: { amd64: 21, arm64: null },
    via: null,
    args: 'const char *pathname, int mode',
    print: [show.at(0, show.path), show.at(1, show.flags(names.ACCESS, 'F_OK'))],
  },
  {
    name: 'faccessat',
    nr: { amd64: 269, arm64: 48 },
    via: 'Syscall',
    args: 'int dfd, const char *filename, int mode',
    print: [show.at(0, show.directory), show.at(1, show.path), show.at(2, show.flags(names.ACCESS, 'F_OK'))],
  },
  { name: 'faccessat2', nr: { amd64: 439, arm64: 439 }, via: null, args: 'int dfd, const char *filename, int mode, int flags' },
  { name: 'truncate', nr: { amd64: 76, arm64: 45 }, via: 'Syscall', args: 'const char *path, long length' },
  { name: 'ftruncate', nr: { amd64: 77, arm64: 46 }, via: 'Syscall', args: 'unsigned int fd, unsigned long length' },
  { name: 'fallocate', nr: { amd64: 285, arm64: 47 }, via: 'Syscall6', args: 'int fd, int mode, loff_t offset, loff_t len' },
  { name: 'getdents', nr: { amd64: 78, arm64: null }, via: null, args: 'unsigned int fd, struct linux_dirent *dirent, unsigned int count' },
  {
    name: 'getdents64',
    nr: { amd64: 217, arm64: 61 },
    via: 'Syscall',
    args: 'unsigned int fd, struct linux_dirent64 *dirent, unsigned int count',
  },
  { name: 'getcwd', nr: { amd64: 79, arm64: 17 }, via: 'Syscall', args: 'char *buf, unsigned long size' },
  { name: 'chdir', nr: { amd64: 80, arm64: 49 }, via: 'Syscall', args: 'const char *path' },
  { name: 'fchdir', nr: { amd64: 81, arm64: 50 }, via: 'Syscall', args: 'unsigned int fd' },
  { name: 'rename', nr: { amd64: 82, arm64: null }, via: null, args: 'const char *oldname, const char *newname' },
  {
    name: 'renameat',
    nr: { amd64: 264, arm64: 38 },
    via: 'Syscall6',
    args: 'int olddfd, const char *oldname, int newdfd, const char *newname',
  },
  { name: 'mkdir', nr: { amd64: 83, arm64: null }, via: null, args: 'const char *pathname, umode_t mode' },
  { name: 'mkdirat', nr: { amd64: 258, arm64: 34 }, via: 'Syscall', args: 'int dfd, const char *pathname, umode_t mode' },
  { name: 'rmdir', nr: { amd64: 84, arm64: null }, via: null, args: 'const char *pathname' },
  { name: 'link', nr: { amd64: 86, arm64: null }, via: null, args: 'const char *oldname, const char *newname' },
  {
    name: 'linkat',
    nr: { amd64: 265, arm64: 37 },
    via: 'Syscall6',
    args: 'int olddfd, const char *oldname, int newdfd, const char *newname, int flags',
  },
  { name: 'unlink', nr: { amd64: 87, arm64: null }, via: null, args: 'const char *pathname' },
  {
    name: 'unlinkat',
    nr: { amd64: 263, arm64: 35 },
    via: 'Syscall',
    args: 'int dfd, const char *pathname, int flag',
    print: [show.at(0, show.directory), show.at(1, show.path), show.at(2, show.flags(names.AT))],
  },
  { name: 'symlink', nr: { amd64: 88, arm64: null }, via: null, args: 'const char *oldname, const char *newname' },
  { name: 'symlinkat', nr: { amd64: 266, arm64: 36 }, via: 'Syscall', args: 'const char *oldname, int newdfd, const char *newname' },
  { name: 'readlink', nr: { amd64: 89, arm64: null }, via: null, args: 'const char *path, char *buf, int bufsiz' },
  { name: 'readlinkat', nr: { amd64: 267, arm64: 78 }, via: 'Syscall6', args: 'int dfd, const char *path, char *buf, int bufsiz' },
  { name: 'chmod', nr: { amd64: 90, arm64: null }, via: null, args: 'const char *filename, umode_t mode' },
  { name: 'fchmod', nr: { amd64: 91, arm64: 52 }, via: 'Syscall', args: 'unsigned int fd, umode_t mode' },
  { name: 'fchmodat', nr: { amd64: 268, arm64: 53 }, via: 'Syscall', args: 'int dfd, const char *filename, umode_t mode' },
  { name: 'chown', nr: { amd64: 92, arm64: null }, via: null, args: 'const char *filename, uid_t user, gid_t group' },
  { name: 'fchown', nr: { amd64: 93, arm64: 55 }, via: 'Syscall', args: 'unsigned int fd, uid_t user, gid_t group' },
  { name: 'lchown', nr: { amd64: 94, arm64: null }, via: null, args: 'const char *filename, uid_t user, gid_t group' },
  {
    name: 'fchownat',
    nr: { amd64: 260, arm64: 54 },
    via: 'Syscall6',
    args: 'int dfd, const char *filename, uid_t user, gid_t group, int flag',
  },
  {
    name: 'umask',
    nr: { amd64: 95, arm64: 166 },
    via: 'rawSyscallNoError',
    args: 'int mask',
    print: [show.at(0, show.octal)],
    printResult: ({ result }) => `0${result.toString(8)}`,
  },
  { name: 'utime', nr: { amd64: 132, arm64: null }, via: 'Syscall', args: 'char *filename, struct utimbuf *times' },
  { name: 'utimes', nr: { amd64: 235, arm64: null }, via: 'Syscall', args: 'char *filename, struct timeval *utimes' },
  { name: 'futimesat', nr: { amd64: 261, arm64: null }, via: 'Syscall', args: 'int dfd, const char *filename, struct timeval *utimes' },
  {
    name: 'utimensat',
    nr: { amd64: 280, arm64: 88 },
    via: 'Syscall6',
    args: 'int dfd, const char *filename, struct timespec *utimes, int flags',
  },
  { name: 'mknod', nr: { amd64: 133, arm64: null }, via: null, args: null },
  {
    name: 'mknodat',
    nr: { amd64: 259, arm64: 33 },
    via: 'Syscall6',
    args: 'int dfd, const char *filename, umode_t mode, unsigned int dev',
  },
  { name: 'fsync', nr: { amd64: 74, arm64: 82 }, via: 'Syscall', args: 'unsigned int fd' },
  { name: 'fdatasync', nr: { amd64: 75, arm64: 83 }, via: 'Syscall', args: 'unsigned int fd' },
  { name: 'sync', nr: { amd64: 162, arm64: 81 }, via: 'Syscall', args: '' },
  {
    name: 'sync_file_range',
    nr: { amd64: 277, arm64: 84 },
    via: 'Syscall6',
    args: 'int fd, loff_t offset, loff_t nbytes, unsigned int flags',
  },
  { name: 'fadvise64', nr: { amd64: 221, arm64: 223 }, via: null, args: null },
  { name: 'readahead', nr: { amd64: 187, arm64: 213 }, via: null, args: null },
  { name: 'memfd_create', nr: { amd64: 319, arm64: 279 }, via: null, args: 'const char *name, unsigned int flags' },
  { name: 'lookup_dcookie', nr: { amd64: 212, arm64: 18 }, via: null, args: null },
];
