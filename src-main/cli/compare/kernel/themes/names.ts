/** Names in the tree, and what stat(2) tells and what changes it. */
import type { Draw, Theme } from '../draw';
import { badAddress, buffer, directoryFd, fd, path, pathText } from '../odd';
import type { Arg } from '../sequence';
import { mode, openFlags } from './files';

const target = (d: Draw): Arg => ({
  text: d.oneIn(6) ? d.pick(['', 'l', '/l', '/tmp/l', 'loop']) : d.pick(['/a', 'a', '/d', 'x', '../a', '/none', '/d/', 'd/e/f']),
});
const atFlags = (d: Draw): number => (d.oneIn(3) ? d.pick([0x100, 0x200, 0x400, 0x1000, 0x10000, -1, 0x1100, 0x600]) : 0);
const spec = (d: Draw): Arg => {
  if (d.oneIn(4)) return d.oneIn(2) ? 0 : badAddress(d);
  const word = (): string =>
    d.pick(['0100000000000000', '0000000000000000', 'ffffff3f00000000', 'feffff3f00000000', '00ca9a3b00000000', 'ffffffffffffffff']);
  return {
    bytes: `${d.pick(['0500000000000000', '0000000000000000'])}${word()}${d.pick(['0700000000000000', '0000000000000000'])}${word()}`,
  };
};
const id = (d: Draw): number => d.pick([0, 0, 1, 1000, -1]);

export const NAMES_THEME: Theme = [
  [4, 'mkdir', (d) => [path(d), mode(d)]],
  [4, 'mkdirat', (d) => [directoryFd(d), path(d), mode(d)]],
  [4, 'rmdir', (d) => [path(d)]],
  [4, 'unlink', (d) => [path(d)]],
  [4, 'unlinkat', (d) => [directoryFd(d), path(d), d.pick([0, 0, 0x200, 1])]],
  [4, 'rename', (d) => [path(d), path(d)]],
  [2, 'renameat', (d) => [directoryFd(d), path(d), directoryFd(d), path(d)]],
  [2, 'renameat2', (d) => [directoryFd(d), path(d), directoryFd(d), path(d), d.pick([0, 1, 1, 8, 3])]],
  [4, 'symlink', (d) => [target(d), path(d)]],
  [2, 'symlinkat', (d) => [target(d), directoryFd(d), path(d)]],
  [3, 'link', (d) => [path(d), path(d)]],
  [3, 'linkat', (d) => [directoryFd(d), path(d), directoryFd(d), path(d), d.pick([0, 0, 0x400, 0x1000, 1])]],
  [3, 'readlink', (d) => [path(d), buffer(d, 64), d.pick([64, 3, 0, -1])]],
  [2, 'readlinkat', (d) => [directoryFd(d), path(d), buffer(d, 64), d.pick([64, 3, 0, -1])]],
  [4, 'openat', (d) => [directoryFd(d), path(d), openFlags(d), mode(d)]],
  [3, 'open', (d) => [path(d), d.pick([0, 0o200000, 0o10000000, 0o10400000]), 0]],
  [4, 'lstat', (d) => [path(d), buffer(d, 144)]],
  [3, 'stat', (d) => [path(d), buffer(d, 144)]],
  [2, 'fstat', (d) => [fd(d), buffer(d, 144)]],
  [2, 'newfstatat', (d) => [directoryFd(d), path(d), buffer(d, 144), atFlags(d)]],
  [2, 'statx', (d) => [directoryFd(d), path(d), d.pick([0, 0x100, 0x1000, 0x6000, 8]), d.pick([0x7ff, 0, -1]), buffer(d, 256)]],
  [3, 'access', (d) => [path(d), d.pick([0, 1, 2, 4, 7, 8])]],
  [2, 'faccessat', (d) => [directoryFd(d), path(d), d.pick([0, 1, 2, 4, 7, 8])]],
  [2, 'faccessat2', (d) => [directoryFd(d), path(d), d.pick([0, 1, 4, 8]), d.pick([0, 0x100, 0x200, 0x1000, 1])]],
  [2, 'chmod', (d) => [path(d), mode(d)]],
  [2, 'fchmod', (d) => [fd(d), mode(d)]],
  [2, 'fchmodat', (d) => [directoryFd(d), path(d), mode(d)]],
  [1, 'chown', (d) => [path(d), id(d), id(d)]],
  [1, 'fchown', (d) => [fd(d), id(d), id(d)]],
  [1, 'lchown', (d) => [path(d), id(d), id(d)]],
  [1, 'fchownat', (d) => [directoryFd(d), path(d), id(d), id(d), atFlags(d)]],
  [2, 'utimensat', (d) => [directoryFd(d), d.oneIn(4) ? 0 : path(d), spec(d), atFlags(d)]],
  [1, 'futimesat', (d) => [directoryFd(d), path(d), spec(d)]],
  [1, 'utimes', (d) => [path(d), spec(d)]],
  [1, 'utime', (d) => [path(d), spec(d)]],
  [2, 'mknod', (d) => [path(d), d.pick([0, 0o100644, 0o040755, 0o130000, 0o644]), 0]],
  [2, 'chdir', (d) => [path(d)]],
  [2, 'fchdir', (d) => [fd(d)]],
  [2, 'getcwd', (d) => [buffer(d, 64), d.pick([64, 1, 0, 2, 5])]],
  [1, 'umask', (d) => [d.pick([0, 0o22, 0o77, 0o7777, -1])]],
  [2, 'close', (d) => [fd(d)]],
  [2, 'truncate', (d) => [d.oneIn(30) ? badAddress(d) : { text: pathText(d) }, d.pick([0, 3, 100, -1])]],
];
