/** Connecting sockets: what becomes of the two ends, and what connect says when nobody is there. */
import type { KernelFd } from '../kernel-state';
import { error, give, type Handler, type KernelAnswer, type KernelPort, notModelled, wait } from './answer';
import { hexOfBytes } from './bytes';
import { O_NONBLOCK } from './descriptor-table';
import { changed, POLL, type Socket, waitPlace } from './poll';
import {
  AF_INET,
  AF_UNSPEC,
  familyIn,
  givenAddress,
  INET6_BYTES,
  INET_BYTES,
  inetBytes,
  inetName,
  isAnyHost,
  isLoopback,
  unixName,
} from './socket-addresses';
import { bindByItself, familyOf, isUnix, newSocket, opened, reached, receiverAt, setSocket, socketAt } from './sockets';
import { unixSocketAt } from './unix-sockets';

export const connect: Handler = (port, [fd, address = 0n, length], call) => {
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
