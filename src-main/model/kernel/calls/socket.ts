/** Pairs of connected sockets of the family AF_UNIX. Simplified: socket, bind, connect and accept are not modelled, so no other ones exist. */
import type { KernelFd } from '../../state';
import { error, give, type Handler, int, type KernelAnswer, type KernelCall, type KernelPort, wait } from '../answer';
import { bytesOfHex, hexOfBytes, littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import { fdOf, firstDescriptor, freeFd, install, newObject, O_CLOEXEC, O_NONBLOCK, O_RDWR } from './descriptors';
import * as names from '../flag-names';
import { copyIn, copyOut, isMapped, isUserRange, writeMemory } from '../memory';
import { changed, objectOf, POLL, receivedBytes, type Socket, SOCKET_BYTES, waitPlace } from '../poll';
import * as show from '../strace-arguments';

const AF_UNIX = 1;
const TYPES: Record<number, Socket['type']> = { 1: 'stream', 2: 'dgram', 3: 'dgram', 5: 'seqpacket' };
const MSG_PEEK = 0x2;
const MSG_DONTWAIT = 0x40;

const socketpair: Handler = (port, [family, typeArgument, protocol, result = 0n]) => {
  const flags = int(typeArgument) & ~0xf;
  if ((flags & ~(O_CLOEXEC | O_NONBLOCK)) !== 0) return error('EINVAL');
  const reading = freeFd(port);
  const second = reading === null ? null : freeFd(port, reading + 1);
  if (int(family) !== AF_UNIX) return error([2, 10, 16].includes(int(family)) ? 'EOPNOTSUPP' : 'EAFNOSUPPORT');
  const type = TYPES[int(typeArgument) & 0xf];
  if (type === undefined) return error('ESOCKTNOSUPPORT');
  if (![0, AF_UNIX].includes(int(protocol))) return error('EPROTONOSUPPORT');
  if (reading === null || second === null) return error('EMFILE');
  if (!isMapped(port, result, 8)) return error('EFAULT');
  const one = { kind: 'socket', type, received: [], closed: false, shutRead: false, shutWrite: false };
  const a = newObject(port, { ...one, peer: 0 });
  const b = newObject(port, { ...one, peer: a });
  port.set(['objects', String(a), 'peer'], b);
  for (const [fd, object] of [
    [reading, a],
    [second, b],
  ] as const) {
    install(port, fd, {
      kind: 'socket',
      path: `socket:[${object}]`,
      flags: O_RDWR | (flags & O_NONBLOCK),
      object,
      cloexec: (flags & O_CLOEXEC) !== 0,
    });
  }
  writeMemory(port, result, [...littleEndian(reading, 4), ...littleEndian(second, 4)]);
  return give(0);
};

function setReceived(port: KernelPort, object: number, received: string[]): void {
  port.set(['objects', String(object), 'received'], received);
}

export function readSocket(port: KernelPort, open: KernelFd, buffer: bigint, wanted: number, flags = 0): KernelAnswer {
  const socket = objectOf(port, open.object, 'socket');
  const peer = objectOf(port, socket.peer, 'socket');
  const [first, ...others] = socket.received;
  if (wanted === 0 && socket.type === 'stream') return give(0);
  if (first === undefined) {
    // Without connections a datagram socket has no end: it waits on.
    if (socket.shutRead || (socket.type !== 'dgram' && (peer.closed || peer.shutWrite))) return give(0);
    if ((open.flags & O_NONBLOCK) !== 0 || (flags & MSG_DONTWAIT) !== 0) return error('EAGAIN');
    return wait(waitPlace('socket', open.object, 'readable'), { open, done: 0 });
  }
  const taken = copyOut(port, buffer, bytesOfHex(first.slice(0, wanted * 2)));
  if (taken === 0 && first !== '' && wanted > 0) return error('EFAULT');
  if ((flags & MSG_PEEK) !== 0) return give(taken);
  // What does not fit is kept on a stream and lost from a message.
  const left = socket.type === 'stream' ? first.slice(taken * 2) : '';
  setReceived(port, open.object, left === '' ? others : [left, ...others]);
  return give(taken, changed(port, socket.peer, POLL.OUT));
}

export function writeSocket(port: KernelPort, open: KernelFd, buffer: bigint, count: number, call: KernelCall, flags = 0): KernelAnswer {
  const socket = objectOf(port, open.object, 'socket');
  const peer = objectOf(port, socket.peer, 'socket');
  const done = call.held?.done ?? 0;
  if (socket.shutWrite || peer.closed || peer.shutRead) {
    if (done > 0) return give(done);
    return error(socket.type === 'dgram' && peer.closed && !socket.shutWrite ? 'ECONNREFUSED' : 'EPIPE');
  }
  const isStream = socket.type === 'stream';
  if (!isStream && count > SOCKET_BYTES) return error('EMSGSIZE');
  if (isStream && count === 0) return give(0);
  const room = SOCKET_BYTES - receivedBytes(peer);
  const put = isStream ? Math.min(Math.max(0, room), count - done) : count <= room ? count : null;
  const moved = put === null ? [] : copyIn(port, buffer + BigInt(done), put);
  if (put !== null && moved.length < put && (!isStream || done + moved.length === 0)) return error('EFAULT');
  let woken: string[] = [];
  if (put !== null && (moved.length > 0 || !isStream)) {
    const piece = hexOfBytes(moved);
    const last = peer.received.at(-1);
    setReceived(
      port,
      socket.peer,
      isStream && last !== undefined ? [...peer.received.slice(0, -1), last + piece] : [...peer.received, piece],
    );
    woken = changed(port, socket.peer, POLL.IN);
  }
  const sofar = done + moved.length;
  if (put !== null && (sofar === count || moved.length < put)) return give(sofar, woken);
  if ((open.flags & O_NONBLOCK) !== 0 || (flags & MSG_DONTWAIT) !== 0) return sofar > 0 ? give(sofar, woken) : error('EAGAIN');
  return wait(waitPlace('socket', open.object, 'writable'), { open, done: sofar }, woken);
}

const sendto: Handler = (port, [fd, buffer = 0n, count = 0n, flags, address = 0n], call) => {
  const open = call.held?.open ?? fdOf(port, fd);
  if (!isUserRange(buffer, count)) return error('EFAULT');
  if (!open) return error('EBADF');
  if (open.kind !== 'socket') return error('ENOTSOCK');
  if (address !== 0n) return error('EISCONN');
  return writeSocket(port, open, buffer, Number(count), call, int(flags));
};

const recvfrom: Handler = (port, [fd, buffer = 0n, count = 0n, flags], call) => {
  const open = call.held?.open ?? fdOf(port, fd);
  if (!isUserRange(buffer, count)) return error('EFAULT');
  if (!open) return error('EBADF');
  return open.kind === 'socket' ? readSocket(port, open, buffer, Number(count), int(flags)) : error('ENOTSOCK');
};

const shutdown: Handler = (port, [fd, how]) => {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  if (open.kind !== 'socket') return error('ENOTSOCK');
  const way = int(how);
  if (way < 0 || way > 2) return error('EINVAL');
  const { peer } = objectOf(port, open.object, 'socket');
  if (way !== 1) port.set(['objects', String(open.object), 'shutRead'], true);
  if (way !== 0) port.set(['objects', String(open.object), 'shutWrite'], true);
  const mask = POLL.IN | POLL.OUT | POLL.RDHUP | POLL.HUP;
  return give(0, [...changed(port, open.object, mask), ...changed(port, peer, mask)]);
};

const socketType: show.Value = (value) => {
  const type = names.oneName(show.word(value) & 0xf, names.SOCK, 'SOCK');
  const rest = show.word(value) & ~0xf;
  return rest === 0 ? type : `${type}|${names.flagNames(rest, names.SOCK_FLAGS)}`;
};

export const SOCKET: readonly CallRow[] = [
  {
    name: 'socket',
    nr: { amd64: 41, arm64: 198 },
    via: 'RawSyscall',
    args: 'int family, int type, int protocol',
    print: [show.at(0, show.one(names.AF, 'AF')), show.at(1, socketType), show.at(2, show.int)],
  },
  {
    name: 'socketpair',
    nr: { amd64: 53, arm64: 199 },
    via: 'RawSyscall6',
    args: 'int family, int type, int protocol, int *fds',
    handler: socketpair,
    print: [show.at(0, show.one(names.AF, 'AF')), show.at(1, socketType), show.at(2, show.int), show.out(3, show.twoInts)],
    example: ['AF_UNIX', 'SOCK_STREAM', '0', 'buf:8'],
  },
  { name: 'connect', nr: { amd64: 42, arm64: 203 }, via: 'Syscall', args: 'int fd, struct sockaddr *addr, int addrlen' },
  { name: 'accept', nr: { amd64: 43, arm64: 202 }, via: 'Syscall', args: 'int fd, struct sockaddr *addr, int *addrlen' },
  { name: 'accept4', nr: { amd64: 288, arm64: 242 }, via: 'Syscall6', args: 'int fd, struct sockaddr *addr, int *addrlen, int flags' },
  { name: 'bind', nr: { amd64: 49, arm64: 200 }, via: 'Syscall', args: 'int fd, struct sockaddr *addr, int addrlen' },
  { name: 'listen', nr: { amd64: 50, arm64: 201 }, via: 'Syscall', args: 'int fd, int backlog' },
  {
    name: 'sendto',
    nr: { amd64: 44, arm64: 206 },
    via: 'Syscall6',
    args: 'int fd, void *buf, size_t len, unsigned int flags, struct sockaddr *addr, int addrlen',
    handler: sendto,
    print: [
      show.at(0, show.int),
      show.given(1, 2),
      show.at(2, show.size),
      show.at(3, show.flags(names.MSG)),
      show.at(4, show.address),
      show.at(5, show.int),
    ],
    waitsOn: firstDescriptor,
  },
  {
    name: 'recvfrom',
    nr: { amd64: 45, arm64: 207 },
    via: 'Syscall6',
    args: 'int fd, void *buf, size_t len, unsigned int flags, struct sockaddr *addr, int *addrlen',
    handler: recvfrom,
    print: [
      show.at(0, show.int),
      show.filled(1),
      show.after(2, show.size),
      show.after(3, show.flags(names.MSG)),
      show.after(4, show.address),
      show.after(5, show.address),
    ],
    waitsOn: firstDescriptor,
  },
  { name: 'sendmsg', nr: { amd64: 46, arm64: 211 }, via: 'Syscall', args: 'int fd, struct msghdr *msg, unsigned int flags' },
  { name: 'recvmsg', nr: { amd64: 47, arm64: 212 }, via: 'Syscall', args: 'int fd, struct msghdr *msg, unsigned int flags' },
  { name: 'recvmmsg', nr: { amd64: 299, arm64: 243 }, via: null, args: null },
  {
    name: 'shutdown',
    nr: { amd64: 48, arm64: 210 },
    via: 'Syscall',
    args: 'int fd, int how',
    handler: shutdown,
    print: [show.at(0, show.int), show.at(1, show.one(names.SHUT, 'SHUT'))],
  },
  { name: 'getsockname', nr: { amd64: 51, arm64: 204 }, via: 'RawSyscall', args: 'int fd, struct sockaddr *addr, int *addrlen' },
  { name: 'getpeername', nr: { amd64: 52, arm64: 205 }, via: 'RawSyscall', args: 'int fd, struct sockaddr *addr, int *addrlen' },
  { name: 'setsockopt', nr: { amd64: 54, arm64: 208 }, via: 'Syscall6', args: 'int fd, int level, int optname, char *optval, int optlen' },
  { name: 'getsockopt', nr: { amd64: 55, arm64: 209 }, via: 'Syscall6', args: 'int fd, int level, int optname, char *optval, int *optlen' },
];
