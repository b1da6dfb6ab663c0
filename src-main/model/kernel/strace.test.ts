import { describe, expect, test } from 'vitest';
import { freshPort, type TestPort } from '../testdata/kernel-port';
import { enterKernel } from './kernel';
import { place, writeMemory } from './memory';
import { errnoText, logEntry, logExit, straceEntry, straceExit, straceLine } from './strace';
import { quoted } from './strace-arguments';
import { SYSCALLS, syscallByName } from './syscall-table';
import { utf8Bytes } from './utf8';

type Argument = number | string | { buf: number };
const FILES = { '/etc/motd': 'hello\n', '/etc/hosts': '' };

function lineOf(port: TestPort, name: string, args: readonly Argument[]): string {
  const call = {
    name,
    arch: port.arch,
    args: args.map((each) => (typeof each === 'number' ? BigInt.asUintN(64, BigInt(each)) : place(port, each))),
  };
  const entry = straceEntry(port, call);
  const answer = enterKernel(port, { nr: syscallByName(name)?.nr[port.arch] ?? -1, args: call.args, occasion: 'entered' });
  const { unmodelled = false } = answer.kind === 'return' ? answer : {};
  return entry + straceExit(port, { ...call, unmodelled }, answer.kind === 'exit' ? null : answer.kind === 'wait' ? 0n : answer.result);
}

