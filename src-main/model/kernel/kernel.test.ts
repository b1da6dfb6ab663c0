import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ask, call, freshPort, type Line, play, said } from '../testdata/kernel-port';
import { lonePort } from './lone-port';
import type { KernelAnswer } from './answer';
import { errnoByNumber, ERRNOS } from './errno';
import { enterKernel, firstKernelState } from './kernel';
import { copyOut, place, readMemory, writeMemory } from './memory';
import { syscallByName, SYSCALLS } from './syscall-table';
import { losslessText, utf8Bytes, utf8Text } from './utf8';

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

describe('what arrives in memory', () => {
  const bytes = (port: ReturnType<typeof freshPort>, at: bigint, n: number): number[] => readMemory(port, at, n) ?? [];

  test('read', () => {
    const port = freshPort(FILES, { 3: '/etc/motd' });
    const buffer = place(port, { buf: 6 });
    expect(call(port, 'read', 3, buffer, 6)).toBe(6);
    expect(utf8Text(bytes(port, buffer, 6))).toBe('hello\n');
  });

  test.each([
    ['amd64', 144, 24],
    ['arm64', 128, 16],
  ] as const)('fstat on %s', (arch, size, modeAt) => {
    const port = freshPort(FILES, { 3: '/etc/motd' });
    port.arch = arch;
    const buffer = place(port, { buf: size });
    expect(call(port, 'fstat', 3, buffer)).toBe(0);
    const held = bytes(port, buffer, size);
    expect(held.slice(modeAt, modeAt + 4)).toEqual([0xa4, 0x81, 0, 0]);
    expect(held.slice(48, 56)).toEqual([6, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('equal strings share a block, as long as nobody writes into it', () => {
    const port = freshPort();
    const first = place(port, 'ab');
    expect(place(port, 'ab')).toBe(first);
    const next = place(port, { buf: 5000 });
    expect(next - first).toBe(0x2000n);
    expect(place(port, { buf: 1 }) - next).toBe(0x3000n);
    writeMemory(port, first, [0x63]);
    const second = place(port, 'ab');
    expect(second).not.toBe(first);
    expect(place(port, 'cb')).toBe(first);
    // An earlier block that becomes equal comes first, as in a search from the beginning.
    writeMemory(port, first, [0x61]);
    expect(place(port, 'ab')).toBe(first);
  });

  test('a file holds any bytes', () => {
    const port = freshPort({}, { 3: '/bin' });
    const odd = [0xff, 0x00, 0xe6, 0x98, 0x80, 0xc3];
    const from = place(port, { buf: odd.length });
    writeMemory(port, from, odd);
    expect(call(port, 'write', 3, from, odd.length)).toBe(odd.length);
    const to = place(port, { buf: odd.length });
    expect(call(port, 'pread64', 3, to, odd.length, 0)).toBe(odd.length);
    expect(bytes(port, to, odd.length)).toEqual(odd);
  });

  test('uname, clock_gettime, getrandom', () => {
    const port = freshPort();
    const buffer = place(port, { buf: 390 });
    call(port, 'uname', buffer);
    expect(utf8Text(bytes(port, buffer, 6))).toBe('Linux\0');
    call(port, 'clock_gettime', 0, buffer);
    expect(bytes(port, buffer, 16)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0x65, 0xcd, 0x1d, 0, 0, 0, 0]);
    call(port, 'getrandom', buffer, 3, 0);
    expect(bytes(port, buffer, 3)).toEqual([0, 1, 2]);
  });

  test('write to 1 and 2 is seen, through dup as well', () => {
    const port = freshPort();
    call(port, 'write', 1, '你好', 6);
    call(port, 'dup', 2);
    call(port, 'write', 3, 'oh', 2);
    expect([port.kernel.stdout, port.kernel.stderr]).toEqual(['你好', 'oh']);
  });
});

describe('mmap', () => {
  const [RW, PRIVATE, ANON] = [3, 2, 0x20];
  const TOP = 0x7ffff7fff000;
  test.each<readonly [string, readonly Line[]]>([
    [
      'gives pages from the top downwards',
      [
        ['mmap', [0, 1, RW, PRIVATE | ANON, -1, 0], TOP - 4096],
        ['mmap', [0, 8192, RW, PRIVATE | ANON, -1, 0], TOP - 3 * 4096],
      ],
    ],
    [
      'fills a gap',
      [
        ['mmap', [0, 4096, RW, PRIVATE | ANON, -1, 0], TOP - 4096],
        ['mmap', [0, 4096, RW, PRIVATE | ANON, -1, 0], TOP - 8192],
        ['munmap', [TOP - 4096, 4096], 0],
        ['mmap', [0, 4096, RW, PRIVATE | ANON, -1, 0], TOP - 4096],
      ],
    ],
    [
      'refuses',
      [
        ['mmap', [0, 0, RW, PRIVATE | ANON, -1, 0], 'EINVAL'],
        ['mmap', [0, 1, RW, ANON, -1, 0], 'EINVAL'],
        ['mmap', [0, 1, RW, PRIVATE, 9, 0], 'EBADF'],
        ['mmap', [0, 1, RW, PRIVATE, 3, 7], 'EINVAL'],
        ['mmap', [0, 2 ** 50, RW, PRIVATE | ANON, -1, 0], 'ENOMEM'],
        ['mmap', [0, 1, RW, 1, 1, 0], 'EACCES'],
        ['mmap', [0, 1, 1, PRIVATE, 0, 0], 'ENODEV'],
        ['munmap', [1, 1], 'EINVAL'],
        ['munmap', [4096, 0], 'EINVAL'],
      ],
    ],
    [
      'memory is there until munmap',
      [
        ['mmap', [0, 4096, RW, PRIVATE | ANON, -1, 0], TOP - 4096],
        ['read', [3, TOP - 4096, 6], 6],
        ['write', [1, TOP - 4096, 6], 6],
        ['munmap', [TOP - 4096, 4096], 0],
        ['write', [1, TOP - 4096, 6], 'EFAULT'],
      ],
    ],
    [
      'protection counts',
      [
        ['mmap', [0, 4096, 1, PRIVATE | ANON, -1, 0], TOP - 4096],
        ['read', [3, TOP - 4096, 6], 'EFAULT'],
        ['write', [1, TOP - 4096, 2], 2],
      ],
    ],
  ])('%s', (_, lines) => {
    expect(play(freshPort(FILES, { 3: '/etc/motd' }), lines)).toEqual(lines);
  });

  test('a file is there to be read, and writing goes into the pages', () => {
    const port = freshPort(FILES, { 3: '/etc/motd' });
    const start = BigInt(call(port, 'mmap', 0, 4096, RW, PRIVATE, 3, 0));
    expect(utf8Text(readMemory(port, start, 8) ?? [])).toBe('hello\n\0\0');
    copyOut(port, start, utf8Bytes('J'));
    expect(utf8Text(readMemory(port, start, 6) ?? [])).toBe('Jello\n');
    expect(port.kernel.files['/etc/motd']?.data).toBe('hello\n');
  });

  test('munmap in the middle leaves two ranges', () => {
    const port = freshPort();
    const start = Number(call(port, 'mmap', 0, 3 * 4096, RW, PRIVATE | ANON, -1, 0));
    call(port, 'munmap', start + 4096, 4096);
    expect(port.kernel.maps.map((map) => [Number(map.start) - start, map.bytes])).toEqual([
      [0, 4096],
      [8192, 4096],
    ]);
    expect(readMemory(port, BigInt(start + 4000), 200)).toBeNull();
  });
});

describe('the tables', () => {
  test.each([
    ['read', 0, 63, 'Syscall'],
    ['openat', 257, 56, 'Syscall6'],
    ['getpid', 39, 172, 'rawSyscallNoError'],
    ['epoll_ctl', 233, 21, 'RawSyscall6'],
    ['futex', 202, 98, null],
  ])('%s', (name, amd64, arm64, via) => {
    expect(syscallByName(name)).toMatchObject({ nr: { amd64, arm64 }, via });
  });

  test('are whole', () => {
    expect(errnoByNumber(9)).toMatchObject({ name: 'EBADF', message: 'bad file descriptor' });
    expect(ERRNOS.length).toBeGreaterThanOrEqual(133);
    expect(Math.max(...SYSCALLS.map((each) => each.argc))).toBeLessThanOrEqual(6);
  });

  test('have the numbers of the reference, [name, amd64, arm64]', () => {
    const reference = JSON.parse(readFileSync(new URL('testdata/syscall-numbers.json', import.meta.url), 'utf8')) as [
      string,
      number | null,
      number | null,
    ][];
    expect(reference.length).toBeGreaterThanOrEqual(318);
    expect(SYSCALLS.map(({ name }) => name).sort()).toEqual(reference.map(([name]) => name).sort());
    for (const [name, amd64, arm64] of reference) expect(syscallByName(name), name).toMatchObject({ nr: { amd64, arm64 } });
  });

  test('every call answers something on both architectures, whatever its arguments', () => {
    const odd = [0n, 1n, 3n, -1n, 0x10n, 0xc100000000n, 1n << 63n, 0xffffffffn];
    for (const arch of ['amd64', 'arm64'] as const) {
      for (const info of SYSCALLS) {
        for (let i = 0; i < odd.length; i++) {
          const port = lonePort(firstKernelState({ files: FILES, fds: { 3: '/etc/motd' } }));
          port.arch = arch;
          place(port, { buf: 32 });
          const args = Array.from({ length: 6 }, (_, at) => BigInt.asUintN(64, odd[(i * (at + 1) + at) % odd.length] ?? 0n));
          const answer: KernelAnswer = ask(port, info.name, args);
          expect(typeof said(answer), info.name).toMatch(/number|string/);
        }
      }
    }
  });
});

test.each(['', 'abc', 'é', '春眠', '🙂', 'a\u0000b'])('UTF-8 of %j there and back', (text) => {
  expect(utf8Bytes(text)).toEqual([...new TextEncoder().encode(text)]);
  expect(utf8Text(utf8Bytes(text))).toBe(text);
});

test.each([[[0xff]], [[0xe6, 0x98]], [[0x61, 0xc3, 0x28]], [[0xf0, 0x9f, 0x99, 0x82]]])('bytes %j are kept as text', (bytes) => {
  expect(utf8Bytes(losslessText(bytes))).toEqual(bytes);
});
