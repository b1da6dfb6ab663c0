/** Sending and receiving on sockets: streams of bytes, and messages that stay apart. */
import type { KernelFd } from '../kernel-state';
import { error, give, type KernelAnswer, type KernelCall, type KernelPort, wait } from './answer';
import { bytesOfHex, hexOfBytes } from './bytes';
import { O_NONBLOCK } from './descriptor-table';
import { gather, type Ranges, scatter } from './memory';
import { changed, POLL, receivedBytes, type Socket, SOCKET_BYTES, waitPlace } from './poll';
import { AF_INET, AF_UNSPEC, familyIn, inetName, INET6_BYTES, INET_BYTES, isLoopback, isAnyHost, unixName } from './socket-addresses';
import { bindByItself, familyOf, isUnix, peerOf, reached, receiverAt, setSocket, socketAt } from './sockets';
import { unixSocketAt } from './unix-sockets';

export const MSG = { OOB: 1, PEEK: 2, TRUNC: 0x20, DONTWAIT: 0x40, WAITALL: 0x100, ERRQUEUE: 0x2000 } as const;
/** The largest message of UDP. */
const MOST_IN_DATAGRAM = 65_507;

/** What was received, for those who want to know from whom and whether it was cut. */
export interface Received {
  answer: KernelAnswer;
  sender: string;
  cut: boolean;
}

const nothing = (answer: KernelAnswer): Received => ({ answer, sender: '', cut: false });

const isImpatient = (open: KernelFd, flags: number): boolean => (open.flags & O_NONBLOCK) !== 0 || (flags & MSG.DONTWAIT) !== 0;

export function receive(port: KernelPort, open: KernelFd, into: Ranges, wanted: number, flags: number, call: KernelCall): Received {
  const socket = socketAt(port, open.object);
  if ((flags & MSG.OOB) !== 0)
    return nothing(error(isUnix(socket) && socket.type !== 'stream' ? 'EOPNOTSUPP' : socket.type === 'stream' ? 'EINVAL' : 'EOPNOTSUPP'));
  if ((flags & MSG.ERRQUEUE) !== 0 && !isUnix(socket)) return nothing(error('EAGAIN'));
  // Who was told of the end does not read what came of writing behind it.
  if (socket.error !== undefined && socket.error !== 'EPIPE' && (socket.received.length === 0 || socket.type !== 'stream'))
    return nothing(tellError(port, open.object, socket.error));
  if (socket.type === 'stream' && socket.peer === 0 && socket.shutRead && !isUnix(socket)) return nothing(give(0));
  if (socket.type !== 'dgram' && socket.peer === 0)
    return nothing(error(socket.type === 'stream' && isUnix(socket) ? 'EINVAL' : 'ENOTCONN'));
  if (socket.type === 'stream') return nothing(receiveStream(port, open, into, wanted, flags, call));
  return receiveMessage(port, open, socket, into, wanted, flags);
}

/** An error that came by itself is told once. */
export function tellError(port: KernelPort, object: number, name: string): KernelAnswer {
  port.set(['objects', String(object), 'error'], null);
  return error(name);
}

function isAtEnd(port: KernelPort, socket: Socket): boolean {
  const peer = peerOf(port, socket);
  // Without connections a datagram socket has no end: it waits on.
  return socket.shutRead || (socket.type !== 'dgram' && peer !== null && (peer.closed || peer.shutWrite));
}

function receiveStream(port: KernelPort, open: KernelFd, into: Ranges, wanted: number, flags: number, call: KernelCall): KernelAnswer {
  const socket = socketAt(port, open.object);
  const done = call.held?.done ?? 0;
  const bytes = socket.received[0] ?? '';
  if (wanted === 0 && (bytes !== '' || !isUnix(socket))) return give(0);
  const part = bytes.slice(0, (wanted - done) * 2);
  const taken = scatter(port, into, done, bytesOfHex(part));
  if (taken * 2 < part.length && taken + done === 0) return error('EFAULT');
  if ((flags & MSG.PEEK) !== 0 && taken > 0) return give(taken);
  let woken: string[] = [];
  if (taken > 0) {
    const left = bytes.slice(taken * 2);
    setSocket(port, open.object, { received: left === '' ? [] : [left] });
    // TCP tells of room only after it had refused somebody.
    if (isUnix(socket) || receivedBytes(socket) >= SOCKET_BYTES) woken = changed(port, socket.peer, POLL.OUT);
  }
  const sofar = done + taken;
  const isEnough = sofar > 0 && (sofar === wanted || (flags & MSG.WAITALL) === 0);
  if (isEnough || isAtEnd(port, socket) || (call.occasion === 'signal' && sofar > 0)) return give(sofar, woken);
  if (isImpatient(open, flags)) return sofar > 0 ? give(sofar, woken) : error('EAGAIN');
  return wait(waitPlace('socket', open.object, 'readable'), { open, done: sofar }, woken);
}

