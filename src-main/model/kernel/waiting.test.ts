/** What blocks, what wakes it, and what epoll and futex make of it. */
import { describe, expect, test } from 'vitest';
import { ask, call, freshPort, said, type TestPort } from '../testdata/kernel-port';
import type { KernelAnswer } from './answer';
import { place, readMemory, writeMemory } from './memory';

const NONBLOCK = 0o4000;
const CLOEXEC = 0o2000000;
const woken = (answer: KernelAnswer): readonly string[] => answer.wokenObjects;

/** What a thread that waits is told when it looks again. */
function again(
  port: TestPort,
  name: string,
  args: readonly (bigint | number)[],
  before: KernelAnswer,
  occasion: 'woken' | 'time' | 'signal' = 'woken',
): KernelAnswer {
  return ask(port, name, args, occasion, before.kind === 'wait' ? before.held : undefined);
}

describe('pipe', () => {
  function piped(flags = 0): { port: TestPort; big: bigint; small: bigint } {
    const port = freshPort();
    expect(call(port, 'pipe2', { buf: 8 }, flags)).toBe(0);
    return { port, big: place(port, { buf: 70_000 }), small: place(port, { buf: 16 }) };
  }

  test('a reader waits until somebody writes, and ends when nobody can', () => {
    const { port, small } = piped();
    const waits = ask(port, 'read', [3, small, 8]);
    expect(said(waits)).toBe('waits for pipe:1:readable');
    const wrote = ask(port, 'write', [4, 'abc', 3]);
    expect([said(wrote), woken(wrote)]).toEqual([3, ['pipe:1:readable']]);
    expect(said(again(port, 'read', [3, small, 8], waits))).toBe(3);
    const closed = ask(port, 'close', [4]);
    expect(woken(closed)).toContain('pipe:1:readable');
    expect(call(port, 'read', 3, small, 8)).toBe(0);
  });

  test('a large write waits for room as often as it must', () => {
    const { port, big } = piped();
    const waits = ask(port, 'write', [4, big, 70_000]);
    expect([said(waits), woken(waits)]).toEqual(['waits for pipe:1:writable', ['pipe:1:readable']]);
    expect(call(port, 'read', 3, big, 70_000)).toBe(65_536);
    expect(said(again(port, 'write', [4, big, 70_000], waits))).toBe(70_000);
    expect(call(port, 'read', 3, big, 70_000)).toBe(70_000 - 65_536);
  });

  test('up to 4096 bytes go in whole or not yet', () => {
    const { port, big, small } = piped();
    call(port, 'write', 4, big, 65_536 - 8);
    expect(call(port, 'write', 4, small, 16)).toBe('waits for pipe:1:writable');
    expect(call(port, 'write', 4, small, 8)).toBe(8);
    expect(call(port, 'write', 4, small, 0)).toBe(0);
  });

  test('without anybody at the other end', () => {
    const { port, small } = piped();
    const waits = ask(port, 'write', [4, place(port, { buf: 70_001 }), 70_001]);
    expect(woken(ask(port, 'close', [3]))).toContain('pipe:1:writable');
    expect(said(again(port, 'write', [4, small, 70_001], waits))).toBe(65_536);
    expect(call(port, 'write', 4, small, 1)).toBe('EPIPE');
  });

  test('O_NONBLOCK', () => {
    const { port, big, small } = piped(NONBLOCK);
    expect(call(port, 'read', 3, small, 8)).toBe('EAGAIN');
    expect(call(port, 'write', 4, big, 70_000)).toBe(65_536);
    expect(call(port, 'write', 4, big, 1)).toBe('EAGAIN');
  });

  test.each([
    ['a strange flag', [{ buf: 8 }, 1], 'EINVAL'],
    ['no memory for the answer', [0x10, 0], 'EFAULT'],
  ] as const)('%s', (_, args, says) => {
    expect(call(freshPort(), 'pipe2', ...args)).toBe(says);
  });

  test('the wrong end, and no seeking', () => {
    const { port, small } = piped();
    expect([call(port, 'read', 4, small, 1), call(port, 'write', 3, small, 1), call(port, 'lseek', 3, 0, 0)]).toEqual([
      'EBADF',
      'EBADF',
      'ESPIPE',
    ]);
  });

  test('dup keeps an end open; a reader under way keeps reading after close', () => {
    const { port, small } = piped();
    call(port, 'dup', 4);
    call(port, 'close', 4);
    const waits = ask(port, 'read', [3, small, 8]);
    expect(said(waits)).toBe('waits for pipe:1:readable');
    call(port, 'write', 5, 'x', 1);
    call(port, 'close', 3);
    expect(said(again(port, 'read', [3, small, 8], waits))).toBe(1);
    expect(call(port, 'read', 3, small, 8)).toBe('EBADF');
  });
});

