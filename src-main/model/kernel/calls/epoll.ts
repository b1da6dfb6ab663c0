/** epoll: sets of descriptors, and the wait for the first of them that is ready. */
import { ARCHS } from '../../asm/arch/index';
import type { KernelFd, KernelState } from '../../kernel-state';
import { error, give, type Handler, int, type KernelAnswer, type KernelCall, type KernelPort, waitUntil } from '../answer';
import { fromLittleEndian, littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import { fdOf, freeFd, install, newObject, O_CLOEXEC, O_RDWR } from '../descriptor-table';
import { firstDescriptor } from './descriptors';
import * as names from '../flag-names';
import { timespecAt } from './clock';
import { isUserRange, readMemory, writeMemory } from '../memory';
import { maskFault } from '../signal-sets';
import {
  changed,
  earliest,
  EPOLLONESHOT,
  type Interest,
  isEdgeTriggered,
  isPollable,
  lastPlace,
  nextExpiry,
  objectOf,
  POLL,
  readyEvents,
  setInterest,
  waitPlace,
} from '../poll';
import * as show from '../strace-arguments';

const ADD = 1;
const DEL = 2;
const MOD = 3;
/** As the kernel counts: so many sets may stand one in the other. */
const MAX_NESTED = 4;
const EPOLLEXCLUSIVE = 0x10000000;
/** What may stand beside EPOLLEXCLUSIVE: EPOLLIN, EPOLLOUT, EPOLLERR, EPOLLHUP, EPOLLWAKEUP, EPOLLET. */
const EXCLUSIVE_OK = 0x1d | 0x20000000 | 0x80000000 | EPOLLEXCLUSIVE;

const epollCreate1: Handler = (port, [flags]) => {
  if ((int(flags) & ~O_CLOEXEC) !== 0) return error('EINVAL');
  const fd = freeFd(port);
  if (fd === null) return error('EMFILE');
  const object = newObject(port, { kind: 'epoll', interest: [] });
  install(port, fd, { kind: 'epoll', path: 'anon_inode:[eventpoll]', flags: O_RDWR, object, cloexec: (int(flags) & O_CLOEXEC) !== 0 });
  return give(fd);
};

const epollCreate: Handler = (port, [size], call) => (int(size) <= 0 ? error('EINVAL') : epollCreate1(port, [0n], call));

const epollCtl: Handler = (port, [epfd, op, fd, event = 0n]) => {
  const bytes = int(op) === DEL ? [] : readMemory(port, event, ARCHS[port.arch].kernel.epollEvent.bytes);
  if (!bytes) return error('EFAULT');
  const [set, target] = [fdOf(port, epfd), fdOf(port, fd)];
  if (!set || !target) return error('EBADF');
  if (!isPollable(target)) return error('EPERM');
  if (set.kind !== 'epoll' || set.description === target.description) return error('EINVAL');
  const { interest } = objectOf(port, set.object, 'epoll');
  const wanted = Number(fromLittleEndian(bytes.slice(0, 4)));
  if (int(op) !== DEL && (wanted & EPOLLEXCLUSIVE) !== 0) {
    const isOdd = target.kind === 'epoll' || (wanted & ~EXCLUSIVE_OK) !== 0;
    if (int(op) === MOD || (int(op) === ADD && isOdd)) return error('EINVAL');
  }
  if (int(op) === ADD && target.kind === 'epoll' && depth(port, target.object, set.object) > MAX_NESTED) return error('ELOOP');
  const known = interest.find((each) => each.fd === int(fd) && each.description === target.description);
  switch (int(op)) {
    case ADD:
      if (known) return error('EEXIST');
      return armed(port, set.object, interest, interestIn(port, int(fd), target, bytes));
    case MOD:
      if (!known) return error('ENOENT');
      if ((known.events & EPOLLEXCLUSIVE) !== 0) return error('EINVAL');
      return armed(port, set.object, interest, interestIn(port, int(fd), target, bytes), known);
    case DEL:
      if (!known) return error('ENOENT');
      setInterest(
        port,
        set.object,
        interest.filter((each) => each !== known),
      );
      return give(0);
    default:
      return error('EINVAL');
  }
};

/** How deep sets stand in `object`; too deep when `outer` is among them, which would close a circle. */
function depth({ kernel }: { kernel: KernelState }, object: number, outer: number): number {
  if (object === outer) return Infinity;
  const inner = objectOf({ kernel }, object, 'epoll').interest.filter((each) => each.kindOfFile === 'epoll');
  return 1 + Math.max(0, ...inner.map((each) => depth({ kernel }, each.object, outer)));
}

function interestIn(port: KernelPort, fd: number, target: KernelFd, event: readonly number[]): Interest {
  const at = ARCHS[port.arch].kernel.epollEvent.data;
  return {
    fd,
    description: target.description,
    object: target.object,
    kindOfFile: target.kind,
    events: Number(fromLittleEndian(event.slice(0, 4))),
    data: `0x${fromLittleEndian(event.slice(at, at + 8)).toString(16)}`,
    pending: 0,
    disarmed: false,
  };
}

function armed(port: KernelPort, set: number, interest: readonly Interest[], now: Interest, before?: Interest): ReturnType<Handler> {
  // What is ready already is told once, edge-triggered or not; what is listed stays where it is.
  const listed: Interest = { ...now, pending: before && before.pending > 0 ? before.pending : lastPlace(interest) + 1 };
  const isReady = readyEvents(port, listed) !== 0;
  const kept = isReady ? listed : { ...now, pending: before?.pending ?? 0 };
  setInterest(port, set, before ? interest.map((each) => (each === before ? kept : each)) : [...interest, kept]);
  return give(0, isReady ? changed(port, set, POLL.IN) : []);
}

/** `limit`: how long it waits, ns; null: until something happens. */
function waitFor(port: KernelPort, args: readonly bigint[], limit: () => number | null | KernelAnswer, call: KernelCall): KernelAnswer {
  const [epfd, events = 0n, maxevents] = args;
  const layout = ARCHS[port.arch].kernel.epollEvent;
  const most = int(maxevents);
  const set = call.held?.open ?? fdOf(port, epfd);
  if (!set) return error('EBADF');
  if (most <= 0 || most > Math.floor(0x7fffffff / layout.bytes)) return error('EINVAL');
  if (!isUserRange(events, BigInt(most * layout.bytes))) return error('EFAULT');
  if (set.kind !== 'epoll') return error('EINVAL');
  const told = tell(port, set.object, events, most);
  if (told) return told;
  const ns = limit();
  if (ns !== null && typeof ns === 'object') return ns;
  const until = call.held?.until === undefined ? (ns === null ? null : port.now + ns) : call.held.until;
  if (until !== null && until <= port.now) return give(0);
  const place = waitPlace('epoll', set.object, 'readable');
  const waits = waitUntil(port, place, earliest([until, nextExpiry(port, set)]), set);
  return waits.kind === 'wait' ? { ...waits, held: { open: set, done: 0, until } } : waits;
}

/** A timeout in ms, below 0 without end. */
const ofMs = (argument: bigint | undefined): number | null => (int(argument) < 0 ? null : int(argument) * 1_000_000);

const epollWait: Handler = (port, args, call) => waitFor(port, args, () => ofMs(args[3]), call);

/** With a mask of signals while it waits. Simplified: it is checked and does nothing. */
const epollPwait: Handler = (port, args, call) => {
  const fault = maskFault(port, args[4], args[5]);
  return fault ? error(fault) : epollWait(port, args, call);
};

const epollPwait2: Handler = (port, args, call) => {
  const timeout = args[3] ?? 0n;
  const ns = timeout === 0n ? null : timespecAt(port, timeout);
  if (typeof ns === 'string') return error(ns);
  const fault = maskFault(port, args[4], args[5]);
  return fault ? error(fault) : waitFor(port, args, () => ns, call);
};

/**
 * Tells those for which something has happened and which are still ready, in the order in which it happened. Who is told and not
 * edge-triggered goes to the end of the list; who is no longer ready leaves it. null: nobody is ready.
 */
function tell(port: KernelPort, set: number, address: bigint, most: number): KernelAnswer | null {
  const layout = ARCHS[port.arch].kernel.epollEvent;
  const { interest } = objectOf(port, set, 'epoll');
  const listed = interest.filter((each) => each.pending > 0 || readyEvents(port, each) !== 0).sort((a, b) => a.pending - b.pending);
  const after = new Map<Interest, Interest>();
  let place = lastPlace(interest);
  let count = 0;
  for (const each of listed) {
    if (count === most) break;
    const ready = readyEvents(port, each);
    if (ready === 0) {
      after.set(each, { ...each, pending: 0 });
      continue;
    }
    const event = littleEndian(ready, 4);
    while (event.length < layout.data) event.push(0);
    if (!writeMemory(port, address + BigInt(count * layout.bytes), [...event, ...littleEndian(BigInt(each.data), 8)])) {
      if (count > 0) break;
      return error('EFAULT');
    }
    count++;
    const isOnce = (each.events & EPOLLONESHOT) !== 0;
    after.set(each, { ...each, pending: isOnce || isEdgeTriggered(each) ? 0 : ++place, disarmed: isOnce });
  }
  if ([...after].some(([was, is]) => was.pending !== is.pending || was.disarmed !== is.disarmed) && listed.length > 0) {
    const left = interest.map((each) => after.get(each) ?? each);
    if (count === 0 || left.some((each, i) => each.disarmed !== interest[i]?.disarmed) || isReordered(interest, left))
      setInterest(port, set, left);
  }
  if (count === 0) return null;
  // Whoever waits, too, is woken as long as somebody is still listed.
  const isMore = objectOf(port, set, 'epoll').interest.some((each) => readyEvents(port, each) !== 0);
  return give(count, isMore ? [waitPlace('epoll', set, 'readable')] : []);
}

/** Whether the list has other members, or its members another order. */
function isReordered(before: readonly Interest[], after: readonly Interest[]): boolean {
  const order = (interest: readonly Interest[]): string =>
    interest
      .map(({ pending }, i) => [pending, i] as const)
      .filter(([pending]) => pending > 0)
      .sort(([a], [b]) => a - b)
      .map(([, i]) => i)
      .join(' ');
  return order(before) !== order(after);
}

/** As many events as strace shows of an array. */
const SHOWN_EVENTS = 32;

function shownEvent(held: readonly number[], dataAt: number): string {
  const data = show.field(held, dataAt, 8);
  return `{events=${names.flagNames(Number(show.field(held, 0, 4)), names.EPOLL_EVENTS)}, data={u32=${data & 0xffffffffn}, u64=${data}}}`;
}

/** What is taken off is not told what of: there strace shows where the struct lies. */
const event: show.Value = (value, memory, { arch, args }) =>
  int(args[1]) === DEL
    ? show.address(value)
    : show.struct(memory, value, ARCHS[arch].kernel.epollEvent.bytes, (held) => shownEvent(held, ARCHS[arch].kernel.epollEvent.data));

/** The events that epoll_wait has told. */
const events: show.Argument = {
  late: true,
  print: (memory, call, finished) => {
    const start = call.args[1] ?? 0n;
    if (!finished || finished.failed) return show.address(start);
    const { bytes, data } = ARCHS[call.arch].kernel.epollEvent;
    const count = Math.min(Math.max(0, Number(finished.result)), SHOWN_EVENTS);
    const held = readMemory(memory, start, count * bytes);
    if (!held) return show.address(start);
    const shown = Array.from({ length: count }, (_, i) => shownEvent(held.slice(i * bytes, (i + 1) * bytes), data));
    return `[${shown.join(', ')}${Number(finished.result) > count ? ', ...' : ''}]`;
  },
};

export const EPOLL: readonly CallRow[] = [
  {
    name: 'epoll_create',
    via: 'RawSyscall',
    args: 'int size',
    handler: epollCreate,
  },
  {
    name: 'epoll_create1',
    via: 'RawSyscall',
    args: 'int flags',
    handler: epollCreate1,
    print: [show.at(0, show.flags(names.EPOLL_CREATE))],
    example: ['0'],
  },
  {
    name: 'epoll_ctl',
    via: 'RawSyscall6',
    args: 'int epfd, int op, int fd, struct epoll_event *event',
    handler: epollCtl,
    print: [show.at(0, show.int), show.at(1, show.one(names.EPOLL_OPS, 'EPOLL_CTL')), show.at(2, show.int), show.at(3, event)],
  },
  {
    name: 'epoll_wait',
    via: 'Syscall6',
    args: 'int epfd, struct epoll_event *events, int maxevents, int timeout_ms',
    handler: epollWait,
    print: [show.at(0, show.int), events, show.after(2, show.int), show.after(3, show.int)],
    waitsOn: firstDescriptor,
    restarts: false,
  },
  {
    name: 'epoll_pwait',
    via: null,
    args: 'int epfd, struct epoll_event *events, int maxevents, int timeout_ms, const sigset_t *sigmask, size_t sigsetsize',
    handler: epollPwait,
    print: [
      show.at(0, show.int),
      events,
      show.after(2, show.int),
      show.after(3, show.int),
      show.after(4, show.address),
      show.after(5, show.size),
    ],
    waitsOn: firstDescriptor,
    restarts: false,
  },
  {
    name: 'epoll_pwait2',
    via: null,
    args: 'int epfd, struct epoll_event *events, int maxevents, const struct timespec *timeout, const sigset_t *sigmask, size_t sigsetsize',
    handler: epollPwait2,
    waitsOn: firstDescriptor,
    restarts: false,
  },
  { name: 'epoll_ctl_old', via: null, args: null },
  { name: 'epoll_wait_old', via: null, args: null },
];
