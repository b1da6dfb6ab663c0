/** epoll: sets of descriptors, and the wait for the first of them that is ready. */
import type { KernelFd, KernelState } from '../../state';
import { error, give, type Handler, int, type KernelPort } from '../answer';
import { fromLittleEndian, littleEndian } from '../bytes';
import { fdOf, freeFd, install, newObject, O_CLOEXEC, O_RDWR } from './descriptors';
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

/** struct epoll_event: packed on x86-64 only. */
const EVENT = { amd64: { bytes: 12, data: 4 }, arm64: { bytes: 16, data: 8 } } as const;
const ADD = 1;
const DEL = 2;
const MOD = 3;
/** As the kernel counts: so many sets may stand one in the other. */
const MAX_NESTED = 4;

export const epollCreate1: Handler = (port, [flags]) => {
  if ((int(flags) & ~O_CLOEXEC) !== 0) return error('EINVAL');
  const fd = freeFd(port);
  if (fd === null) return error('EMFILE');
  const object = newObject(port, { kind: 'epoll', interest: [] });
  install(port, fd, { kind: 'epoll', path: 'anon_inode:[eventpoll]', flags: O_RDWR, object, cloexec: (int(flags) & O_CLOEXEC) !== 0 });
  return give(fd);
};

export const epollCreate: Handler = (port, [size], call) => (int(size) <= 0 ? error('EINVAL') : epollCreate1(port, [0n], call));

export const epollCtl: Handler = (port, [epfd, op, fd, event = 0n]) => {
  const bytes = int(op) === DEL ? [] : readMemory(port, event, EVENT[port.arch].bytes);
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
  const at = EVENT[port.arch].data;
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

export const epollWait: Handler = (port, [epfd, events = 0n, maxevents, timeoutMs], call) => {
  const layout = EVENT[port.arch];
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
  const layout = EVENT[port.arch];
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
