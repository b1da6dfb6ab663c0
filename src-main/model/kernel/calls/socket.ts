/** Sockets of the families AF_UNIX, AF_INET and AF_INET6, on a loopback that has no other machine behind it. */
import { error, give, type Handler, int, type KernelAnswer, type KernelPort, notModelled, wait } from '../answer';
import { littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import { fdOf, freeFd, install, O_CLOEXEC, O_NONBLOCK, O_RDWR } from '../descriptor-table';
import * as names from '../flag-names';
import { isMapped, writeMemory } from '../memory';
import { changed, POLL, type Socket, waitPlace } from '../poll';
import { AF_INET, AF_INET6, AF_UNIX, tellAddress } from '../socket-addresses';
import { connect } from '../socket-connect';
import { recvfrom, recvmsg, sendmsg, sendto } from '../socket-messages';
import { bind, listen } from '../socket-names';
import { getsockopt, setsockopt } from '../socket-options';
import { filledAddress, level, oneInt, optionName, optionValue, protocol, sockaddr, socketType } from '../socket-strace';
import { isUnix, nameOf, newSocket, opened, peerOf, setSocket, socketAt } from '../sockets';
import * as show from '../strace-arguments';
import { firstDescriptor } from './descriptors';

/** What AF_UNIX makes of SOCK_STREAM, SOCK_DGRAM, SOCK_RAW and SOCK_SEQPACKET. */
const UNIX_TYPES: Record<number, Socket['type']> = { 1: 'stream', 2: 'dgram', 3: 'dgram', 5: 'seqpacket' };
/** Families that Linux has and the model has not: AF_NETLINK, AF_PACKET and others. */
const OTHER_FAMILIES = new Set([16, 17, 38, 40, 44]);
const FLAGS = O_CLOEXEC | O_NONBLOCK;
/** Nobody is in the groups that may send echo requests (net.ipv4.ping_group_range). */
const IPPROTO_ICMP = 1;

/** What kind of socket is asked for. */
function kindOf(family: number, type: number, protocol: number): { family: number; type: Socket['type'] } | KernelAnswer {
  if (family < 0 || family > 45) return error('EAFNOSUPPORT');
  if (type < 0 || type >= 11) return error('EINVAL');
  if (family === AF_UNIX) {
    if (protocol !== 0 && protocol !== AF_UNIX) return error('EPROTONOSUPPORT');
    const known = UNIX_TYPES[type];
    return known ? { family, type: known } : error('ESOCKTNOSUPPORT');
  }
  if (family !== AF_INET && family !== AF_INET6) return OTHER_FAMILIES.has(family) ? notModelled() : error('EAFNOSUPPORT');
  if (protocol < 0 || protocol >= 263) return error('EINVAL');
  if (type === 1)
    return protocol === 0 || protocol === 6 ? { family, type: 'stream' } : protocol === 262 ? notModelled() : error('EPROTONOSUPPORT');
  if (type === 2 && protocol === IPPROTO_ICMP) return error('EACCES');
  if (type === 2) return protocol === 0 || protocol === 17 ? { family, type: 'dgram' } : error('EPROTONOSUPPORT');
  if (type === 3) return protocol === 0 ? error('EPROTONOSUPPORT') : notModelled();
  return error('ESOCKTNOSUPPORT');
}

const isAnswer = (made: { family: number } | KernelAnswer): made is KernelAnswer => 'wokenObjects' in made;

function installSocket(port: KernelPort, fd: number, object: number, flags: number): void {
  install(port, fd, {
    kind: 'socket',
    path: `socket:[${object}]`,
    flags: O_RDWR | (flags & O_NONBLOCK),
    object,
    cloexec: (flags & O_CLOEXEC) !== 0,
  });
}

const socket: Handler = (port, [family, typeArgument, protocol]) => {
  const flags = int(typeArgument) & ~0xf;
  if ((flags & ~FLAGS) !== 0) return error('EINVAL');
  const kind = kindOf(int(family), int(typeArgument) & 0xf, int(protocol));
  if (isAnswer(kind)) return kind;
  const fd = freeFd(port);
  if (fd === null) return error('EMFILE');
  installSocket(port, fd, newSocket(port, kind.family, kind.type), flags);
  return give(fd);
};

const socketpair: Handler = (port, [family, typeArgument, protocol, result = 0n]) => {
  const flags = int(typeArgument) & ~0xf;
  if ((flags & ~FLAGS) !== 0) return error('EINVAL');
  const one = freeFd(port);
  const two = one === null ? null : freeFd(port, one + 1);
  if (one === null || two === null) return error('EMFILE');
  // The numbers are told before it is known whether there will be sockets.
  if (!isMapped(port, result, 8)) return error('EFAULT');
  writeMemory(port, result, [...littleEndian(one, 4), ...littleEndian(two, 4)]);
  const kind = kindOf(int(family), int(typeArgument) & 0xf, int(protocol));
  if (isAnswer(kind)) return kind;
  if (kind.family !== AF_UNIX) return error('EOPNOTSUPP');
  const a = newSocket(port, AF_UNIX, kind.type);
  const b = newSocket(port, AF_UNIX, kind.type);
  setSocket(port, a, { peer: b });
  setSocket(port, b, { peer: a });
  installSocket(port, one, a, flags);
  installSocket(port, two, b, flags);
  return give(0);
};

const accept4: Handler = (port, [fd, address = 0n, lengthAt = 0n, flagsArgument], call) => {
  const opening = call.held?.open ?? fdOf(port, fd);
  if (!opening) return error('EBADF');
  const flags = int(flagsArgument);
  if ((flags & ~FLAGS) !== 0) return error('EINVAL');
  const free = freeFd(port);
  if (free === null) return error('EMFILE');
  if (opening.kind !== 'socket') return error('ENOTSOCK');
  const listener = socketAt(port, opening.object);
  if (listener.type === 'dgram') return error('EOPNOTSUPP');
  if (listener.backlog === undefined) return error('EINVAL');
  const [first, ...others] = listener.waiting ?? [];
  if (first === undefined) {
    if ((opening.flags & O_NONBLOCK) !== 0) return error('EAGAIN');
    return wait(waitPlace('socket', opening.object, 'readable'), { open: opening, done: 0 });
  }
  setSocket(port, opening.object, { waiting: others });
  const woken = changed(port, opening.object, POLL.OUT);
  const { peerName = emptyName(socketAt(port, first)) } = socketAt(port, first);
  if (address !== 0n) {
    const told = tellAddress(port, peerName, address, lengthAt);
    if (told.kind === 'return' && told.result !== 0n) return { ...told, wokenObjects: woken };
  }
  installSocket(port, free, first, flags);
  return give(free, woken);
};

const emptyName = (socket: Socket): string => nameOf({ ...socket, name: undefined as never });

const getsockname: Handler = (port, [fd, address = 0n, lengthAt = 0n]) => {
  const open = opened(port, fd);
  return typeof open === 'string' ? error(open) : tellAddress(port, nameOf(socketAt(port, open.object)), address, lengthAt);
};

const getpeername: Handler = (port, [fd, address = 0n, lengthAt = 0n]) => {
  const open = opened(port, fd);
  if (typeof open === 'string') return error(open);
  const socket = socketAt(port, open.object);
  const peer = peerOf(port, socket);
  if (!peer && socket.peerName === undefined) return error('ENOTCONN');
  if (socket.type !== 'dgram' && !isUnix(socket) && peer?.closed === true && socket.shutWrite) return error('ENOTCONN');
  const name = isUnix(socket) ? (socket.peerName ?? (peer ? nameOf(peer) : '')) : (socket.peerName ?? '');
  return tellAddress(port, name, address, lengthAt);
};

const shutdown: Handler = (port, [fd, how]) => {
  const open = opened(port, fd);
  if (typeof open === 'string') return error(open);
  const way = int(how);
  if (way < 0 || way > 2) return error('EINVAL');
  const socket = socketAt(port, open.object);
  const isListening = socket.backlog !== undefined;
  if (isListening && !isUnix(socket)) return way === 1 ? give(0) : notModelled();
  const isConnected = isUnix(socket) || (socket.type === 'dgram' ? socket.peerName !== undefined : socket.peer !== 0);
  // Also without a connection it is shut, and says that there was none.
  setSocket(port, open.object, { ...(way !== 1 && { shutRead: true }), ...(way !== 0 && { shutWrite: true }) });
  const mask = POLL.IN | POLL.OUT | POLL.RDHUP | POLL.HUP;
  // TCP tells the other side that nothing more will come, not that nothing more will be read.
  const isTold = socket.peer !== 0 && (isUnix(socket) || way !== 0);
  const woken = [...changed(port, open.object, mask), ...(isTold ? changed(port, socket.peer, mask) : [])];
  return isConnected ? give(0, woken) : error('ENOTCONN', woken);
};

export const SOCKET: readonly CallRow[] = [
  {
    name: 'socket',
    via: 'RawSyscall',
    args: 'int family, int type, int protocol',
    print: [show.at(0, show.one(names.AF, 'AF')), show.at(1, socketType), show.at(2, protocol)],
    handler: socket,
  },
  {
    name: 'socketpair',
    via: 'RawSyscall6',
    args: 'int family, int type, int protocol, int *fds',
    handler: socketpair,
    print: [show.at(0, show.one(names.AF, 'AF')), show.at(1, socketType), show.at(2, show.int), show.out(3, show.twoInts)],
    example: ['AF_UNIX', 'SOCK_STREAM', '0', 'buf:8'],
  },
  {
    name: 'connect',
    via: 'Syscall',
    args: 'int fd, struct sockaddr *addr, int addrlen',
    handler: connect,
    print: [show.at(0, show.int), show.at(1, sockaddr), show.at(2, show.int)],
    waitsOn: firstDescriptor,
  },
  {
    name: 'accept',
    via: 'Syscall',
    args: 'int fd, struct sockaddr *addr, int *addrlen',
    handler: (port, args, call) => accept4(port, [...args.slice(0, 3), 0n], call),
    print: [show.at(0, show.int), filledAddress(1), show.after(2, oneInt)],
    waitsOn: firstDescriptor,
  },
  {
    name: 'accept4',
    via: 'Syscall6',
    args: 'int fd, struct sockaddr *addr, int *addrlen, int flags',
    handler: accept4,
    print: [show.at(0, show.int), filledAddress(1), show.after(2, oneInt), show.after(3, show.flags(names.SOCK_FLAGS))],
    waitsOn: firstDescriptor,
  },
  {
    name: 'bind',
    via: 'Syscall',
    args: 'int fd, struct sockaddr *addr, int addrlen',
    handler: bind,
    print: [show.at(0, show.int), show.at(1, sockaddr), show.at(2, show.int)],
  },
  { name: 'listen', via: 'Syscall', args: 'int fd, int backlog', handler: listen },
  {
    name: 'sendto',
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
  {
    name: 'sendmsg',
    via: 'Syscall',
    args: 'int fd, struct msghdr *msg, unsigned int flags',
    handler: sendmsg,
    waitsOn: firstDescriptor,
  },
  {
    name: 'recvmsg',
    via: 'Syscall',
    args: 'int fd, struct msghdr *msg, unsigned int flags',
    handler: recvmsg,
    waitsOn: firstDescriptor,
  },
  { name: 'recvmmsg', via: null, args: null },
  {
    name: 'shutdown',
    via: 'Syscall',
    args: 'int fd, int how',
    handler: shutdown,
    print: [show.at(0, show.int), show.at(1, show.one(names.SHUT, 'SHUT'))],
  },
  {
    name: 'getsockname',
    via: 'RawSyscall',
    args: 'int fd, struct sockaddr *addr, int *addrlen',
    handler: getsockname,
    print: [show.at(0, show.int), filledAddress(1), show.after(2, oneInt)],
  },
  {
    name: 'getpeername',
    via: 'RawSyscall',
    args: 'int fd, struct sockaddr *addr, int *addrlen',
    handler: getpeername,
    print: [show.at(0, show.int), filledAddress(1), show.after(2, oneInt)],
  },
  {
    name: 'setsockopt',
    via: 'Syscall6',
    args: 'int fd, int level, int optname, char *optval, int optlen',
    handler: setsockopt,
    print: [show.at(0, show.int), show.at(1, level), show.at(2, optionName), show.at(3, optionValue), show.at(4, show.int)],
  },
  {
    name: 'getsockopt',
    via: 'Syscall6',
    args: 'int fd, int level, int optname, char *optval, int *optlen',
    handler: getsockopt,
    print: [show.at(0, show.int), show.at(1, level), show.at(2, optionName), show.out(3, optionValue), show.after(4, oneInt)],
  },
];
