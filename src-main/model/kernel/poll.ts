/**
 * What a descriptor is ready for, who waits for that, and what an epoll set remembers. Whoever changes an object calls `changed`, which
 * says whom that wakes: waiters on the object itself and on every epoll set that has it.
 */
import type { Json, KernelFd, KernelState } from '../state';
import { unreachable } from '../unreachable';
import type { KernelPort } from './answer';

/** poll(2)'s and epoll's bits. */
export const POLL = { IN: 0x1, PRI: 0x2, OUT: 0x4, ERR: 0x8, HUP: 0x10, RDNORM: 0x40, WRNORM: 0x100, RDHUP: 0x2000 } as const;
export const EPOLLONESHOT = 0x40000000;
export const EPOLLET = 0x80000000;
const READABLE = POLL.IN | POLL.RDNORM;
const WRITABLE = POLL.OUT | POLL.WRNORM;

/** What a pipe holds (pipe(7)), and up to which size a write into it is all or nothing. */
export const PIPE_BYTES = 65_536;
export const PIPE_BUF = 4096;
/** net.core.wmem_default: what a socket's peer may have lying unread. */
export const SOCKET_BYTES = 212_992;
export const EVENTFD_MAX = 0xfffffffffffffffen;

export interface Pipe {
  kind: 'pipe';
  /** Hex. */
  bytes: string;
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
  /** Edge-triggered: something has happened since it was last told. */
  pending: boolean;
  /** EPOLLONESHOT: told once, silent until EPOLL_CTL_MOD. */
  disarmed: boolean;
}

export interface Epoll {
  kind: 'epoll';
  interest: Interest[];
}

type ObjectRow = Pipe | Socket | Eventfd | Epoll;

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
export function readiness(port: { kernel: KernelState }, open: Pick<KernelFd, 'kind' | 'object'>): number {
  switch (open.kind) {
    case 'pipe-read': {
      const { bytes, writers } = objectOf(port, open.object, 'pipe');
      return (bytes === '' ? 0 : READABLE) | (writers === 0 ? POLL.HUP : 0);
    }
    case 'pipe-write': {
      const { bytes, readers } = objectOf(port, open.object, 'pipe');
      return (bytes.length / 2 <= PIPE_BYTES - PIPE_BUF ? WRITABLE : 0) | (readers === 0 ? POLL.ERR : 0);
    }
    case 'eventfd': {
      const count = BigInt(objectOf(port, open.object, 'eventfd').count);
      return (count > 0n ? READABLE : 0) | (count < EVENTFD_MAX ? WRITABLE : 0);
    }
    case 'socket':
      return socketReadiness(port, objectOf(port, open.object, 'socket'));
    case 'epoll':
      return objectOf(port, open.object, 'epoll').interest.some((each) => readyEvents(port, each) !== 0) ? READABLE : 0;
    case 'tty':
    case 'file':
    case 'dir':
      return READABLE | WRITABLE;
    default:
      return unreachable(open.kind);
  }
}

function socketReadiness(port: { kernel: KernelState }, socket: Socket): number {
  const peer = objectOf(port, socket.peer, 'socket');
  const atEnd = peer.closed || peer.shutWrite || socket.shutRead;
  const hungUp = peer.closed || ((peer.shutWrite || socket.shutRead) && (socket.shutWrite || peer.shutRead));
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
export function readyEvents(port: { kernel: KernelState }, interest: Interest): number {
  if (interest.disarmed || (isEdgeTriggered(interest) && !interest.pending)) return 0;
  return readiness(port, { kind: interest.kindOfFile, object: interest.object }) & (interest.events | POLL.ERR | POLL.HUP);
}

export function isEdgeTriggered({ events }: Interest): boolean {
  return (events & EPOLLET) !== 0;
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
  for (const [set, each] of Object.entries(port.kernel.objects)) {
    if (each.kind !== 'epoll') continue;
    const { interest } = each as unknown as Epoll;
    if (!interest.some((one) => concerns(one, object, mask))) continue;
    if (interest.some((one) => concerns(one, object, mask) && !one.pending)) {
      setInterest(
        port,
        Number(set),
        interest.map((one) => (concerns(one, object, mask) ? { ...one, pending: true } : one)),
      );
    }
    woken.push(...changed(port, Number(set), POLL.IN));
  }
  return woken;
}

function concerns(interest: Interest, object: number, mask: number): boolean {
  return interest.object === object && !interest.disarmed && ((interest.events | POLL.ERR | POLL.HUP) & mask) !== 0;
}

export function setInterest(port: KernelPort, set: number, interest: readonly Interest[]): void {
  port.set(['objects', String(set), 'interest'], interest as unknown as Json);
}

/** A description is gone: no epoll set has it any more. */
export function forgetInterest(port: KernelPort, description: number): void {
  for (const [set, each] of Object.entries(port.kernel.objects)) {
    if (each.kind !== 'epoll') continue;
    const { interest } = each as unknown as Epoll;
    if (interest.some((one) => one.description === description))
      setInterest(
        port,
        Number(set),
        interest.filter((one) => one.description !== description),
      );
  }
}