describe('one line', () => {
  test.each<readonly [name: string, args: readonly Argument[], line: string]>([
    ['read', [3, { buf: 16 }, 16], 'read(3, "hello\\n", 16) = 6'],
    ['read', [999, 0x10, 16], 'read(999, 0x10, 16) = -1 EBADF (Bad file descriptor)'],
    ['read', [3, 0, 0], 'read(3, NULL, 0) = 0'],
    ['write', [1, 'a "quote"\n', 10], 'write(1, "a \\"quote\\"\\n", 10) = 10'],
    ['write', [1, 'abcdefghijklmnopqrstuvwxyz0123456789', 36], 'write(1, "abcdefghijklmnopqrstuvwxyz012345"..., 36) = 36'],
    ['write', [1, 0x10, 3], 'write(1, 0x10, 3) = -1 EFAULT (Bad address)'],
    ['openat', [-100, '/etc/motd', 0x80000], 'openat(AT_FDCWD, "/etc/motd", O_RDONLY|O_CLOEXEC) = 4'],
    ['openat', [-100, '/new', 0o102 | 0x80000, 0o644], 'openat(AT_FDCWD, "/new", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 4'],
    ['openat', [7, 'appss.txt', 2, 0o644], 'openat(7, "appss.txt", O_RDWR) = -1 EBADF (Bad file descriptor)'],
    ['open', ['/none', 1], 'open("/none", O_WRONLY) = -1 ENOENT (No such file or directory)'],
    ['close', [99], 'close(99) = -1 EBADF (Bad file descriptor)'],
    ['fstat', [3, { buf: 144 }], 'fstat(3, {st_mode=S_IFREG|0644, st_size=6, ...}) = 0'],
    ['fstat', [1, { buf: 144 }], 'fstat(1, {st_mode=S_IFCHR|0620, st_rdev=makedev(0x88, 0), ...}) = 0'],
    ['fstat', [1, 0x10], 'fstat(1, 0x10) = -1 EFAULT (Bad address)'],
    ['lseek', [3, -2, 2], 'lseek(3, -2, SEEK_END) = 4'],
    ['lseek', [3, 0, 9], 'lseek(3, 0, 0x9 /* SEEK_??? */) = -1 EINVAL (Invalid argument)'],
    ['pipe2', [{ buf: 8 }, 0x80800], 'pipe2([4, 5], O_NONBLOCK|O_CLOEXEC) = 0'],
    ['pipe2', [0x10, 0], 'pipe2(0x10, 0) = -1 EFAULT (Bad address)'],
    ['dup3', [1, 8, 0x80000], 'dup3(1, 8, O_CLOEXEC) = 8'],
    ['fcntl', [3, 3], 'fcntl(3, F_GETFL) = 0x8002 (flags O_RDWR|O_LARGEFILE)'],
    ['fcntl', [3, 1], 'fcntl(3, F_GETFD) = 0'],
    ['fcntl', [3, 2, 1], 'fcntl(3, F_SETFD, FD_CLOEXEC) = 0'],
    ['fcntl', [3, 0, 10], 'fcntl(3, F_DUPFD, 10) = 10'],
    ['getpid', [], 'getpid() = 1000'],
    ['sched_yield', [], 'sched_yield() = 0'],
    ['exit_group', [3], 'exit_group(3) = ?'],
    ['mmap', [0, 8192, 3, 0x22, -1, 0], 'mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7ffff7ffd000'],
    ['mmap', [0, 4096, 0, 0x2, 3, 4096], 'mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE, 3, 0x1000) = 0x7ffff7ffe000'],
    ['munmap', [4096, 4096], 'munmap(0x1000, 4096) = 0'],
    ['nanosleep', [{ buf: 16 }, 0], 'nanosleep({tv_sec=0, tv_nsec=0}, NULL) = 0'],
    ['clock_gettime', [1, { buf: 16 }], 'clock_gettime(CLOCK_MONOTONIC, {tv_sec=1, tv_nsec=500000000}) = 0'],
    ['uname', [{ buf: 390 }], 'uname({sysname="Linux", nodename="schedville", ...}) = 0'],
    ['futex', [0xc100000000, 129, 1], 'futex(0xc100000000, FUTEX_WAKE_PRIVATE, 1) = 0'],
    ['futex', [{ buf: 4 }, 128, 1, 0], 'futex(0xc100000000, FUTEX_WAIT_PRIVATE, 1, NULL) = -1 EAGAIN (Resource temporarily unavailable)'],
    [
      'futex',
      [{ buf: 4 }, 0x109, 1, 0, 0, -1],
      'futex(0xc100000000, FUTEX_WAIT_BITSET|FUTEX_CLOCK_REALTIME, 1, NULL, FUTEX_BITSET_MATCH_ANY) = -1 EAGAIN (Resource temporarily unavailable)',
    ],
    ['epoll_create1', [0x80000], 'epoll_create1(EPOLL_CLOEXEC) = 4'],
    ['epoll_ctl', [3, 1, 0, { buf: 12 }], 'epoll_ctl(3, EPOLL_CTL_ADD, 0, {events=0, data={u32=0, u64=0}}) = -1 EINVAL (Invalid argument)'],
    ['eventfd2', [7, 0x80801], 'eventfd2(7, EFD_SEMAPHORE|EFD_CLOEXEC|EFD_NONBLOCK) = 4'],
    ['socketpair', [1, 0x80001, 0, { buf: 8 }], 'socketpair(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0, [4, 5]) = 0'],
    ['kill', [1, 0], 'kill(1, 0) = 0'],
    ['tgkill', [1000, 1009, 23], 'tgkill(1000, 1009, SIGURG) = -1 ESRCH (No such process)'],
    ['getrandom', [{ buf: 4 }, 4, 1], 'getrandom("\\x00\\x01\\x02\\x03", 4, GRND_NONBLOCK) = 4'],
    ['mkdirat', [-100, '/a', 0o755], 'mkdirat(AT_FDCWD, "/a", 0755) = 0'],
    ['unlinkat', [-100, '/a', 0x200], 'unlinkat(AT_FDCWD, "/a", AT_REMOVEDIR) = -1 ENOENT (No such file or directory)'],
    ['madvise', [0xc000000000, 4096, 4], 'madvise(0xc000000000, 4096, MADV_DONTNEED) = -1 ENOMEM (Cannot allocate memory)'],
    ['setsid', [], 'setsid() = -1 EPERM (Operation not permitted)'],
    ['umask', [0o22], 'umask(022) = 022'],
    ['pread64', [3, { buf: 8 }, 4, 2], 'pread64(3, "llo\\n", 4, 2) = 4'],
    ['fcntl', [3, 4, 0o6000], 'fcntl(3, F_SETFL, O_RDONLY|O_APPEND|O_NONBLOCK) = 0'],
    [
      'futex',
      [{ buf: 4 }, 4, 1, 2, { buf: 4 }, 9],
      'futex(0xc100000000, FUTEX_CMP_REQUEUE, 1, 2, 0xc100002000, 9) = -1 EAGAIN (Resource temporarily unavailable)',
    ],
    ['sendto', [3, 'abc', 3, 0x4000, 0, 0], 'sendto(3, "abc", 3, MSG_NOSIGNAL, NULL, 0) = -1 ENOTSOCK (Socket operation on non-socket)'],
    ['epoll_ctl', [9, 2, 0, 0], 'epoll_ctl(9, EPOLL_CTL_DEL, 0, NULL) = -1 EBADF (Bad file descriptor)'],
    ['rt_sigaction', [23, 0, 0, 8], 'rt_sigaction(SIGURG, NULL, NULL, 8) = 0'],
    ['mount', [0, 0, 0, 0, 0], 'mount(NULL, NULL, NULL, 0, NULL) = -1 ENOSYS (Function not implemented) /* not modelled */'],
  ])('%s(%j)', (name, args, line) => {
    expect(lineOf(freshPort(FILES, { 3: '/etc/motd' }), name, args)).toBe(line);
  });

  test('epoll_wait tells events', () => {
    const port = freshPort(FILES);
    lineOf(port, 'eventfd2', [1, 0]);
    lineOf(port, 'epoll_create1', [0]);
    const event = place(port, { buf: 12 });
    writeMemory(port, event, [1, 0, 0, 0x80, 3]);
    expect(lineOf(port, 'epoll_ctl', [4, 1, 3, Number(event)])).toBe(
      'epoll_ctl(4, EPOLL_CTL_ADD, 3, {events=EPOLLIN|EPOLLET, data={u32=3, u64=3}}) = 0',
    );
    expect(lineOf(port, 'epoll_wait', [4, { buf: 96 }, 8, -1])).toBe('epoll_wait(4, [{events=EPOLLIN, data={u32=3, u64=3}}], 8, -1) = 1');
    expect(lineOf(port, 'epoll_wait', [4, { buf: 96 }, 8, 0])).toBe('epoll_wait(4, [], 8, 0) = 0');
  });

  test('a sleep cut short tells what was left', () => {
    const port = freshPort();
    const [request, left] = [place(port, { buf: 16 }), place(port, { buf: 16 })];
    writeMemory(port, request, [1]);
    const call = { name: 'nanosleep', arch: 'amd64' as const, args: [request, left] };
    expect(straceLine(port, call, -4n)).toBe(
      'nanosleep({tv_sec=1, tv_nsec=0}, {tv_sec=0, tv_nsec=0}) = -1 EINTR (Interrupted system call)',
    );
    expect(straceLine(port, call, 0n)).toBe(`nanosleep({tv_sec=1, tv_nsec=0}, 0x${left.toString(16)}) = 0`);
  });

  test('on arm64 some flags have other bits', () => {
    const port = freshPort(FILES);
    port.arch = 'arm64';
    expect(lineOf(port, 'openat', [-100, '/etc', 0o40000])).toBe('openat(AT_FDCWD, "/etc", O_RDONLY|O_DIRECTORY) = 3');
  });

  test('every call of the table can be printed', () => {
    const port = freshPort(FILES);
    for (const { name } of SYSCALLS)
      expect(straceLine(port, { name, arch: 'amd64', args: [1n, 2n, 3n, 4n, 5n, 6n] }, -38n)).toMatch(
        /^\w+\(.*\) = -1 ENOSYS \(Function not implemented\)$/,
      );
  });
});

