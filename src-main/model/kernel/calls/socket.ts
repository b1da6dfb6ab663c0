/** Sockets of the families AF_UNIX, AF_INET and AF_INET6, on a loopback that has no other machine behind it. */
import type { KernelFd } from '../../state';
import { error, give, type Handler, int, type KernelAnswer, type KernelPort, notModelled, wait } from '../answer';
import { fromLittleEndian, hexOfBytes, littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import { fdOf, freeFd, install, O_CLOEXEC, O_NONBLOCK, O_RDWR } from '../descriptor-table';
import { lastNamedHere } from '../file-names';
import * as names from '../flag-names';
import { MOST_BYTES, oneRange, rangesAt } from '../iovec';
import { isMapped, isUserRange, readMemory, totalOf, writeMemory } from '../memory';
import { changed, POLL, type Socket, waitPlace } from '../poll';
import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  AF_UNSPEC,
  familyIn,
  givenAddress,
  INET6_BYTES,
  INET_BYTES,
  inetBytes,
  inetName,
  isAnyHost,
  isLoopback,
  tellAddress,
  unixName,
} from '../socket-addresses';
import { getsockopt, setsockopt } from '../socket-options';
import { receive, send } from '../socket-transfer';
import {
  bindByItself,
  familyOf,
  freePort,
  isPortFree,
  isUnix,
  nameOf,
  newSocket,
  peerOf,
  reached,
  receiverAt,
  setSocket,
  socketAt,
} from '../sockets';
import { filledAddress, level, oneInt, optionName, optionValue, protocol, sockaddr, socketType } from '../socket-strace';
import * as show from '../strace-arguments';
import { makeFile } from '../tree';
import { abstractSocket, unixSocketAt } from '../unix-sockets';
import { firstDescriptor } from './descriptors';
import { maskedMode } from './files';

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

/** The open socket of a descriptor; an errno when it is none. */
function opened(port: KernelPort, fd: bigint | undefined): KernelFd | 'EBADF' | 'ENOTSOCK' {
  const open = fdOf(port, fd);
  if (!open) return 'EBADF';
  return open.kind === 'socket' ? open : 'ENOTSOCK';
}

const bind: Handler = (port, [fd, address = 0n, length]) => {
  const open = opened(port, fd);
  if (typeof open === 'string') return error(open);
  const bytes = givenAddress(port, address, length);
  if (typeof bytes === 'string') return error(bytes);
  return isUnix(socketAt(port, open.object)) ? bindUnix(port, open.object, bytes) : bindInet(port, open.object, bytes);
};

function bindUnix(port: KernelPort, object: number, bytes: readonly number[]): KernelAnswer {
  const { name: own } = socketAt(port, object);
  // Without a name the kernel gives one that belongs to no tree.
  if (bytes.length === 2 && familyIn(bytes) === AF_UNIX) {
    if (own === undefined)
      setSocket(port, object, {
        name: hexOfBytes([
          AF_UNIX,
          0,
          0,
          ...littleEndian(object, 3)
            .flatMap((byte) => [0x30 + (byte >> 4), 0x30 + (byte & 15)])
            .slice(0, 5),
        ]),
      });
    return give(0);
  }
  const name = unixName(bytes);
  if (name === 'EINVAL') return error(name);
  if (name.path === null) {
    if (own !== undefined) return error('EINVAL');
    if (typeof abstractSocket(port, name.name) === 'number') return error('EADDRINUSE');
  } else {
    const last = lastNamedHere(port, name.path);
    if ('errno' in last) return error(last.errno);
    if (last.isTooLong) return error('ENAMETOOLONG');
    if (!last.isPlain || last.entry) return error('EADDRINUSE');
    if (last.slash || !last.directory.startsWith('/')) return error('ENOENT');
    if (own !== undefined) return error('EINVAL');
    makeFile(port, last.place, { data: '', mode: maskedMode(port, 0o777), object });
  }
  setSocket(port, object, { name: name.name });
  return give(0);
}

