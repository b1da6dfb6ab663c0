/**
 * What a descriptor is ready for, who waits for that, and what an epoll set remembers. Whoever changes an object calls `changed`, which
 * says whom that wakes: waiters on the object itself and on every epoll set that has it.
 */
import type { KernelFd, KernelState } from '../kernel-state';
import type { Json } from '../state';
import { unreachable } from '../unreachable';
import type { KernelPort } from './answer';
import { epollSets } from './object-table';

/** poll(2)'s and epoll's bits. */
export const POLL = { IN: 0x1, PRI: 0x2, OUT: 0x4, ERR: 0x8, HUP: 0x10, RDNORM: 0x40, WRNORM: 0x100, RDHUP: 0x2000 } as const;
export const EPOLLONESHOT = 0x40000000;
export const EPOLLET = 0x80000000;
const READABLE = POLL.IN | POLL.RDNORM;
const WRITABLE = POLL.OUT | POLL.WRNORM;

/** What a pipe holds (pipe(7)). */
export const PIPE_BYTES = 65_536;
const PAGE_BYTES = 4096;
/** net.core.wmem_default: what a socket's peer may have lying unread. */
export const SOCKET_BYTES = 212_992;
export const EVENTFD_MAX = 0xfffffffffffffffen;

/** A page of a pipe: where in it what is not yet read begins, how many bytes that are, and 1 if they are a packet of their own. */
export type PipePage = readonly [at: number, bytes: number, isPacket?: 1];

export interface Pipe {
  kind: 'pipe';
  /** Hex: what lies in the pages, one after the other. */
  bytes: string;
  pages: PipePage[];
  /** F_SETPIPE_SZ; 65,536 when absent. */
  size?: number;
  readers: number;
  writers: number;
}

export interface Socket {
  kind: 'socket';
  type: 'stream' | 'dgram' | 'seqpacket';
  peer: number;
  /** What has arrived, hex: one piece for each message, on a stream at most one. */
  received: string[];
  closed: boolean;
  /** shutdown(2): no more reading, no more writing here. */
  shutRead: boolean;
  shutWrite: boolean;
  /** AF_INET or AF_INET6; AF_UNIX when absent. */
  family?: number;
  /** Its own address, and whom it is connected with: struct sockaddr in hex. */
  name?: string;
  peerName?: string;
  /** Who sent each piece of `received`, of messages only; '' has no name. */
  senders?: string[];
  /** It listens: how many may wait, and those who do. */
  backlog?: number;
  waiting?: number[];
  /** Made by accept. */
  accepted?: boolean;
  /** connect has answered EINPROGRESS and nobody has asked since. */
  connecting?: boolean;
  /** What the next call, or SO_ERROR, is told. */
  error?: string;
  /** setsockopt, by `level:name`. */
  options?: Record<string, number>;
}

export interface Eventfd {
  kind: 'eventfd';
  /** Hex, with 0x. */
  count: string;
  semaphore: boolean;
}

export interface Interest {
  fd: number;
  description: number;
  object: number;
  kindOfFile: KernelFd['kind'];
  events: number;
  /** Hex, with 0x. */
  data: string;
  /** Its place in the list of those for which something has happened that is not yet told; 0: it is not in that list. */
  pending: number;
  /** EPOLLONESHOT: told once, silent until EPOLL_CTL_MOD. */
  disarmed: boolean;
}

export interface Epoll {
  kind: 'epoll';
  interest: Interest[];
}

export interface Timerfd {
  kind: 'timerfd';
  clock: number;
  /** When it goes off next, ns of virtual time, and how often after that; 0: it does not. */
  next: number;
  interval: number;
}

export interface Signalfd {
  kind: 'signalfd';
  /** The signals that it takes, as a bit mask in hex. */
  mask: string;
}

type ObjectRow = Pipe | Socket | Eventfd | Epoll | Timerfd | Signalfd;

/** What readiness is asked of: of a timer it depends on the time. */
type Looked = Pick<KernelPort, 'kernel' | 'now'>;

export function objectOf<K extends ObjectRow['kind']>(
  { kernel }: { kernel: KernelState },
  object: number,
  kind: K,
): Extract<ObjectRow, { kind: K }> {
  const row = kernel.objects[object] as unknown as ObjectRow | undefined;
  if (row?.kind !== kind) throw new Error(`object ${object} is ${row?.kind ?? 'not there'}, not ${kind}`);
  return row as Extract<ObjectRow, { kind: K }>;
}

