/**
 * The network poller. Follows runtime/netpoll.go and netpoll_epoll.go of Go 1.14: one epoll set for all descriptors that package os and package
 * net have opened; one M at a time may block in epoll for all of them.
 *
 * The runtime makes these calls itself, in its own assembly and without entersyscall; the system call log has them all.
 */
import { ARCHS } from '../asm/arch/index';
import { NETPOLL_EVENTS } from '../go-constants';
import type { KernelCall } from '../kernel/answer';
import { fromLittleEndian, littleEndian } from '../kernel/bytes';
import { fdOf, O_CLOEXEC, O_NONBLOCK } from '../kernel/descriptor-table';
import { errnoByNumber } from '../kernel/errno';
import { enterKernel } from '../kernel/kernel';
import { EPOLLET, hasEvents, POLL, waitPlace } from '../kernel/poll';
import { logEntry, logExit, straceEntry, straceExit } from '../kernel/strace';
import { syscallByName } from '../kernel/syscall-table';
import type { GId, Json, MId } from '../state';
import type { NetpollRow, PollDescRow } from '../sync-rows';
import { deliver } from './connections';
import { portOf, setLog, tidOf } from './kernel-port';
import { bytesAt, exitGroup, type OwnCall, ownCall, roomOf, writeErr } from './own-calls';
import { throwFatal } from './panic';
import type { Runtime } from './runtime';
import { ProgramEnd, type Thread, rest, rows } from './thread';

const NETPOLL = rows('netpoll', { epollwait: 'epoll', events: 'store' });
const OPEN = rows('netpollopen', { epollctl: 'epoll' });
const CLOSE = rows('netpollclose', { epollctl: 'epoll' });

const CTL_ADD = 1n;
const CTL_DEL = 2n;
/** Where the variable netpollBreakRd lies: its address stands for the poller's own pipe in the set. */
const BREAK_RD = 0x5581d8n;
/** Where pollDescs lie: at the end of a block, the first one that is handed out last, each of so many bytes. */
const POLL_DESCS = 0x7f2b5a9f1f20n;
const POLL_DESC_BYTES = 224n;

export type Mode = 'r' | 'w';

const addressOf = (pd: string): bigint => POLL_DESCS - POLL_DESC_BYTES * BigInt(pd.slice(2));

function pollDescAt(poller: NetpollRow, address: bigint): string | null {
  const pd = `pd${(POLL_DESCS - address) / POLL_DESC_BYTES}`;
  return Object.hasOwn(poller.pd, pd) && addressOf(pd) === address ? pd : null;
}

/** The poller; an error before netpollinit. */
export function pollerOf(rt: Runtime): NetpollRow {
  const { netpoll: poller } = rt.state.sched;
  if (!poller) throw new Error('netpollinit has not run');
  return poller;
}

export function pollDesc(rt: Runtime, pd: string): PollDescRow {
  const row = pollerOf(rt).pd[pd];
  if (!row) throw new Error(`no ${pd}`);
  return row;
}

export function setPollDesc<K extends keyof PollDescRow>(rt: Runtime, pd: string, field: K, value: PollDescRow[K]): void {
  rt.to.at(['sched', 'netpoll', 'pd', pd, field], value as Json);
}

/** struct epoll_event. */
function eventBytes(rt: Runtime, events: number, data: bigint): number[] {
  const layout = ARCHS[rt.machine.arch].kernel.epollEvent;
  const bytes = littleEndian(events >>> 0, 4);
  while (bytes.length < layout.data) bytes.push(0);
  return [...bytes, ...littleEndian(data, 8)];
}

function epollctl(rt: Runtime, m: MId, epfd: number, op: bigint, fd: number, event: number[]): OwnCall {
  const room = roomOf(m);
  return ownCall(rt, m, 'epoll_ctl', [BigInt(epfd), op, BigInt(fd), room], bytesAt(room, event));
}

