/** Futexes, timers, signals that are files, sleeping. */
import type { Draw, Theme } from '../draw';
import { badAddress, buffer, fd } from '../odd';
import type { Arg } from '../sequence';
import { pollfds } from './pipes';
import { struct64 } from './data';

const CLOEXEC = 0o2000000;
const NONBLOCK = 0o4000;
const word = (d: Draw): Arg =>
  d.oneIn(8) ? (d.oneIn(3) ? 2 : badAddress(d)) : { bytes: d.pick(['00000000', '01000000', 'ffffffff', '00000080', 'ffff0000']) };
/** Without process 1, of which nobody knows what it holds. */
const ownerWord = (d: Draw): Arg => (d.oneIn(8) ? badAddress(d) : { bytes: d.pick(['00000000', '00000080', 'ffff0000']) });
const spec = (seconds: number, ns: number): string => struct64(seconds) + struct64(ns);
const short = (d: Draw): Arg =>
  d.oneIn(10)
    ? badAddress(d)
    : { bytes: d.oneIn(6) ? d.pick([spec(-1, 0), spec(0, -1), spec(0, 1_000_000_000)]) : spec(0, d.pick([0, 1, 100_000, 1_000_000])) };
const COMMANDS = [0, 0, 1, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 2, 14, 77, -1];
const op = (d: Draw): number => d.pick(COMMANDS) | (d.oneIn(2) ? 128 : 0) | (d.oneIn(6) ? 256 : 0);
const wakeOp = (d: Draw): Arg => ({
  word: `0x${((d.below(6) << 28) | (d.below(7) << 24) | (d.below(5) << 12) | d.below(3)) >>> 0}`.replace(
    /0x(\d+)/,
    (_, n: string) => `0x${Number(n).toString(16)}`,
  ),
});
const sigset = (d: Draw): Arg =>
  d.oneIn(8)
    ? badAddress(d)
    : { bytes: d.pick(['0002000000000000', '0006000000000000', '0000000000000000', '0001040000000000', 'ff0e000000000000']) };
const itimer = (d: Draw): Arg =>
  d.oneIn(10)
    ? badAddress(d)
    : {
        bytes: d.oneIn(6)
          ? spec(0, -1) + spec(0, 1)
          : d.pick([spec(0, 0), spec(0, 0), spec(1000, 0)]) + d.pick([spec(0, 0), spec(0, 1), spec(1000, 0), spec(0, 1)]),
      };
const clock = (d: Draw): number => d.pick([0, 1, 1, 3, 4, 5, 6, 7, 10, 11, 12]);
const action = (d: Draw): Arg =>
  d.oneIn(3)
    ? 0
    : d.oneIn(10)
      ? badAddress(d)
      : {
          bytes:
            d.pick(['01', '00']) +
            '00'.repeat(7) +
            struct64(0x04000000) +
            '00'.repeat(8) +
            d.pick(['ff01000000000000', '0000000000000000']),
        };

/** A signal that does not end the program: blocked by every set above, or ignored from the beginning. */
const harmless = (d: Draw): number => d.pick([0, 17, 28, 23, 65, -1]);

