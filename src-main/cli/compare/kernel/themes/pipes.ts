/** Pipes and eventfds, and who watches them: poll, select, epoll. */
import type { Draw, Theme } from '../draw';
import { badAddress, buffer, fd } from '../odd';
import type { Arg } from '../sequence';
import { iovec } from './data';

const hexOf = (value: number, bytes: number): string =>
  (
    BigInt.asUintN(bytes * 8, BigInt(value))
      .toString(16)
      .padStart(bytes * 2, '0')
      .match(/../g) ?? []
  )
    .reverse()
    .join('');

const CLOEXEC = 0o2000000;
const NONBLOCK = 0o4000;
const patient = (d: Draw): number => (d.oneIn(7) ? 0 : NONBLOCK);
const pipeFd = (d: Draw): Arg => (d.oneIn(10) ? fd(d) : d.pick([4, 5, 6, 7, 8, 9]));
export const pollfds = (d: Draw): readonly [Arg, Arg] => {
  if (d.oneIn(12)) return [badAddress(d), d.pick([0, 1, 1025])];
  const count = 1 + d.below(3);
  const bytes = Array.from(
    { length: count },
    () => hexOf(d.pick([3, 4, 5, 6, 7, 8, 9, 99, -1]), 4) + hexOf(d.pick([1, 4, 5, 0, 0x2000, 0x145]), 2) + '0000',
  );
  return [{ bytes: bytes.join('') }, count];
};
const event = (d: Draw): Arg =>
  d.oneIn(15)
    ? badAddress(d)
    : {
        bytes:
          hexOf(d.pick([1, 4, 5, 5, 0, 0x2001]) | (d.oneIn(3) ? d.pick([0x80000000, 0x40000000, 0x10000000]) : 0), 4) +
          hexOf(d.below(9), 8),
      };
const sets = (d: Draw): Arg =>
  d.oneIn(3) ? 0 : d.oneIn(15) ? badAddress(d) : { bytes: hexOf(d.pick([0, 8, 0x30, 0x60, 0x3f0, 0x1f8]), 8) };
const timespec = (d: Draw): Arg =>
  d.oneIn(20) ? badAddress(d) : { bytes: `${'00'.repeat(8)}${hexOf(d.pick([0, 0, 1000, -1, 1_000_000_000]), 8)}` };
const timeval = (d: Draw): Arg =>
  d.oneIn(20) ? badAddress(d) : { bytes: `${hexOf(d.oneIn(9) ? -1 : 0, 8)}${hexOf(d.pick([0, 0, 1000, -1]), 8)}` };
const eight = (d: Draw): Arg =>
  d.oneIn(12)
    ? badAddress(d)
    : { bytes: d.pick(['0100000000000000', '0500000000000000', 'feffffffffffffff', 'ffffffffffffffff', '0000000000000000']) };
const maxevents = (d: Draw): number => d.pick([8, 8, 1, 2, 0, -1, 0x7fffffff]);

export const PIPES_THEME: Theme = [
  [5, 'pipe2', (d) => [buffer(d, 8, 15), d.oneIn(10) ? d.pick([1, 0x80, 0x100000]) : patient(d) | d.pick([0, 0, CLOEXEC, 0o40000])]],
  [1, 'pipe', (d) => [buffer(d, 8)]],
  [
    9,
    'write',
    (d) => [
      pipeFd(d),
      d.oneIn(12) ? badAddress(d) : { buf: 70_000 },
      d.pick([0, 1, 100, 4095, 4096, 4097, 5000, 65_536, 70_000, 65_000, 8]),
    ],
  ],
  [9, 'read', (d) => [pipeFd(d), d.oneIn(12) ? badAddress(d) : { buf: 70_000 }, d.pick([0, 1, 8, 100, 4096, 4097, 70_000, 5000])]],
  [3, 'writev', (d) => [pipeFd(d), ...iovec(d, false)]],
  [3, 'readv', (d) => [pipeFd(d), ...iovec(d, true)]],
  [2, 'write', (d) => [pipeFd(d), eight(d), d.pick([8, 7, 9])]],
  [2, 'eventfd2', (d) => [d.pick([0, 1, 5, -1]), d.oneIn(8) ? 2 : patient(d) | d.pick([0, 1, CLOEXEC])]],
  [
    4,
    'fcntl',
    (d) => [pipeFd(d), d.pick([1031, 1032, 1032, 3, 4]), d.pick([0, 4096, 4097, 8192, 65_536, 131_072, -1, NONBLOCK, NONBLOCK | 0o40000])],
  ],
  [
    3,
    'ioctl',
    (d) => [pipeFd(d), d.pick([0x541b, 0x5421, 0x5451]), d.oneIn(6) ? badAddress(d) : { bytes: d.pick(['01000000', '00000000']) }],
  ],
  [2, 'fstat', (d) => [pipeFd(d), buffer(d, 144)]],
  [2, 'lseek', (d) => [pipeFd(d), 0, d.pick([0, 1, 9])]],
  [1, 'pread64', (d) => [pipeFd(d), buffer(d, 8), 8, d.pick([0, -1])]],
  [1, 'ftruncate', (d) => [pipeFd(d), 0]],
  [1, 'fsync', (d) => [pipeFd(d)]],
  [3, 'close', (d) => [pipeFd(d)]],
  [1, 'dup', (d) => [pipeFd(d)]],
  [1, 'dup2', (d) => [pipeFd(d), pipeFd(d)]],
  [4, 'epoll_create1', (d) => [d.pick([0, 0, CLOEXEC, 1])]],
  [1, 'epoll_create', (d) => [d.pick([1, 0, -1])]],
  [9, 'epoll_ctl', (d) => [pipeFd(d), d.oneIn(10) ? d.pick([0, 4, -1]) : d.pick([1, 1, 1, 2, 3]), pipeFd(d), event(d)]],
  [7, 'epoll_wait', (d) => [pipeFd(d), d.oneIn(15) ? badAddress(d) : { buf: 96 }, maxevents(d), d.pick([0, 0, 0, 1])]],
  [1, 'epoll_pwait', (d) => [pipeFd(d), { buf: 96 }, maxevents(d), 0, d.oneIn(2) ? 0 : { buf: 8 }, d.pick([8, 4])]],
  [1, 'epoll_pwait2', (d) => [pipeFd(d), { buf: 96 }, maxevents(d), timespec(d), 0, 8]],
  [4, 'poll', (d) => [...pollfds(d), d.pick([0, 0, 1])]],
  [2, 'ppoll', (d) => [...pollfds(d), timespec(d), d.oneIn(3) ? { buf: 8 } : 0, d.pick([8, 4])]],
  [2, 'select', (d) => [d.pick([10, 10, 64, 0, -1, 8]), sets(d), sets(d), sets(d), timeval(d)]],
  [1, 'pselect6', (d) => [d.pick([10, 64, 0]), sets(d), sets(d), sets(d), timespec(d), 0]],
];
