/** A read from a connection. Go: net.(*conn).Read, which is a read(2) that answers EAGAIN, a wait for the network poller, and the read once more. */
import { NET_READ } from '../asm/call-paths';
import type { SyscallRequest } from '../setting';
import type { GId } from '../state';
import { prepareCall } from './call-operations';
import { connect } from './connections';
import { allocPollDesc, netpollGenericInit } from './netpoll';
import { transfer } from './poll-fd';
import type { Connection, Runtime } from './runtime';
import type { Thread } from './thread';

const DEPTH = NET_READ.indexOf('internal/poll.(*FD).Read') + 1;
/** What the program reads at once. */
const BYTES = 8;

/** Each goroutine has a connection of its own, on which nothing is there yet; `takesNs` after the first look something comes in. */
export function* netread(rt: Runtime, g: GId, takesNs: number): Thread {
  const { fd, pd, request } = connectionOf(rt, g);
  let isUnderWay = false;
  yield* transfer(rt, g, prepareCall(rt, request, NET_READ), {
    pd,
    mode: 'r',
    depth: DEPTH,
    beforeWait: () => {
      if (isUnderWay) return;
      isUnderWay = true;
      rt.to.at(['kernel', 'netpoll'], [...rt.state.kernel.netpoll, { g, at: rt.now + takesNs, fd }]);
      // The poller may sleep longer than until then.
      if (rt.state.kernel.poller !== null) rt.engine.wake(rt.state.kernel.poller, 'woken', 0);
    },
  });
}

/** Simplified: how the connection came about is not shown. Part of the operation's own step. */
function connectionOf(rt: Runtime, g: GId): Connection {
  const known = rt.connections.get(g);
  if (known) return known;
  const m = rt.mOf(g);
  netpollGenericInit(rt, m);
  const { fd, object } = connect(rt, m, g);
  const pd = allocPollDesc(rt, fd);
  const request: SyscallRequest = { name: 'read', args: [fd, { buf: BYTES }, BYTES], via: null, takesNs: null, returns: null, errno: null };
  const connection = { fd, object, pd, request };
  rt.connections.set(g, connection);
  return connection;
}
