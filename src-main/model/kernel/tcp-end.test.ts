/** How a TCP connection ends: what each side is told, as Linux 6 answered the same calls over its loopback. */
import { expect, test } from 'vitest';
import { play, scenarioOf } from '../testdata/run-scenario';

const call = (name: string, ...args: unknown[]): unknown => ({ syscall: { name, args } });
const STREAM = 0x80001;
const ADDRESS = { words: ['0x0100007f901f0002', 0] };
/** 3 listens; 4 and 5 are the two ends of a connection; 6 watches 4: in, out, end of what comes. */
const CONNECTED = [
  call('socket', 2, STREAM, 0),
  call('bind', 3, ADDRESS, 16),
  call('listen', 3, 4),
  call('socket', 2, STREAM, 0),
  call('connect', 4, ADDRESS, 16),
  call('accept4', 3, 0, 0, STREAM - 1),
  call('epoll_create1', 0),
  call('epoll_ctl', 6, 1, 4, { words: ['0x400002005', 0] }),
];
const write = (fd: number): unknown => call('write', fd, 'x', 1);
const read = (fd: number): unknown => call('read', fd, { buf: 8 }, 8);
const close = (fd: number): unknown => call('close', fd);
const shutdown = (fd: number, how: number): unknown => call('shutdown', fd, how);
const poll = call('epoll_wait', 6, { buf: 16 }, 1, 0);

function answers(...main: unknown[]): string[] {
  const head = { schedville: 1, kind: 'scenario', id: 'tcp', title: { zh: '连接', en: 'connection' } };
  const { facts } = play(scenarioOf(JSON.stringify({ ...head, goroutines: { main: [...CONNECTED, ...main] } })));
  const made = facts.goroutines.main?.syscalls ?? [];
  return made.slice(CONNECTED.length).map(({ name, result, errno, strace }) => {
    const [, told] = /events=([A-Z|]+)/.exec(strace ?? '') ?? [];
    const shown = name === 'epoll_wait' ? told?.replaceAll('EPOLL', '') : undefined;
    return `${name.replace('epoll_wait', 'poll')} ${shown ?? errno ?? result}`;
  });
}

test.each([
  ['closed: an end of what comes, no hang-up', [close(5), poll], ['close 0', 'poll IN|OUT|RDHUP']],
  [
    'closed: the first write goes well, its answer is a reset',
    [close(5), write(4), poll, write(4), write(4), read(4)],
    ['close 0', 'write 1', 'poll IN|OUT|ERR|HUP|RDHUP', 'write EPIPE', 'write EPIPE', 'read 0'],
  ],
  [
    'after a reset what came before is at its end',
    [close(5), write(4), read(4), write(4)],
    ['close 0', 'write 1', 'read 0', 'write EPIPE'],
  ],
  [
    'closed with bytes unread: a reset at once',
    [write(4), close(5), poll, write(4), read(4), poll, write(4)],
    ['write 1', 'close 0', 'poll IN|OUT|ERR|HUP|RDHUP', 'write ECONNRESET', 'read 0', 'poll IN|OUT|HUP|RDHUP', 'write EPIPE'],
  ],
  [
    'what had come before a reset can be read',
    [write(5), write(4), close(5), read(4), read(4), write(4)],
    ['write 1', 'write 1', 'close 0', 'read 1', 'read ECONNRESET', 'write EPIPE'],
  ],
  ['nobody is told who will not read any more', [shutdown(5, 0), poll, write(4)], ['shutdown 0', 'poll OUT', 'write 1']],
  [
    'a hang-up is both ends of it',
    [shutdown(5, 1), poll, shutdown(4, 1), poll],
    ['shutdown 0', 'poll IN|OUT|RDHUP', 'shutdown 0', 'poll IN|OUT|HUP|RDHUP'],
  ],
])('%s', (_, operations, said) => {
  expect(answers(...operations)).toEqual(said);
});

/** As package syscall makes it; without `via` it would be package net's. */
const plain = (name: string, ...args: unknown[]): unknown => ({ syscall: { name, args, via: 'Syscall' } });

/** A connection that nobody takes: what connect says one after the other, as Linux 6.18 said it. */
test.each([
  ['who asks again by connect is told, and may try anew', [], ['EINPROGRESS', 'ECONNREFUSED', 'EINPROGRESS', 'ECONNREFUSED']],
  [
    'who was told by a write hears of it as given up',
    [plain('write', 7, 'x', 1)],
    ['EINPROGRESS', 'ECONNABORTED', 'EINPROGRESS', 'ECONNREFUSED'],
  ],
  ['or by a read', [plain('read', 7, { buf: 8 }, 8)], ['EINPROGRESS', 'ECONNABORTED', 'EINPROGRESS', 'ECONNREFUSED']],
])('refused: %s', (_, between, said) => {
  const connect = plain('connect', 7, { words: ['0x0100007f911f0002', 0] }, 16);
  const told = answers(call('socket', 2, STREAM | 0x800, 0), connect, ...between, connect, connect, connect);
  expect(told.filter((each) => each.startsWith('connect'))).toEqual(said.map((each) => `connect ${each}`));
});

/** Socket 7 has been refused; what it is told afterwards. */
test.each([
  ['at once, it is as new', 0, [], ['read ENOTCONN', 'write EPIPE']],
  ['and told by connect, it is as new', 0x800, ['connect'], ['read ENOTCONN', 'write EPIPE']],
  ['and told by a read, it is at its end', 0x800, [], ['read ECONNREFUSED', 'read 0']],
] as const)('refused %s', (_, flags, before, said) => {
  const connect = plain('connect', 7, { words: ['0x0100007f911f0002', 0] }, 16);
  const after = said.map((each) => (each.startsWith('read') ? plain('read', 7, { buf: 8 }, 8) : plain('write', 7, 'x', 1)));
  const told = answers(call('socket', 2, (STREAM & ~0x800) | flags, 0), connect, ...before.map(() => connect), ...after);
  expect(told.slice(-said.length)).toEqual(said);
});

test.each([
  ['nowhere', { words: ['0x0808080809000002', 0] }, 1, 0, 'sendto ENETUNREACH'],
  ['with too much', { words: ['0x0100007f09000002', 0] }, 65_508, 0, 'sendto EMSGSIZE'],
  ['out of band', { words: ['0x0100007f09000002', 0] }, 1, 1, 'sendto EOPNOTSUPP'],
  ['to port 0', { words: ['0x0100007f00000002', 0] }, 1, 0, 'sendto EINVAL'],
])('a datagram %s does not go, but its socket has an address from then on', (_, to, count, flags, said) => {
  const told = answers(
    call('socket', 2, 2, 0),
    call('sendto', 7, { buf: 65_508 }, count, flags, to, 16),
    call('bind', 7, { words: ['0x0100007f911f0002', 0] }, 16),
  );
  expect(told.slice(1)).toEqual([said, 'bind EINVAL']);
});