/** What the runtime cannot go on without has failed. Simplified: the report names no goroutine. Part of the step under way. */
function failed(rt: Runtime, m: MId, what: string, { result }: OwnCall, text: string): never {
  const printed = [`runtime: ${what} failed with `, `${-(result ?? 0n)}`, '\n', 'fatal error: ', text, '\n'];
  writeErr(rt, m, printed);
  exitGroup(rt, m, 2);
  throw new ProgramEnd('fatal', 2, printed.join('').trimEnd());
}

/**
 * Go 1.14, runtime/netpoll.go, netpollGenericInit: the first timer and the first pollable descriptor need the poller. Part of the step under
 * way. Simplified: its three system calls take no time.
 */
export function netpollGenericInit(rt: Runtime, m: MId): void {
  if (rt.state.sched.netpollInited) return;
  netpollinit(rt, m);
  rt.to.sched('netpollInited', true);
}

/** Go 1.14, runtime/netpoll_epoll.go, netpollinit: the set, and in it what netpollBreak writes to. */
function netpollinit(rt: Runtime, m: MId): void {
  const created = ownCall(rt, m, 'epoll_create1', [BigInt(O_CLOEXEC)]);
  const epfd = Number(created.result);
  if (epfd < 0) failed(rt, m, 'epollcreate', created, 'runtime: netpollinit failed');
  const [breakRd, breakWr] = rt.go.facts.pollerBreak === 'pipe' ? nonblockingPipe(rt, m) : eventfd(rt, m);
  const added = epollctl(rt, m, epfd, CTL_ADD, breakRd, eventBytes(rt, POLL.IN, BREAK_RD));
  if (added.result !== 0n) failed(rt, m, 'epollctl', added, 'runtime: epollctl failed');
  rt.to.sched('netpoll', { epfd, breakRd, breakWr, free: [], pd: {} });
}

function nonblockingPipe(rt: Runtime, m: MId): [breakRd: number, breakWr: number] {
  const room = roomOf(m);
  const ends = [0, 0, 0, 0, 0, 0, 0, 0];
  const piped = ownCall(rt, m, 'pipe2', [room, BigInt(O_CLOEXEC | O_NONBLOCK)], bytesAt(room, ends));
  if (piped.result !== 0n) failed(rt, m, 'pipe', piped, 'runtime: pipe failed');
  return [Number(fromLittleEndian(ends.slice(0, 4))), Number(fromLittleEndian(ends.slice(4)))];
}

function eventfd(rt: Runtime, m: MId): [breakRd: number, breakWr: number] {
  const made = ownCall(rt, m, 'eventfd2', [0n, BigInt(O_CLOEXEC | O_NONBLOCK)]);
  const fd = Number(made.result);
  if (fd < 0) failed(rt, m, 'eventfd', made, 'runtime: eventfd failed');
  return [fd, fd];
}

/** The open pollDesc of a descriptor; null: the poller does not know it. */
export function pollDescOf(rt: Runtime, fd: number): string | null {
  const rows = Object.entries(rt.state.sched.netpoll?.pd ?? {});
  return rows.findLast(([, row]) => row.fd === fd)?.[0] ?? null;
}

/** Go 1.14, runtime/netpoll.go, pollCache.alloc. Part of the step under way. */
export function allocPollDesc(rt: Runtime, fd: number): string {
  const { free, pd: table } = pollerOf(rt);
  const pd = free.at(-1) ?? `pd${Object.keys(table).length}`;
  if (free.length > 0) rt.to.at(['sched', 'netpoll', 'free'], free.slice(0, -1));
  const sema = { sema: 0, queue: [], lock: null };
  const row: PollDescRow = {
    fd,
    inside: 0,
    closing: false,
    rg: null,
    wg: null,
    reader: null,
    writer: null,
    rwait: 0,
    wwait: 0,
    rsema: sema,
    wsema: sema,
    csema: sema,
  };
  rt.to.at(['sched', 'netpoll', 'pd', pd], row as unknown as Json);
  return pd;
}

