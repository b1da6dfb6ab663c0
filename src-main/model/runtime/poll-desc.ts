/** Waiting for a descriptor. Follows runtime/netpoll.go of Go 1.14: pollReset, pollWait, pollUnblock, netpollblock. */
import type { GId } from '../state';
import { type Mode, netpollunblock, pollDesc, setPollDesc } from './netpoll';
import { gopark, goready } from './park';
import type { Runtime } from './runtime';
import { type Thread, rows } from './thread';

const RESET = rows('poll_runtime_pollReset', { rg: 'store' });
const BLOCK = rows('netpollblock', { rg: 'cas', woken: 'cas' });
const UNBLOCK = rows('poll_runtime_pollUnblock', { closing: 'store' });

const fieldOf = (mode: Mode): 'rg' | 'wg' => (mode === 'r' ? 'rg' : 'wg');

/** Go 1.14, poll_runtime_pollReset: what was told before counts no more. False: the file is being closed. */
export function* pollReset(rt: Runtime, pd: string, mode: Mode): Thread<boolean> {
  yield RESET.rg;
  if (pollDesc(rt, pd).closing) return false;
  setPollDesc(rt, pd, fieldOf(mode), null);
  return true;
}

/** Go 1.14, poll_runtime_pollWait. False: the file is being closed. */
export function* pollWait(rt: Runtime, g: GId, pd: string, mode: Mode): Thread<boolean> {
  do if (pollDesc(rt, pd).closing) return false;
  while (!(yield* netpollblock(rt, g, pd, mode)));
  return true;
}

/** Go 1.14, netpollblock. Whether the descriptor is ready; else the file is being closed. */
function* netpollblock(rt: Runtime, g: GId, pd: string, mode: Mode): Thread<boolean> {
  const field = fieldOf(mode);
  yield BLOCK.rg;
  if (pollDesc(rt, pd)[field] === 'pdReady') {
    setPollDesc(rt, pd, field, null);
    return true;
  }
  setPollDesc(rt, pd, field, 'pdWait');
  if (!pollDesc(rt, pd).closing) {
    yield* gopark(rt, g, 'IO wait', 'GoBlockNet', () => {
      if (pollDesc(rt, pd)[field] !== 'pdWait') return false;
      setPollDesc(rt, pd, field, g);
      rt.to.sched('netpollWaiters', rt.state.sched.netpollWaiters + 1);
      return true;
    });
  }
  yield BLOCK.woken;
  const isReady = pollDesc(rt, pd)[field] === 'pdReady';
  setPollDesc(rt, pd, field, null);
  return isReady;
}

/** Go 1.14, poll_runtime_pollUnblock: whoever waits for the descriptor is told that it is being closed. */
export function* pollUnblock(rt: Runtime, g: GId, pd: string): Thread {
  yield UNBLOCK.closing;
  setPollDesc(rt, pd, 'closing', true);
  for (const mode of ['r', 'w'] as const) {
    const waiter = netpollunblock(rt, pd, mode, false);
    if (waiter === null) continue;
    // Go: netpollgoready.
    rt.to.sched('netpollWaiters', rt.state.sched.netpollWaiters - 1);
    yield* goready(rt, rt.mOf(g), waiter);
  }
}
