/** epoll: sets of descriptors, and the wait for the first of them that is ready. */
import { ARCHS } from '../../asm/arch/index';
import type { KernelFd, KernelState } from '../../state';
import { error, give, type Handler, int, type KernelPort } from '../answer';
import { fromLittleEndian, littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import { fdOf, firstDescriptor, freeFd, install, newObject, O_CLOEXEC, O_RDWR } from './descriptors';
import * as names from '../flag-names';
import { isMapped, isUserRange, readMemory, writeMemory } from '../memory';
import {
  changed,
  type Epoll,
  EPOLLONESHOT,
  type Interest,
  isEdgeTriggered,
  isPollable,
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
  const known = interest.find((each) => each.fd === int(fd) && each.description === target.description);
  switch (int(op)) {
    case ADD:
      if (known) return error('EEXIST');
      if (target.kind === 'epoll' && depth(port, target.object, set.object) > MAX_NESTED) return error('ELOOP');
      return armed(port, set.object, interest, interestIn(port, int(fd), target, bytes));
    case MOD:
      if (!known) return error('ENOENT');
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
    // What is ready already is told once, edge-triggered or not.
    pending: true,
    disarmed: false,
  };
}

function armed(port: KernelPort, set: number, interest: readonly Interest[], now: Interest, before?: Interest): ReturnType<Handler> {
  setInterest(port, set, before ? interest.map((each) => (each === before ? now : each)) : [...interest, now]);
  return give(0, readyEvents(port, now) === 0 ? [] : changed(port, set, POLL.IN));
}

const epollWait: Handler = (port, [epfd, events = 0n, maxevents, timeoutMs], call) => {
  const layout = ARCHS[port.arch].kernel.epollEvent;
  const most = int(maxevents);
  const set = call.held?.open ?? fdOf(port, epfd);
  if (!set) return error('EBADF');
  if (most <= 0 || most > Math.floor(0x7fffffff / layout.bytes)) return error('EINVAL');
  if (!isUserRange(events, BigInt(most * layout.bytes))) return error('EFAULT');
  if (set.kind !== 'epoll') return error('EINVAL');
  const ready = objectOf(port, set.object, 'epoll')
    .interest.filter((each) => readyEvents(port, each) !== 0)
    .slice(0, most);
  if (ready.length > 0) return tell(port, set.object, events, ready);
  const timeout = int(timeoutMs);
  if (timeout === 0) return give(0);
  return {
    kind: 'wait',
    object: waitPlace('epoll', set.object, 'readable'),
    timeoutNs: timeout < 0 ? null : timeout * 1_000_000,
    timeoutResult: 0n,
    held: { open: set, done: 0 },
    wokenObjects: [],
  };
};

/** Simplified: ready files are told in the order in which they were added, not in the order in which they became ready. */
function tell(port: KernelPort, set: number, address: bigint, ready: readonly Interest[]): ReturnType<Handler> {
  const layout = ARCHS[port.arch].kernel.epollEvent;
  const bytes = ready.flatMap((each) => {
    const event = littleEndian(readyEvents(port, each), 4);
    while (event.length < layout.data) event.push(0);
    return [...event, ...littleEndian(BigInt(each.data), 8)];
  });
  if (!isMapped(port, address, bytes.length)) return error('EFAULT');
  writeMemory(port, address, bytes);
  const told = (each: Interest): Interest => ({ ...each, pending: !isEdgeTriggered(each), disarmed: (each.events & EPOLLONESHOT) !== 0 });
  const { interest }: Epoll = objectOf(port, set, 'epoll');
  if (ready.some((each) => isEdgeTriggered(each) || (each.events & EPOLLONESHOT) !== 0)) {
    setInterest(
      port,
      set,
      interest.map((each) => (ready.includes(each) ? told(each) : each)),
    );
  }
  return give(ready.length);
}

/** As many events as strace shows of an array. */
const SHOWN_EVENTS = 32;

function shownEvent(held: readonly number[], dataAt: number): string {
  const data = show.field(held, dataAt, 8);
  return `{events=${names.flagNames(Number(show.field(held, 0, 4)), names.EPOLL_EVENTS)}, data={u32=${data & 0xffffffffn}, u64=${data}}}`;
}

const event: show.Value = (value, memory, { arch }) =>
  show.struct(memory, value, ARCHS[arch].kernel.epollEvent.bytes, (held) => shownEvent(held, ARCHS[arch].kernel.epollEvent.data));

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
    nr: { amd64: 213, arm64: null },
    via: 'RawSyscall',
    args: 'int size',
    handler: epollCreate,
  },
  {
    name: 'epoll_create1',
    nr: { amd64: 291, arm64: 20 },
    via: 'RawSyscall',
    args: 'int flags',
    handler: epollCreate1,
    print: [show.at(0, show.flags(names.EPOLL_CREATE))],
    example: ['0'],
  },
  {
    name: 'epoll_ctl',
    nr: { amd64: 233, arm64: 21 },
    via: 'RawSyscall6',
    args: 'int epfd, int op, int fd, struct epoll_event *event',
    handler: epollCtl,
    print: [show.at(0, show.int), show.at(1, show.one(names.EPOLL_OPS, 'EPOLL_CTL')), show.at(2, show.int), show.at(3, event)],
  },
  {
    name: 'epoll_wait',
    nr: { amd64: 232, arm64: null },
    via: 'Syscall6',
    args: 'int epfd, struct epoll_event *events, int maxevents, int timeout_ms',
    handler: epollWait,
    print: [show.at(0, show.int), events, show.after(2, show.int), show.after(3, show.int)],
    waitsOn: firstDescriptor,
    restarts: false,
  },
  {
    name: 'epoll_pwait',
    nr: { amd64: 281, arm64: 22 },
    via: null,
    args: 'int epfd, struct epoll_event *events, int maxevents, int timeout_ms, const sigset_t *sigmask, size_t sigsetsize',
    handler: epollWait,
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
    nr: { amd64: 441, arm64: 441 },
    via: null,
    args: 'int epfd, struct epoll_event *events, int maxevents, const struct timespec *timeout, const sigset_t *sigmask, size_t sigsetsize',
    restarts: false,
  },
  { name: 'epoll_ctl_old', nr: { amd64: 214, arm64: null }, via: null, args: null },
  { name: 'epoll_wait_old', nr: { amd64: 215, arm64: null }, via: null, args: null },
];
