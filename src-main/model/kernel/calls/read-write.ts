/** read, write and their positioned sisters: what they do depends on the kind of file. */
import type { KernelFd } from '../../state';
import { unreachable } from '../../unreachable';
import { error, give, type Handler, type KernelAnswer, type KernelCall, type KernelPort, long } from '../answer';
import type { CallRow } from '../call-row';
import { fdOf, firstDescriptor, mayRead, mayWrite, O_APPEND, setShared } from './descriptors';
import { readEventfd, writeEventfd } from './eventfd';
import { fileBytes, MAX_FILE_BYTES, putIntoFile } from './files';
import { copyIn, copyOut, isUserRange, mappedBytes } from '../memory';
import { readPipe, writePipe } from './pipe';
import { readSocket, writeSocket } from './socket';
import * as show from '../strace-arguments';
import { utf8Text } from '../utf8';

/** No call moves more than this (MAX_RW_COUNT). */
const MOST = 0x7ffff000;
/** More does not go to a terminal at once. */
const MOST_TO_TERMINAL = 65_536;
/** How much of what went to the terminal is kept, in characters: the state is listed whenever it grows. */
const KEPT_OUTPUT = 4096;

const read: Handler = (port, [fd, buffer = 0n, count = 0n], call) => {
  const open = call.held?.open ?? fdOf(port, fd);
  if (!open || !mayRead(open)) return error('EBADF');
  if (open.kind === 'epoll') return error('EINVAL');
  if (!isUserRange(buffer, count)) return error('EFAULT');
  const wanted = Math.min(Number(count), MOST);
  switch (open.kind) {
    case 'file':
      return readFile(port, open, buffer, wanted, null);
    case 'dir':
      return error('EISDIR');
    case 'pipe-read':
    case 'pipe-write':
      return readPipe(port, open, buffer, wanted);
    case 'eventfd':
      return readEventfd(port, open, buffer, wanted);
    case 'socket':
      return readSocket(port, open, buffer, wanted);
    case 'tty':
      // Simplified: nobody types, the terminal is at its end.
      return give(0);
    default:
      return unreachable(open.kind);
  }
};

/** `at`: where to read; null: at the descriptor's offset, which then moves. */
function readFile(port: KernelPort, open: KernelFd, buffer: bigint, wanted: number, at: number | null): KernelAnswer {
  const from = at ?? open.offset;
  const bytes = fileBytes(port, open.path).slice(from, from + wanted);
  const moved = copyOut(port, buffer, bytes);
  if (moved === 0 && bytes.length > 0) return error('EFAULT');
  if (at === null && moved > 0) setShared(port, open, 'offset', from + moved);
  return give(moved);
}

const write: Handler = (port, [fd, buffer = 0n, count = 0n], call) => {
  const open = call.held?.open ?? fdOf(port, fd);
  if (!open || !mayWrite(open)) return error('EBADF');
  if (open.kind === 'epoll') return error('EINVAL');
  if (!isUserRange(buffer, count)) return error('EFAULT');
  return writeTo(port, open, buffer, Math.min(Number(count), MOST), call);
};

function writeTo(port: KernelPort, open: KernelFd, buffer: bigint, count: number, call: KernelCall): KernelAnswer {
  switch (open.kind) {
    case 'file':
      return writeFile(port, open, buffer, count, null);
    case 'tty':
      return writeTerminal(port, open, buffer, count);
    case 'pipe-read':
    case 'pipe-write':
      return writePipe(port, open, buffer, count, call);
    case 'eventfd':
      return writeEventfd(port, open, buffer, count);
    case 'socket':
      return writeSocket(port, open, buffer, count, call);
    case 'dir':
    case 'epoll':
      return error('EBADF');
    default:
      return unreachable(open.kind);
  }
}

function writeFile(port: KernelPort, open: KernelFd, buffer: bigint, count: number, position: number | null): KernelAnswer {
  if (count === 0) return give(0);
  const at = (open.flags & O_APPEND) !== 0 ? fileBytes(port, open.path).length : (position ?? open.offset);
  if (at >= MAX_FILE_BYTES) return error('EFBIG');
  const bytes = copyIn(port, buffer, Math.min(count, MAX_FILE_BYTES - at));
  if (bytes.length === 0) return error('EFAULT');
  const moved = putIntoFile(port, open.path, at, bytes);
  if (position === null) setShared(port, open, 'offset', at + moved);
  return give(moved);
}

