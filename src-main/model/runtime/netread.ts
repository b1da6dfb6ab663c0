/** A read that waits in the network poller. Go: poll.FD.Read, netpollblock. */
import type { GId } from '../state';
import { netpollGenericInit } from './netpoll';
import { gopark } from './park';
import type { Runtime } from './runtime';
import { type Thread, row } from './thread';

/** A read on a pollable descriptor that has nothing yet: the goroutine parks, no thread is kept. Go: poll.FD.Read, netpollblock. */
export function* netread(rt: Runtime, g: GId, takesNs: number): Thread {
  yield row('netpollblock', 'rg', 'cas');
  netpollGenericInit(rt);
  const at = rt.now + takesNs;
  yield* gopark(rt, g, 'IO wait', 'GoBlockNet', () => {
    const waiters = rt.state.kernel.netpoll;
    rt.to.at(['kernel', 'netpoll'], [...waiters, { g, at }]);
    rt.to.sched('netpollWaiters', rt.state.sched.netpollWaiters + 1);
    if (rt.state.kernel.poller !== null) rt.engine.wake(rt.state.kernel.poller, 'woken', 0);
    return true;
  });
}