function bindInet(port: KernelPort, object: number, bytes: readonly number[]): KernelAnswer {
  const socket = socketAt(port, object);
  const family = familyOf(socket);
  if (bytes.length < (family === AF_INET ? INET_BYTES : INET6_BYTES - 4)) return error('EINVAL');
  const name = inetName(hexOfBytes(family === AF_INET ? [AF_INET, 0, ...bytes.slice(2)] : bytes));
  if (familyIn(bytes) !== family && !(family === AF_INET && familyIn(bytes) === AF_UNSPEC && isAnyHost(name.host)))
    return error('EAFNOSUPPORT');
  if (!isAnyHost(name.host) && !isLoopback(family, name.host) && !isForMany(family, name.host)) return error('EADDRNOTAVAIL');
  if (socket.name !== undefined || socket.peer !== 0) return error('EINVAL');
  const number = name.port === 0 ? freePort(port, socket, name.host) : name.port;
  if (number === null || !isPortFree(port, socket, number, name.host)) return error('EADDRINUSE');
  setSocket(port, object, { name: hexOfBytes(inetBytes({ family, port: number, host: name.host })) });
  return give(0);
}

/** Multicast and broadcast addresses may be bound, too. */
const isForMany = (family: number, host: string): boolean => (family === AF_INET ? /^e|^ffffffff$/.test(host) : host.startsWith('ff'));

const SOMAXCONN = 4096;

const listen: Handler = (port, [fd, backlogArgument]) => {
  const open = opened(port, fd);
  if (typeof open === 'string') return error(open);
  const socket = socketAt(port, open.object);
  const backlog = Math.min(int(backlogArgument) >>> 0, SOMAXCONN);
  if (socket.type === 'dgram') return error('EOPNOTSUPP');
  if (isUnix(socket) && socket.name === undefined) return error('EINVAL');
  if (socket.peer !== 0 || socket.connecting === true) return error('EINVAL');
  if (!bindByItself(port, open.object)) return error('EADDRINUSE');
  const bound = socketAt(port, open.object);
  if (!isUnix(bound) && bound.backlog === undefined) {
    const { port: number, host } = inetName(bound.name ?? '');
    setSocket(port, open.object, { backlog });
    if (!isPortFree(port, socketAt(port, open.object), number, host)) {
      port.set(['objects', String(open.object), 'backlog'], null);
      return error('EADDRINUSE');
    }
  }
  setSocket(port, open.object, { backlog, waiting: bound.waiting ?? [] });
  return give(0);
};

const connect: Handler = (port, [fd, address = 0n, length], call) => {
  const open = call.held?.open ?? opened(port, fd);
  if (open === 'EBADF') return error(open);
  // Its address is looked at before it is known to be a socket.
  const bytes = givenAddress(port, address, length);
  if (typeof bytes === 'string') return error(bytes);
  if (typeof open === 'string') return error(open);
  const socket = socketAt(port, open.object);
  if (isUnix(socket))
    return socket.type === 'dgram' ? connectUnixDatagram(port, open.object, bytes) : connectUnix(port, open, socket, bytes);
  if (bytes.length < 2) return error('EINVAL');
  return socket.type === 'dgram' ? connectDatagram(port, open.object, bytes) : connectStream(port, open, socket, bytes);
};

function connectUnix(port: KernelPort, open: KernelFd, socket: Socket, bytes: readonly number[]): KernelAnswer {
  const name = unixName(bytes);
  if (name === 'EINVAL') return error(name);
  const found = unixSocketAt(port, name, socket.type);
  if (typeof found === 'string') return error(found);
  const listener = socketAt(port, found);
  if (listener.backlog === undefined) return error('ECONNREFUSED');
  if ((listener.waiting ?? []).length > listener.backlog) {
    return (open.flags & O_NONBLOCK) !== 0 ? error('EAGAIN') : wait(waitPlace('socket', found, 'writable'), { open, done: 0 });
  }
  if (socket.peer !== 0) return error('EISCONN');
  if (socket.backlog !== undefined) return error('EINVAL');
  return give(0, join(port, open.object, found, listener.name ?? ''));
}

/** Makes the other end of a connection, which waits to be accepted. Returns what that wakes. */
function join(port: KernelPort, object: number, listener: number, name: string): string[] {
  const { waiting = [], type, options } = socketAt(port, listener);
  const other = newSocket(port, familyOf(socketAt(port, object)), type);
  const own = socketAt(port, object);
  setSocket(port, other, {
    peer: object,
    name,
    accepted: true,
    ...(own.name !== undefined && { peerName: own.name }),
    ...(options && { options }),
  });
  setSocket(port, object, { peer: other, peerName: name });
  setSocket(port, listener, { waiting: [...waiting, other] });
  return [...changed(port, listener, POLL.IN), ...changed(port, object, POLL.OUT)];
}

