/** Pipes: a reader waits for bytes or for the last writer to leave, a writer for room or for the last reader to leave. */
import { ARCHS } from '../../asm/arch/index';
import { error, give, type Handler, int } from '../answer';
import { littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import { freeFd, install, newObject, O_CLOEXEC, O_NONBLOCK, O_WRONLY } from '../descriptor-table';
import { isMapped, writeMemory } from '../memory';
import * as show from '../strace-arguments';

const O_EXCL = 0o200;
const KNOWN_WITH_NOTES = O_CLOEXEC | O_NONBLOCK | O_EXCL;

const pipe2: Handler = (port, [result = 0n, flagsArgument]) => {
  const flags = int(flagsArgument);
  // A pipe for notifications, which this kernel was built without.
  if ((flags & O_EXCL) !== 0 && (flags & ~KNOWN_WITH_NOTES) === 0) return error('ENOPKG');
  if ((flags & ~(O_CLOEXEC | O_NONBLOCK | ARCHS[port.arch].kernel.openFlags.direct)) !== 0) return error('EINVAL');
  const reading = freeFd(port);
  const writing = reading === null ? null : freeFd(port, reading + 1);
  if (reading === null || writing === null) return error('EMFILE');
  if (!isMapped(port, result, 8)) return error('EFAULT');
  const object = newObject(port, { kind: 'pipe', bytes: '', pages: [], readers: 1, writers: 1 });
  const end = { path: `pipe:[${object}]`, object, cloexec: (flags & O_CLOEXEC) !== 0 };
  const status = flags & ~O_CLOEXEC;
  // Packets are the writer's business: the other end does not keep O_DIRECT.
  install(port, reading, { ...end, kind: 'pipe-read', flags: status & O_NONBLOCK });
  install(port, writing, { ...end, kind: 'pipe-write', flags: status | O_WRONLY });
  writeMemory(port, result, [...littleEndian(reading, 4), ...littleEndian(writing, 4)]);
  return give(0);
};

const pipe: Handler = (port, [result = 0n], call) => pipe2(port, [result, 0n], call);

export const PIPE: readonly CallRow[] = [
  {
    name: 'pipe',
    via: 'RawSyscall',
    args: 'int *fds',
    handler: pipe,
    print: [show.out(0, show.twoInts)],
  },
  {
    name: 'pipe2',
    via: 'RawSyscall',
    args: 'int *fds, int flags',
    handler: pipe2,
    print: [show.out(0, show.twoInts), show.after(1, show.pipeFlags)],
    example: ['buf:8', '0'],
  },
  {
    name: 'splice',
    via: 'Syscall6',
    args: 'int fd_in, loff_t *off_in, int fd_out, loff_t *off_out, size_t len, unsigned int flags',
  },
  { name: 'tee', via: 'Syscall6', args: 'int fdin, int fdout, size_t len, unsigned int flags' },
  {
    name: 'vmsplice',
    via: null,
    args: 'int fd, const struct iovec *iov, unsigned long nr_segs, unsigned int flags',
  },
];
