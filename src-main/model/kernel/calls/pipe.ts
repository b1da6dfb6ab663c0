/** Pipes: a reader waits for bytes or for the last writer to leave, a writer for room or for the last reader to leave. */
import { ARCHS } from '../../asm/arch/index';
import type { KernelFd } from '../../state';
import { error, give, type Handler, int, type KernelAnswer, type KernelCall, type KernelPort, wait } from '../answer';
import { bytesOfHex, hexOfBytes, littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import { freeFd, install, newObject, O_CLOEXEC, O_NONBLOCK, O_WRONLY } from './descriptors';
import { copyIn, copyOut, isMapped, writeMemory } from '../memory';
import { changed, objectOf, PIPE_BUF, PIPE_BYTES, POLL, waitPlace } from '../poll';
import * as show from '../strace-arguments';

const pipe2: Handler = (port, [result = 0n, flagsArgument]) => {
  const flags = int(flagsArgument);
  if ((flags & ~(O_CLOEXEC | O_NONBLOCK | ARCHS[port.arch].kernel.openFlags.direct)) !== 0) return error('EINVAL');
  const reading = freeFd(port);
  const writing = reading === null ? null : freeFd(port, reading + 1);
  if (reading === null || writing === null) return error('EMFILE');
  if (!isMapped(port, result, 8)) return error('EFAULT');
  const object = newObject(port, { kind: 'pipe', bytes: '', readers: 1, writers: 1 });
  const end = { path: `pipe:[${object}]`, object, cloexec: (flags & O_CLOEXEC) !== 0 };
  const status = flags & ~O_CLOEXEC;
  // Packets are the writer's business: the other end does not keep O_DIRECT.
  install(port, reading, { ...end, kind: 'pipe-read', flags: status & O_NONBLOCK });
  install(port, writing, { ...end, kind: 'pipe-write', flags: status | O_WRONLY });
  writeMemory(port, result, [...littleEndian(reading, 4), ...littleEndian(writing, 4)]);
  return give(0);
};

const pipe: Handler = (port, [result = 0n], call) => pipe2(port, [result, 0n], call);

export function readPipe(port: KernelPort, open: KernelFd, buffer: bigint, wanted: number): KernelAnswer {
  const { bytes, writers } = objectOf(port, open.object, 'pipe');
  if (wanted === 0) return give(0);
  if (bytes === '') {
    if (writers === 0) return give(0);
    if ((open.flags & O_NONBLOCK) !== 0) return error('EAGAIN');
    return wait(waitPlace('pipe', open.object, 'readable'), { open, done: 0 });
  }
  const taken = copyOut(port, buffer, bytesOfHex(bytes.slice(0, wanted * 2)));
  if (taken === 0) return error('EFAULT');
  port.set(['objects', String(open.object), 'bytes'], bytes.slice(taken * 2));
  return give(taken, changed(port, open.object, POLL.OUT));
}

/** A blocking write returns when all is in the pipe; up to PIPE_BUF bytes go in at once or not yet. */
export function writePipe(port: KernelPort, open: KernelFd, buffer: bigint, count: number, call: KernelCall): KernelAnswer {
  const { bytes, readers } = objectOf(port, open.object, 'pipe');
  const done = call.held?.done ?? 0;
  if (count === 0) return give(0);
  // SIGPIPE comes along; Go's handler ignores it, save for descriptors 1 and 2 written through package os.
  if (readers === 0) return done > 0 ? give(done) : error('EPIPE');
  const room = PIPE_BYTES - bytes.length / 2;
  const put = count <= PIPE_BUF && room < count ? 0 : Math.min(room, count - done);
  const moved = copyIn(port, buffer + BigInt(done), put);
  if (moved.length > 0) port.set(['objects', String(open.object), 'bytes'], bytes + hexOfBytes(moved));
  const sofar = done + moved.length;
  const woken = moved.length > 0 ? changed(port, open.object, POLL.IN) : [];
  if (moved.length < put) return sofar > 0 ? give(sofar, woken) : error('EFAULT');
  if (sofar === count) return give(sofar, woken);
  if ((open.flags & O_NONBLOCK) !== 0) return sofar > 0 ? give(sofar, woken) : error('EAGAIN');
  return wait(waitPlace('pipe', open.object, 'writable'), { open, done: sofar }, woken);
}

export const PIPE: readonly CallRow[] = [
  {
    name: 'pipe',
    nr: { amd64: 22, arm64: null },
    via: 'RawSyscall',
    args: 'int *fds',
    handler: pipe,
    print: [show.out(0, show.twoInts)],
  },
  {
    name: 'pipe2',
    nr: { amd64: 293, arm64: 59 },
    via: 'RawSyscall',
    args: 'int *fds, int flags',
    handler: pipe2,
    print: [show.out(0, show.twoInts), show.after(1, show.pipeFlags)],
    example: ['buf:8', '0'],
  },
  {
    name: 'splice',
    nr: { amd64: 275, arm64: 76 },
    via: 'Syscall6',
    args: 'int fd_in, loff_t *off_in, int fd_out, loff_t *off_out, size_t len, unsigned int flags',
  },
  { name: 'tee', nr: { amd64: 276, arm64: 77 }, via: 'Syscall6', args: 'int fdin, int fdout, size_t len, unsigned int flags' },
  {
    name: 'vmsplice',
    nr: { amd64: 278, arm64: 75 },
    via: null,
    args: 'int fd, const struct iovec *iov, unsigned long nr_segs, unsigned int flags',
  },
];