export const WAITING_THEME: Theme = [
  [
    16,
    'futex',
    (d) => {
      const o = op(d);
      const command = o & ~384;
      const limit: Arg = [0, 6, 9, 11, 13].includes(command) ? short(d) : d.pick([0, 1, -1]);
      return [
        [6, 7, 8, 12, 13].includes(command) ? ownerWord(d) : word(d),
        o,
        d.pick([0, 0, 1, -1, 5]),
        limit,
        word(d),
        command === 5 ? wakeOp(d) : d.pick([0, 1, -1]),
      ];
    },
  ],
  [2, 'set_robust_list', (d) => [buffer(d, 24), d.pick([24, 8, 0])]],
  [2, 'get_robust_list', (d) => [d.pick([0, 0, 99_999_999]), buffer(d, 8), buffer(d, 8)]],
  [4, 'timerfd_create', (d) => [clock(d), d.oneIn(8) ? 1 : NONBLOCK | d.pick([0, CLOEXEC])]],
  [6, 'timerfd_settime', (d) => [fd(d), d.pick([0, 0, 1, 3, 4]), itimer(d), d.oneIn(2) ? 0 : buffer(d, 32)]],
  [3, 'timerfd_gettime', (d) => [fd(d), buffer(d, 32)]],
  [6, 'read', (d) => [fd(d), buffer(d, 256), d.pick([8, 7, 128, 256, 127])]],
  [2, 'write', (d) => [fd(d), { buf: 8 }, 8]],
  [3, 'signalfd4', (d) => [d.oneIn(2) ? -1 : fd(d), sigset(d), d.pick([8, 8, 8, 4]), d.oneIn(8) ? 1 : NONBLOCK]],
  [1, 'signalfd', (d) => [d.oneIn(2) ? -1 : fd(d), sigset(d), 8]],
  [4, 'rt_sigprocmask', (d) => [d.pick([0, 0, 0, 3, -1]), d.oneIn(4) ? 0 : sigset(d), d.oneIn(2) ? 0 : buffer(d, 8), d.pick([8, 8, 8, 4])]],
  [2, 'rt_sigpending', (d) => [buffer(d, 8), d.pick([8, 4, 9, 0])]],
  [3, 'rt_sigtimedwait', (d) => [sigset(d), d.oneIn(2) ? 0 : buffer(d, 128), short(d), d.pick([8, 8, 4])]],
  [1, 'rt_sigsuspend', (d) => [sigset(d), d.pick([8, 4])]],
  [1, 'pause', () => []],
  [4, 'rt_sigaction', (d) => [d.pick([10, 12, 9, 19, 0, 64, 65, -1]), action(d), d.oneIn(2) ? 0 : buffer(d, 32), d.pick([8, 8, 4])]],
  [
    2,
    'sigaltstack',
    (d) => [
      d.oneIn(3)
        ? 0
        : d.oneIn(8)
          ? badAddress(d)
          : {
              bytes:
                struct64(0x10000) +
                d.pick(['00000000', '01000000', '02000000', '03000000', '00000080']) +
                '00000000' +
                struct64(d.pick([0, 2047, 2048, 8192])),
            },
      d.oneIn(2) ? 0 : buffer(d, 24),
    ],
  ],
  [2, 'kill', (d, at) => (at > 0 && d.oneIn(2) ? [0, d.pick([0, 65, -1])] : [99_999_999, harmless(d)])],
  [2, 'tgkill', (d) => [d.pick([0, -1, 99_999_999]), d.pick([0, -1, 99_999_999]), harmless(d)]],
  [3, 'nanosleep', (d) => [short(d), d.oneIn(3) ? buffer(d, 16) : 0]],
  [3, 'clock_nanosleep', (d) => [clock(d), d.pick([0, 0, 1]), short(d), 0]],
  [2, 'clock_gettime', (d) => [clock(d), buffer(d, 16)]],
  [2, 'clock_getres', (d) => [d.pick([0, 1, 4, 7, 10, 12, -1]), d.oneIn(3) ? 0 : buffer(d, 16)]],
  [1, 'gettimeofday', (d) => [buffer(d, 16), d.oneIn(2) ? 0 : buffer(d, 8)]],
  [1, 'time', (d) => [d.oneIn(2) ? 0 : buffer(d, 8)]],
  [1, 'times', (d) => [d.oneIn(2) ? 0 : buffer(d, 32)]],
  [2, 'poll', (d) => [...pollfds(d), 0]],
  [2, 'epoll_create1', () => [0]],
  [2, 'epoll_ctl', (d) => [fd(d), 1, fd(d), { bytes: `01000000${struct64(7)}` }]],
  [2, 'epoll_wait', (d) => [fd(d), { buf: 48 }, 4, d.pick([0, 1])]],
  [2, 'close', (d) => [fd(d)]],
  [1, 'lseek', (d) => [fd(d), 0, d.pick([0, 9])]],
];
