/** What stat(2) tells, and struct stat as each architecture lays it out. */
import type { StatMember } from '../asm/arch/facts';
import { type Arch, ARCHS } from '../asm/arch/index';
import type { KernelFd } from '../kernel-state';
import { unreachable } from '../unreachable';
import { error, give, type KernelAnswer, type KernelPort } from './answer';
import { littleEndian } from './bytes';
import * as names from './flag-names';
import { isMapped, writeMemory } from './memory';
import { directoryMode } from './paths';
import * as show from './strace-arguments';
import { directoryRow, type Entry, entryAt, fileAt, isNameless, namesIn, namesOf } from './tree';
import { utf8Bytes } from './utf8';

export const S_IFMT = 0o170000;
export const S_IFIFO = 0o010000;
export const S_IFCHR = 0o020000;
export const S_IFDIR = 0o040000;
export const S_IFREG = 0o100000;
export const S_IFLNK = 0o120000;
export const S_IFSOCK = 0o140000;

const SECOND = 1_000_000_000;

export interface Status {
  ino: number;
  mode: number;
  nlink: number;
  uid: number;
  gid: number;
  rdev: number;
  size: number;
  atime: number;
  mtime: number;
}

type Kind = Pick<KernelFd, 'kind' | 'path' | 'object'>;

/** A place in the tree as an open file would name it. */
export const kindOf = (entry: Entry): Kind =>
  entry.kind === 'dir' ? { kind: 'dir', path: entry.path, object: 0 } : { kind: entry.kind, path: entry.key, object: 0 };

/** What stat tells about a descriptor, or a place in the tree. */
export function statusOf({ kernel }: Pick<KernelPort, 'kernel'>, { kind, path, object }: Kind): Status {
  const plain = { ino: 1_000 + object, nlink: 1, uid: 0, gid: 0, rdev: 0, size: 0, atime: 0, mtime: 0 };
  switch (kind) {
    case 'file':
    case 'symlink': {
      const { data, mode = 0o644, uid = 0, gid = 0, atime = 0, mtime = 0, object: socket } = fileAt({ kernel }, path);
      const bits = kind === 'symlink' ? S_IFLNK | 0o777 : mode | (socket === undefined ? S_IFREG : S_IFSOCK);
      const ino = 2 + Object.keys(kernel.files).indexOf(path);
      return { ...plain, ino, mode: bits, nlink: namesOf({ kernel }, path).length, uid, gid, size: utf8Bytes(data).length, atime, mtime };
    }
    case 'dir': {
      const { uid = 0, gid = 0, atime = 0, mtime = 0 } = directoryRow({ kernel }, path) ?? {};
      const nlink = isNameless(path) ? 0 : 2 + namesIn({ kernel }, path).filter((name) => isDirectoryIn({ kernel }, path, name)).length;
      return { ...plain, ino: 1, nlink, uid, gid, mode: S_IFDIR | directoryMode({ kernel }, path), size: 4096, atime, mtime };
    }
    case 'tty':
      return { ...plain, mode: S_IFCHR | 0o620, rdev: 0x8800 };
    case 'pipe-read':
    case 'pipe-write':
      return { ...plain, mode: S_IFIFO | 0o600 };
    case 'socket':
      return { ...plain, mode: S_IFSOCK | 0o777 };
    case 'eventfd':
    case 'epoll':
    case 'timerfd':
    case 'signalfd':
      return { ...plain, mode: 0o600 };
    default:
      return unreachable(kind);
  }
}

function isDirectoryIn(port: Pick<KernelPort, 'kernel'>, path: string, name: string): boolean {
  return entryAt(port, path === '/' ? `/${name}` : `${path}/${name}`)?.kind === 'dir';
}

/** struct stat as the architecture lays it out. */
function statBytes(arch: Arch, { ino, mode, nlink, uid, gid, rdev, size, atime, mtime }: Status): number[] {
  const members: Record<StatMember, number> = {
    dev: 1,
    ino,
    nlink,
    mode,
    uid,
    gid,
    rdev,
    size,
    blksize: 4096,
    blocks: Math.ceil(size / 4096) * 8,
    atime: Math.floor(atime / SECOND),
    atimeNs: atime % SECOND,
    mtime: Math.floor(mtime / SECOND),
    mtimeNs: mtime % SECOND,
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

export function tellStatus(port: KernelPort, of: Kind, address: bigint): KernelAnswer {
  const bytes = statBytes(port.arch, statusOf(port, of));
  if (!isMapped(port, address, bytes.length)) return error('EFAULT');
  writeMemory(port, address, bytes);
  return give(0);
}

/** How strace shows a struct stat: what kind of file it is and how large, and of a device which one. */
export const statbuf: show.Value = (value, memory, { arch }) => {
  const { places, bytes } = statLayout(arch);
  return show.struct(memory, value, bytes, (held) => {
    const member = (name: StatMember): bigint => show.field(held, places[name].at, places[name].bytes);
    const mode = Number(member('mode'));
    const isDevice = (mode & S_IFMT) === S_IFCHR;
    const rdev = member('rdev');
    const device = `st_rdev=makedev(0x${(rdev >> 8n).toString(16)}, ${show.hex(rdev & 0xffn)})`;
    return `{st_mode=${names.modeName(mode)}, ${isDevice ? device : `st_size=${member('size')}`}, ...}`;
  });
};
