/**
 * Files and directories by name. A directory is there when a file lies in it, or when the scenario names it with a slash at its end.
 * Simplified: the working directory is /, and there are no links, owners or times; a file holds at most 4 MiB.
 */
import type { KernelFd, KernelState } from '../../state';
import { unreachable } from '../../unreachable';
import { error, give, type Handler, int, type KernelAnswer, type KernelPort } from '../answer';
import { littleEndian } from '../bytes';
import { fdOf, freeFd, install, O_ACCMODE, O_APPEND, O_CLOEXEC, O_NONBLOCK, setShared } from './descriptors';
import { isMapped, readString, writeMemory } from '../memory';
import { losslessText, utf8Bytes, utf8Text } from '../utf8';

export const O_CREAT = 0o100;
export const O_EXCL = 0o200;
export const O_TRUNC = 0o1000;
export const O_DIRECTORY: Record<KernelPort['arch'], number> = { amd64: 0o200000, arm64: 0o40000 };
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

export const openat: Handler = (port, [directory, path = 0n, flagsArgument, mode]) => {
  const name = nameOf(port, directory, path);
  return 'errno' in name ? error(name.errno) : openFile(port, name.path, int(flagsArgument), int(mode));
};

export const open: Handler = (port, [path = 0n, flags = 0n, mode = 0n], call) => openat(port, [BigInt(AT_FDCWD), path, flags, mode], call);

export const creat: Handler = (port, [path = 0n, mode = 0n], call) =>
  openat(port, [BigInt(AT_FDCWD), path, BigInt(O_CREAT | O_TRUNC | 1), mode], call);

function openFile(port: KernelPort, path: string, flags: number, mode: number): KernelAnswer {
  const fd = freeFd(port);
  if (fd === null) return error('EMFILE');
  const found = lookup(port.kernel, path);
  const creates = (flags & O_CREAT) !== 0;
  if (found.kind !== 'none' && creates && (flags & O_EXCL) !== 0) return error('EEXIST');
  if (creates && (flags & O_DIRECTORY[port.arch]) !== 0) return error('EINVAL');
  if (creates && path.endsWith('/') && (found.kind !== 'none' || found.errno === 'ENOTDIR' || found.mayCreate)) return error('EISDIR');
  if (found.kind === 'none' && !(creates && found.mayCreate)) return error(found.errno);
  if (found.kind === 'dir' && (creates || (flags & O_ACCMODE) !== 0)) return error('EISDIR');
  if (found.kind === 'file' && (flags & O_DIRECTORY[port.arch]) !== 0) return error('ENOTDIR');
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

export const lseek: Handler = (port, [fd, offset = 0n, whence]) => {
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

/** struct stat, which the two architectures lay out differently. */
function statBytes(arch: KernelPort['arch'], { ino, mode, nlink, rdev, size }: Status): number[] {
  const blocks = Math.ceil(size / 4096) * 8;
  const tail = Array.from({ length: 6 }, () => littleEndian(0, 8)).flat();
  if (arch === 'amd64') {
    return [
      ...[1, ino, nlink].flatMap((each) => littleEndian(each, 8)),
      ...[mode, 0, 0, 0].flatMap((each) => littleEndian(each, 4)),
      ...[rdev, size, 4096, blocks].flatMap((each) => littleEndian(each, 8)),
      ...tail,
      ...[0, 0, 0].flatMap((each) => littleEndian(each, 8)),
    ];
  }
  return [
    ...[1, ino].flatMap((each) => littleEndian(each, 8)),
    ...[mode, nlink, 0, 0].flatMap((each) => littleEndian(each, 4)),
    ...[rdev, 0, size].flatMap((each) => littleEndian(each, 8)),
    ...[4096, 0].flatMap((each) => littleEndian(each, 4)),
    ...littleEndian(blocks, 8),
    ...tail,
    ...littleEndian(0, 8),
  ];
}

function tellStatus(port: KernelPort, of: Pick<KernelFd, 'kind' | 'path' | 'object'>, address: bigint): KernelAnswer {
  const bytes = statBytes(port.arch, statusOf(port, of));
  if (!isMapped(port, address, bytes.length)) return error('EFAULT');
  writeMemory(port, address, bytes);
  return give(0);
}

export const fstat: Handler = (port, [fd, result = 0n]) => {
  const of = fdOf(port, fd);
  return of ? tellStatus(port, of, result) : error('EBADF');
};

/** AT_SYMLINK_NOFOLLOW, AT_NO_AUTOMOUNT, AT_EMPTY_PATH, and how fresh the answer has to be (AT_STATX_SYNC_TYPE). */
const STAT_FLAGS = 0x100 | 0x800 | 0x1000 | 0x6000;

export const newfstatat: Handler = (port, [directory, path = 0n, result = 0n, flags], call) => {
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

export const stat: Handler = (port, [path = 0n, result = 0n], call) => newfstatat(port, [BigInt(AT_FDCWD), path, result, 0n], call);
