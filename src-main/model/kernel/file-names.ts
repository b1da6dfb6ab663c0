/** How calls name a file: a path in memory, and the descriptor of the directory from which it goes. */
import type { KernelFd } from '../kernel-state';
import { error, int, type KernelAnswer, type KernelPort } from './answer';
import { anyFdOf } from './descriptor-table';
import { kindOf } from './file-status';
import { findEntry, pathAt, type Walked, walkToLast, lookIn } from './paths';
import { childOf, type Entry } from './tree';

export const AT_FDCWD = -100;
export const AT_SYMLINK_NOFOLLOW = 0x100;
export const AT_EMPTY_PATH = 0x1000;

export const workingDirectory = ({ kernel }: Pick<KernelPort, 'kernel'>): string => kernel.cwd ?? '/';

/** A path and where it begins; `open`: the path is empty, and the descriptor's own file is meant. */
export interface Named {
  from: string;
  path: string;
  open?: KernelFd;
}

/** An empty path is none, unless `emptyToo`. The directory counts only for a path that does not begin at the root. */
export function namedAt(port: KernelPort, directory: bigint | undefined, address: bigint, emptyToo = false): Named | { errno: string } {
  const at = pathAt(port, address);
  if ('errno' in at) return at;
  const { path } = at;
  if (path === '' && !emptyToo) return { errno: 'ENOENT' };
  if (path.startsWith('/') || int(directory) === AT_FDCWD) return { from: workingDirectory(port), path };
  const open = anyFdOf(port, directory);
  if (!open) return { errno: 'EBADF' };
  if (path === '') return { from: '/', path, open };
  return open.kind === 'dir' ? { from: open.path, path } : { errno: 'ENOTDIR' };
}

/** What is at the end of the whole walk, as an open file would name it. */
export function findNamed(
  port: KernelPort,
  directory: bigint | undefined,
  address: bigint,
  { follow = true, emptyToo = false } = {},
): { found: Pick<KernelFd, 'kind' | 'path' | 'object'>; entry: Entry | null } | { errno: string } {
  const named = namedAt(port, directory, address, emptyToo);
  if ('errno' in named) return named;
  if (named.open) return { found: named.open, entry: entryOf(named.open) };
  if (named.path === '') return { found: { kind: 'dir', path: named.from, object: 0 }, entry: { kind: 'dir', path: named.from } };
  const found = findEntry(port, named.from, named.path, follow);
  return 'errno' in found ? found : { found: kindOf(found.entry), entry: found.entry };
}

/** The place in the tree of an open file. */
function entryOf({ kind, path }: KernelFd): Entry | null {
  if (kind === 'dir') return { kind, path };
  return kind === 'file' || kind === 'symlink' ? { kind, path, key: path } : null;
}

/** The last component of a path that a call makes or takes away, and what is there; not followed. */
export interface LastNamed extends Walked {
  /** Canonical path of the last component. */
  place: string;
  entry: Entry | null;
  /** Its name is longer than any can be, which counts only when it is looked for. */
  isTooLong: boolean;
  /** Neither `.` nor `..` nor the root. */
  isPlain: boolean;
}

export function lastNamed(port: KernelPort, directory: bigint | undefined, address: bigint): LastNamed | { errno: string } {
  const named = namedAt(port, directory, address);
  return 'errno' in named ? named : lastOf(port, named);
}

/** The same of a path that is known already, from the working directory. */
export function lastNamedHere(port: KernelPort, path: string): LastNamed | { errno: string } {
  return lastOf(port, { from: workingDirectory(port), path });
}

function lastOf(port: KernelPort, named: Named): LastNamed | { errno: string } {
  const walked = walkToLast(port, named.from, named.path);
  if ('errno' in walked) return walked;
  const isPlain = !['', '.', '..'].includes(walked.last);
  const entry = isPlain ? lookIn(port, walked.directory, walked.last) : null;
  const isTooLong = entry === 'ENAMETOOLONG';
  return { ...walked, isPlain, isTooLong, entry: isTooLong ? null : entry, place: childOf(walked.directory, walked.last) };
}

/** Where something new is to be made; an errno when it cannot be there. A name with a slash behind it can only be a directory's. */
export function placeForNew(
  port: KernelPort,
  directory: bigint | undefined,
  address: bigint,
  isForDirectory = false,
): string | KernelAnswer {
  const last = lastNamed(port, directory, address);
  if ('errno' in last) return error(last.errno);
  if (last.isTooLong) return error('ENAMETOOLONG');
  if (!last.isPlain || last.entry) return error('EEXIST');
  if ((last.slash && !isForDirectory) || !last.directory.startsWith('/')) return error('ENOENT');
  return last.place;
}
