/** Channels. Follows chansend, chanrecv and closechan of runtime/chan.go, Go 1.14. Values carry nothing here, so only their number is kept. */
import type { ChanRow, GId, MId } from '../state';
import { panicked } from './panic';
import { gopark, goready } from './park';
import type { LockPlace, Runtime } from './runtime';
import { type Thread, rows } from './thread';

const SEND = rows('chansend', { lock: 'lock', 'closed?': 'test', recvq: 'sync', buffer: 'sync', sendq: 'sync', done: 'test' });
const RECV = rows('chanrecv', { lock: 'lock', 'closed?': 'sync', sendq: 'sync', buffer: 'sync', recvq: 'sync', done: 'test' });
const CLOSE = rows('closechan', { lock: 'lock', closed: 'store', release: 'sync', done: 'unlock' });

function lockOf(name: string): LockPlace {
  return { keys: ['chan', name, 'lock'], holder: (state) => state.chan[name]?.lock ?? null };
}

function rowOf(rt: Runtime, name: string): ChanRow {
  const found = rt.state.chan[name];
  if (!found) throw new Error(`no channel ${name}`);
  return found;
}

function set<K extends 'count' | 'closed' | 'recvq' | 'sendq'>(rt: Runtime, name: string, field: K, value: ChanRow[K]): void {
  rt.to.at(['chan', name, field], value);
}

function* parkOn(rt: Runtime, g: GId, place: LockPlace, reason: string, event: string): Thread {
  yield* gopark(rt, g, reason, event, (m: MId) => {
    rt.unlock(m, place);
    return true;
  });
}

/** Go 1.14, runtime/chan.go, chansend. */
export function* chansend(rt: Runtime, g: GId, name: string): Thread {
  const place = lockOf(name);
  const m = rt.mOf(g);
  yield* rt.lock(m, place, SEND.lock);
  const chan = rowOf(rt, name);
  if (chan.closed) {
    yield SEND['closed?'];
    rt.unlock(m, place);
    yield* panicked(rt, g, 'send on closed channel');
  }
  const [receiver, ...others] = chan.recvq;
  if (receiver !== undefined) {
    yield SEND.recvq;
    set(rt, name, 'recvq', others);
    rt.to.g(receiver, 'param', 'sudog');
    rt.unlock(m, place);
    yield* goready(rt, m, receiver);
    return;
  }
  if (chan.count < chan.cap) {
    yield SEND.buffer;
    set(rt, name, 'count', chan.count + 1);
    rt.unlock(m, place);
    return;
  }
  yield SEND.sendq;
  set(rt, name, 'sendq', [...chan.sendq, g]);
  yield* parkOn(rt, g, place, 'chan send', 'GoBlockSend');
  yield SEND.done;
  // Only close wakes a sender without having taken anything from it.
  const { param } = rt.G(g);
  rt.to.g(g, 'param', null);
  if (param === null) yield* panicked(rt, g, 'send on closed channel');
}

/** Go 1.14, runtime/chan.go, chanrecv. */
export function* chanrecv(rt: Runtime, g: GId, name: string): Thread {
  const place = lockOf(name);
  const m = rt.mOf(g);
  yield* rt.lock(m, place, RECV.lock);
  const chan = rowOf(rt, name);
  if (chan.closed && chan.count === 0) {
    yield RECV['closed?'];
    rt.unlock(m, place);
    return;
  }
  const [sender, ...others] = chan.sendq;
  if (sender !== undefined) {
    // From a full buffer the oldest value is taken, and the sender's one goes to its tail: the count stays.
    yield RECV.sendq;
    set(rt, name, 'sendq', others);
    rt.to.g(sender, 'param', 'sudog');
    rt.unlock(m, place);
    yield* goready(rt, m, sender);
    return;
  }
  if (chan.count > 0) {
    yield RECV.buffer;
    set(rt, name, 'count', chan.count - 1);
    rt.unlock(m, place);
    return;
  }
  yield RECV.recvq;
  set(rt, name, 'recvq', [...chan.recvq, g]);
  yield* parkOn(rt, g, place, 'chan receive', 'GoBlockRecv');
  yield RECV.done;
  rt.to.g(g, 'param', null);
}

/** Go 1.14, runtime/chan.go, closechan: all waiters are readied. */
export function* closechan(rt: Runtime, g: GId, name: string): Thread {
  const place = lockOf(name);
  const m = rt.mOf(g);
  yield* rt.lock(m, place, CLOSE.lock);
  yield CLOSE.closed;
  const chan = rowOf(rt, name);
  if (chan.closed) {
    rt.unlock(m, place);
    yield* panicked(rt, g, 'close of closed channel');
  }
  const { recvq, sendq } = chan;
  set(rt, name, 'closed', true);
  yield CLOSE.release;
  set(rt, name, 'recvq', []);
  set(rt, name, 'sendq', []);
  // Their gp.param stays nil: that tells them that the channel was closed.
  yield CLOSE.done;
  rt.unlock(m, place);
  // Go collects them on a stack: the goroutine that waited first is readied last, and so runs next.
  for (const waiter of [...recvq, ...sendq].reverse()) yield* goready(rt, m, waiter);
}