/** Go 1.14, runtime/netpoll.go, pollCache.free. Part of the step under way. */
export function freePollDesc(rt: Runtime, pd: string): void {
  rt.to.at(['sched', 'netpoll', 'free'], [...pollerOf(rt).free, pd]);
}

/** A call of the runtime's in the facts of the goroutine on whose behalf it was made. */
function noted(rt: Runtime, g: GId, name: string, via: string, { nr, result, line }: OwnCall): void {
  const errno = result !== null && result < 0n ? (errnoByNumber(Number(-result))?.name ?? null) : null;
  const times = { enter: rt.now, exit: rt.now };
  rt.to.call({ g, name, nr, via, ...times, path: 'runtime', result: errno === null ? Number(result) : -1, errno, strace: line });
}

/**
 * Go 1.14, runtime/netpoll.go, poll_runtime_pollServerInit and pollOpen; netpoll_epoll.go, netpollopen. null: epoll does not take such a
 * descriptor (EPERM: a regular file), and it is not pollable.
 */
export function* pollOpen(rt: Runtime, g: GId, fd: number): Thread<string | null> {
  yield OPEN.epollctl;
  const m = rt.mOf(g);
  netpollGenericInit(rt, m);
  const pd = allocPollDesc(rt, fd);
  const event = eventBytes(rt, POLL.IN | POLL.OUT | POLL.RDHUP | EPOLLET, addressOf(pd));
  const added = epollctl(rt, m, pollerOf(rt).epfd, CTL_ADD, fd, event);
  noted(rt, g, 'epoll_ctl', 'epollctl', added);
  if (added.result === 0n) return pd;
  if (rt.go.facts.refusedIsTakenOff) yield* pollClose(rt, g, pd);
  freePollDesc(rt, pd);
  return null;
}

/** Go 1.14, runtime/netpoll.go, poll_runtime_pollClose; netpoll_epoll.go, netpollclose. */
export function* pollClose(rt: Runtime, g: GId, pd: string): Thread {
  yield CLOSE.epollctl;
  const m = rt.mOf(g);
  const { fd } = pollDesc(rt, pd);
  noted(rt, g, 'epoll_ctl', 'epollctl', epollctl(rt, m, pollerOf(rt).epfd, CTL_DEL, fd, eventBytes(rt, 0, 0n)));
  setPollDesc(rt, pd, 'fd', -1);
}

/** Go 1.14, runtime/netpoll.go, netpollunblock: the goroutine that waited there; null: none. Part of the step under way. */
export function netpollunblock(rt: Runtime, pd: string, mode: Mode, ioready: boolean): GId | null {
  const field = mode === 'r' ? 'rg' : 'wg';
  const old = pollDesc(rt, pd)[field];
  if (old === 'pdReady' || (old === null && !ioready)) return null;
  setPollDesc(rt, pd, field, ioready ? 'pdReady' : null);
  return old === 'pdWait' ? null : old;
}

/**
 * Go 1.14, runtime/netpoll_epoll.go, netpoll. `until`: time (ns) up to which to block, 0 not to block at all, Infinity to block forever.
 * Returns the goroutines whose descriptors are ready, at most 128.
 */
export function* netpoll(rt: Runtime, m: MId, until: number): Thread<GId[]> {
  yield NETPOLL.epollwait;
  const look = new Look(rt, m, until);
  if (until > 0) yield* sleepInEpoll(rt, m, until, look.nr);
  yield NETPOLL.events;
  const told = look.end();
  if (until > 0) {
    rt.to.m(m, 'kernel', null);
    rt.to.at(['kernel', 'poller'], null);
  }
  if (typeof told === 'number') {
    const before = ['runtime: epollwait on fd ', `${pollerOf(rt).epfd}`, ' failed with ', `${told}`, '\n'];
    return yield* throwFatal(rt, m, { text: 'runtime: netpoll failed', before });
  }
  const ready: GId[] = [];
  for (const { events, data } of told) {
    if (data === BREAK_RD) {
      if (events !== POLL.IN) return yield* badBreak(rt, m, events);
      // A poll that does not block leaves the byte to the one that it is meant for.
      if (until > 0) readBreak(rt, m);
      continue;
    }
    const pd = pollDescAt(pollerOf(rt), data);
    // Somebody else has put a descriptor of his own into the runtime's set: what he left there is no pointer.
    if (pd === null) return yield* throwFatal(rt, m, { text: 'unexpected signal during runtime execution' });
    netpollready(rt, ready, pd, events);
  }
  // Go: netpollready pushes on the list's head, so the goroutine that became ready last comes first.
  return ready.reverse();
}

