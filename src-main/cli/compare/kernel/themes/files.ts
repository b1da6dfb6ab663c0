/** Files by name and by descriptor. */
import type { Draw, Theme } from '../draw';
import { buffer, directoryFd, fd, length, path, text } from '../odd';
import type { Arg } from '../sequence';

const ACCESS = [0, 0, 1, 2, 2, 2, 3];
const OPEN_BITS = [0o100, 0o100, 0o200, 0o1000, 0o2000, 0o4000, 0o10000, 0o200000, 0o400000, 0o1000000, 0o2000000, 0o4010000, 0o10000000];
const ODD_OPEN = [0o20200000, 0o20000000, 0x40000000, 0o10200000, 0o100000, 0o400];
export const openFlags = (d: Draw): number => d.pick(ACCESS) | d.bits(OPEN_BITS, 2) | (d.oneIn(10) ? d.pick(ODD_OPEN) : 0);
export const mode = (d: Draw): number => d.pick([0, 0o600, 0o644, 0o755, 0o777, 0o1777, 0o4755, 0o100644, -1]);
const offset = (d: Draw): Arg =>
  d.oneIn(6)
    ? d.pick<Arg>([-1, { word: '0x7fffffffffffffff' }, { word: '0x8000000000000000' }, 0x100000000, 1 << 22])
    : d.pick([0, 1, 3, 5, 6, 20]);
const atFlags = (d: Draw): number => (d.oneIn(3) ? d.pick([0x100, 0x200, 0x400, 0x800, 0x1000, 0x2000, 0x10000, -1, 0x1100]) : 0);

export const FILES_THEME: Theme = [
  [8, 'open', (d) => [path(d), openFlags(d), mode(d)]],
  [8, 'openat', (d) => [directoryFd(d), path(d), openFlags(d), mode(d)]],
  [1, 'creat', (d) => [path(d), mode(d)]],
  [6, 'close', (d) => [fd(d)]],
  [4, 'stat', (d) => [path(d), buffer(d, 144)]],
  [3, 'lstat', (d) => [path(d), buffer(d, 144)]],
  [4, 'fstat', (d) => [fd(d), buffer(d, 144)]],
  [4, 'newfstatat', (d) => [directoryFd(d), path(d), buffer(d, 144), atFlags(d)]],
  [5, 'lseek', (d) => [fd(d), offset(d), d.oneIn(5) ? d.pick([5, 9, -1]) : d.below(5)]],
  [6, 'read', (d) => [fd(d), buffer(d, 64), length(d)]],
  [6, 'write', (d) => [fd(d), d.oneIn(12) ? buffer(d, 8, 1) : text(d), length(d)]],
  [3, 'pread64', (d) => [fd(d), buffer(d, 64), length(d), offset(d)]],
  [3, 'pwrite64', (d) => [fd(d), text(d), d.pick([0, 1, 5]), d.pick<Arg>([0, 1, 10, -1, { word: '0x8000000000000000' }])]],
  [2, 'dup', (d) => [fd(d)]],
  [1, 'dup2', (d) => [fd(d), fd(d)]],
  [1, 'dup3', (d) => [fd(d), fd(d), d.pick([0, 0o2000000, 1])]],
  [3, 'fcntl', (d) => [fd(d), d.pick([0, 1, 2, 3, 4, 1030]), d.pick([0, 1, 9, 0o4000, 0o2000, 1024, -1])]],
];
