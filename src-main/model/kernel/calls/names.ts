/** Names in the tree: directories, links, renaming and removing. Simplified: neither FIFOs nor devices nor sockets have names that mknod makes. */
import { error, give, type Handler, int, type KernelAnswer, type KernelPort, notModelled, uint } from '../answer';
import type { CallRow } from '../call-row';
import { AT_EMPTY_PATH, AT_FDCWD, findNamed, type LastNamed, lastNamed, placeForNew } from '../file-names';
import { S_IFDIR, S_IFMT, S_IFREG } from '../file-status';
import * as names from '../flag-names';
import { copyOut } from '../memory';
import { pathAt } from '../paths';
import * as show from '../strace-arguments';
import {
  addName,
  type Entry,
  fileAt,
  isNameless,
  makeDirectory,
  makeFile,
  maskedMode,
  namesIn,
  removeDirectory,
  removeName,
  renameEntry,
} from '../tree';
import { utf8Bytes } from '../utf8';

const HERE = BigInt(AT_FDCWD);
const AT_REMOVEDIR = 0x200;
const AT_SYMLINK_FOLLOW = 0x400;

const mkdirat: Handler = (port, [directory, path = 0n, mode]) => {
  const place = placeForNew(port, directory, path, true);
  if (typeof place !== 'string') return place;
  makeDirectory(port, place, maskedMode(port, int(mode) & 0o1777));
  return give(0);
};

const mknodat: Handler = (port, [directory, path = 0n, modeArgument]) => {
  const mode = int(modeArgument) & 0xffff;
  const type = mode & S_IFMT;
  if (type === S_IFDIR) return error('EPERM');
  if (![0, S_IFREG].includes(type)) return [0o010000, 0o020000, 0o060000, 0o140000].includes(type) ? notModelled() : error('EINVAL');
  const place = placeForNew(port, directory, path);
  if (typeof place !== 'string') return place;
  makeFile(port, place, { data: '', mode: maskedMode(port, mode & 0o7777) });
  return give(0);
};

const symlinkat: Handler = (port, [target = 0n, directory, path = 0n]) => {
  const to = pathAt(port, target);
  if ('errno' in to) return error(to.errno);
  if (to.path === '') return error('ENOENT');
  const place = placeForNew(port, directory, path);
  if (typeof place !== 'string') return place;
  makeFile(port, place, { data: to.path, type: 'symlink' });
  return give(0);
};

const linkat: Handler = (port, [oldDirectory, oldPath = 0n, newDirectory, newPath = 0n, flagsArgument]) => {
  const flags = int(flagsArgument);
  if ((flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH)) !== 0) return error('EINVAL');
  const found = findNamed(port, oldDirectory, oldPath, {
    follow: (flags & AT_SYMLINK_FOLLOW) !== 0,
    emptyToo: (flags & AT_EMPTY_PATH) !== 0,
  });
  if ('errno' in found) return error(found.errno);
  const place = placeForNew(port, newDirectory, newPath);
  if (typeof place !== 'string') return place;
  if (!found.entry) return error('EXDEV');
  if (found.entry.kind === 'dir') return error('EPERM');
  if (isNameless(found.entry.key) && !mayBeNamed(found.entry.key)) return error(found.entry.key.includes('memfd:') ? 'EXDEV' : 'ENOENT');
  addName(port, found.entry.key, place);
  return give(0);
};

/** What O_TMPFILE has made may get a name, what has lost its name may not. */
const mayBeNamed = (key: string): boolean => /\/#( \d+)?$/.test(key);

/** What may not be removed or replaced as a file. */
function unlinked(port: KernelPort, last: LastNamed | { errno: string }): KernelAnswer {
  if ('errno' in last) return error(last.errno);
  if (!last.isPlain) return error('EISDIR');
  const { entry } = last;
  if (!entry) return error(last.isTooLong ? 'ENAMETOOLONG' : 'ENOENT');
  if (entry.kind === 'dir') return error('EISDIR');
  if (last.slash) return error('ENOTDIR');
  removeName(port, entry.path);
  return give(0);
}