/** epoll refuses regular files and directories with EPERM: they are always ready. */
export function isPollable(open: Pick<KernelFd, 'kind'>): boolean {
  return open.kind !== 'file' && open.kind !== 'dir';
}

/** What `open` is ready for just now. */
export function readiness(port: Looked, open: Pick<KernelFd, 'kind' | 'object'>): number {
  switch (open.kind) {
    case 'pipe-read': {
      const { pages, writers } = objectOf(port, open.object, 'pipe');
      return (pages.length === 0 ? 0 : READABLE) | (writers === 0 ? POLL.HUP : 0);
    }
    case 'pipe-write': {
      const { pages, size = PIPE_BYTES, readers } = objectOf(port, open.object, 'pipe');
      return (pages.length < size / PAGE_BYTES ? WRITABLE : 0) | (readers === 0 ? POLL.ERR : 0);
    }
    case 'eventfd': {
      const count = BigInt(objectOf(port, open.object, 'eventfd').count);
      return (count > 0n ? POLL.IN : 0) | (count < EVENTFD_MAX ? POLL.OUT : 0);
    }
    case 'socket':
      return socketReadiness(port, objectOf(port, open.object, 'socket'));
    case 'epoll':
      return hasEvents(port, open.object) ? READABLE : 0;
    case 'tty':
    case 'file':
    case 'dir':
    case 'symlink':
      return READABLE | WRITABLE;
    case 'timerfd':
      return ticksOf(port, objectOf(port, open.object, 'timerfd')) > 0 ? POLL.IN : 0;
    case 'signalfd':
      return pendingIn(port.kernel, BigInt(objectOf(port, open.object, 'signalfd').mask)).length > 0 ? POLL.IN : 0;
    default:
      return unreachable(open.kind);
  }
}

function socketReadiness(port: Looked, socket: Socket): number {
  const failed = socket.error === undefined ? 0 : POLL.ERR;
  if (socket.backlog !== undefined) return (socket.waiting ?? []).length > 0 ? READABLE : 0;
  if (socket.type === 'dgram' && (socket.peer === 0 || socket.family !== undefined))
    return (
      (socket.received.length > 0 || socket.shutRead || failed !== 0 ? READABLE : 0) |
      (socket.shutRead ? POLL.RDHUP : 0) |
      WRITABLE |
      failed
    );
  if (socket.peer === 0) return (failed === 0 ? 0 : READABLE | POLL.RDHUP) | WRITABLE | POLL.HUP | failed;
  return connectedReadiness(port, socket) | failed;
}

function connectedReadiness(port: { kernel: KernelState }, socket: Socket): number {
  const peer = objectOf(port, socket.peer, 'socket');
  const atEnd = peer.closed || peer.shutWrite || socket.shutRead;
  // TCP does not tell the other side who will not read any more, nor at once that it is gone altogether.
  const isTcp = socket.family !== undefined;
  const hungUp = isTcp
    ? atEnd && socket.shutWrite
    : peer.closed || ((peer.shutWrite || socket.shutRead) && (socket.shutWrite || peer.shutRead));
  return (
    (socket.received.length > 0 || atEnd ? READABLE : 0) |
    (atEnd ? POLL.RDHUP : 0) |
    (hungUp ? POLL.HUP : 0) |
    (peer.closed || receivedBytes(peer) < SOCKET_BYTES ? WRITABLE : 0)
  );
}

export function receivedBytes(socket: Socket): number {
  return socket.received.reduce((sum, piece) => sum + piece.length / 2, 0);
}

/** What an epoll set would tell about one of its files now; errors and hang-ups are told unasked. */
export function readyEvents(port: Looked, interest: Interest): number {
  // A timer goes off without anybody’s doing.
  const isListed = interest.pending > 0 || (interest.kindOfFile === 'timerfd' && !isEdgeTriggered(interest));
  if (interest.disarmed || !isListed) return 0;
  return readiness(port, { kind: interest.kindOfFile, object: interest.object }) & (interest.events | POLL.ERR | POLL.HUP);
}

