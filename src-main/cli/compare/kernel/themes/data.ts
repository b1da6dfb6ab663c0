/** What is in files: pieces, sizes, seals, listings, locks, and what ioctl and fcntl say. */
import type { Draw, Theme } from '../draw';
import { badAddress, buffer, fd, length, text } from '../odd';
import type { Arg } from '../sequence';
import { openFlags } from './files';

const hexOf = (value: number | bigint, bytes: number): string =>
  (
    BigInt.asUintN(bytes * 8, BigInt(value))
      .toString(16)
      .padStart(bytes * 2, '0')
      .match(/../g) ?? []
  )
    .reverse()
    .join('');

export const struct64 = (value: number): string => hexOf(value, 8);

/** struct iovec, pieces to fill or to take from. */
export const iovec = (d: Draw, isFilled: boolean): readonly [Arg, Arg] => {
  if (d.oneIn(10)) return [badAddress(d), d.pick([0, 1, 1025, -1])];
  const count = d.below(4);
  const pieces: [number, Arg][] = [];
  let bytes = '';
  for (let i = 0; i < count; i++) {
    const piece: Arg = d.oneIn(12) ? badAddress(d) : isFilled ? { buf: 16 } : { text: d.pick(['ab', 'cdefg', 'a longer piece']) };
    pieces.push([16 * i, piece]);
    bytes += hexOf(0, 8) + hexOf(d.oneIn(12) ? -1 : d.pick([0, 1, 2, 5, 16]), 8);
  }
  return [{ bytes, pointers: pieces }, count];
};

const flock = (d: Draw): Arg =>
  d.oneIn(12)
    ? badAddress(d)
    : {
        bytes:
          hexOf(d.pick([0, 1, 2, 2, 7]), 2) +
          hexOf(d.pick([0, 0, 1, 2, 9]), 2) +
          '00000000' +
          hexOf(d.pick([0, 1, 5, -1, 100]), 8) +
          hexOf(d.pick([0, 1, 10, -1, -200]), 8) +
          hexOf(d.oneIn(6) ? 1 : 0, 4) +
          '00000000',
      };
const position = (d: Draw): Arg => d.pick<Arg>([0, 1, 5, 100, -1, { word: '0x8000000000000000' }]);
const place = (d: Draw): Arg => (d.oneIn(2) ? 0 : d.oneIn(8) ? badAddress(d) : { bytes: hexOf(d.pick([0, 1, 3, 100, -1]), 8) });
const CONTENTS = ['/etc/motd', '/a', '/empty', '/d/x', '/new', '/d', '/'];

export const DATA_THEME: Theme = [
  [8, 'open', (d) => [{ text: d.pick(CONTENTS) }, d.pick([0, 1, 2, 2, 0o102, 0o2002, 0o1002, 0o200000]), 0o644]],
  [2, 'openat', (d) => [-100, { text: d.pick(CONTENTS) }, openFlags(d), 0o600]],
  [2, 'openat', (d) => [-100, { text: d.pick(['/tmp', '/d', '.']) }, d.pick([0o20200002, 0o20200001, 0o20200000]), 0o600]],
  [
    3,
    'memfd_create',
    (d) => [
      d.oneIn(10) ? badAddress(d) : { text: d.pick(['x', '', 'name', 'n'.repeat(249), 'n'.repeat(250)]) },
      d.pick([0, 1, 2, 3, 0x20, 8, 16, 24]),
    ],
  ],
  [5, 'readv', (d) => [fd(d), ...iovec(d, true)]],
  [5, 'writev', (d) => [fd(d), ...iovec(d, false)]],
  [3, 'preadv', (d) => [fd(d), ...iovec(d, true), position(d), 0]],
  [3, 'pwritev', (d) => [fd(d), ...iovec(d, false), d.pick([0, 1, 5, -1]), 0]],
  [1, 'preadv2', (d) => [fd(d), ...iovec(d, true), d.pick([0, -1, 3]), 0, d.pick([0, 0x10000])]],
  [1, 'pwritev2', (d) => [fd(d), ...iovec(d, false), d.pick([0, -1, 3]), 0, 0]],
  [4, 'read', (d) => [fd(d), buffer(d, 64), length(d)]],
  [4, 'write', (d) => [fd(d), text(d), d.pick([0, 1, 5])]],
  [3, 'pwrite64', (d) => [fd(d), text(d), d.pick([0, 1, 5]), d.pick([0, 1, 20, -1])]],
  [3, 'lseek', (d) => [fd(d), d.pick([0, 2, 7, -1]), d.below(3)]],
  [3, 'ftruncate', (d) => [fd(d), d.pick([0, 3, 100, -1])]],
  [2, 'fallocate', (d) => [fd(d), d.pick([0, 0, 1, 0x80]), d.pick([0, 5, -1]), d.pick([0, 10, 100, -1])]],
  [1, 'fsync', (d) => [fd(d)]],
  [1, 'fdatasync', (d) => [fd(d)]],
  [1, 'sync_file_range', (d) => [fd(d), d.pick([0, -1]), d.pick([0, 5, -1]), d.pick([0, 1, 7, 8])]],
  [1, 'fadvise64', (d) => [fd(d), 0, d.pick([0, 5, -1]), d.pick([0, 3, 5, 6, -1])]],
  [1, 'readahead', (d) => [fd(d), 0, d.pick([0, 10])]],
  [4, 'sendfile', (d) => [fd(d), fd(d), place(d), d.pick([0, 3, 100])]],
  [3, 'copy_file_range', (d) => [fd(d), place(d), fd(d), place(d), d.pick([0, 3, 100]), d.oneIn(8) ? 1 : 0]],
  [3, 'fcntl', (d) => [fd(d), d.pick([5, 6, 7, 36, 37, 38]), flock(d)]],
  [2, 'fcntl', (d) => [fd(d), d.pick([1033, 1034]), d.pick([0, 1, 2, 4, 8, 0x40, 16])]],
  [2, 'fcntl', (d) => [fd(d), d.pick([0, 1, 2, 3, 4, 9, 999, 1027, 1030]), d.pick([0, 1, 3, 0o2000, 0o40000, 0o1000000, -1])]],
  [2, 'flock', (d) => [fd(d), d.pick([1, 2, 5, 6, 8, 0, 3, 12])]],
  [3, 'ioctl', (d) => [fd(d), d.pick([0x541b, 0x5421, 0x5450, 0x5451, 0x5460, 0x5401, 0x5413, 0, 0x1234]), buffer(d, 64)]],
  [3, 'getdents64', (d) => [fd(d), d.oneIn(8) ? badAddress(d) : { buf: 512 }, d.pick([512, 512, 24, 10, 0])]],
  [2, 'close', (d) => [fd(d)]],
  [1, 'close_range', (d) => [d.pick([4, 6, 50, 9]), d.pick([5, 7, -1, 8]), d.pick([0, 4, 4, 1])]],
  [2, 'dup', (d) => [fd(d)]],
  [1, 'dup2', (d) => [fd(d), d.pick([5, 6, 9, -1, 1024])]],
];
