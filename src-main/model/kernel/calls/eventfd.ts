/** eventfd: a counter that a reader waits for. */
import type { KernelFd } from '../../kernel-state';
import { error, give, type Handler, int, type KernelAnswer, type KernelPort, uint, wait } from '../answer';
import { fromLittleEndian, littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import { freeFd, install, newObject, O_CLOEXEC, O_NONBLOCK, O_RDWR } from '../descriptor-table';
import * as names from '../flag-names';
import { gather, type Ranges, scatter } from '../memory';
import { changed, EVENTFD_MAX, objectOf, POLL, waitPlace } from '../poll';
import * as show from '../strace-arguments';

const EFD_SEMAPHORE = 1;

const eventfd2: Handler = (port, [count, flagsArgument]) => {
  const flags = int(flagsArgument);
  if ((flags & ~(EFD_SEMAPHORE | O_CLOEXEC | O_NONBLOCK)) !== 0) return error('EINVAL');
  const fd = freeFd(port);
  if (fd === null) return error('EMFILE');
  const object = newObject(port, { kind: 'eventfd', count: `0x${uint(count).toString(16)}`, semaphore: (flags & EFD_SEMAPHORE) !== 0 });
  install(port, fd, {
    kind: 'eventfd',
    path: 'anon_inode:[eventfd]',
    flags: O_RDWR | (flags & O_NONBLOCK),
    object,
    cloexec: (flags & O_CLOEXEC) !== 0,
  });
  return give(fd);
};

const eventfd: Handler = (port, [count], call) => eventfd2(port, [count ?? 0n, 0n], call);

function setCount(port: KernelPort, object: number, count: bigint): void {
  port.set(['objects', String(object), 'count'], `0x${count.toString(16)}`);
}

export function readEventfd(port: KernelPort, open: KernelFd, into: Ranges, wanted: number): KernelAnswer {
  if (wanted < 8) return error('EINVAL');
  const { count, semaphore } = objectOf(port, open.object, 'eventfd');
  if (BigInt(count) === 0n) {
    if ((open.flags & O_NONBLOCK) !== 0) return error('EAGAIN');
    return wait(waitPlace('eventfd', open.object, 'readable'), { open, done: 0 });
  }
  const value = semaphore ? 1n : BigInt(count);
  setCount(port, open.object, BigInt(count) - value);
  const woken = changed(port, open.object, POLL.OUT);
  return scatter(port, into, 0, littleEndian(value, 8)) === 8 ? give(8, woken) : error('EFAULT', woken);
}

export function writeEventfd(port: KernelPort, open: KernelFd, from: Ranges, length: number): KernelAnswer {
  if (length !== 8) return error('EINVAL');
  const bytes = gather(port, from, 0, 8);
  if (bytes.length < 8) return error('EFAULT');
  const more = fromLittleEndian(bytes);
  if (more > EVENTFD_MAX) return error('EINVAL');
  const { count } = objectOf(port, open.object, 'eventfd');
  if (BigInt(count) + more > EVENTFD_MAX) {
    if ((open.flags & O_NONBLOCK) !== 0) return error('EAGAIN');
    return wait(waitPlace('eventfd', open.object, 'writable'), { open, done: 0 });
  }
  setCount(port, open.object, BigInt(count) + more);
  return give(8, changed(port, open.object, POLL.IN));
}

export const EVENTFD: readonly CallRow[] = [
  {
    name: 'eventfd',
    via: null,
    args: 'unsigned int count',
    handler: eventfd,
  },
  {
    name: 'eventfd2',
    via: null,
    args: 'unsigned int count, int flags',
    handler: eventfd2,
    print: [show.at(0, show.uint), show.at(1, show.flags(names.EFD))],
    example: ['5', '0'],
  },
];
