/**
 * The network poller. Follows runtime/netpoll.go and netpoll_epoll.go of Go 1.14 at the level of netpollblock, netpollunblock and netpoll: a
 * goroutine waits for its descriptor; one M at a time may block in epoll for all of them.
 */
import { NETPOLL_EVENTS } from '../go-constants';
import { syscallByName } from '../kernel/syscall-table';
import type { GId, MId } from '../state';
import type { Runtime } from './runtime';
import { type Thread, rest, rows } from './thread';

const NETPOLL = rows('netpoll', { epollwait: 'epoll', events: 'store' });

/**
 * Go 1.14, runtime/netpoll_epoll.go, netpoll. `until`: time (ns) up to which to block, 0 not to block at all, Infinity to block forever.
 * Returns the goroutines whose descriptors are ready, at most 128.
 */
export function* netpoll(rt: Runtime, m: MId, until: number): Thread<GId[]> {
  yield NETPOLL.epollwait;
  if (until > 0) {
    rt.to.m(m, 'kernel', { nr: epollPwait(rt), name: 'epoll_pwait', since: rt.now, until: until === Infinity ? null : until });
    rt.to.at(['kernel', 'poller'], m);
    for (;;) {
      const ready = earliestReady(rt);
      const end = Math.min(until, ready);
      // netpollBreak ends the wait whatever is ready; a new waiter only changes how long it lasts.
      if (end <= rt.now || rt.state.kernel.netpollBreak) break;
      // As late as any sleeper that is woken: timers that fall due within those microseconds are found together.
      yield rest('sleep', end === Infinity ? null : end - rt.now + rt.costs.threadwake);
    }
  }
  yield NETPOLL.events;
  // The kernel reports descriptors in the order in which they became ready.
  const due = rt.state.kernel.netpoll
    .filter((waiter) => waiter.at <= rt.now)
    .sort((a, b) => a.at - b.at)
    .slice(0, NETPOLL_EVENTS);
  if (due.length > 0)
    rt.to.at(
      ['kernel', 'netpoll'],
      rt.state.kernel.netpoll.filter((waiter) => !due.includes(waiter)),
    );
  if (until > 0) {
    rt.to.m(m, 'kernel', null);
    rt.to.at(['kernel', 'poller'], null);
    rt.to.at(['kernel', 'netpollBreak'], false);
  }
  // Go: netpollready pushes on the list's head, so the goroutine that became ready last comes first.
  return due.map((waiter) => waiter.g).reverse();
}

/** Go's epollwait is epoll_pwait on every architecture. */
function epollPwait(rt: Runtime): number {
  return syscallByName('epoll_pwait')?.nr[rt.machine.arch] ?? 0;
}

function earliestReady(rt: Runtime): number {
  let earliest = Infinity;
  for (const { at } of rt.state.kernel.netpoll) earliest = Math.min(earliest, at);
  return earliest;
}

/** Go 1.14, runtime/netpoll.go, netpollGenericInit: the first timer and the first pollable descriptor need the poller. Part of the step under way. */
export function netpollGenericInit(rt: Runtime): void {
  rt.to.sched('netpollInited', true);
}

/** Go 1.14, runtime/proc.go, wakeNetPoller: the poller sleeps beyond `when` (ns), so break its sleep. Part of the step under way. */
export function wakeNetPoller(rt: Runtime, when: number): void {
  const { lastpoll, pollUntil } = rt.state.sched;
  if (lastpoll === 0 && (pollUntil === 0 || pollUntil > when)) netpollBreak(rt);
}

/** Go: netpollBreak, a byte into the poller's pipe. Part of the step under way. */
export function netpollBreak(rt: Runtime): void {
  const { poller } = rt.state.kernel;
  rt.to.at(['kernel', 'netpollBreak'], true);
  if (poller !== null) rt.engine.wake(poller, 'woken', rt.costs.threadwake);
}
