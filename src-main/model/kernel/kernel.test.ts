import { describe, expect, test } from 'vitest';
import { call, freshPort, type Line, play, said } from '../testdata/kernel-port';
import { enterKernel } from './kernel';

const FILES = { '/big': 'x'.repeat(9000), '/etc/motd': 'hello\n', '/etc/hosts': '', '/data/': '' };
const AT_FDCWD = -100;
const O = {
  WRONLY: 1,
  RDWR: 2,
  CREAT: 0o100,
  EXCL: 0o200,
  TRUNC: 0o1000,
  APPEND: 0o2000,
  NONBLOCK: 0o4000,
  DIRECTORY: 0o200000,
  CLOEXEC: 0o2000000,
};

describe('answers, one after the other', () => {
  const TABLE: readonly (readonly [what: string, lines: readonly Line[]])[] = [
    [
      'read moves on and ends',
      [
        ['open', ['/etc/motd', 0], 3],
        ['read', [3, { buf: 4 }, 4], 4],
        ['read', [3, { buf: 4 }, 4], 2],
        ['read', [3, { buf: 4 }, 4], 0],
      ],
    ],
    [
      'sendfile takes from no directory',
      [
        ['open', ['/etc', 0], 3],
        ['open', ['/etc/hosts', O.RDWR], 4],
        ['sendfile', [4, 3, 0, 3], 'EINVAL'],
      ],
    ],
    [
      'sendfile into a socket moves the offset it is given, or the descriptor’s own',
      [
        ['open', ['/etc/motd', 0], 3],
        ['socketpair', [1, 1, 0, { buf: 8 }], 0],
        ['sendfile', [4, 3, 0, 4], 4],
        ['read', [5, { buf: 8 }, 8], 4],
        ['sendfile', [4, 3, 0, 100], 2],
        ['sendfile', [4, 3, 0, 100], 0],
        ['lseek', [3, 0, 1], 6],
        ['close', [5], 0],
        ['lseek', [3, 0, 0], 0],
        ['sendfile', [4, 3, 0, 4], 'EPIPE'],
        ['lseek', [3, 0, 1], 0],
      ],
    ],
    [
      'sendfile into a pipe: each time a page of its own, behind which no other bytes go',
      [
        ['open', ['/etc/motd', 0], 3],
        ['pipe2', [{ buf: 8 }, O.NONBLOCK], 0],
        ['fcntl', [5, 1031, 8192], 8192],
        ['write', [5, 'a', 1], 1],
        ['sendfile', [5, 3, 0, 3], 3],
        ['write', [5, 'b', 1], 'EAGAIN'],
        ['sendfile', [5, 3, 0, 3], 'EAGAIN'],
        ['lseek', [3, 0, 1], 3],
        ['read', [4, { buf: 8 }, 8], 4],
        ['sendfile', [5, 4, 0, 3], 'EINVAL'],
        ['close', [4], 0],
        ['sendfile', [5, 3, 0, 3], 'EPIPE'],
      ],
    ],
    [
      'sendfile splits at the file’s own pages, and takes what there is room for',
      [
        ['open', ['/big', 0], 3],
        ['pipe2', [{ buf: 8 }, 0], 0],
        ['fcntl', [5, 1031, 8192], 8192],
        ['lseek', [3, 4090, 0], 4090],
        ['sendfile', [5, 3, 0, 5000], 4102],
        ['sendfile', [5, 3, 0, 1], 'waits for pipe:1:writable'],
      ],
    ],
    [
      'read looks at the descriptor first',
      [
        ['read', [999, 0x10, 16], 'EBADF'],
        ['read', [1, { buf: 4 }, 4], 'EBADF'],
        ['read', [-1, { buf: 4 }, 4], 'EBADF'],
      ],
    ],
    [
      'read wants memory only for what there is',
      [
        ['open', ['/etc/motd', 0], 3],
        ['read', [3, 0x10, 16], 'EFAULT'],
        ['open', ['/etc/hosts', 0], 4],
        ['read', [4, 0x10, 16], 0],
        ['read', [4, -1, 16], 'EFAULT'],
      ],
    ],
    [
      'memory comes in whole pages: read fills more than was asked for, but no page that is not there',
      [
        ['open', ['/etc/motd', 0], 3],
        ['read', [3, { buf: 2 }, 16], 6],
        ['lseek', [3, 0, 1], 6],
        ['write', [1, { buf: 2 }, 4097], 4096],
      ],
    ],
    [
      'write',
      [
        ['open', ['/new', O.CREAT | O.RDWR, 0o644], 3],
        ['write', [3, 'abc', 3], 3],
        ['write', [3, 0x10, 3], 'EFAULT'],
        ['write', [3, 0x10, 0], 0],
        ['write', [0, 'a', 1], 'EBADF'],
        ['lseek', [3, 0, 2], 3],
      ],
    ],
    [
      'open refuses',
      [
        ['open', ['', 0], 'ENOENT'],
        ['open', [0x10, 0], 'EFAULT'],
        ['open', ['/none', 0], 'ENOENT'],
        ['open', ['/none/x', O.CREAT | O.RDWR], 'ENOENT'],
        ['open', ['/etc/motd/x', 0], 'ENOTDIR'],
        ['open', ['/etc/motd/', 0], 'ENOTDIR'],
        ['open', [`/${'a'.repeat(256)}`, 0], 'ENAMETOOLONG'],
        ['open', ['/a'.repeat(2100), 0], 'ENAMETOOLONG'],
      ],
    ],
    [
      'open creates',
      [
        ['open', ['/etc/new', O.CREAT | O.WRONLY, 0o600], 3],
        ['open', ['/etc/new', O.CREAT | O.EXCL], 'EEXIST'],
        ['open', ['/etc/../etc/./new', 0], 4],
        ['read', [3, { buf: 1 }, 1], 'EBADF'],
        ['write', [4, 'a', 1], 'EBADF'],
      ],
    ],
    [
      'directories',
      [
        ['open', ['/etc', 0], 3],
        ['read', [3, { buf: 8 }, 8], 'EISDIR'],
        ['write', [3, 'a', 1], 'EBADF'],
        ['open', ['/etc', O.RDWR], 'EISDIR'],
        ['open', ['/data', O.CREAT], 'EISDIR'],
        ['open', ['/new/', O.CREAT], 'EISDIR'],
        ['open', ['/etc/motd/', O.CREAT], 'EISDIR'],
        ['open', ['/q', O.CREAT | O.DIRECTORY], 'EINVAL'],
        ['open', ['/etc/motd', O.DIRECTORY], 'ENOTDIR'],
        ['open', ['/data', O.DIRECTORY], 4],
      ],
    ],
    [
      'openat',
      [
        ['open', ['/etc', 0], 3],
        ['openat', [3, 'motd', 0], 4],
        ['openat', [AT_FDCWD, 'etc/motd', 0], 5],
        ['openat', [99, 'motd', 0], 'EBADF'],
        ['openat', [99, '/etc/motd', 0], 6],
        ['openat', [4, 'motd', 0], 'ENOTDIR'],
      ],
    ],
    [
      'O_TRUNC and O_APPEND',
      [
        ['open', ['/etc/motd', O.WRONLY | O.APPEND], 3],
        ['write', [3, 'you', 3], 3],
        ['lseek', [3, 0, 1], 9],
        ['open', ['/etc/motd', O.WRONLY | O.TRUNC], 4],
        ['lseek', [4, 0, 2], 0],
      ],
    ],
    [
      'dup shares the offset, open does not',
      [
        ['open', ['/etc/motd', 0], 3],
        ['dup', [3], 4],
        ['open', ['/etc/motd', 0], 5],
        ['lseek', [3, 4, 0], 4],
        ['lseek', [4, 0, 1], 4],
        ['lseek', [5, 0, 1], 0],
        ['dup', [77], 'EBADF'],
      ],
    ],
    [
      'dup2 and dup3',
      [
        ['dup2', [1, 7], 7],
        ['dup2', [1, 1], 1],
        ['dup2', [9, 9], 'EBADF'],
        ['dup2', [1, 5000], 'EBADF'],
        ['dup3', [1, 1, 0], 'EINVAL'],
        ['dup3', [1, 8, 1], 'EINVAL'],
        ['dup3', [1, 8, O.CLOEXEC], 8],
        ['fcntl', [8, 1], 1],
      ],
    ],
    [
      'close',
      [
        ['dup', [1], 3],
        ['close', [3], 0],
        ['close', [3], 'EBADF'],
        ['write', [1, 'a', 1], 1],
        ['dup', [1], 3],
      ],
    ],
    [
      'lseek',
      [
        ['open', ['/etc/motd', 0], 3],
        ['lseek', [3, -2, 2], 4],
        ['lseek', [3, -7, 1], 'EINVAL'],
        ['lseek', [3, 0, 9], 'EINVAL'],
        ['lseek', [3, 100, 0], 100],
        ['lseek', [3, 2, 3], 2],
        ['lseek', [3, 2, 4], 6],
        ['lseek', [3, 6, 3], 'ENXIO'],
        ['lseek', [0, 0, 0], 'ESPIPE'],
        ['lseek', [42, 0, 0], 'EBADF'],
      ],
    ],
    [
      'pread64 and pwrite64 leave the offset alone',
      [
        ['open', ['/etc/motd', O.RDWR], 3],
        ['pread64', [3, { buf: 4 }, 4, 4], 2],
        ['pwrite64', [3, 'XY', 2, 5], 2],
        ['lseek', [3, 0, 1], 0],
        ['lseek', [3, 0, 2], 7],
        ['pread64', [3, { buf: 1 }, 1, -1], 'EINVAL'],
        ['pread64', [0, { buf: 1 }, 1, 0], 'ESPIPE'],
      ],
    ],
    [
      'fcntl',
      [
        ['open', ['/etc/motd', O.RDWR | O.CLOEXEC], 3],
        ['fcntl', [3, 1], 1],
        ['fcntl', [3, 2, 0], 0],
        ['fcntl', [3, 1], 0],
        ['fcntl', [3, 3], 0o100002],
        ['fcntl', [3, 4, O.NONBLOCK], 0],
        ['fcntl', [3, 3], 0o104002],
        ['fcntl', [3, 0, 10], 10],
        ['fcntl', [3, 999], 'EINVAL'],
        ['fcntl', [99, 1], 'EBADF'],
      ],
    ],
    [
      'fstat',
      [
        ['fstat', [0, { buf: 144 }], 0],
        ['fstat', [0, 0x10], 'EFAULT'],
        ['fstat', [9, { buf: 144 }], 'EBADF'],
        ['stat', ['/etc', { buf: 144 }], 0],
        ['stat', ['/none', { buf: 144 }], 'ENOENT'],
        ['newfstatat', [1, '', { buf: 144 }, 0x1000], 0],
        ['newfstatat', [-100, '/etc', { buf: 144 }, 1], 'EINVAL'],
      ],
    ],
    [
      'who am I',
      [
        ['getpid', [], 1000],
        ['gettid', [], 1000],
        ['getppid', [], 1],
        ['uname', [{ buf: 390 }], 0],
        ['uname', [0x10], 'EFAULT'],
        ['sched_yield', [], 0],
      ],
    ],
    [
      'chance',
      [
        ['getrandom', [{ buf: 8 }, 8, 0], 8],
        ['getrandom', [{ buf: 8 }, 8, 8], 'EINVAL'],
        ['getrandom', [0x10, 8, 0], 'EFAULT'],
        ['getrandom', [0, 0, 0], 0],
      ],
    ],
    [
      'clocks',
      [
        ['clock_gettime', [1, { buf: 16 }], 0],
        ['clock_gettime', [1, 0x10], 'EFAULT'],
        ['clock_gettime', [99, { buf: 16 }], 'EINVAL'],
        ['clock_gettime', [10, { buf: 16 }], 'EINVAL'],
      ],
    ],
    [
      'nanosleep',
      [
        ['nanosleep', [{ buf: 16 }, 0], 'sleeps 0'],
        ['nanosleep', [0, 0], 'EFAULT'],
        ['nanosleep', ['\u0001\0\0\0\0\0\0\0\u0002\0\0\0\0\0\0', 0], 'sleeps 1000000002'],
        ['nanosleep', ['\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u007f', 0], 'EINVAL'],
        ['clock_nanosleep', [3, 0, { buf: 16 }, 0], 'EOPNOTSUPP'],
        ['clock_nanosleep', [10, 0, { buf: 16 }, 0], 'EINVAL'],
        ['clock_nanosleep', [4, 0, { buf: 16 }, 0], 'EOPNOTSUPP'],
        ['clock_nanosleep', [0, 1, { buf: 16 }, 0], 'sleeps 0'],
      ],
    ],
    [
      'signals',
      [
        ['kill', [1000, 0], 0],
        ['kill', [1000, 65], 'EINVAL'],
        ['kill', [4711, 65], 'ESRCH'],
        ['tgkill', [1000, 1003, 0], 0],
        ['tgkill', [1000, 1004, 0], 'ESRCH'],
        ['tgkill', [1000, 0, 0], 'EINVAL'],
        ['tgkill', [999, 1000, 0], 'ESRCH'],
      ],
    ],
    [
      'the end',
      [
        ['exit_group', [259], 'exits 3'],
        ['exit', [260], 'exits 4'],
      ],
    ],
    [
      'no new thread or process: 0 would say that the caller is the child',
      [
        ['clone', [0x50f00, 0, 0, 0, 0], 'ENOSYS'],
        ['fork', [], 'ENOSYS'],
        ['vfork', [], 'ENOSYS'],
        ['clone3', [0, 0], 'ENOSYS'],
      ],
    ],
    ['a call that is not modelled says so', [['shmget', [0, 4096, 0o600], 'ENOSYS']]],
  ];

  test.each(TABLE)('%s', (_, lines) => {
    expect(play(freshPort(FILES), lines)).toEqual(lines);
  });

  test('a number that is no call', () => {
    expect(said(enterKernel(freshPort(), { nr: 9_999, args: [], occasion: 'entered' }))).toBe('ENOSYS');
  });

  test('descriptors run out', () => {
    const port = freshPort();
    for (let n = 3; n < 1024; n++) expect(call(port, 'dup', 1)).toBe(n);
    expect(call(port, 'dup', 1)).toBe('EMFILE');
    expect(call(port, 'pipe2', { buf: 8 }, 0)).toBe('EMFILE');
    call(port, 'close', 500);
    expect(call(port, 'pipe2', { buf: 8 }, 0)).toBe('EMFILE');
    expect(call(port, 'openat', AT_FDCWD, '/x', O.CREAT)).toBe(500);
  });
});