/** Descriptors 1 and 2, and what dup has made of them. */
function writeTerminal(port: KernelPort, open: KernelFd, buffer: bigint, count: number): KernelAnswer {
  const room = Math.min(mappedBytes(port, buffer, count, 'read'), MOST_TO_TERMINAL);
  if (room === 0 && count > 0) return error('EFAULT');
  const bytes = copyIn(port, buffer, room);
  const stream = open.description === STDERR_DESCRIPTION ? 'stderr' : 'stdout';
  port.set([stream], (port.kernel[stream] + utf8Text(bytes)).slice(-KEPT_OUTPUT));
  return give(bytes.length);
}

/** Descriptor 2's when the program begins, and those of its duplicates. */
export const STDERR_DESCRIPTION = 3;

const pread64: Handler = (port, [fd, buffer = 0n, count = 0n, position]) => {
  if (long(position) < 0n) return error('EINVAL');
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  if (open.kind !== 'file' && open.kind !== 'dir') return error('ESPIPE');
  if (!mayRead(open)) return error('EBADF');
  if (open.kind === 'dir') return error('EISDIR');
  if (!isUserRange(buffer, count)) return error('EFAULT');
  return readFile(port, open, buffer, Math.min(Number(count), MOST), Number(position));
};

const pwrite64: Handler = (port, [fd, buffer = 0n, count = 0n, position]) => {
  if (long(position) < 0n) return error('EINVAL');
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  if (open.kind !== 'file' && open.kind !== 'dir') return error('ESPIPE');
  if (!mayWrite(open)) return error('EBADF');
  if (!isUserRange(buffer, count)) return error('EFAULT');
  return writeFile(port, open, buffer, Math.min(Number(count), MOST), Number(position));
};

export const READ_WRITE: readonly CallRow[] = [
  {
    name: 'read',
    nr: { amd64: 0, arm64: 63 },
    via: 'Syscall',
    args: 'unsigned int fd, char *buf, size_t count',
    handler: read,
    print: [show.at(0, show.int), show.filled(1), show.after(2, show.size)],
    waitsOn: firstDescriptor,
    example: ['3', 'buf:32', '32'],
  },
  {
    name: 'write',
    nr: { amd64: 1, arm64: 64 },
    via: 'Syscall',
    args: 'unsigned int fd, const char *buf, size_t count',
    handler: write,
    print: [show.at(0, show.int), show.given(1, 2), show.at(2, show.size)],
    waitsOn: firstDescriptor,
    example: ['1', '"hello\\n"', '6'],
  },
  {
    name: 'pread64',
    nr: { amd64: 17, arm64: 67 },
    via: 'Syscall6',
    args: 'unsigned int fd, char *buf, size_t count, loff_t offset',
    handler: pread64,
    print: [show.at(0, show.int), show.filled(1), show.after(2, show.size), show.after(3, show.long)],
    example: ['3', 'buf:8', '8', '7'],
  },
  {
    name: 'pwrite64',
    nr: { amd64: 18, arm64: 68 },
    via: 'Syscall6',
    args: 'unsigned int fd, const char *buf, size_t count, loff_t offset',
    handler: pwrite64,
    print: [show.at(0, show.int), show.given(1, 2), show.at(2, show.size), show.at(3, show.long)],
    example: ['3', '"J"', '1', '0'],
  },
  { name: 'readv', nr: { amd64: 19, arm64: 65 }, via: null, args: 'unsigned long fd, const struct iovec *iov, unsigned long iovcnt' },
  { name: 'writev', nr: { amd64: 20, arm64: 66 }, via: 'Syscall', args: 'unsigned long fd, const struct iovec *iov, unsigned long iovcnt' },
  {
    name: 'preadv',
    nr: { amd64: 295, arm64: 69 },
    via: null,
    args: 'unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h',
  },
  {
    name: 'pwritev',
    nr: { amd64: 296, arm64: 70 },
    via: null,
    args: 'unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h',
  },
  { name: 'sendfile', nr: { amd64: 40, arm64: 71 }, via: 'Syscall6', args: 'int out_fd, int in_fd, off_t *offset, size_t count' },
  {
    name: 'copy_file_range',
    nr: { amd64: 326, arm64: 285 },
    via: 'Syscall6',
    args: 'int fd_in, loff_t *off_in, int fd_out, loff_t *off_out, size_t len, unsigned int flags',
  },
];