describe('socketpair', () => {
  const [STREAM, DGRAM] = [1, 2];

  function pair(type: number): { port: TestPort; buffer: bigint } {
    const port = freshPort();
    const fds = place(port, { buf: 8 });
    expect(call(port, 'socketpair', 1, type, 0, fds)).toBe(0);
    expect(readMemory(port, fds, 8)).toEqual([3, 0, 0, 0, 4, 0, 0, 0]);
    return { port, buffer: place(port, { buf: 64 }) };
  }

  test('both ways; a reader waits', () => {
    const { port, buffer } = pair(STREAM);
    const waits = ask(port, 'read', [4, buffer, 64]);
    expect(said(waits)).toBe('waits for socket:2:readable');
    expect(woken(ask(port, 'write', [3, 'abc', 3]))).toContain('socket:2:readable');
    call(port, 'write', 3, 'de', 2);
    expect(said(again(port, 'read', [4, buffer, 64], waits))).toBe(5);
    expect(call(port, 'write', 4, 'x', 1)).toBe(1);
    expect(call(port, 'read', 3, buffer, 64)).toBe(1);
  });

  test('messages stay apart and lose what does not fit', () => {
    const { port, buffer } = pair(DGRAM | CLOEXEC);
    call(port, 'write', 3, 'abc', 3);
    call(port, 'write', 3, 'de', 2);
    expect([call(port, 'read', 4, buffer, 2), call(port, 'recvfrom', 4, buffer, 64, 2), call(port, 'read', 4, buffer, 64)]).toEqual([
      2, 2, 2,
    ]);
  });

  test('an end that is gone', () => {
    const { port, buffer } = pair(STREAM);
    call(port, 'write', 3, 'abc', 3);
    expect(woken(ask(port, 'close', [3]))).toContain('socket:2:readable');
    expect([call(port, 'read', 4, buffer, 64), call(port, 'read', 4, buffer, 64), call(port, 'write', 4, 'x', 1)]).toEqual([3, 0, 'EPIPE']);
  });

  test('shutdown ends one direction', () => {
    const { port, buffer } = pair(STREAM);
    expect(call(port, 'shutdown', 3, 1)).toBe(0);
    expect([
      call(port, 'write', 3, 'x', 1),
      call(port, 'read', 4, buffer, 1),
      call(port, 'write', 4, 'x', 1),
      call(port, 'read', 3, buffer, 1),
    ]).toEqual(['EPIPE', 0, 1, 1]);
    expect([call(port, 'shutdown', 3, 3), call(port, 'shutdown', 1, 1)]).toEqual(['EINVAL', 'ENOTSOCK']);
  });

  test('a full one waits', () => {
    const { port } = pair(STREAM);
    const big = place(port, { buf: 300_000 });
    const waits = ask(port, 'write', [3, big, 300_000]);
    expect(said(waits)).toBe('waits for socket:1:writable');
    const read = ask(port, 'read', [4, big, 300_000]);
    expect([said(read), woken(read)]).toEqual([212_992, ['socket:1:writable']]);
    expect(said(again(port, 'write', [3, big, 300_000], waits))).toBe(300_000);
  });

  test.each([
    ['another family', [2, 1, 0], 'EOPNOTSUPP'],
    ['no family', [99, 1, 0], 'EAFNOSUPPORT'],
    ['no type', [1, 9, 0], 'ESOCKTNOSUPPORT'],
    ['a strange flag', [1, 0x11, 0], 'EINVAL'],
    ['another protocol', [1, 1, 6], 'EPROTONOSUPPORT'],
  ] as const)('%s', (_, args, says) => {
    expect(call(freshPort(), 'socketpair', ...args, { buf: 8 })).toBe(says);
  });
});

