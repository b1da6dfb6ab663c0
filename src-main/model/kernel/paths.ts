/** The walk along a path, component by component, as the kernel goes it (path_resolution(7)). */
import type { KernelPort } from './answer';
import { readString } from './memory';
import { childOf, directoryRow, type Entry, entryAt, fileAt, isNameless, parentOf } from './tree';
import { utf8Bytes, utf8Text } from './utf8';

const PATH_MAX = 4096;
const NAME_MAX = 255;
/** So many symbolic links are followed on one walk. */
const MOST_LINKS = 40;

export type PathError = 'EFAULT' | 'ENAMETOOLONG' | 'ENOENT' | 'ENOTDIR' | 'ELOOP' | 'EBADF';

type Holder = Pick<KernelPort, 'kernel'>;

/** A path in user memory. */
export function pathAt(port: KernelPort, address: bigint): { path: string } | { errno: 'EFAULT' | 'ENAMETOOLONG' } {
  const bytes = readString(port, address, PATH_MAX);
  if (!bytes) return { errno: 'EFAULT' };
  return bytes.length < PATH_MAX ? { path: utf8Text(bytes) } : { errno: 'ENAMETOOLONG' };
}

/** Where a walk has come to: the directory, and the last component in it. */
export interface Walked {
  /** Canonical. */
  directory: string;
  /** The last component; `.` or `..` as written, '' for the root itself. */
  last: string;
  /** A slash follows the last component. */
  slash: boolean;
  /** Symbolic links followed so far. */
  links: number;
}

export type WalkError = { errno: PathError };

/** Goes to the directory of the last component, whose name is not looked at yet. */
export function walkToLast(port: Holder, from: string, path: string, links = 0): Walked | WalkError {
  const parts = path.split('/').filter((part) => part !== '');
  const last = parts.pop();
  let directory = path.startsWith('/') ? '/' : from;
  if (last === undefined) return { directory: '/', last: '', slash: false, links };
  for (const part of parts) {
    const next = step(port, directory, part, links);
    if ('errno' in next) return next;
    if (next.entry?.kind !== 'dir') return { errno: next.entry ? 'ENOTDIR' : 'ENOENT' };
    directory = next.entry.path;
    links = next.links;
  }
  return { directory, last, slash: path.endsWith('/'), links };
}

/** One component, through a symbolic link if it is one. */
function step(port: Holder, directory: string, part: string, links: number): { entry: Entry | null; links: number } | WalkError {
  const found = lookIn(port, directory, part);
  if (found === 'ENAMETOOLONG') return { errno: found };
  if (found?.kind !== 'symlink') return { entry: found, links };
  if (links >= MOST_LINKS) return { errno: 'ELOOP' };
  const walked = walkToLast(port, directory, fileAt(port, found.key).data, links + 1);
  return 'errno' in walked ? walked : stepLast(port, walked);
}

function stepLast(port: Holder, { directory, last, links }: Walked): { entry: Entry | null; links: number } | WalkError {
  return step(port, directory, last, links);
}

/** What a directory has under a name. */
export function lookIn(port: Holder, directory: string, name: string): Entry | null | 'ENAMETOOLONG' {
  if (name === '.' || name === '') return directoryEntry(directory);
  if (name === '..') return directoryEntry(isNameless(directory) ? '/' : parentOf(directory));
  if (utf8Bytes(name).length > NAME_MAX) return 'ENAMETOOLONG';
  return isNameless(directory) ? null : entryAt(port, childOf(directory, name));
}

const directoryEntry = (path: string): Entry => ({ kind: 'dir', path });

/** Where a walk ended: what is there, or the place where it would be. */
export interface Found {
  entry: Entry | null;
  /** The directory and the name there; after a symbolic link those of where it leads to. */
  walked: Walked;
}

/** The whole walk. A symbolic link at its end is followed when `follow` says so, or when a slash comes behind it. */
export function walk(port: Holder, from: string, path: string, follow: boolean): Found | WalkError {
  const walked = walkToLast(port, from, path);
  return 'errno' in walked ? walked : walkLast(port, walked, follow);
}

export function walkLast(port: Holder, walked: Walked, follow: boolean): Found | WalkError {
  const found = lookIn(port, walked.directory, walked.last);
  if (found === 'ENAMETOOLONG') return { errno: found };
  if (found?.kind === 'symlink' && (follow || walked.slash)) {
    if (walked.links >= MOST_LINKS) return { errno: 'ELOOP' };
    const on = walkToLast(port, walked.directory, fileAt(port, found.key).data, walked.links + 1);
    return 'errno' in on ? on : walkLast(port, { ...on, slash: on.slash || walked.slash }, true);
  }
  if (found && found.kind !== 'dir' && walked.slash) return { errno: 'ENOTDIR' };
  return { entry: found, walked };
}

/** As walk, but something has to be there. */
export function findEntry(port: Holder, from: string, path: string, follow: boolean): { entry: Entry } | WalkError {
  const found = walk(port, from, path, follow);
  if ('errno' in found) return found;
  return found.entry ? { entry: found.entry } : { errno: 'ENOENT' };
}

/** Permission bits of a directory. */
export const directoryMode = (port: Holder, path: string): number => directoryRow(port, path)?.mode ?? 0o755;