function directoryRemoved(port: KernelPort, last: LastNamed | { errno: string }): KernelAnswer {
  if ('errno' in last) return error(last.errno);
  if (!last.isPlain) return error(last.last === '..' ? 'ENOTEMPTY' : last.last === '.' ? 'EINVAL' : 'EBUSY');
  const { entry } = last;
  if (!entry) return error(last.isTooLong ? 'ENAMETOOLONG' : 'ENOENT');
  if (entry.kind !== 'dir') return error('ENOTDIR');
  if (namesIn(port, entry.path).length > 0) return error('ENOTEMPTY');
  removeDirectory(port, entry.path);
  return give(0);
}

const unlinkat: Handler = (port, [directory, path = 0n, flags]) => {
  if ((int(flags) & ~AT_REMOVEDIR) !== 0) return error('EINVAL');
  const last = lastNamed(port, directory, path);
  return int(flags) === 0 ? unlinked(port, last) : directoryRemoved(port, last);
};

const RENAME_NOREPLACE = 1;
const RENAME_EXCHANGE = 2;
const RENAME_WHITEOUT = 4;

const renameat2: Handler = (port, [oldDirectory, oldPath = 0n, newDirectory, newPath = 0n, flagsArgument]) => {
  const flags = uint(flagsArgument);
  const exchanges = (flags & RENAME_EXCHANGE) !== 0;
  if ((flags & ~7) !== 0 || (exchanges && (flags & 5) !== 0)) return error('EINVAL');
  if (exchanges || (flags & RENAME_WHITEOUT) !== 0) return notModelled();
  const from = lastNamed(port, oldDirectory, oldPath);
  if ('errno' in from) return error(from.errno);
  const to = lastNamed(port, newDirectory, newPath);
  if ('errno' in to) return error(to.errno);
  if (!from.isPlain) return error('EBUSY');
  if (!to.isPlain) return error((flags & RENAME_NOREPLACE) !== 0 ? 'EEXIST' : 'EBUSY');
  if (!from.entry) return error(from.isTooLong ? 'ENAMETOOLONG' : 'ENOENT');
  if (to.isTooLong) return error('ENAMETOOLONG');
  if ((flags & RENAME_NOREPLACE) !== 0 && to.entry) return error('EEXIST');
  return moved(port, from, from.entry, to);
};

const liesIn = (path: string, directory: string): boolean => path.startsWith(`${directory}/`);

function moved(port: KernelPort, from: LastNamed, entry: Entry, to: LastNamed): KernelAnswer {
  const isDirectory = entry.kind === 'dir';
  if (!isDirectory && (from.slash || to.slash)) return error('ENOTDIR');
  if (isNameless(to.directory)) return error('ENOENT');
  if (isDirectory && (to.directory === entry.path || liesIn(to.directory, entry.path))) return error('EINVAL');
  const old = to.entry;
  if (old?.kind === 'dir' && (from.directory === old.path || liesIn(from.directory, old.path))) return error('ENOTEMPTY');
  if (old && isSame(entry, old)) return give(0);
  if (old && isDirectory && old.kind !== 'dir') return error('ENOTDIR');
  if (old?.kind === 'dir') {
    if (!isDirectory) return error('EISDIR');
    if (namesIn(port, old.path).length > 0) return error('ENOTEMPTY');
    removeDirectory(port, old.path);
  } else if (old) removeName(port, old.path);
  renameEntry(port, entry.path, to.place);
  return give(0);
}

/** Two names of one file: renaming one to the other changes nothing. */
const isSame = (a: Entry, b: Entry): boolean => a.path === b.path || (a.kind !== 'dir' && b.kind !== 'dir' && a.key === b.key);

const readlinkat: Handler = (port, [directory, path = 0n, buffer = 0n, size]) => {
  if (int(size) <= 0) return error('EINVAL');
  const found = findNamed(port, directory, path, { follow: false, emptyToo: true });
  if ('errno' in found) return error(found.errno);
  if (found.found.kind !== 'symlink') return error(pathIsEmpty(port, path) ? 'ENOENT' : 'EINVAL');
  const bytes = utf8Bytes(fileAt(port, found.found.path).data).slice(0, int(size));
  return copyOut(port, buffer, bytes) === bytes.length ? give(bytes.length) : error('EFAULT');
};