export function isEdgeTriggered({ events }: Interest): boolean {
  return (events & EPOLLET) !== 0;
}

/** How often a timer has gone off since it was last read or set. */
export function ticksOf({ now }: Pick<KernelPort, 'now'>, { next, interval }: Timerfd): number {
  if (next === 0 || now < next) return 0;
  return interval === 0 ? 1 : 1 + Math.floor((now - next) / interval);
}

/** Signals of a mask that are pending, lowest number first. */
export function pendingIn({ pending = [] }: KernelState, mask: bigint): number[] {
  return pending.filter((signal) => ((mask >> BigInt(signal - 1)) & 1n) === 1n).sort((a, b) => a - b);
}

/** When a timer that is looked at goes off without anybody's doing, ns; null: there is none. */
export function nextExpiry(port: Looked, open: Pick<KernelFd, 'kind' | 'object'>): number | null {
  if (open.kind === 'timerfd') {
    const { next } = objectOf(port, open.object, 'timerfd');
    return next === 0 ? null : next;
  }
  if (open.kind !== 'epoll') return null;
  const inner = objectOf(port, open.object, 'epoll').interest.map((each) =>
    nextExpiry(port, { kind: each.kindOfFile, object: each.object }),
  );
  return earliest(inner);
}

export function earliest(times: readonly (number | null)[]): number | null {
  return times.reduce((first, each) => (each === null ? first : first === null ? each : Math.min(first, each)), null);
}

/** Whether an epoll set has something to tell just now. */
export function hasEvents(port: Looked, set: number): boolean {
  return objectOf(port, set, 'epoll').interest.some((each) => readyEvents(port, each) !== 0);
}

/** The name under which waiters of an object are known. */
export function waitPlace(kind: ObjectRow['kind'], object: number, side: 'readable' | 'writable'): string {
  return `${kind}:${object}:${side}`;
}

/** `object` has become ready in the ways of `mask`: whom that wakes. */
export function changed(port: KernelPort, object: number, mask: number): string[] {
  const row = port.kernel.objects[object] as unknown as ObjectRow | undefined;
  if (!row) return [];
  const woken: string[] = [];
  if ((mask & (POLL.IN | POLL.HUP)) !== 0) woken.push(waitPlace(row.kind, object, 'readable'));
  if ((mask & (POLL.OUT | POLL.ERR | POLL.HUP)) !== 0) woken.push(waitPlace(row.kind, object, 'writable'));
  for (const set of epollSets(port.kernel.objects)) {
    const { interest } = objectOf(port, set, 'epoll');
    if (!interest.some((one) => concerns(one, object, mask))) continue;
    if (interest.some((one) => concerns(one, object, mask) && one.pending === 0)) {
      let place = lastPlace(interest);
      const listed = interest.map((one) => (concerns(one, object, mask) && one.pending === 0 ? { ...one, pending: ++place } : one));
      setInterest(port, set, listed);
    }
    woken.push(...changed(port, set, POLL.IN));
  }
  return woken;
}

/** The place of the last one in the list. */
export function lastPlace(interest: readonly Interest[]): number {
  return Math.max(0, ...interest.map(({ pending }) => pending));
}

function concerns(interest: Interest, object: number, mask: number): boolean {
  const heard = (interest.events | POLL.ERR | POLL.HUP) & ~deafTo(interest.kindOfFile);
  return interest.object === object && !interest.disarmed && (heard & mask) !== 0;
}

/** The two ends of a pipe sleep in queues of their own: what wakes one is not told to the other. */
function deafTo(kind: KernelFd['kind']): number {
  if (kind === 'pipe-read') return POLL.OUT | POLL.ERR;
  return kind === 'pipe-write' ? POLL.IN | POLL.HUP : 0;
}

export function setInterest(port: KernelPort, set: number, interest: readonly Interest[]): void {
  port.set(['objects', String(set), 'interest'], interest as unknown as Json);
}

/** A description is gone: no epoll set has it any more. */
export function forgetInterest(port: KernelPort, description: number): void {
  for (const set of epollSets(port.kernel.objects)) {
    const { interest } = objectOf(port, set, 'epoll');
    if (interest.some((one) => one.description === description))
      setInterest(
        port,
        set,
        interest.filter((one) => one.description !== description),
      );
  }
}