test.each([
  [9, 'EBADF (Bad file descriptor)'],
  [73, 'EDOTDOT (RFS specific error)'],
  [4095, 'ERRNO_4095 (Unknown error 4095)'],
])('errno %i', (number, text) => {
  expect(errnoText(number)).toBe(text);
});

test.each([
  ['', '""'],
  ['tab\there', '"tab\\there"'],
  ['back\\slash', '"back\\\\slash"'],
  ['é', '"\\303\\251"'],
  ['\u00011', '"\\0011"'],
  ['\u0001x', '"\\1x"'],
  ['x'.repeat(33), `"${'x'.repeat(32)}"...`],
])('%j between quotation marks', (text, line) => {
  expect(quoted(utf8Bytes(text))).toBe(line);
});

describe.each(['amd64', 'arm64'] as const)('where errors end, on %s', (arch) => {
  test.each([
    [-1n, '-1 EPERM (Operation not permitted)'],
    [-4094n, '-1 ERRNO_4094 (Unknown error 4094)'],
    [-4095n, '-1 ERRNO_4095 (Unknown error 4095)'],
    [-4096n, '-4096'],
    [-4097n, '-4097'],
    [0n, '0'],
  ])('%s', (result, shown) => {
    const call = { name: 'lseek', arch, args: [3n, 0n, 0n] };
    expect(straceLine(freshPort(FILES), call, result)).toBe(`lseek(3, 0, SEEK_SET) = ${shown}`);
    expect(straceLine(freshPort(FILES), call, BigInt.asUintN(64, result))).toBe(`lseek(3, 0, SEEK_SET) = ${shown}`);
  });

  test('an address may be anything below', () => {
    const call = { name: 'mmap', arch, args: [0n, 4096n, 0n, 2n, 3n, 0n] };
    expect(straceExit(freshPort(FILES), call, -4096n)).toBe(') = 0xfffffffffffff000');
    expect(straceExit(freshPort(FILES), call, -4095n)).toBe(') = -1 ERRNO_4095 (Unknown error 4095)');
  });

  test('a call that fills memory fills none when it fails', () => {
    const port = freshPort(FILES);
    const buffer = place(port, { buf: 8 });
    const call = { name: 'read', arch, args: [3n, buffer, 8n] };
    expect(straceExit(port, call, -4095n)).toBe(`0x${buffer.toString(16)}, 8) = -1 ERRNO_4095 (Unknown error 4095)`);
    expect(straceExit(port, call, -4096n)).toBe('"", 8) = -4096');
  });
});

describe('the log', () => {
  const texts = (log: readonly { pid: number; text: string }[]): string[] => log.map(({ pid, text }) => `${pid} ${text}`);

  test('a call by itself is one line', () => {
    expect(texts(logExit(logEntry([], 1000, 'read(3, '), 1000, 'read', '"a", 1) = 1'))).toEqual(['1000 read(3, "a", 1) = 1']);
  });

  test('calls that overlap are cut and taken up again', () => {
    let log = logEntry([], 1000, 'read(3, ');
    log = logEntry(log, 1002, 'write(4, "a", 1');
    log = logExit(log, 1002, 'write', ') = 1');
    log = logExit(log, 1000, 'read', '"a", 1) = 1');
    expect(texts(log)).toEqual(['1000 read(3,  <unfinished ...>', '1002 write(4, "a", 1) = 1', '1000 <... read resumed>"a", 1) = 1']);
  });

  test('keeps the latest lines', () => {
    let log = logEntry([], 1, 'a(');
    for (let i = 0; i < 20; i++) log = logEntry(log, i, `call${i}(`);
    expect(log).toHaveLength(8);
    expect(log.at(-1)).toEqual({ pid: 19, text: 'call19(', open: true });
  });
});
