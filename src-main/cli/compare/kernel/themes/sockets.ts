/** Sockets of the families AF_UNIX and AF_INET. */
import type { Draw, Theme } from '../draw';
import { badAddress, buffer, fd } from '../odd';
import type { Arg } from '../sequence';
import { iovec, struct64 } from './data';
import { pollfds } from './pipes';

const CLOEXEC = 0o2000000;
const NONBLOCK = 0o4000;
const text = (letters: string): string => [...letters].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');

const socketFd = (d: Draw): Arg => (d.oneIn(12) ? fd(d) : d.pick([4, 4, 5, 5, 6, 7, 8]));
const type = (d: Draw): number =>
  (d.oneIn(10) ? d.pick([0, 4, 9, 11, 0x11]) : d.pick([1, 1, 2, 5])) | (d.oneIn(6) ? 0 : NONBLOCK) | (d.oneIn(6) ? CLOEXEC : 0);
const unix = (d: Draw): string =>
  `0100${d.pick([text('/s\0'), text('/tmp/s\0'), text('/etc/motd\0'), text('/none/s\0'), text('/s'), `00${text('name')}`, `00${text('other')}`, text('/d\0')])}`;
const inet = (d: Draw): string =>
  `0200${d.pick(['1f90', '1f91', '0000', '0050', '1f90'])}${d.pick(['7f000001', '7f000001', '00000000', '7f000002', '08080808', '0a000001'])}${'00'.repeat(8)}`;
/** An address and its length. */
const address = (d: Draw, family: 'unix' | 'inet'): readonly [Arg, Arg] => {
  if (d.oneIn(14)) return [badAddress(d), d.pick([0, 16, 200, -1])];
  const bytes = d.oneIn(12)
    ? d.pick(['0000', '0000000000000000', '0100', '0900000000000000', '02001f907f000001'])
    : (d.oneIn(8) ? family === 'inet' : family === 'unix')
      ? unix(d)
      : inet(d);
  return [{ bytes }, d.oneIn(12) ? d.pick([0, 2, 3, 8, 111, 129, -1]) : bytes.length / 2];
};
const told = (d: Draw): readonly [Arg, Arg] =>
  d.oneIn(4)
    ? [0, 0]
    : [buffer(d, 110), d.oneIn(10) ? badAddress(d) : { bytes: d.pick(['6e000000', '10000000', '04000000', '00000000', 'ffffffff']) }];
const flags = (d: Draw): number => (d.oneIn(3) ? d.pick([0x40, 2, 0x42, 0x20, 0x4000]) : 0x40);
const message = (d: Draw): Arg => {
  if (d.oneIn(12)) return badAddress(d);
  const [pieces, count] = iovec(d, d.oneIn(2));
  return { bytes: `${'00'.repeat(24)}${struct64(typeof count === 'number' ? count : 0)}${'00'.repeat(24)}`, pointers: [[16, pieces]] };
};

const theme = (family: 'unix' | 'inet'): Theme => {
  const number = family === 'unix' ? 1 : 2;
  return [
    [10, 'socket', (d) => [d.oneIn(12) ? d.pick([0, 1, 2, -1, 99]) : number, type(d), d.oneIn(10) ? d.pick([1, 6, 17, -1, 300]) : 0]],
    [family === 'unix' ? 5 : 1, 'socketpair', (d) => [d.oneIn(10) ? d.pick([2, 99, 0]) : 1, type(d), d.oneIn(10) ? 6 : 0, buffer(d, 8)]],
    [10, 'bind', (d) => [socketFd(d), ...address(d, family)]],
    [9, 'listen', (d) => [socketFd(d), d.pick([5, 5, 1, 0, -1])]],
    [10, 'connect', (d) => [socketFd(d), ...address(d, family)]],
    [8, 'accept4', (d) => [socketFd(d), ...told(d), d.pick([NONBLOCK, NONBLOCK, NONBLOCK, CLOEXEC | NONBLOCK, 1])]],
    [1, 'accept', (d) => [socketFd(d), ...told(d)]],
    [4, 'getsockname', (d) => [socketFd(d), ...told(d)]],
    [4, 'getpeername', (d) => [socketFd(d), ...told(d)]],
    [
      5,
      'sendto',
      (d) => [socketFd(d), { text: 'hello' }, d.pick([5, 0, 3]), flags(d), ...(d.oneIn(2) ? ([0, 0] as const) : address(d, family))],
    ],
    [5, 'recvfrom', (d) => [socketFd(d), buffer(d, 16), d.pick([16, 0, 3]), flags(d), ...told(d)]],
    [4, 'write', (d) => [socketFd(d), { text: 'some text' }, d.pick([9, 0, 4])]],
    [4, 'read', (d) => [socketFd(d), buffer(d, 32), d.pick([32, 0, 4])]],
    [2, 'readv', (d) => [socketFd(d), ...iovec(d, true)]],
    [2, 'writev', (d) => [socketFd(d), ...iovec(d, false)]],
    [2, 'sendmsg', (d) => [socketFd(d), message(d), 0x40]],
    [2, 'recvmsg', (d) => [socketFd(d), message(d), flags(d)]],
    [4, 'shutdown', (d) => [socketFd(d), d.pick([0, 1, 2, 3, -1])]],
    [
      3,
      'getsockopt',
      (d) => [
        socketFd(d),
        d.pick([1, 1, 1, 6, 0, 41, 99]),
        d.pick([3, 4, 30, 38, 39, 2, 9, 6, 1, 100]),
        buffer(d, 8),
        d.oneIn(8) ? badAddress(d) : { bytes: d.pick(['04000000', '08000000', '01000000', 'ffffffff']) },
      ],
    ],
    [
      3,
      'setsockopt',
      (d) => [
        socketFd(d),
        d.pick([1, 1, 6, 99]),
        d.pick([2, 9, 6, 1, 15, 3, 100]),
        d.oneIn(8) ? badAddress(d) : { bytes: d.pick(['01000000', '00000000', 'ffffffff']) },
        d.pick([4, 4, 3, 0, -1]),
      ],
    ],
    [4, 'poll', (d) => [...pollfds(d), 0]],
    [2, 'ioctl', (d) => [socketFd(d), d.pick([0x541b, 0x5421, 0x5401]), buffer(d, 8)]],
    [1, 'fcntl', (d) => [socketFd(d), d.pick([1, 3]), 0]],
    [1, 'fstat', (d) => [socketFd(d), buffer(d, 144)]],
    [1, 'lseek', (d) => [socketFd(d), 0, 0]],
    [4, 'close', (d) => [socketFd(d)]],
    [1, 'dup', (d) => [socketFd(d)]],
    ...(family === 'unix'
      ? ([
          [1, 'unlink', () => [{ text: '/s' }]],
          [1, 'lstat', (d) => [{ text: '/s' }, buffer(d, 144)]],
          [1, 'open', () => [{ text: '/s' }, 2, 0]],
        ] satisfies Theme)
      : []),
  ];
};

export const UNIX_THEME: Theme = theme('unix');
export const INET_THEME: Theme = theme('inet');
