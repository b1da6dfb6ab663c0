/** Sockets as package net uses them, held against what strace has shown of a real program. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { play, type Played, scenarioOf } from '../testdata/run-scenario';
import { ended, plain } from '../testdata/log-of-run';

const { measured } = JSON.parse(readFileSync(new URL('./testdata/go119-net.json', import.meta.url), 'utf8')) as { measured: string[] };

function run(goroutines: Record<string, unknown[]>): Played {
  const head = { schedville: 1, kind: 'scenario', id: 'net', title: { zh: '网络', en: 'network' }, runtime: { gomaxprocs: 1 } };
  return play(scenarioOf(JSON.stringify({ ...head, limits: { time: '300ms' }, goroutines })));
}

const call = (name: string, ...args: unknown[]): unknown => ({ syscall: { name, args } });
const nap = (ms: number): unknown => ({ sleep: `${ms}ms` });
/** A stream socket, closed on exec; package net's do not make their callers wait. */
const STREAM = 0x80001;
const NONBLOCK = 0x800;
const socket = call('socket', 2, STREAM | NONBLOCK, 0);
/** 127.0.0.1, port 8080 or 8081. */
const LISTENING = { words: ['0x0100007f901f0002', 0] };
const NOBODY = { words: ['0x0100007f911f0002', 0] };
const read = (fd: number): unknown => call('read', fd, { buf: 8 }, 8);
const close = (fd: number): unknown => call('close', fd);
const accept = call('accept4', 6, { buf: 112 }, { words: [112] }, STREAM - 1 + NONBLOCK);
/** The poller is there already, since the first sleep: 3 to 5 are its descriptors. */
const listening = [nap(1), socket, call('setsockopt', 6, 1, 2, { words: [1] }, 4), call('bind', 6, LISTENING, 16), call('listen', 6, 4096)];
const dialling = [nap(20), socket, call('connect', 7, LISTENING, 16)];

const IS_OF_NET =
  /^(socket|setsockopt|getsockopt|bind|listen|connect|accept4|getsockname|getpeername|read|write|close|epoll_ctl|epoll_pwait)\(/;
const linesOf = (played: Played): string[] =>
  ended(played)
    .slice(3)
    .filter((line) => IS_OF_NET.test(line) && !/^epoll_pwait\(\d+, \[\]/.test(line))
    .map((line) => plain(line).replace(/htons\(\d{5}\)/, 'htons(*)'));

test('listens, accepts, dials, reads and closes as a real program; and is refused as one', () => {
  const played = run({
    main: [...listening, { go: 'd' }, accept, read(8), read(8), close(8), close(6), nap(5), socket, call('connect', 6, NOBODY, 16)],
    d: [...dialling, nap(20), call('write', 7, 'x', 1), nap(20), close(7)],
  });
  expect(linesOf(played)).toEqual(measured);
  // Refused, it is closed.
  expect(played.last.kernel.fds[6]).toBeUndefined();
});

describe('who waits for a connection', () => {
  const { steps, facts, last } = run({ main: [...listening, { go: 'd' }, accept, { mark: 'came' }], d: [...dialling, nap(5)] });

  test('is parked, and no thread waits with it', () => {
    const parked = steps.filter(({ ev }) => ev === 'GoBlockNet').map(({ g }) => g);
    expect(parked).toContain('G1');
    expect(facts.threads.peak).toBe(2);
    expect(facts.goroutines.main?.syscalls.filter(({ name }) => name === 'accept4').map(({ errno, path }) => [errno, path])).toEqual([
      ['EAGAIN', 'oldp'],
      [null, 'oldp'],
    ]);
  });

  test('who dials is parked until the socket can be written to', () => {
    const names = facts.goroutines.d?.syscalls.map(({ name, errno }) => `${name} ${errno ?? ''}`.trim());
    expect(names?.slice(0, 5)).toEqual(['socket', 'connect EINPROGRESS', 'epoll_ctl', 'getsockopt', 'getpeername']);
  });

  test('each has a pollDesc', () => {
    expect(Object.values(last.sched.netpoll?.pd ?? {}).map(({ fd }) => fd)).toEqual([6, 7, 8]);
  });
});

test('closing the listener ends the wait of who accepts', () => {
  const played = run({ main: [...listening, { go: 'a' }, nap(10), close(6), nap(5)], a: [accept, { mark: 'back' }] });
  expect(played.facts.marks.map(({ text }) => text)).toEqual(['back']);
  expect(linesOf(played).slice(-2)).toEqual(['epoll_ctl(3, EPOLL_CTL_DEL, 6, *) = 0', 'close(6) = 0']);
});

test('a socket that makes its callers wait is none of package net: its thread waits', () => {
  const blocking = [nap(1), call('socket', 2, STREAM, 0), call('bind', 6, LISTENING, 16), call('listen', 6, 1)];
  const played = run({ main: [...blocking, { go: 'd' }, accept], d: [...dialling] });
  expect(linesOf(played).filter((line) => line.startsWith('epoll_ctl(3, EPOLL_CTL_ADD, 6'))).toEqual([]);
  expect(played.facts.goroutines.main?.syscalls.find(({ name }) => name === 'accept4')).toMatchObject({ result: 8, path: 'idlep' });
});

test('of the family AF_UNIX: connected at once, and nothing is set', () => {
  const path = { words: ['0x7878000001', 0] }; // AF_UNIX, an abstract name
  const unix = call('socket', 1, STREAM | NONBLOCK, 0);
  const played = run({
    main: [nap(1), unix, call('bind', 6, path, 5), call('listen', 6, 16), { go: 'd' }, accept, read(8)],
    d: [nap(20), unix, call('connect', 7, path, 5), call('write', 7, 'y', 1), nap(5)],
  });
  const lines = linesOf(played);
  expect(lines.some((line) => line.startsWith('setsockopt('))).toBe(false);
  expect(lines).toContain('connect(7, {sa_family=AF_UNIX, sun_path=@"xx"}, 5) = 0');
  expect(lines.at(-1)).toBe('read(8, "y", 8) = 1');
});