function receiveMessage(port: KernelPort, open: KernelFd, socket: Socket, into: Ranges, wanted: number, flags: number): Received {
  const [first, ...others] = socket.received;
  const [sender = '', ...senders] = socket.senders ?? [];
  if (first === undefined) {
    if (isAtEnd(port, socket)) return nothing(give(0));
    if (isImpatient(open, flags)) return nothing(error('EAGAIN'));
    return nothing(wait(waitPlace('socket', open.object, 'readable'), { open, done: 0 }));
  }
  const part = bytesOfHex(first.slice(0, wanted * 2));
  const taken = scatter(port, into, 0, part);
  const cut = first.length / 2 > wanted;
  const woken = (flags & MSG.PEEK) === 0 ? takeMessage(port, open.object, socket, others, senders) : [];
  if (taken < part.length) return nothing(error('EFAULT', woken));
  return { answer: give((flags & MSG.TRUNC) !== 0 ? first.length / 2 : taken, woken), sender, cut };
}

/** What does not fit is lost with the message. */
function takeMessage(port: KernelPort, object: number, socket: Socket, received: string[], senders: string[]): string[] {
  setSocket(port, object, socket.senders ? { received, senders } : { received });
  return socket.peer === 0 ? [] : changed(port, socket.peer, POLL.OUT);
}

/** `to`: an address that the call gives; empty: whom the socket is connected with. */
export function send(
  port: KernelPort,
  open: KernelFd,
  from: Ranges,
  count: number,
  flags: number,
  to: readonly number[],
  call: KernelCall,
): KernelAnswer {
  const socket = socketAt(port, open.object);
  if (socket.error !== undefined && !isUnix(socket)) return tellError(port, open.object, socket.error);
  if (socket.type === 'stream') return sendStream(port, open, from, count, flags, to, call);
  if (socket.type === 'seqpacket') {
    if (socket.peer === 0) return error('ENOTCONN');
    return sendMessage(port, open, from, count, flags, socket.peer, '');
  }
  return isUnix(socket) ? sendUnixDatagram(port, open, from, count, flags, to) : sendDatagram(port, open, from, count, flags, to);
}

function sendStream(
  port: KernelPort,
  open: KernelFd,
  from: Ranges,
  count: number,
  flags: number,
  to: readonly number[],
  call: KernelCall,
): KernelAnswer {
  const socket = socketAt(port, open.object);
  if ((flags & MSG.OOB) !== 0) return error('EOPNOTSUPP');
  if (isUnix(socket) && to.length > 0) return error(socket.peer === 0 ? 'EOPNOTSUPP' : 'EISCONN');
  const peer = peerOf(port, socket);
  if (!peer) return error(isUnix(socket) ? 'ENOTCONN' : 'EPIPE');
  const done = call.held?.done ?? 0;
  if (peer.closed && !isUnix(socket) && !socket.shutWrite && done === 0) return sendToNobody(port, open.object, count);
  if (socket.shutWrite || peer.closed || (peer.shutRead && isUnix(socket))) return done > 0 ? give(done) : error('EPIPE');
  if (count === 0) return give(0);
  const room = Math.max(0, SOCKET_BYTES - receivedBytes(peer));
  const put = Math.min(room, count - done);
  const moved = gather(port, from, done, put);
  if (moved.length < put && done + moved.length === 0) return error('EFAULT');
  let woken: string[] = [];
  if (moved.length > 0) {
    setSocket(port, socket.peer, { received: [(peer.received[0] ?? '') + hexOfBytes(moved)] });
    woken = changed(port, socket.peer, POLL.IN);
  }
  const sofar = done + moved.length;
  if (sofar === count || moved.length < put || (call.occasion === 'signal' && sofar > 0)) return give(sofar, woken);
  if (isImpatient(open, flags)) return sofar > 0 ? give(sofar, woken) : error('EAGAIN');
  return wait(waitPlace('socket', open.object, 'writable'), { open, done: sofar }, woken);
}

/** TCP learns that nobody is there any more from the answer to what it sends: the first time all goes well. */
function sendToNobody(port: KernelPort, object: number, count: number): KernelAnswer {
  if (count === 0) return give(0);
  setSocket(port, object, { error: 'EPIPE', shutRead: true, shutWrite: true });
  return give(count, changed(port, object, POLL.ERR | POLL.IN | POLL.HUP));
}