function pathIsEmpty(port: KernelPort, address: bigint): boolean {
  const at = pathAt(port, address);
  return 'path' in at && at.path === '';
}

/** A call without a directory before its path: as the one with it, from the working directory. */
const fromHere =
  (handler: Handler, ...more: readonly bigint[]): Handler =>
  (port, args, call) =>
    handler(port, [HERE, ...args.slice(0, 2), ...more], call);
const twoFromHere =
  (handler: Handler): Handler =>
  (port, [from = 0n, to = 0n], call) =>
    handler(port, [HERE, from, HERE, to, 0n], call);
export const NAMES: readonly CallRow[] = [
  { name: 'mkdir', via: null, args: 'const char *pathname, umode_t mode', handler: fromHere(mkdirat) },
  {
    name: 'mkdirat',
    via: 'Syscall',
    args: 'int dfd, const char *pathname, umode_t mode',
    handler: mkdirat,
    example: ['AT_FDCWD', '"/new"', '493'],
  },
  {
    name: 'rmdir',
    via: null,
    args: 'const char *pathname',
    handler: (port, [path = 0n]) => directoryRemoved(port, lastNamed(port, HERE, path)),
  },
  {
    name: 'link',
    via: null,
    args: 'const char *oldname, const char *newname',
    handler: twoFromHere(linkat),
  },
  {
    name: 'linkat',
    via: 'Syscall6',
    args: 'int olddfd, const char *oldname, int newdfd, const char *newname, int flags',
    handler: linkat,
  },
  {
    name: 'unlink',
    via: null,
    args: 'const char *pathname',
    handler: (port, [path = 0n]) => unlinked(port, lastNamed(port, HERE, path)),
  },
  {
    name: 'unlinkat',
    via: 'Syscall',
    args: 'int dfd, const char *pathname, int flag',
    print: [show.at(0, show.directory), show.at(1, show.path), show.at(2, show.flags(names.AT))],
    handler: unlinkat,
    example: ['AT_FDCWD', '"/etc/motd"', '0'],
  },
  {
    name: 'symlink',
    via: null,
    args: 'const char *oldname, const char *newname',
    handler: (port, [target = 0n, path = 0n], call) => symlinkat(port, [target, HERE, path], call),
  },
  {
    name: 'symlinkat',
    via: 'Syscall',
    args: 'const char *oldname, int newdfd, const char *newname',
    handler: symlinkat,
  },
  {
    name: 'readlink',
    via: null,
    args: 'const char *path, char *buf, int bufsiz',
    handler: (port, [path = 0n, buffer = 0n, size = 0n], call) => readlinkat(port, [HERE, path, buffer, size], call),
    print: [show.at(0, show.path), show.filled(1), show.after(2, show.int)],
  },
  {
    name: 'readlinkat',
    via: 'Syscall6',
    args: 'int dfd, const char *path, char *buf, int bufsiz',
    handler: readlinkat,
    print: [show.at(0, show.directory), show.at(1, show.path), show.filled(2), show.after(3, show.int)],
  },
  {
    name: 'rename',
    via: null,
    args: 'const char *oldname, const char *newname',
    handler: twoFromHere(renameat2),
  },
  {
    name: 'renameat',
    via: 'Syscall6',
    args: 'int olddfd, const char *oldname, int newdfd, const char *newname',
    handler: (port, args, call) => renameat2(port, [...args.slice(0, 4), 0n], call),
  },
  {
    name: 'renameat2',
    via: null,
    args: 'int olddfd, const char *oldname, int newdfd, const char *newname, unsigned int flags',
    handler: renameat2,
  },
  {
    name: 'mknod',
    via: null,
    args: 'const char *filename, umode_t mode, unsigned int dev',
    handler: fromHere(mknodat),
  },
  {
    name: 'mknodat',
    via: 'Syscall6',
    args: 'int dfd, const char *filename, umode_t mode, unsigned int dev',
    handler: mknodat,
  },
];