function badBreak(rt: Runtime, m: MId, events: number): Thread<never> {
  const before = ['runtime: netpoll: break fd ready for ', `${events}`, '\n'];
  return throwFatal(rt, m, { text: 'runtime: netpoll: break fd ready for something unexpected', before });
}

/** Go 1.14, runtime/netpoll.go, netpollready, and what of an event is for whom. Part of the step under way. */
function netpollready(rt: Runtime, ready: GId[], pd: string, events: number): void {
  const modes: Mode[] = [];
  if ((events & (POLL.IN | POLL.RDHUP | POLL.HUP | POLL.ERR)) !== 0) modes.push('r');
  if ((events & (POLL.OUT | POLL.HUP | POLL.ERR)) !== 0) modes.push('w');
  for (const mode of modes) {
    const g = netpollunblock(rt, pd, mode, true);
    if (g !== null) ready.push(g);
  }
}

/**
 * In the kernel until something is ready, the time is over, or netpollBreak. Simplified: to the very time, where the timeout that is asked for (and
 * stands in the log) is in whole milliseconds; Go looks at its timers in between, and asks again for one more.
 */
function* sleepInEpoll(rt: Runtime, m: MId, until: number, nr: number): Thread {
  rt.to.m(m, 'kernel', { nr, name: 'epoll_pwait', since: rt.now, until: until === Infinity ? null : until });
  rt.to.at(['kernel', 'poller'], m);
  const set = setOf(rt);
  for (;;) {
    const end = Math.min(until, earliestReady(rt));
    // What comes in meanwhile, and a byte in the poller's pipe, end the wait; a new waiter only changes how long it lasts.
    if (end <= rt.now || set === null || hasEvents({ kernel: rt.state.kernel, now: rt.now }, set)) return;
    const place = waitPlace('epoll', set, 'readable');
    rt.waitInKernel(place, m);
    // As late as any sleeper that is woken: timers that fall due within those microseconds are found together.
    yield rest('sleep', end === Infinity ? null : end - rt.now + rt.costs.threadwake);
    rt.stopWaitingInKernel(place, m);
  }
}

/** The set that epfd names; null: the program has taken it away from the runtime. */
function setOf(rt: Runtime): number | null {
  const open = fdOf({ kernel: rt.state.kernel }, BigInt(pollerOf(rt).epfd));
  return open?.kind === 'epoll' ? open.object : null;
}

interface Told {
  events: number;
  data: bigint;
}

/** One epoll_pwait: its line in the log begins when it is made, and ends with what the kernel tells. */
class Look {
  readonly nr: number;
  private readonly call;

  /** Part of the step under way, as is `end`. */
  constructor(
    private readonly rt: Runtime,
    private readonly m: MId,
    until: number,
  ) {
    const { arch } = rt.machine;
    this.nr = syscallByName('epoll_pwait')?.nr[arch] ?? 0;
    const args = [BigInt(pollerOf(rt).epfd), roomOf(m), BigInt(NETPOLL_EVENTS), waitms(until === 0 ? 0 : until - rt.now), 0n, 0n];
    this.call = { name: 'epoll_pwait', args, arch };
    setLog(rt, logEntry(rt.state.kernel.strace, tidOf(rt, m), straceEntry(portOf(rt, m, null, bytesAt(0n, [])), this.call)));
  }