/** Lays a message before `receiver`, or waits until there is room for it. */
function sendMessage(
  port: KernelPort,
  open: KernelFd,
  from: Ranges,
  count: number,
  flags: number,
  receiver: number,
  sender: string,
): KernelAnswer {
  const socket = socketAt(port, open.object);
  const other = socketAt(port, receiver);
  if (count > SOCKET_BYTES - 32) return error('EMSGSIZE');
  const bytes = gather(port, from, 0, count);
  if (bytes.length < count) return error('EFAULT');
  if (other.closed && socket.type === 'dgram' && !socket.shutWrite) return error('ECONNREFUSED');
  if (socket.shutWrite || other.closed || other.shutRead) return error('EPIPE');
  if (receivedBytes(other) + count > SOCKET_BYTES || other.received.length >= MOST_MESSAGES) {
    return isImpatient(open, flags) ? error('EAGAIN') : wait(waitPlace('socket', open.object, 'writable'), { open, done: 0 });
  }
  const senders = [...(other.senders ?? other.received.map(() => '')), sender];
  setSocket(port, receiver, { received: [...other.received, hexOfBytes(bytes)], ...((sender !== '' || other.senders) && { senders }) });
  return give(count, changed(port, receiver, POLL.IN));
}

/** net.unix.max_dgram_qlen, and one more than it says. */
const MOST_MESSAGES = 11;

function sendUnixDatagram(
  port: KernelPort,
  open: KernelFd,
  from: Ranges,
  count: number,
  flags: number,
  to: readonly number[],
): KernelAnswer {
  const socket = socketAt(port, open.object);
  if ((flags & MSG.OOB) !== 0) return error('EOPNOTSUPP');
  const name = to.length > 0 ? unixName(to) : null;
  if (name === 'EINVAL') return error(name);
  if (!name && socket.peer === 0) return error('ENOTCONN');
  const found = name ? unixSocketAt(port, name, 'dgram') : socket.peer;
  if (typeof found === 'string') return count > SOCKET_BYTES - 32 ? error('EMSGSIZE') : error(found);
  return sendMessage(port, open, from, count, flags, found, socket.name ?? '');
}

/** UDP on the modelled loopback: what nobody takes is told to a connected sender by its next call. */
function sendDatagram(port: KernelPort, open: KernelFd, from: Ranges, count: number, flags: number, to: readonly number[]): KernelAnswer {
  const socket = socketAt(port, open.object);
  const family = familyOf(socket);
  // Before anything is looked at (net/ipv4/af_inet.c, inet_send_prepare).
  if (!bindByItself(port, open.object)) return error('EAGAIN');
  if (count > MOST_IN_DATAGRAM) return error('EMSGSIZE');
  if ((flags & MSG.OOB) !== 0) return error('EOPNOTSUPP');
  if (to.length > 0) {
    if (to.length < (family === AF_INET ? INET_BYTES : INET6_BYTES - 4)) return error('EINVAL');
    if (familyIn(to) !== family && familyIn(to) !== AF_UNSPEC) return error('EAFNOSUPPORT');
    if (inetName(hexOfBytes(to)).port === 0) return error('EINVAL');
  }
  const name = to.length > 0 ? hexOfBytes([family, 0, ...to.slice(2)]) : socket.peerName;
  if (name === undefined) return error('EDESTADDRREQ');
  const { host } = inetName(name);
  if (!isLoopback(family, host) && !isAnyHost(host)) return error('ENETUNREACH');
  if (socket.shutWrite) return error('EPIPE');
  const bytes = gather(port, from, 0, count);
  if (bytes.length < count) return error('EFAULT');
  const receiver = receiverAt(port, socket, reached(name));
  if (receiver === null) {
    if (socket.peerName === undefined) return give(count);
    setSocket(port, open.object, { error: 'ECONNREFUSED' });
    return give(count, changed(port, open.object, POLL.ERR | POLL.IN));
  }
  const other = socketAt(port, receiver);
  const own = inetName(socketAt(port, open.object).name ?? '');
  const sender = hexOfBytes(inetBytesFrom(own, family, reached(name)));
  // A full receiver loses it, and the sender does not hear of it.
  if (receivedBytes(other) + count > SOCKET_BYTES) return give(count);
  if (other.peerName !== undefined && other.peerName !== sender) return give(count);
  setSocket(port, receiver, { received: [...other.received, hexOfBytes(bytes)], senders: [...(other.senders ?? []), sender] });
  return give(count, changed(port, receiver, POLL.IN));
}

/** A socket bound to all of the machine's addresses sends from the one over which it goes. */
function inetBytesFrom(own: ReturnType<typeof inetName>, family: number, to: string): number[] {
  const bytes = bytesOfHex(to);
  const port = [own.port >> 8, own.port & 0xff];
  if (!isAnyHost(own.host))
    return family === AF_INET
      ? [family, 0, ...port, ...bytesOfHex(own.host), ...bytes.slice(8)]
      : [family, 0, ...port, 0, 0, 0, 0, ...bytesOfHex(own.host), 0, 0, 0, 0];
  const source = family === AF_INET ? [127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0] : [...bytes.slice(4, 24), 0, 0, 0, 0];
  return [family, 0, ...port, ...source];
}
