/**
 * Sockets as package net listens on them, connects, accepts, reads, writes and closes them. Follows net/sock_posix.go, net/fd_unix.go and
 * net/tcpsock_posix.go of Go 1.14. Package net makes all of its sockets non-blocking; whoever makes one that is not has it to himself.
 */
import { NET_PATHS } from '../asm/call-paths';
import { fromLittleEndian } from '../kernel/bytes';
import { fdOf, O_NONBLOCK } from '../kernel/descriptor-table';
import { errnoByName } from '../kernel/errno';
import { readMemory } from '../kernel/memory';
import type { Socket } from '../kernel/poll';
import type { SyscallArgument, SyscallRequest } from '../setting';
import type { GId } from '../state';
import { type CallMade, enterFrames, kernelPort, leaveFrames, makeCall, prepareCall } from './call-operations';
import { pollDescOf, pollOpen } from './netpoll';
import { pollWait } from './poll-desc';
import { closeFd, transfer } from './poll-fd';
import type { Runtime } from './runtime';
import type { Thread } from './thread';

/** What carries out one system call of a scenario. */
export type CarryCall = (rt: Runtime, g: GId, operation: SyscallRequest) => Thread;

const SOL_SOCKET = 1;
const SO_ERROR = 4;
const SO_KEEPALIVE = 9;
const SOL_TCP = 6;
const TCP_NODELAY = 1;
const TCP_KEEPIDLE = 4;
const TCP_KEEPINTVL = 5;
const KEEPALIVE_SECONDS = 15;
/** Bytes of syscall.RawSockaddrAny. */
const SOCKADDR_BYTES = 112;

const negative = (name: string): bigint => -BigInt(errnoByName(name)?.number ?? 0);
const UNDER_WAY = new Set(['EINPROGRESS', 'EALREADY', 'EINTR'].map(negative));
const EISCONN = negative('EISCONN');

const FD_READ = 'internal/poll.(*FD).Read';
const FD_WRITE = 'internal/poll.(*FD).Write';
const FD_ACCEPT = 'internal/poll.(*FD).Accept';
const depthOf = (path: readonly string[], fn: string): number => path.indexOf(fn) + 1;

type CarryWatched = (rt: Runtime, g: GId, operation: SyscallRequest, pd: string) => Thread;

/** What package net's functions do around their system call on a socket that the poller does not watch yet, and on one that it watches. */
const OPENING: Readonly<Record<string, CarryCall>> = { 'net.(*netFD).listenStream': listen, 'net.(*netFD).connect': connect };
const WATCHED: Readonly<Record<string, CarryWatched>> = {
  'net.(*conn).Read': (rt, g, operation, pd) => moved(rt, g, operation, { pd, mode: 'r', path: NET_PATHS.read, fn: FD_READ }),
  'net.(*conn).Write': (rt, g, operation, pd) => moved(rt, g, operation, { pd, mode: 'w', path: NET_PATHS.write, fn: FD_WRITE }),
  'net.(*conn).Close': (rt, g, operation, pd) => closeFd(rt, g, prepareCall(rt, operation, NET_PATHS.close), pd),
  'net.(*netFD).accept': accept,
};

/** What package net does for this call on this descriptor; null: it has nothing to do with it. */
export function netOperation(rt: Runtime, { name, args: [fd] }: SyscallRequest): CarryCall | null {
  if (typeof fd !== 'number' || !Object.hasOwn(NET_PATHS, name) || !socketOf(rt, fd)) return null;
  const [outermost] = NET_PATHS[name as keyof typeof NET_PATHS];
  const pd = pollDescOf(rt, fd);
  if (pd === null) return OPENING[outermost] ?? null;
  const carry = WATCHED[outermost];
  return carry ? (_, g, operation) => carry(rt, g, operation, pd) : null;
}

/** The stream socket of a descriptor that does not make its callers wait; null: it has none. */
function socketOf(rt: Runtime, fd: number): Socket | null {
  const open = fdOf({ kernel: rt.state.kernel }, BigInt(fd));
  if (open?.kind !== 'socket' || (open.flags & O_NONBLOCK) === 0) return null;
  const socket = rt.state.kernel.objects[open.object] as Socket | undefined;
  return socket?.type === 'stream' ? socket : null;
}

const isTcp = (rt: Runtime, fd: number): boolean => socketOf(rt, fd)?.family !== undefined;

interface Moved {
  pd: string;
  mode: 'r' | 'w';
  path: readonly string[];
  fn: string;
}

function* moved(rt: Runtime, g: GId, operation: SyscallRequest, { pd, mode, path, fn }: Moved): Thread {
  yield* transfer(rt, g, prepareCall(rt, operation, path), { pd, mode, depth: depthOf(path, fn) });
}

/** The calls that a function of package net makes: `outer` are the functions above them. */
function* called(
  rt: Runtime,
  g: GId,
  outer: readonly string[],
  inner: readonly string[],
  name: string,
  args: SyscallArgument[],
): Thread<CallMade> {
  const operation: SyscallRequest = { name, args, via: null, takesNs: null, returns: null, errno: null };
  const call = prepareCall(rt, operation, [...outer, ...inner]);
  return yield* makeCall(rt, g, call, outer.length);
}

/** Go 1.14, net/fd_unix.go, (*netFD).init; internal/poll/fd_unix.go, (*FD).Init: the poller is told of the socket. */
function* init(rt: Runtime, g: GId, outer: readonly string[], fd: number): Thread<string | null> {
  const path = [...outer, 'net.(*netFD).init', 'internal/poll.(*FD).Init'];
  yield* enterFrames(rt, g, path, outer.length, path.length);
  const pd = yield* pollOpen(rt, g, fd);
  yield* leaveFrames(rt, g, path, path.length, outer.length);
  return pd;
}