  /** What is ready now; a number: the error. */
  end(): Told[] | number {
    const { rt, m, call } = this;
    const layout = ARCHS[call.arch].kernel.epollEvent;
    const held = Array.from({ length: layout.bytes * NETPOLL_EVENTS }, () => 0);
    const port = portOf(rt, m, null, bytesAt(roomOf(m), held));
    const asked: KernelCall = { nr: this.nr, args: call.args.map((arg, i) => (i === 3 ? 0n : arg)), occasion: 'entered' };
    const answer = enterKernel(port, asked);
    for (const object of answer.wokenObjects) rt.wakeKernelWaiters(object);
    const result = answer.kind === 'return' ? Number(answer.result) : 0;
    const count = result < 0 ? result : result + this.add(held, result, layout.bytes);
    setLog(rt, logExit(rt.state.kernel.strace, tidOf(rt, m), call.name, straceExit(port, call, BigInt(count))));
    if (count < 0) return -count;
    return Array.from({ length: count }, (_, i) => {
      const at = i * layout.bytes;
      const events = Number(fromLittleEndian(held.slice(at, at + 4)));
      return { events, data: fromLittleEndian(held.slice(at + layout.data, at + layout.data + 8)) };
    });
  }

  /** What has come in on connections that only the model's `netread` knows, behind the others; how many those are. */
  private add(held: number[], count: number, bytes: number): number {
    const arrived = deliver(this.rt, this.m, NETPOLL_EVENTS - count);
    for (const [i, pd] of arrived.entries()) {
      const event = eventBytes(this.rt, POLL.IN | POLL.OUT, addressOf(pd));
      held.splice((count + i) * bytes, bytes, ...event);
    }
    return arrived.length;
  }
}

/** Go 1.14, netpoll: epoll counts in milliseconds. */
function waitms(delayNs: number): bigint {
  if (delayNs === Infinity) return -1n;
  if (delayNs === 0) return 0n;
  return delayNs < 1e6 ? 1n : BigInt(Math.min(Math.floor(delayNs / 1e6), 1e9));
}

function earliestReady(rt: Runtime): number {
  let earliest = Infinity;
  for (const { at } of rt.state.kernel.netpoll) earliest = Math.min(earliest, at);
  return earliest;
}

/** Go 1.14, runtime/proc.go, wakeNetPoller: the poller sleeps beyond `when` (ns), so m breaks its sleep. Part of the step under way. */
export function wakeNetPoller(rt: Runtime, m: MId, when: number): void {
  const { lastpoll, pollUntil } = rt.state.sched;
  if (lastpoll === 0 && (pollUntil === 0 || pollUntil > when)) netpollBreak(rt, m);
}

/** Go: netpollBreak, a byte into the poller's pipe; a pipe that is full will do. Part of the step under way. */
export function netpollBreak(rt: Runtime, m: MId): void {
  const room = roomOf(m);
  const one = rt.go.facts.pollerBreak === 'pipe' ? [0] : littleEndian(1, 8);
  const written = ownCall(rt, m, 'write', [BigInt(pollerOf(rt).breakWr), room, BigInt(one.length)], bytesAt(room, one));
  rt.to.at(['kernel', 'netpollBreak'], true);
  if (written.result === BigInt(one.length) || errnoByNumber(Number(-(written.result ?? 0n)))?.name === 'EAGAIN') return;
  failed(rt, m, 'netpollBreak write', written, 'runtime: netpollBreak write failed');
}

/** What is read of the poller's pipe at once; an eventfd has 8 bytes. */
const PIPE_BYTES = 16;
const EVENTFD_BYTES = 8;

function readBreak(rt: Runtime, m: MId): void {
  const room = roomOf(m);
  const into = Array.from({ length: rt.go.facts.pollerBreak === 'pipe' ? PIPE_BYTES : EVENTFD_BYTES }, () => 0);
  ownCall(rt, m, 'read', [BigInt(pollerOf(rt).breakRd), room, BigInt(into.length)], bytesAt(room, into));
  rt.to.at(['kernel', 'netpollBreak'], false);
}
