/** Timers: those that are files (timerfd). Simplified: interval timers and POSIX timers, which send signals, are only decoded. */
import type { KernelFd } from '../../kernel-state';
import { error, give, type Handler, int, type KernelAnswer, type KernelPort, wait, waitUntil } from '../answer';
import { fromLittleEndian, littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import { fdOf, freeFd, install, newObject, O_CLOEXEC, O_NONBLOCK, O_RDWR } from '../descriptor-table';
import * as names from '../flag-names';
import { type Ranges, readMemory, scatter, writeMemory } from '../memory';
import { changed, objectOf, POLL, ticksOf, type Timerfd, waitPlace } from '../poll';
import * as show from '../strace-arguments';
import { timespecAt, timespecBytes } from './clock';

/** CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME and the two that wake the machine. */
const CLOCKS = new Set([0, 1, 7, 8, 9]);
const TFD_TIMER_ABSTIME = 1;
const TFD_KNOWN = 3;
const ITIMERSPEC_BYTES = 32;

const timerfdCreate: Handler = (port, [clock, flagsArgument]) => {
  const flags = int(flagsArgument);
  if ((flags & ~(O_CLOEXEC | O_NONBLOCK)) !== 0 || !CLOCKS.has(int(clock))) return error('EINVAL');
  const fd = freeFd(port);
  if (fd === null) return error('EMFILE');
  const object = newObject(port, { kind: 'timerfd', clock: int(clock), next: 0, interval: 0 });
  install(port, fd, {
    kind: 'timerfd',
    path: 'anon_inode:[timerfd]',
    flags: O_RDWR | (flags & O_NONBLOCK),
    object,
    cloexec: (flags & O_CLOEXEC) !== 0,
  });
  return give(fd);
};

/** The timer of a descriptor. */
function timerOf(port: KernelPort, fd: bigint | undefined): KernelFd | KernelAnswer {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  return open.kind === 'timerfd' ? open : error('EINVAL');
}

const isAnswer = (found: KernelFd | KernelAnswer): found is KernelAnswer => 'wokenObjects' in found;

/** struct itimerspec: the interval, and how long it still takes. */
function restOf({ now }: KernelPort, { next, interval }: Timerfd): number[] {
  const left = next === 0 ? 0 : now < next ? next - now : interval === 0 ? 0 : interval - ((now - next) % interval);
  return [...timespecBytes(interval), ...timespecBytes(left)];
}

const timerfdSettime: Handler = (port, [fd, flagsArgument, value = 0n, old = 0n]) => {
  const flags = int(flagsArgument);
  if (!readMemory(port, value, ITIMERSPEC_BYTES)) return error('EFAULT');
  const [interval, first] = [timespecAt(port, value), timespecAt(port, value + 16n)];
  if ((flags & ~TFD_KNOWN) !== 0 || typeof interval === 'string' || typeof first === 'string') return error('EINVAL');
  const open = timerOf(port, fd);
  if (isAnswer(open)) return open;
  const before = restOf(port, objectOf(port, open.object, 'timerfd'));
  const next = first === 0 ? 0 : (flags & TFD_TIMER_ABSTIME) !== 0 ? Math.max(1, first) : port.now + first;
  port.set(['objects', String(open.object), 'next'], next);
  port.set(['objects', String(open.object), 'interval'], first === 0 ? 0 : interval);
  const woken = changed(port, open.object, POLL.IN);
  return old === 0n || writeMemory(port, old, before) ? give(0, woken) : error('EFAULT', woken);
};

const timerfdGettime: Handler = (port, [fd, value = 0n]) => {
  const open = timerOf(port, fd);
  if (isAnswer(open)) return open;
  return writeMemory(port, value, restOf(port, objectOf(port, open.object, 'timerfd'))) ? give(0) : error('EFAULT');
};

/** How often it has gone off; a reader waits for the first time. */
export function readTimerfd(port: KernelPort, open: KernelFd, into: Ranges, wanted: number): KernelAnswer {
  if (wanted < 8) return error('EINVAL');
  const timer = objectOf(port, open.object, 'timerfd');
  const ticks = ticksOf(port, timer);
  if (ticks === 0) {
    if ((open.flags & O_NONBLOCK) !== 0) return error('EAGAIN');
    const place = waitPlace('timerfd', open.object, 'readable');
    return timer.next === 0 ? wait(place, { open, done: 0 }) : waitUntil(port, place, timer.next, open);
  }
  port.set(['objects', String(open.object), 'next'], timer.interval === 0 ? 0 : timer.next + ticks * timer.interval);
  return scatter(port, into, 0, littleEndian(ticks, 8)) === 8 ? give(8) : error('EFAULT');
}

/** How strace shows a struct itimerspec. */
const itimerspec: show.Value = (value, memory) =>
  show.struct(memory, value, ITIMERSPEC_BYTES, (held) => {
    const [a, b, c, d] = [0, 8, 16, 24].map((at) => BigInt.asIntN(64, fromLittleEndian(held.slice(at, at + 8))));
    return `{it_interval={tv_sec=${a}, tv_nsec=${b}}, it_value={tv_sec=${c}, tv_nsec=${d}}}`;
  });

export const TIMER: readonly CallRow[] = [
  { name: 'alarm', via: null, args: 'unsigned int seconds' },
  { name: 'getitimer', via: null, args: 'int which, struct itimerval *value' },
  { name: 'setitimer', via: null, args: 'int which, struct itimerval *value, struct itimerval *ovalue' },
  { name: 'timer_create', via: null, args: 'clockid_t clockid, struct sigevent *sevp, timer_t *timerid' },
  {
    name: 'timer_settime',
    via: null,
    args: 'timer_t timerid, int flags, const struct itimerspec *new_value, struct itimerspec *old_value',
  },
  { name: 'timer_gettime', via: null, args: null },
  { name: 'timer_getoverrun', via: null, args: null },
  { name: 'timer_delete', via: null, args: 'timer_t timerid' },
  {
    name: 'timerfd_create',
    via: null,
    args: 'int clockid, int flags',
    handler: timerfdCreate,
    print: [show.at(0, show.one(names.CLOCK, 'CLOCK')), show.at(1, show.flags(names.SOCK_FLAGS))],
    example: ['CLOCK_MONOTONIC', '0'],
  },
  {
    name: 'timerfd_settime',
    via: null,
    args: 'int ufd, int flags, const struct itimerspec *utmr, struct itimerspec *otmr',
    handler: timerfdSettime,
    print: [show.at(0, show.int), show.at(1, show.flags(names.TFD)), show.at(2, itimerspec), show.out(3, itimerspec)],
  },
  {
    name: 'timerfd_gettime',
    via: null,
    args: 'int ufd, struct itimerspec *otmr',
    handler: timerfdGettime,
    print: [show.at(0, show.int), show.out(1, itimerspec)],
  },
];