describe('eventfd', () => {
  const eight = (port: TestPort, value: number): bigint => {
    const at = place(port, { buf: 8 });
    writeMemory(port, at, [value, 0, 0, 0, 0, 0, 0, 0]);
    return at;
  };

  test('counts, gives all at once, and waits at zero', () => {
    const port = freshPort();
    const buffer = place(port, { buf: 8 });
    expect(call(port, 'eventfd2', 2, 0)).toBe(3);
    expect(call(port, 'write', 3, eight(port, 5), 8)).toBe(8);
    expect(call(port, 'read', 3, buffer, 8)).toBe(8);
    expect(readMemory(port, buffer, 8)?.[0]).toBe(7);
    const waits = ask(port, 'read', [3, buffer, 8]);
    expect(said(waits)).toBe('waits for eventfd:1:readable');
    expect(woken(ask(port, 'write', [3, eight(port, 1), 8]))).toEqual(['eventfd:1:readable']);
    expect(said(again(port, 'read', [3, buffer, 8], waits))).toBe(8);
  });

  test('as a semaphore it gives one', () => {
    const port = freshPort();
    const buffer = place(port, { buf: 8 });
    call(port, 'eventfd2', 2, 1 | NONBLOCK);
    expect([call(port, 'read', 3, buffer, 8), call(port, 'read', 3, buffer, 8), call(port, 'read', 3, buffer, 8)]).toEqual([
      8,
      8,
      'EAGAIN',
    ]);
  });

  test.each([
    ['too small a buffer', 'read', [{ buf: 8 }, 7], 'EINVAL'],
    ['too small a value', 'write', [{ buf: 8 }, 7], 'EINVAL'],
    ['no memory', 'write', [0x10, 8], 'EFAULT'],
  ] as const)('%s', (_, name, args, says) => {
    const port = freshPort();
    call(port, 'eventfd2', 1, 0);
    expect(call(port, name, 3, ...args)).toBe(says);
  });

  test('the largest value waits, the value that cannot be is refused', () => {
    const port = freshPort();
    call(port, 'eventfd2', 1, 0);
    const at = place(port, { buf: 8 });
    writeMemory(
      port,
      at,
      Array.from({ length: 8 }, () => 0xff),
    );
    expect(call(port, 'write', 3, at, 8)).toBe('EINVAL');
    writeMemory(port, at, [0xfe]);
    expect(call(port, 'write', 3, at, 8)).toBe('waits for eventfd:1:writable');
    expect(call(port, 'eventfd2', 0, 2)).toBe('EINVAL');
  });
});

