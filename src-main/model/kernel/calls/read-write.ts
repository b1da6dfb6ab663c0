/** read, write and their sisters: what they do depends on the kind of file. */
import type { KernelFd } from '../../kernel-state';
import { unreachable } from '../../unreachable';
import { error, give, type Handler, int, type KernelAnswer, type KernelCall, type KernelPort, long, notModelled, uint } from '../answer';
import { fromLittleEndian, littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import { fdOf, mayRead, mayWrite, O_APPEND, O_NONBLOCK, setShared } from '../descriptor-table';
import { fileBytes, MAX_FILE_BYTES, putIntoFile } from '../file-data';
import { MOST_BYTES, oneRange, rangesAt } from '../iovec';
import { gather, isUserRange, type Ranges, readableBytes, readMemory, scatter, totalOf, writeMemory } from '../memory';
import { isPipeFull, readPipe, writePipe } from '../pipes';
import { objectOf } from '../poll';
import { receive, send } from '../socket-transfer';
import * as show from '../strace-arguments';
import { utf8Text } from '../utf8';
import { firstDescriptor } from './descriptors';
import { readEventfd, writeEventfd } from './eventfd';
import { readSignalfd } from './signal';
import { readTimerfd } from './timer';

/** So many bytes go to a terminal at a time, all of them or none (drivers/tty/tty_io.c, iterate_tty_write). */
const TERMINAL_PIECE = 2_048;
/** How much of what went to the terminal is kept, in characters: the state is listed whenever it grows. */
const KEPT_OUTPUT = 4096;
const MOST_BYTES_A_CHARACTER = 4;

/** What a descriptor can be read from, or written to, at all. */
const isReadable = ({ kind }: KernelFd): boolean => kind !== 'epoll';
const isWritable = ({ kind }: KernelFd): boolean => !['epoll', 'timerfd', 'signalfd'].includes(kind);

const read: Handler = (port, [fd, buffer = 0n, count = 0n], call) => {
  const open = call.held?.open ?? fdOf(port, fd);
  if (!open || !mayRead(open)) return error('EBADF');
  if (!isReadable(open)) return error('EINVAL');
  if (!isUserRange(buffer, count)) return error('EFAULT');
  const wanted = Math.min(Number(count), MOST_BYTES);
  return readFrom(port, open, oneRange(buffer, wanted), wanted, call);
};

function readFrom(port: KernelPort, open: KernelFd, into: Ranges, wanted: number, call: KernelCall): KernelAnswer {
  switch (open.kind) {
    case 'file':
      return readFile(port, open, into, wanted, null);
    case 'dir':
      return error('EISDIR');
    case 'symlink':
    case 'epoll':
      return error('EINVAL');
    case 'pipe-read':
    case 'pipe-write':
      return readPipe(port, open, into, wanted);
    case 'eventfd':
      return readEventfd(port, open, into, wanted);
    case 'timerfd':
      return readTimerfd(port, open, into, wanted);
    case 'signalfd':
      return readSignalfd(port, open, into, wanted);
    case 'socket':
      // Nothing asked for, nothing looked at: only recv waits for an empty message.
      return wanted === 0 ? give(0) : receive(port, open, into, wanted, 0, call).answer;
    case 'tty':
      // Simplified: nobody types, the terminal is at its end.
      return give(0);
    default:
      return unreachable(open.kind);
  }
}

/** `at`: where to read; null: at the descriptor's offset, which then moves. */
function readFile(port: KernelPort, open: KernelFd, into: Ranges, wanted: number, at: number | null): KernelAnswer {
  const from = at ?? open.offset;
  const bytes = fileBytes(port, open.path).slice(from, from + wanted);
  const moved = scatter(port, into, 0, bytes);
  if (moved === 0 && bytes.length > 0) return error('EFAULT');
  if (at === null && moved > 0) setShared(port, open, 'offset', from + moved);
  return give(moved);
}

const write: Handler = (port, [fd, buffer = 0n, count = 0n], call) => {
  const open = call.held?.open ?? fdOf(port, fd);
  if (!open || !mayWrite(open)) return error('EBADF');
  if (!isWritable(open)) return error('EINVAL');
  if (!isUserRange(buffer, count)) return error('EFAULT');
  const given = Math.min(Number(count), MOST_BYTES);
  return writeTo(port, open, oneRange(buffer, given), given, call);
};

function writeTo(port: KernelPort, open: KernelFd, from: Ranges, count: number, call: KernelCall): KernelAnswer {
  switch (open.kind) {
    case 'file':
      return writeFile(port, open, from, count, null);
    case 'tty':
      return writeTerminal(port, open, from, count);
    case 'pipe-read':
    case 'pipe-write':
      return writePipe(port, open, from, count, call);
    case 'eventfd':
      return writeEventfd(port, open, from, count);
    case 'socket':
      return send(port, open, from, count, 0, [], call);
    case 'dir':
    case 'symlink':
      return error('EBADF');
    case 'epoll':
    case 'timerfd':
    case 'signalfd':
      return error('EINVAL');
    default:
      return unreachable(open.kind);
  }
}

const F_SEAL_WRITE = 8 | 16;
const F_SEAL_GROW = 4;

function writeFile(port: KernelPort, open: KernelFd, from: Ranges, count: number, position: number | null): KernelAnswer {
  if (count === 0) return give(0);
  const size = fileBytes(port, open.path).length;
  const at = (open.flags & O_APPEND) !== 0 ? size : (position ?? open.offset);
  if (at >= MAX_FILE_BYTES) return error('EFBIG');
  const seals = port.kernel.files[open.path]?.seals ?? 0;
  if ((seals & F_SEAL_WRITE) !== 0 || ((seals & F_SEAL_GROW) !== 0 && at + count > size)) return error('EPERM');
  const bytes = gather(port, from, 0, Math.min(count, MAX_FILE_BYTES - at));
  if (bytes.length === 0) return error('EFAULT');
  const moved = putIntoFile(port, open.path, at, bytes);
  if (position === null) setShared(port, open, 'offset', at + moved);
  return give(moved);
}

/** Descriptors 1 and 2, and what dup has made of them. Simplified: whoever reads the terminal is quick, it is never full. */
function writeTerminal(port: KernelPort, open: KernelFd, from: Ranges, count: number): KernelAnswer {
  const readable = readableBytes(port, from);
  const moved = readable < count ? readable - (readable % TERMINAL_PIECE) : count;
  if (moved === 0 && count > 0) return error('EFAULT');
  // Nobody sees what came before the end of a long text, and it may be gigabytes.
  const seen = Math.min(moved, MOST_BYTES_A_CHARACTER * KEPT_OUTPUT);
  const bytes = gather(port, from, moved - seen, seen);
  const stream = open.description === STDERR_DESCRIPTION ? 'stderr' : 'stdout';
  port.set([stream], (port.kernel[stream] + utf8Text(bytes)).slice(-KEPT_OUTPUT));
  return give(moved);
}

/** Descriptor 2's when the program begins, and those of its duplicates. */
export const STDERR_DESCRIPTION = 3;

/** Whether a position means anything there. */
const hasPositions = ({ kind }: KernelFd): boolean => kind === 'file' || kind === 'dir';

function positioned(port: KernelPort, fd: bigint | undefined, position: bigint | undefined): KernelFd | KernelAnswer {
  if (long(position) < 0n) return error('EINVAL');
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  return hasPositions(open) ? open : error('ESPIPE');
}

const isAnswer = (found: KernelFd | KernelAnswer): found is KernelAnswer => 'wokenObjects' in found;

function readAt(port: KernelPort, open: KernelFd, into: Ranges, position: bigint, call: KernelCall): KernelAnswer {
  if (open.kind === 'file') return readFile(port, open, into, totalOf(into), Number(position));
  return readFrom(port, open, into, totalOf(into), call);
}

function writeAt(port: KernelPort, open: KernelFd, from: Ranges, position: bigint, call: KernelCall): KernelAnswer {
  return open.kind === 'file'
    ? writeFile(port, open, from, totalOf(from), Number(position))
    : writeTo(port, open, from, totalOf(from), call);
}

const pread64: Handler = (port, [fd, buffer = 0n, count = 0n, position], call) => {
  const open = positioned(port, fd, position);
  if (isAnswer(open)) return open;
  if (!mayRead(open)) return error('EBADF');
  if (!isReadable(open)) return error('EINVAL');
  if (!isUserRange(buffer, count)) return error('EFAULT');
  return readAt(port, open, oneRange(buffer, Math.min(Number(count), MOST_BYTES)), long(position), call);
};

const pwrite64: Handler = (port, [fd, buffer = 0n, count = 0n, position], call) => {
  const open = positioned(port, fd, position);
  if (isAnswer(open)) return open;
  if (!mayWrite(open)) return error('EBADF');
  if (!isWritable(open)) return error('EINVAL');
  if (!isUserRange(buffer, count)) return error('EFAULT');
  return writeAt(port, open, oneRange(buffer, Math.min(Number(count), MOST_BYTES)), long(position), call);
};

const readv: Handler = (port, [fd, pieces = 0n, count = 0n], call) => {
  const open = call.held?.open ?? fdOf(port, fd);
  if (!open || !mayRead(open)) return error('EBADF');
  if (!isReadable(open)) return error('EINVAL');
  const into = rangesAt(port, pieces, count);
  if (typeof into === 'string') return error(into);
  return totalOf(into) === 0 ? give(0) : readFrom(port, open, into, totalOf(into), call);
};

const writev: Handler = (port, [fd, pieces = 0n, count = 0n], call) => {
  const open = call.held?.open ?? fdOf(port, fd);
  if (!open || !mayWrite(open)) return error('EBADF');
  if (!isWritable(open)) return error('EINVAL');
  const from = rangesAt(port, pieces, count);
  if (typeof from === 'string') return error(from);
  return totalOf(from) === 0 ? give(0) : writeTo(port, open, from, totalOf(from), call);
};

const preadv: Handler = (port, [fd, pieces = 0n, count = 0n, position], call) => {
  const open = positioned(port, fd, position);
  if (isAnswer(open)) return open;
  if (!mayRead(open)) return error('EBADF');
  if (!isReadable(open)) return error('EINVAL');
  const into = rangesAt(port, pieces, count);
  if (typeof into === 'string') return error(into);
  return totalOf(into) === 0 ? give(0) : readAt(port, open, into, long(position), call);
};

const pwritev: Handler = (port, [fd, pieces = 0n, count = 0n, position], call) => {
  const open = positioned(port, fd, position);
  if (isAnswer(open)) return open;
  if (!mayWrite(open)) return error('EBADF');
  if (!isWritable(open)) return error('EINVAL');
  const from = rangesAt(port, pieces, count);
  if (typeof from === 'string') return error(from);
  return totalOf(from) === 0 ? give(0) : writeAt(port, open, from, long(position), call);
};

const RWF_KNOWN = 0x1ff;

/** preadv2 and pwritev2: −1 is the descriptor's own offset. Simplified: no flag is modelled. */
const withFlags =
  (own: Handler, at: Handler): Handler =>
  (port, args, call) => {
    const [fd = 0n, pieces = 0n, count = 0n, position = 0n, , flags] = args;
    const whole = (given: bigint): KernelAnswer =>
      long(position) === -1n ? own(port, [fd, pieces, given], call) : at(port, [fd, pieces, given, position], call);
    if (uint(flags) === 0) return whole(count);
    // All the rest is looked at before the flags are.
    const ranges = rangesAt(port, pieces, count);
    const checked = whole(0n);
    if (checked.kind !== 'return' || checked.result !== 0n) return checked;
    if (typeof ranges === 'string') return error(ranges);
    if (totalOf(ranges) === 0) return give(0);
    return (uint(flags) & ~RWF_KNOWN) !== 0 ? error('EOPNOTSUPP') : notModelled();
  };

/** An offset in memory that a call reads and moves; null: there is none, the descriptor's own counts. */
function offsetAt(port: KernelPort, address: bigint): bigint | null | 'EFAULT' {
  if (address === 0n) return null;
  const held = readMemory(port, address, 8);
  return held ? long(fromLittleEndian(held)) : 'EFAULT';
}

/** Simplified: from a file only; what comes out of a socket or a device is not modelled. */
const sendfile: Handler = (port, [out, source, offset = 0n, count = 0n], call) => {
  const at = offsetAt(port, offset);
  if (at === 'EFAULT') return error(at);
  const from = fdOf(port, source);
  if (!from || !mayRead(from)) return error('EBADF');
  if (at !== null && !hasPositions(from)) return error('ESPIPE');
  if (long(count) < 0n || (at ?? 0n) < 0n) return error('EINVAL');
  const to = call.held?.open ?? fdOf(port, out);
  if (!to || !mayWrite(to)) return error('EBADF');
  // A pipe is looked at first: is there anybody to read, and any room.
  if (to.kind === 'pipe-write') {
    const pipe = objectOf(port, to.object, 'pipe');
    if (pipe.readers === 0) return error('EPIPE');
    if (isPipeFull(pipe) && (to.flags & O_NONBLOCK) !== 0) return error('EAGAIN');
  }
  if (NO_PAGES.has(from.kind) || to.kind === 'eventfd') return error('EINVAL');
  if (from.kind !== 'file' || !TAKES_PAGES.has(to.kind)) return notModelled();
  if ((to.flags & O_APPEND) !== 0) return error('EINVAL');
  const start = at === null ? from.offset : Number(at);
  const bytes = fileBytes(port, from.path).slice(start, start + Math.min(Number(count), MOST_BYTES));
  const answer = putAway(port, to, bytes, start, call);
  // Where it waits for room, the file's offset moves when all of it has been sent.
  if (answer.kind !== 'return' || answer.result <= 0n) return answer;
  const next = start + Number(answer.result);
  if (at === null) setShared(port, from, 'offset', next);
  else writeMemory(port, offset, littleEndian(next, 8));
  return answer;
};

/** What sendfile sends nothing of. */
const NO_PAGES: ReadonlySet<KernelFd['kind']> = new Set(['dir', 'pipe-read', 'eventfd']);
/** Where it can send to. */
const TAKES_PAGES: ReadonlySet<KernelFd['kind']> = new Set(['file', 'pipe-write', 'socket']);

function putAway(port: KernelPort, to: KernelFd, bytes: readonly number[], start: number, call: KernelCall): KernelAnswer {
  if (bytes.length === 0) return give(0);
  if (to.kind !== 'file') return writeTo(port, to, [{ at: BigInt(start), bytes: bytes.length, held: bytes }], bytes.length, call);
  if (to.offset >= MAX_FILE_BYTES) return error('EFBIG');
  const moved = putIntoFile(port, to.path, to.offset, bytes);
  setShared(port, to, 'offset', to.offset + moved);
  return give(moved);
}

const isInMemory = ({ path }: KernelFd): boolean => path.includes('/memfd:');

const copyFileRange: Handler = (port, [source, sourceAt = 0n, out, outAt = 0n, count = 0n, flags]) => {
  const [from, to] = [fdOf(port, source), fdOf(port, out)];
  if (!from || !to) return error('EBADF');
  const [at, toAt] = [offsetAt(port, sourceAt), offsetAt(port, outAt)];
  if (at === 'EFAULT' || toAt === 'EFAULT') return error('EFAULT');
  if (int(flags) !== 0) return error('EINVAL');
  if (from.kind === 'dir' || to.kind === 'dir') return error('EISDIR');
  if (from.kind !== 'file' || to.kind !== 'file') return error('EINVAL');
  if (!mayRead(from) || !mayWrite(to) || (to.flags & O_APPEND) !== 0) return error('EBADF');
  // What memfd_create makes lies in a file system of its own.
  if (isInMemory(from) !== isInMemory(to)) return error('EXDEV');
  const [start, toStart] = [at === null ? from.offset : Number(at), toAt === null ? to.offset : Number(toAt)];
  for (const begin of [start, toStart]) {
    const from64 = BigInt.asUintN(64, BigInt(begin));
    if (BigInt.asUintN(64, from64 + count) < from64) return error('EOVERFLOW');
  }
  if (start < 0 || toStart < 0) return error('EINVAL');
  const bytes = fileBytes(port, from.path).slice(start, start + Math.min(Number(count), MOST_BYTES));
  const wanted = Math.min(Number(count), Math.max(0, fileBytes(port, from.path).length - start));
  if (from.path === to.path && start < toStart + wanted && toStart < start + wanted) return error('EINVAL');
  if (bytes.length === 0) return give(0);
  if (toStart >= MAX_FILE_BYTES) return error('EFBIG');
  const moved = putIntoFile(port, to.path, toStart, bytes);
  if (at === null) setShared(port, from, 'offset', start + moved);
  else writeMemory(port, sourceAt, littleEndian(start + moved, 8));
  if (toAt === null) setShared(port, to, 'offset', toStart + moved);
  else writeMemory(port, outAt, littleEndian(toStart + moved, 8));
  return give(moved);
};

export const READ_WRITE: readonly CallRow[] = [
  {
    name: 'read',
    via: 'Syscall',
    args: 'unsigned int fd, char *buf, size_t count',
    handler: read,
    print: [show.at(0, show.int), show.filled(1), show.after(2, show.size)],
    waitsOn: firstDescriptor,
    example: ['3', 'buf:32', '32'],
  },
  {
    name: 'write',
    via: 'Syscall',
    args: 'unsigned int fd, const char *buf, size_t count',
    handler: write,
    print: [show.at(0, show.int), show.given(1, 2), show.at(2, show.size)],
    waitsOn: firstDescriptor,
    example: ['1', '"hello\\n"', '6'],
  },
  {
    name: 'pread64',
    via: 'Syscall6',
    args: 'unsigned int fd, char *buf, size_t count, loff_t offset',
    handler: pread64,
    print: [show.at(0, show.int), show.filled(1), show.after(2, show.size), show.after(3, show.long)],
    example: ['3', 'buf:8', '8', '7'],
  },
  {
    name: 'pwrite64',
    via: 'Syscall6',
    args: 'unsigned int fd, const char *buf, size_t count, loff_t offset',
    handler: pwrite64,
    print: [show.at(0, show.int), show.given(1, 2), show.at(2, show.size), show.at(3, show.long)],
    example: ['3', '"J"', '1', '0'],
  },
  {
    name: 'readv',
    via: null,
    args: 'unsigned long fd, const struct iovec *iov, unsigned long iovcnt',
    handler: readv,
    waitsOn: firstDescriptor,
  },
  {
    name: 'writev',
    via: 'Syscall',
    args: 'unsigned long fd, const struct iovec *iov, unsigned long iovcnt',
    handler: writev,
    waitsOn: firstDescriptor,
  },
  {
    name: 'preadv',
    via: null,
    args: 'unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h',
    handler: preadv,
  },
  {
    name: 'pwritev',
    via: null,
    args: 'unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h',
    handler: pwritev,
  },
  {
    name: 'preadv2',
    via: null,
    args: 'unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h, int flags',
    handler: withFlags(readv, preadv),
    waitsOn: firstDescriptor,
  },
  {
    name: 'pwritev2',
    via: null,
    args: 'unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h, int flags',
    handler: withFlags(writev, pwritev),
    waitsOn: firstDescriptor,
  },
  {
    name: 'sendfile',
    via: 'Syscall6',
    args: 'int out_fd, int in_fd, off_t *offset, size_t count',
    handler: sendfile,
  },
  {
    name: 'copy_file_range',
    via: 'Syscall6',
    args: 'int fd_in, loff_t *off_in, int fd_out, loff_t *off_out, size_t len, unsigned int flags',
    handler: copyFileRange,
  },
];
