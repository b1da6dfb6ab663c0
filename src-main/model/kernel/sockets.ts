/** Sockets: who is connected with whom, what has arrived, and what becomes of it when one of them is given up. */
import type { KernelFd } from '../kernel-state';
import type { Json } from '../state';
import type { KernelPort } from './answer';
import { fdOf, newObject } from './descriptor-table';
import { changed, objectOf, POLL, receivedBytes, type Socket } from './poll';
import { AF_UNIX, anyHost, inetBytes, inetName, isAnyHost, loopback } from './socket-addresses';
import { hexOfBytes } from './bytes';

export const socketAt = (port: Pick<KernelPort, 'kernel'>, object: number): Socket => objectOf(port, object, 'socket');

/** The open socket of a descriptor; an errno when it is none. */
export function opened(port: KernelPort, fd: bigint | undefined): KernelFd | 'EBADF' | 'ENOTSOCK' {
  const open = fdOf(port, fd);
  if (!open) return 'EBADF';
  return open.kind === 'socket' ? open : 'ENOTSOCK';
}

export function setSocket(port: KernelPort, object: number, change: Partial<Socket>): void {
  for (const [field, value] of Object.entries(change)) port.set(['objects', String(object), field], value as Json);
}

export const familyOf = ({ family }: Pick<Socket, 'family'>): number => family ?? AF_UNIX;
export const isUnix = (socket: Pick<Socket, 'family'>): boolean => familyOf(socket) === AF_UNIX;

/** A socket that is connected with nobody. `family` AF_UNIX is not written down: it is the one there was first. */
export function newSocket(port: KernelPort, family: number, type: Socket['type']): number {
  const plain = { kind: 'socket', type, received: [], closed: false, shutRead: false, shutWrite: false, peer: 0 };
  return newObject(port, family === AF_UNIX ? plain : { ...plain, family });
}

/** The other end; null: there is none. */
export function peerOf(port: Pick<KernelPort, 'kernel'>, { peer }: Pick<Socket, 'peer'>): Socket | null {
  return peer === 0 ? null : socketAt(port, peer);
}

/** Its own address as getsockname tells it, in hex. */
export function nameOf(socket: Socket): string {
  if (socket.name !== undefined) return socket.name;
  const family = familyOf(socket);
  if (family === AF_UNIX) return hexOfBytes([AF_UNIX, 0]);
  return hexOfBytes(inetBytes({ family, port: 0, host: anyHost(family) }));
}

/** The first port that is given out by itself. */
const FIRST_PORT = 32_768;
const LAST_PORT = 60_999;

export function allSockets(port: Pick<KernelPort, 'kernel'>): [object: number, socket: Socket][] {
  return Object.entries(port.kernel.objects).flatMap(([object, row]) =>
    row.kind === 'socket' ? [[Number(object), row as unknown as Socket] as [number, Socket]] : [],
  );
}

const isSameKind = (a: Socket, b: Socket): boolean => a.type === b.type && familyOf(a) === familyOf(b);

interface Bound {
  readonly object: number;
  readonly other: Socket;
  readonly taken: number;
}

/** Sockets of this kind that have a port on this machine, or on the one address, and that port. */
function boundTo(port: Pick<KernelPort, 'kernel'>, like: Socket, host: string): Bound[] {
  return allSockets(port).flatMap(([object, other]) => {
    if (other.closed || other.name === undefined || isUnix(other) || !isSameKind(other, like)) return [];
    const name = inetName(other.name);
    return name.host === host || isAnyHost(name.host) || isAnyHost(host) ? [{ object, other, taken: name.port }] : [];
  });
}

/** Whether the port may be had: two share one only if both say SO_REUSEADDR and, of streams, none listens. */
export function isPortFree(port: Pick<KernelPort, 'kernel'>, socket: Socket, number: number, host: string): boolean {
  const reuses = ({ options }: Socket): boolean => (options?.['1:2'] ?? 0) !== 0;
  return boundTo(port, socket, host).every(
    ({ taken, other }) =>
      taken !== number ||
      other === socket ||
      (other.accepted === true && reuses(socket)) ||
      (reuses(other) && reuses(socket) && other.backlog === undefined),
  );
}

/** The lowest port that nobody has. One pass over the sockets, however many there are: a program may bind a thousand. */
export function freePort(port: Pick<KernelPort, 'kernel'>, socket: Socket, host: string): number | null {
  const taken = new Set(boundTo(port, socket, host).map((bound) => bound.taken));
  for (let number = FIRST_PORT; number <= LAST_PORT; number++) if (!taken.has(number)) return number;
  return null;
}

/** A socket that sends or listens has an address, given by itself if by nobody else. False: no port is left. */
export function bindByItself(port: KernelPort, object: number, host?: string): boolean {
  const socket = socketAt(port, object);
  if (socket.name !== undefined || isUnix(socket)) return true;
  const family = familyOf(socket);
  const number = freePort(port, socket, host ?? anyHost(family));
  if (number === null) return false;
  setSocket(port, object, { name: hexOfBytes(inetBytes({ family, port: number, host: host ?? anyHost(family) })) });
  return true;
}

/** Whoever listens, or takes messages, at an address; the one bound to just this host before the one bound to all. */
export function receiverAt(port: Pick<KernelPort, 'kernel'>, like: Socket, name: string): number | null {
  const { family, port: number, host } = inetName(name);
  const target = isAnyHost(host) ? loopback(family) : host;
  const found = boundTo(port, like, target).filter(
    ({ taken, other }) => taken === number && (like.type === 'dgram' || other.backlog !== undefined),
  );
  const exact = found.find(({ other: { name: own = '' } }) => inetName(own).host === target);
  return (exact ?? found[0])?.object ?? null;
}

/** To 0.0.0.0 means to oneself. */
export function reached(name: string): string {
  const to = inetName(name);
  return isAnyHost(to.host) ? hexOfBytes(inetBytes({ ...to, host: loopback(to.family) })) : name;
}

/** FIONREAD: of messages the first one only. */
export function unreadBytes(port: Pick<KernelPort, 'kernel'>, object: number): number | null {
  const socket = socketAt(port, object);
  if (socket.backlog !== undefined) return null;
  return socket.type === 'dgram' ? (socket.received[0]?.length ?? 0) / 2 : receivedBytes(socket);
}

/** TIOCOUTQ: what the peer has not read yet, of the family AF_UNIX; elsewhere it has arrived as soon as it is sent. */
export function unsentBytes(port: Pick<KernelPort, 'kernel'>, object: number): number {
  const socket = socketAt(port, object);
  const peer = peerOf(port, socket);
  return isUnix(socket) && peer && receivedBytes(peer) > 0 ? receivedBytes(peer) : 0;
}

/** The last descriptor is closed: the peer sees the end, and who had connected and was not accepted is refused. */
export function releaseSocket(port: KernelPort, object: number): string[] {
  const socket = socketAt(port, object);
  const woken: string[] = [];
  for (const waiting of socket.waiting ?? []) woken.push(...releaseSocket(port, waiting));
  port.set(['objects', String(object), 'closed'], true);
  const mask = POLL.IN | POLL.OUT | POLL.HUP | POLL.RDHUP;
  // Unread bytes are an error to who sent them; TCP ends the connection for both sides then.
  if (socket.peer !== 0 && socket.type !== 'dgram' && socket.received.length > 0)
    setSocket(port, socket.peer, { error: 'ECONNRESET', ...(!isUnix(socket) && { shutRead: true, shutWrite: true }) });
  return [...woken, ...(socket.peer === 0 ? [] : changed(port, socket.peer, mask))];
}