describe('epoll', () => {
  const [ADD, DEL, MOD] = [1, 2, 3];
  const [IN, OUT, ET, ONESHOT, HUP] = [1, 4, 0x80000000, 0x40000000, 0x10];

  /** Pipe 3 → 4, set 5. */
  function watched(): {
    port: TestPort;
    events: bigint;
    ctl: (op: number, fd: number, events: number) => number | string;
    ready: () => [number, number][] | number | string;
  } {
    const port = freshPort({}, { 9: '/file' });
    call(port, 'pipe2', { buf: 8 }, 0);
    expect(call(port, 'epoll_create1', 0)).toBe(5);
    const events = place(port, { buf: 12 * 8 });
    const event = place(port, { buf: 12 });
    return {
      port,
      events,
      ctl: (op, fd, bits) => {
        writeMemory(port, event, [...[0, 8, 16, 24].map((shift) => (bits >>> shift) & 0xff), fd, 0, 0, 0]);
        return call(port, 'epoll_ctl', 5, op, fd, event);
      },
      ready: () => {
        const n = call(port, 'epoll_wait', 5, events, 8, 0);
        if (typeof n === 'string') return n;
        const held = readMemory(port, events, n * 12) ?? [];
        return Array.from({ length: n }, (_, i): [number, number] => [held[12 * i + 4] ?? -1, held[12 * i] ?? -1]);
      },
    };
  }

  test('tells again and again as long as something is there', () => {
    const { port, ctl, ready } = watched();
    expect([ctl(ADD, 3, IN), ready()]).toEqual([0, []]);
    call(port, 'write', 4, 'a', 1);
    expect([ready(), ready()]).toEqual([[[3, IN]], [[3, IN]]]);
    call(port, 'read', 3, { buf: 1 }, 1);
    expect(ready()).toEqual([]);
  });

  test('edge-triggered once for each change', () => {
    const { port, ctl, ready } = watched();
    ctl(ADD, 3, IN | ET);
    call(port, 'write', 4, 'a', 1);
    expect([ready(), ready()]).toEqual([[[3, IN]], []]);
    call(port, 'write', 4, 'b', 1);
    expect([ready(), ready()]).toEqual([[[3, IN]], []]);
  });

  test('what is ready when it is added is told, edge-triggered or not', () => {
    const { port, ctl, ready } = watched();
    call(port, 'write', 4, 'a', 1);
    ctl(ADD, 3, IN | ET);
    ctl(ADD, 4, OUT);
    expect(ready()).toEqual([
      [3, IN],
      [4, OUT],
    ]);
  });

  test('one shot, then silence until it is armed again', () => {
    const { port, ctl, ready } = watched();
    ctl(ADD, 3, IN | ONESHOT);
    call(port, 'write', 4, 'a', 1);
    expect([ready(), ready(), ctl(MOD, 3, IN | ONESHOT), ready()]).toEqual([[[3, IN]], [], 0, [[3, IN]]]);
  });

  test('a hang-up is told unasked; a closed file is forgotten', () => {
    const { port, ctl, ready } = watched();
    ctl(ADD, 3, 0);
    call(port, 'close', 4);
    expect(ready()).toEqual([[3, HUP]]);
    call(port, 'close', 3);
    expect(ready()).toEqual([]);
  });

  test('waits, is woken by what happens to a file, and gives up in time', () => {
    const { port, events, ctl } = watched();
    ctl(ADD, 3, IN);
    const waits = ask(port, 'epoll_wait', [5, events, 8, 20]);
    expect(waits).toMatchObject({ kind: 'wait', object: 'epoll:2:readable', timeoutNs: 20_000_000 });
    expect(ask(port, 'epoll_wait', [5, events, 8, -1])).toMatchObject({ timeoutNs: null });
    expect(woken(ask(port, 'write', [4, 'a', 1]))).toEqual(['pipe:1:readable', 'epoll:2:readable']);
    expect(said(again(port, 'epoll_wait', [5, events, 8, 20], waits))).toBe(1);
  });

  test.each([
    ['a regular file', [5, ADD, 9], 'EPERM'],
    ['itself', [5, ADD, 5], 'EINVAL'],
    ['no set', [3, ADD, 4], 'EINVAL'],
    ['no descriptor', [5, ADD, 77], 'EBADF'],
    ['no such set', [77, ADD, 3], 'EBADF'],
    ['what is not in it', [5, MOD, 3], 'ENOENT'],
    ['what is not in it, to be taken out', [5, DEL, 3], 'ENOENT'],
    ['no command', [5, 9, 3], 'EINVAL'],
  ] as const)('epoll_ctl of %s', (_, args, says) => {
    expect(call(watched().port, 'epoll_ctl', ...args, { buf: 12 })).toBe(says);
  });

  test('epoll_ctl twice, without an event, and in a circle', () => {
    const { port, ctl } = watched();
    expect([ctl(ADD, 3, IN), ctl(ADD, 3, IN), ctl(DEL, 3, 0), ctl(ADD, 3, IN)]).toEqual([0, 'EEXIST', 0, 0]);
    expect(call(port, 'epoll_ctl', 5, ADD, 4, 0x10)).toBe('EFAULT');
    expect(call(port, 'epoll_create1', 0)).toBe(6);
    expect(call(port, 'epoll_ctl', 6, ADD, 5, { buf: 12 })).toBe(0);
    expect(call(port, 'epoll_ctl', 5, ADD, 6, { buf: 12 })).toBe('ELOOP');
  });

  test('a set in a set', () => {
    const { port, events, ctl } = watched();
    ctl(ADD, 3, IN);
    call(port, 'epoll_create1', CLOEXEC);
    const event = place(port, { buf: 12 });
    writeMemory(port, event, [IN]);
    call(port, 'epoll_ctl', 6, ADD, 5, event);
    expect(call(port, 'epoll_wait', 6, events, 1, 0)).toBe(0);
    expect(woken(ask(port, 'write', [4, 'a', 1]))).toEqual(['pipe:1:readable', 'epoll:2:readable', 'epoll:3:readable']);
    expect(call(port, 'epoll_wait', 6, events, 1, 0)).toBe(1);
  });

  test.each([
    ['no room', [5, { buf: 12 }, 0, 0], 'EINVAL'],
    ['no set', [3, { buf: 12 }, 1, 0], 'EINVAL'],
    ['no descriptor', [77, { buf: 12 }, 1, 0], 'EBADF'],
    ['no memory', [5, -1, 1, 0], 'EFAULT'],
  ] as const)('epoll_wait with %s', (_, args, says) => {
    expect(call(watched().port, 'epoll_wait', ...args)).toBe(says);
  });

  test('on arm64 an event has 16 bytes and epoll_pwait is the call', () => {
    const { port } = watched();
    port.arch = 'arm64';
    const event = place(port, { buf: 16 });
    writeMemory(port, event, [OUT, 0, 0, 0, 0, 0, 0, 0, 42]);
    expect(call(port, 'epoll_ctl', 5, ADD, 4, event)).toBe(0);
    const events = place(port, { buf: 16 });
    expect(call(port, 'epoll_pwait', 5, events, 1, 0, 0, 8)).toBe(1);
    expect(readMemory(port, events, 9)).toEqual([OUT, 0, 0, 0, 0, 0, 0, 0, 42]);
  });

  test('flags', () => {
    expect([call(freshPort(), 'epoll_create1', 1), call(freshPort(), 'epoll_create', 0), call(freshPort(), 'epoll_create', 1)]).toEqual([
      'EINVAL',
      'EINVAL',
      3,
    ]);
  });
});