function connectUnixDatagram(port: KernelPort, object: number, bytes: readonly number[]): KernelAnswer {
  if (bytes.length < 2) return error('EINVAL');
  if (familyIn(bytes) === AF_UNSPEC) {
    setSocket(port, object, { peer: 0 });
    return give(0);
  }
  const name = unixName(bytes);
  if (name === 'EINVAL') return error(name);
  const found = unixSocketAt(port, name, 'dgram');
  if (typeof found === 'string') return error(found);
  const { peer } = socketAt(port, found);
  if (peer !== 0 && peer !== object) return error('EPERM');
  setSocket(port, object, { peer: found, peerName: name.name });
  return give(0);
}

function connectDatagram(port: KernelPort, object: number, bytes: readonly number[]): KernelAnswer {
  const socket = socketAt(port, object);
  const family = familyOf(socket);
  if (familyIn(bytes) === AF_UNSPEC) {
    if (socket.peerName !== undefined) port.set(['objects', String(object), 'peerName'], null);
    return give(0);
  }
  if (bytes.length < (family === AF_INET ? INET_BYTES : INET6_BYTES - 4)) return error('EINVAL');
  if (familyIn(bytes) !== family) return error('EAFNOSUPPORT');
  const { host } = inetName(hexOfBytes(bytes));
  if (!isAnyHost(host) && !isLoopback(family, host)) return error('ENETUNREACH');
  const own = socket.name === undefined ? null : inetName(socket.name);
  if (!bindByItself(port, object, inetName(reached(hexOfBytes(bytes))).host === host && own === null ? localFor(family, host) : undefined))
    return error('EAGAIN');
  if (own && isAnyHost(own.host)) setSocket(port, object, { name: hexOfBytes(inetBytes({ ...own, host: localFor(family, host) })) });
  setSocket(port, object, { peerName: reached(hexOfBytes(bytes.slice(0, family === AF_INET ? INET_BYTES : INET6_BYTES))) });
  return give(0);
}

/** From which of this machine's addresses it goes to `host`. */
const localFor = (family: number, host: string): string =>
  isAnyHost(host) ? inetName(reached(hexOfBytes(inetBytes({ family, port: 0, host })))).host : family === AF_INET ? '7f000001' : host;

function connectStream(port: KernelPort, open: KernelFd, socket: Socket, bytes: readonly number[]): KernelAnswer {
  const family = familyOf(socket);
  if (familyIn(bytes) === AF_UNSPEC) return socket.peer === 0 ? give(0) : notModelled();
  if (socket.connecting === true) {
    setSocket(port, open.object, { connecting: false });
    if (socket.peer !== 0) return give(0);
    if (socket.error !== undefined) port.set(['objects', String(open.object), 'error'], null);
    setSocket(port, open.object, { shutRead: false, shutWrite: false });
    return error(socket.error ?? 'ECONNABORTED');
  }
  if (socket.peer !== 0 || socket.backlog !== undefined) return error('EISCONN');
  if (bytes.length < (family === AF_INET ? INET_BYTES : INET6_BYTES - 4)) return error('EINVAL');
  if (familyIn(bytes) !== family) return error('EAFNOSUPPORT');
  const name = reached(hexOfBytes(bytes.slice(0, family === AF_INET ? INET_BYTES : INET6_BYTES)));
  const { host } = inetName(name);
  if (!isLoopback(family, host)) return error('ENETUNREACH');
  const wasNamed = socket.name !== undefined;
  if (!bindByItself(port, open.object, localFor(family, host))) return error('EADDRNOTAVAIL');
  const own = inetName(socketAt(port, open.object).name ?? '');
  if (isAnyHost(own.host)) setSocket(port, open.object, { name: hexOfBytes(inetBytes({ ...own, host: localFor(family, host) })) });
  const listener = receiverAt(port, socket, name);
  const isImpatient = (open.flags & O_NONBLOCK) !== 0;
  if (listener === null) {
    // What was refused is closed on both sides until connect has told so, and gives up an address that it has not asked for.
    setSocket(port, open.object, { shutRead: isImpatient, shutWrite: isImpatient });
    if (!wasNamed) port.set(['objects', String(open.object), 'name'], null);
    if (!isImpatient) return error('ECONNREFUSED');
    setSocket(port, open.object, { error: 'ECONNREFUSED', connecting: true });
    return error('EINPROGRESS', changed(port, open.object, POLL.ERR | POLL.IN | POLL.OUT));
  }
  if (socket.shutRead || socket.shutWrite) setSocket(port, open.object, { shutRead: false, shutWrite: false });
  const woken = join(port, open.object, listener, name);
  if (!isImpatient) return give(0, woken);
  setSocket(port, open.object, { connecting: true });
  return error('EINPROGRESS', woken);
}

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