const sockaddr = (fd: number): SyscallArgument[] => [fd, { buf: SOCKADDR_BYTES }, { words: [`${SOCKADDR_BYTES}`] }];
const GETSOCKNAME = ['syscall.Getsockname', 'syscall.getsockname'];
const GETPEERNAME = ['syscall.Getpeername', 'syscall.getpeername'];

/** Go 1.14, net/sock_posix.go, (*netFD).listenStream, from listen on. */
function* listen(rt: Runtime, g: GId, operation: SyscallRequest): Thread {
  const call = prepareCall(rt, operation, NET_PATHS.listen);
  const outer = call.frames.slice(0, 1);
  yield* enterFrames(rt, g, call.frames, 0, 1);
  const { args, result } = yield* makeCall(rt, g, call, 1);
  const fd = Number(args[0] ?? 0n);
  if (result === 0n && (yield* init(rt, g, outer, fd)) !== null) yield* called(rt, g, outer, GETSOCKNAME, 'getsockname', sockaddr(fd));
  yield* leaveFrames(rt, g, call.frames, 1, 0);
}

/** Go 1.14, net/tcpsock.go, newTCPConn, and what its callers set besides: no delay, and a word every 15 seconds. */
function* newConn(rt: Runtime, g: GId, outer: readonly string[], fd: number): Thread {
  if (!isTcp(rt, fd)) return;
  const set = (fn: string, level: number, name: number, value: number): Thread<CallMade> =>
    called(rt, g, outer, [fn, 'internal/poll.(*FD).SetsockoptInt', 'syscall.SetsockoptInt', 'syscall.setsockopt'], 'setsockopt', [
      fd,
      level,
      name,
      { words: [`${value}`] },
      4,
    ]);
  yield* set('net.setNoDelay', SOL_TCP, TCP_NODELAY, 1);
  yield* set('net.setKeepAlive', SOL_SOCKET, SO_KEEPALIVE, 1);
  yield* set('net.setKeepAlivePeriod', SOL_TCP, TCP_KEEPINTVL, KEEPALIVE_SECONDS);
  yield* set('net.setKeepAlivePeriod', SOL_TCP, TCP_KEEPIDLE, KEEPALIVE_SECONDS);
}

/** Go 1.14, net/fd_unix.go, (*netFD).accept, around (*FD).Accept: who comes in is given to the poller, too. */
function* accept(rt: Runtime, g: GId, operation: SyscallRequest, pd: string): Thread {
  const call = prepareCall(rt, operation, NET_PATHS.accept4);
  const outer = call.frames.slice(0, 1);
  const result = yield* transfer(rt, g, call, { pd, mode: 'r', depth: depthOf(call.frames, FD_ACCEPT), outer: 1 });
  if (result !== null && result >= 0n) {
    const fd = Number(result);
    if ((yield* init(rt, g, outer, fd)) !== null) {
      yield* called(rt, g, outer, GETSOCKNAME, 'getsockname', sockaddr(fd));
      yield* newConn(rt, g, outer, fd);
    }
  }
  yield* leaveFrames(rt, g, call.frames, 1, 0);
}

/** Go 1.14, net/sock_posix.go, (*netFD).dial, from connect on; a connection that is refused is closed. */
function* connect(rt: Runtime, g: GId, operation: SyscallRequest): Thread {
  const call = prepareCall(rt, operation, NET_PATHS.connect);
  const outer = call.frames.slice(0, 1);
  yield* enterFrames(rt, g, call.frames, 0, 1);
  const { args, result } = yield* makeCall(rt, g, call, 1);
  const fd = Number(args[0] ?? 0n);
  if (result === 0n || result === EISCONN || UNDER_WAY.has(result)) {
    const pd = yield* init(rt, g, outer, fd);
    const isThere = pd !== null && (!UNDER_WAY.has(result) || (yield* connected(rt, g, outer, fd, pd)));
    yield* leaveFrames(rt, g, call.frames, 1, 0);
    if (isThere) {
      yield* called(rt, g, [], GETSOCKNAME, 'getsockname', sockaddr(fd));
      yield* newConn(rt, g, [], fd);
    } else if (pd !== null) {
      const close: SyscallRequest = { name: 'close', args: [fd], via: null, takesNs: null, returns: null, errno: null };
      yield* closeFd(rt, g, prepareCall(rt, close, NET_PATHS.close.slice(1)), pd);
    }
    return;
  }
  yield* leaveFrames(rt, g, call.frames, 1, 0);
}

/** The loop of (*netFD).connect: as soon as the socket can be written to, what has come of it is asked. */
function* connected(rt: Runtime, g: GId, outer: readonly string[], fd: number, pd: string): Thread<boolean> {
  while (yield* pollWait(rt, g, pd, 'w')) {
    const asked = [fd, SOL_SOCKET, SO_ERROR, { buf: 4 }, { words: ['4'] }];
    const { args, result } = yield* called(rt, g, outer, ['syscall.GetsockoptInt', 'syscall.getsockopt'], 'getsockopt', asked);
    if (result < 0n) return false;
    const errno = -fromLittleEndian(readMemory(kernelPort(rt, g), args[3] ?? 0n, 4) ?? []);
    if (errno === EISCONN) return true;
    if (errno === 0n) {
      const peer = yield* called(rt, g, outer, GETPEERNAME, 'getpeername', sockaddr(fd));
      if (peer.result === 0n) return true;
    } else if (!UNDER_WAY.has(errno)) return false;
  }
  return false;
}