describe('futex', () => {
  const [WAIT, WAKE, REQUEUE, CMP_REQUEUE, WAIT_BITSET, WAKE_BITSET, PRIVATE] = [0, 1, 3, 4, 9, 10, 128];

  function wordAt(value = 0): { port: TestPort; at: bigint; asThread: (n: number) => TestPort } {
    const port = freshPort();
    const at = place(port, { buf: 8 });
    writeMemory(port, at, [value]);
    return { port, at, asThread: (n) => ({ ...port, m: `M${n}` as const, tid: 1000 + n }) };
  }

  test('sleeps as long as the word has the value, and is woken in order', () => {
    const { port, at, asThread } = wordAt(3);
    expect(call(port, 'futex', at, WAIT, 4, 0)).toBe('EAGAIN');
    const waits = [1, 2, 3].map((n) => ask(asThread(n), 'futex', [at, WAIT | PRIVATE, 3, 0]));
    expect(waits.map(said)).toEqual(['waits for futex:M1', 'waits for futex:M2', 'waits for futex:M3']);
    const two = ask(port, 'futex', [at, WAKE, 2]);
    expect([said(two), woken(two)]).toEqual([2, ['futex:M1', 'futex:M2']]);
    expect(said(ask(asThread(1), 'futex', [at, WAIT, 3, 0], 'woken'))).toBe(0);
    expect(said(ask(asThread(3), 'futex', [at, WAIT, 3, 0], 'woken'))).toBe('waits for futex:M3');
    expect([call(port, 'futex', at, WAKE, 9), call(port, 'futex', at, WAKE, 9)]).toEqual([1, 0]);
  });

  test.each([
    ['time', 'ETIMEDOUT'],
    ['signal', 'EINTR'],
  ] as const)('%s ends it', (occasion, says) => {
    const { port, at } = wordAt();
    const limit = place(port, { buf: 16 });
    writeMemory(port, limit, [2]);
    expect(ask(port, 'futex', [at, WAIT, 0, limit])).toMatchObject({ kind: 'wait', timeoutNs: 2_000_000_000 });
    expect(said(ask(port, 'futex', [at, WAIT, 0, limit], occasion))).toBe(says);
    expect(port.kernel.futex).toEqual([]);
  });

  test('a bitset chooses; its limit is a moment', () => {
    const { port, at, asThread } = wordAt();
    const moment = place(port, { buf: 16 });
    writeMemory(port, moment, [2]);
    expect(ask(asThread(1), 'futex', [at, WAIT_BITSET, 0, moment, 0, 1])).toMatchObject({ kind: 'wait', timeoutNs: 500_000_000 });
    ask(asThread(2), 'futex', [at, WAIT_BITSET, 0, 0, 0, 2]);
    expect(woken(ask(port, 'futex', [at, WAKE_BITSET, 9, 0, 0, 2]))).toEqual(['futex:M2']);
    expect(call(port, 'futex', at, WAIT_BITSET, 0, 0, 0, 0)).toBe('EINVAL');
  });

  test('waiters move to another word', () => {
    const { port, at, asThread } = wordAt();
    for (const n of [1, 2, 3]) ask(asThread(n), 'futex', [at, WAIT, 0, 0]);
    expect(call(port, 'futex', at, CMP_REQUEUE, 1, 1, at + 4n, 7)).toBe('EAGAIN');
    expect(woken(ask(port, 'futex', [at, REQUEUE, 1, 1, at + 4n]))).toEqual(['futex:M1']);
    expect(woken(ask(port, 'futex', [at + 4n, WAKE, 9]))).toEqual(['futex:M2']);
    expect(woken(ask(port, 'futex', [at, WAKE, 9]))).toEqual(['futex:M3']);
  });

  test.each([
    ['an odd address', (at: bigint) => [at + 1n, WAIT, 0, 0], 'EINVAL'],
    ['no memory', () => [0x1000n, WAIT, 0, 0], 'EFAULT'],
    ['a limit that is nowhere', (at: bigint) => [at, WAIT, 0, 0x10], 'EFAULT'],
    ['no command', (at: bigint) => [at, 77, 0, 0], 'ENOSYS'],
    ['a wake at no memory', () => [0x1000n, WAKE, 1], 'EFAULT'],
    ['a private wake at no memory', () => [0x1000n, WAKE | PRIVATE, 1], 0],
  ] as const)('%s', (_, args, says) => {
    const { port, at } = wordAt();
    expect(call(port, 'futex', ...args(at))).toBe(says);
  });
});

test('a signal that is blocked is laid aside once, however often it is sent, and is taken once', () => {
  const port = freshPort();
  expect(call(port, 'rt_sigprocmask', 0, place(port, { words: ['0x200'] }), 0, 8)).toBe(0);
  for (let i = 0; i < 3; i++) expect(call(port, 'tgkill', port.kernel.pid, port.kernel.pid, 10)).toBe(0);
  expect(port.kernel.pending).toEqual([10]);
});
