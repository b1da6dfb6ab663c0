import { describe, expect, test } from 'vitest';
import { familyPort, testFamily } from '../../testdata/family-table';
import { call, type TestPort } from '../../testdata/kernel-port';
import { DESCRIPTORS } from './descriptors';

testFamily(DESCRIPTORS, [
  { call: ['close', 3], prints: 'close(3) = 0' },
  { call: ['close', 99], prints: 'close(99) = -1 EBADF (Bad file descriptor)' },
  { call: ['dup', 3], prints: 'dup(3) = 6' },
  { call: ['dup2', 3, 9], prints: 'dup2(3, 9) = 9' },
  { call: ['dup3', 1, 8, 0x80000], prints: 'dup3(1, 8, O_CLOEXEC) = 8' },
  { call: ['fcntl', 3, 1], prints: 'fcntl(3, F_GETFD) = 0' },
  { call: ['fcntl', 3, 2, 1], prints: 'fcntl(3, F_SETFD, FD_CLOEXEC) = 0' },
  { call: ['fcntl', 3, 3], prints: 'fcntl(3, F_GETFL) = 0x8002 (flags O_RDWR|O_LARGEFILE)' },
  { call: ['fcntl', 3, 4, 0o6000], prints: 'fcntl(3, F_SETFL, O_RDONLY|O_APPEND|O_NONBLOCK) = 0' },
  { call: ['fcntl', 3, 0, 10], prints: 'fcntl(3, F_DUPFD, 10) = 10' },
  { call: ['fcntl', 3, 999, 7], prints: 'fcntl(3, 0x3e7 /* F_??? */, 0x7) = -1 EINVAL (Invalid argument)' },
  { call: ['close_range', 4, 3, 0], prints: 'close_range(4, 3, 0) = -1 EINVAL (Invalid argument)' },
  { call: ['flock', 3, 2], prints: 'flock(3, LOCK_EX) = 0', waits: 'for others' },
  { call: ['ioctl', 4, 0x541b, { buf: 4 }], prints: 'ioctl(4, FIONREAD, 0xc100002000) = 0' },
  { call: ['ioctl', 3, 0x5401, { buf: 64 }], prints: 'ioctl(3, TCGETS, 0xc100002000) = -1 ENOTTY (Inappropriate ioctl for device)' },
  { call: ['fcntl', 4, 1032], prints: 'fcntl(4, F_GETPIPE_SZ, 0) = 65536' },
  { call: ['fcntl', 3, 1032], prints: 'fcntl(3, F_GETPIPE_SZ, 0) = -1 EBADF (Bad file descriptor)' },
  { call: ['fcntl', 3, 9], prints: 'fcntl(3, F_GETOWN, 0) = 0' },
  { call: ['fcntl', 3, 1024, 0], prints: 'fcntl(3, 0x400 /* F_??? */, 0) = -1 ENOSYS (Function not implemented) /* not modelled */' },
]);

describe('which descriptors a new program would not inherit', () => {
  const [GETFD, SETFD, DUPFD, DUPFD_CLOEXEC] = [1, 2, 0, 1030];
  const CLOEXEC = 0o2000000;

  /** /etc/motd at 3, with FD_CLOEXEC as asked. */
  function opened(cloexec: boolean): TestPort {
    const port = familyPort();
    expect(call(port, 'fcntl', 3, SETFD, cloexec ? 1 : 0)).toBe(0);
    return port;
  }

  test.each<readonly [made: string, args: readonly number[], flag: number]>([
    ['dup', [3], 0],
    ['dup2', [3, 9], 0],
    ['dup3', [3, 9, 0], 0],
    ['dup3', [3, 9, CLOEXEC], 1],
    ['fcntl', [3, DUPFD, 9], 0],
    ['fcntl', [3, DUPFD_CLOEXEC, 9], 1],
  ])('%s(%j): the flag belongs to the descriptor, and the copy has its own', (name, args, flag) => {
    for (const original of [true, false]) {
      const port = opened(original);
      const copy = call(port, name, ...args);
      expect(copy).toBe(args.length > 1 ? 9 : 6);
      expect(call(port, 'fcntl', Number(copy), GETFD)).toBe(flag);
      expect(call(port, 'fcntl', 3, GETFD)).toBe(original ? 1 : 0);
    }
  });

  test('dup2 onto itself changes nothing', () => {
    const port = opened(true);
    expect([call(port, 'dup2', 3, 3), call(port, 'fcntl', 3, GETFD)]).toEqual([3, 1]);
  });

  test('a descriptor that is taken over is closed before, and loses its flag', () => {
    const port = opened(true);
    expect(call(port, 'fcntl', 5, SETFD, 1)).toBe(0);
    expect([call(port, 'dup2', 3, 5), call(port, 'fcntl', 5, GETFD)]).toEqual([5, 0]);
  });
});