const sendto: Handler = (port, [fd, buffer = 0n, count = 0n, flags, address = 0n, length], call) => {
  if (!isUserRange(buffer, count)) return error('EFAULT');
  const open = call.held?.open ?? opened(port, fd);
  if (typeof open === 'string') return error(open);
  const to = address === 0n ? [] : givenAddress(port, address, length);
  if (typeof to === 'string') return error(to);
  return send(port, open, oneRange(buffer, Math.min(Number(count), MOST_BYTES)), Math.min(Number(count), MOST_BYTES), int(flags), to, call);
};

const recvfrom: Handler = (port, [fd, buffer = 0n, count = 0n, flags, address = 0n, lengthAt = 0n], call) => {
  if (!isUserRange(buffer, count)) return error('EFAULT');
  const open = call.held?.open ?? opened(port, fd);
  if (typeof open === 'string') return error(open);
  const wanted = Math.min(Number(count), MOST_BYTES);
  const { answer, sender } = receive(port, open, oneRange(buffer, wanted), wanted, int(flags), call);
  if (address === 0n || answer.kind !== 'return' || answer.result < 0n) return answer;
  const told = tellAddress(port, sender, address, lengthAt);
  return told.kind === 'return' && told.result !== 0n ? { ...told, wokenObjects: answer.wokenObjects } : answer;
};

/** struct msghdr. */
interface Message {
  name: bigint;
  nameBytes: number;
  pieces: bigint;
  count: bigint;
  controlBytes: bigint;
}
const MSGHDR_BYTES = 56;

function messageAt(port: KernelPort, address: bigint): Message | null {
  const held = readMemory(port, address, MSGHDR_BYTES);
  if (!held) return null;
  const word = (at: number, bytes = 8): bigint => fromLittleEndian(held.slice(at, at + bytes));
  return { name: word(0), nameBytes: Number(BigInt.asIntN(32, word(8, 4))), pieces: word(16), count: word(24), controlBytes: word(40) };
}

const sendmsg: Handler = (port, [fd, address = 0n, flags], call) => {
  const open = call.held?.open ?? opened(port, fd);
  if (typeof open === 'string') return error(open);
  const message = messageAt(port, address);
  if (!message) return error('EFAULT');
  if (message.nameBytes < 0) return error('EINVAL');
  const to = message.name === 0n ? [] : givenAddress(port, message.name, BigInt(Math.min(message.nameBytes, 128)));
  if (typeof to === 'string') return error(to);
  if (message.count > 1024n) return error('EMSGSIZE');
  const ranges = rangesAt(port, message.pieces, message.count);
  if (typeof ranges === 'string') return error(ranges);
  // Descriptors and credentials go along with no message.
  return message.controlBytes === 0n ? send(port, open, ranges, totalOf(ranges), int(flags), to, call) : notModelled();
};

const MSG_TRUNC = 0x20;

const recvmsg: Handler = (port, [fd, address = 0n, flags], call) => {
  const open = call.held?.open ?? opened(port, fd);
  if (typeof open === 'string') return error(open);
  const message = messageAt(port, address);
  if (!message) return error('EFAULT');
  if (message.nameBytes < 0) return error('EINVAL');
  if (message.count > 1024n) return error('EMSGSIZE');
  const ranges = rangesAt(port, message.pieces, message.count);
  if (typeof ranges === 'string') return error(ranges);
  const { answer, sender, cut } = receive(port, open, ranges, totalOf(ranges), int(flags), call);
  if (answer.kind !== 'return' || answer.result < 0n) return answer;
  if (message.name !== 0n) {
    const told = tellAddress(port, sender, message.name, address + 8n);
    if (told.kind === 'return' && told.result !== 0n) return { ...told, wokenObjects: answer.wokenObjects };
  }
  writeMemory(port, address + 48n, littleEndian(cut ? MSG_TRUNC : 0, 4));
  writeMemory(port, address + 40n, littleEndian(0, 8));
  return answer;
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
