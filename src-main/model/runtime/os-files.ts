/**
 * Files as package os opens, reads, writes and closes them. Follows os/file_unix.go and os/pipe_linux.go of Go 1.14: what can be waited for is
 * given to the network poller and put into nonblocking mode; regular files are not taken, and their reads keep the thread.
 */
import { fromLittleEndian } from '../kernel/bytes';
import { O_NONBLOCK } from '../kernel/descriptor-table';
import { readMemory } from '../kernel/memory';
import type { SyscallRequest } from '../setting';
import type { GId } from '../state';
import { enterFrames, kernelPort, leaveFrames, makeCall, prepareCall, syscallOperation } from './call-operations';
import { pollDescOf, pollOpen } from './netpoll';
import { type CarryCall, netOperation } from './net-sockets';
import { closeFd, transfer } from './poll-fd';
import type { Runtime } from './runtime';
import type { Thread } from './thread';

const F_GETFL = 3;
const F_SETFL = 4;
const FD_READ = 'internal/poll.(*FD).Read';
const FD_WRITE = 'internal/poll.(*FD).Write';

/** What these functions do around their system call. */
const FUNCTIONS: Readonly<Record<string, CarryCall>> = {
  'os.OpenFile': openFile,
  'os.Pipe': pipe,
  'os.(*File).Read': readOrWrite,
  'os.(*File).Write': readOrWrite,
  'os.(*File).Close': closeFile,
};

/**
 * A system call as a program makes it through package os or package net, where Go has such a function; whoever names the routine, or says what the kernel
 * answers, makes the call itself.
 */
export function* osOperation(rt: Runtime, g: GId, operation: SyscallRequest): Thread {
  const { via, returns, errno } = operation;
  const isOwn = via === null && returns === null && errno === null;
  const socket = isOwn ? netOperation(rt, operation) : null;
  if (socket) return yield* socket(rt, g, operation);
  const [outermost = ''] = isOwn ? prepareCall(rt, operation).frames : [];
  const carry = Object.hasOwn(FUNCTIONS, outermost) ? FUNCTIONS[outermost] : undefined;
  yield* (carry ?? syscallOperation)(rt, g, operation);
}

/** Go 1.14, os.OpenFile. */
function* openFile(rt: Runtime, g: GId, operation: SyscallRequest): Thread {
  const call = prepareCall(rt, operation);
  const depth = call.frames.indexOf('os.openFileNolog') + 1;
  yield* enterFrames(rt, g, call.frames, 0, depth);
  const { result } = yield* makeCall(rt, g, call, depth);
  if (result >= 0n) yield* newFile(rt, g, call.frames.slice(0, depth), Number(result));
  yield* leaveFrames(rt, g, call.frames, depth, 0);
}

/** Go 1.14, os.Pipe. */
function* pipe(rt: Runtime, g: GId, operation: SyscallRequest): Thread {
  const call = prepareCall(rt, operation);
  const depth = call.frames.indexOf('os.Pipe') + 1;
  yield* enterFrames(rt, g, call.frames, 0, depth);
  const { args, result } = yield* makeCall(rt, g, call, depth);
  const ends = result === 0n ? (readMemory(kernelPort(rt, g), args[0] ?? 0n, 8) ?? []) : [];
  for (let at = 0; at < ends.length; at += 4)
    yield* newFile(rt, g, call.frames.slice(0, depth), Number(fromLittleEndian(ends.slice(at, at + 4))));
  yield* leaveFrames(rt, g, call.frames, depth, 0);
}

/** Go 1.14, os.newFile of the kinds kindOpenFile and kindPipe; syscall.SetNonblock. */
function* newFile(rt: Runtime, g: GId, outer: readonly string[], fd: number): Thread {
  const path = [...outer, 'os.newFile', 'syscall.SetNonblock', 'syscall.fcntl'];
  const depth = outer.length + 1;
  yield* enterFrames(rt, g, path, outer.length, depth);
  if ((yield* pollOpen(rt, g, fd)) !== null) {
    yield* enterFrames(rt, g, path, depth, depth + 1);
    const flags = yield* fcntl(rt, g, path, [fd, F_GETFL, 0]);
    if (flags >= 0n) yield* fcntl(rt, g, path, [fd, F_SETFL, Number(flags) | O_NONBLOCK]);
    yield* leaveFrames(rt, g, path, depth + 1, depth);
  }
  yield* leaveFrames(rt, g, path, depth, outer.length);
}

function* fcntl(rt: Runtime, g: GId, path: readonly string[], args: number[]): Thread<bigint> {
  const operation = { name: 'fcntl', args, via: null, takesNs: null, returns: null, errno: null };
  const { result } = yield* makeCall(rt, g, prepareCall(rt, operation, path), path.length - 1);
  return result;
}

/** Go 1.14, File.Read and File.Write. */
function* readOrWrite(rt: Runtime, g: GId, operation: SyscallRequest): Thread {
  const pd = pollDescIn(rt, operation);
  if (pd === null) return yield* syscallOperation(rt, g, operation);
  const call = prepareCall(rt, operation);
  const mode = operation.name === 'read' ? 'r' : 'w';
  yield* transfer(rt, g, call, { pd, mode, depth: call.frames.indexOf(mode === 'r' ? FD_READ : FD_WRITE) + 1 });
}

/** Go 1.14, File.Close. */
function* closeFile(rt: Runtime, g: GId, operation: SyscallRequest): Thread {
  const pd = pollDescIn(rt, operation);
  yield* pd === null ? syscallOperation(rt, g, operation) : closeFd(rt, g, prepareCall(rt, operation), pd);
}

/** The pollDesc of the file that a call is about. */
function pollDescIn(rt: Runtime, { args: [fd] }: SyscallRequest): string | null {
  return typeof fd === 'number' ? pollDescOf(rt, fd) : null;
}
