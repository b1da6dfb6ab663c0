/** Channels. Follows chansend, chanrecv and closechan of runtime/chan.go, Go 1.14. Values carry nothing here, so only their number is kept. */
import type { GId, MId } from '../state';
import type { ChanRow } from '../sync-rows';
import { panicked } from './panicking';
import { gopark, goready } from './park';
import type { LockPlace, Runtime } from './runtime';
import { type Thread, rows } from './thread';

const SEND = rows('chansend', { lock: 'lock', 'closed?': 'test', recvq: 'sudog', buffer: 'chanbuf', sendq: 'sudog', done: 'test' });
const RECV = rows('chanrecv', { lock: 'lock', 'closed?': 'sync', sendq: 'sudog', buffer: 'chanbuf', recvq: 'sudog', done: 'test' });
const NB = { send: rows('chansend', { 'full?': 'test', full: 'unlock' }), recv: rows('chanrecv', { 'empty?': 'test', empty: 'unlock' }) };
const CLOSE = rows('closechan', { lock: 'lock', closed: 'store', release: 'sync', done: 'unlock' });

export function lockOf(name: string): LockPlace {
  return { keys: ['chan', name, 'lock'], holder: (state) => state.chan[name]?.lock ?? null };
}

export function chanRow(rt: Runtime, name: string): ChanRow {
  const found = rt.state.chan[name];
  if (!found) throw new Error(`no channel ${name}`);
  return found;
}

export function setChan<K extends 'count' | 'closed' | 'recvq' | 'sendq'>(rt: Runtime, name: string, field: K, value: ChanRow[K]): void {
  rt.to.at(['chan', name, field], value);
}

type Queue = 'recvq' | 'sendq';

/** Whether somebody waits there whom no other channel has woken. */
export function hasWaiter(rt: Runtime, name: string, queue: Queue): boolean {
  return chanRow(rt, name)[queue].some((g) => !isDecided(rt, g));
}

/** The select in which the goroutine waits has been decided by another channel. */
function isDecided(rt: Runtime, g: GId): boolean {
  const { selecting = [], selectDone } = rt.G(g);
  return selecting.length > 0 && selectDone === 1;
}

/**
 * Go 1.14, runtime/chan.go, waitq.dequeue: the first waiter; one that waits in a select only if this channel is the first to reach it (the CAS of
 * selectDone). Part of the step under way, under the channel's lock.
 */
export function dequeue(rt: Runtime, name: string, queue: Queue): GId | null {
  const waiters = chanRow(rt, name)[queue];
  const at = waiters.findIndex((g) => !isDecided(rt, g));
  const g = waiters[at];
  setChan(rt, name, queue, g === undefined ? [] : waiters.slice(at + 1));
  if (g === undefined) return null;
  const { selecting = [] } = rt.G(g);
  if (selecting.length > 0) {
    const dir = queue === 'recvq' ? 'recv' : 'send';
    rt.to.g(g, 'selectDone', 1);
    rt.to.g(g, 'selected', selecting.find((each) => each.chan === name && each.dir === dir)?.case ?? -1);
  }
  return g;
}

/** What a send or receive has come to that could go on at once; null: it would have to wait, and the lock is still held. */
type Done = 'done' | 'closed' | null;

/** Go 1.14, runtime/chan.go, chansend up to where it would block. `m` may run without a goroutine: a timer's thread. */
export function* trySend(rt: Runtime, m: MId, name: string): Thread<Done> {
  const place = lockOf(name);
  yield* rt.lock(m, place, SEND.lock);
  for (;;) {
    const chan = chanRow(rt, name);
    if (chan.closed) {
      yield SEND['closed?'];
      rt.unlock(m, place);
      return 'closed';
    }
    if (hasWaiter(rt, name, 'recvq')) {
      yield SEND.recvq;
      const receiver = dequeue(rt, name, 'recvq');
      if (receiver === null) continue;
      rt.to.g(receiver, 'param', 'sudog');
      rt.unlock(m, place);
      yield* goready(rt, m, receiver);
      return 'done';
    }
    if (chan.count >= chan.cap) return null;
    yield SEND.buffer;
    setChan(rt, name, 'count', chan.count + 1);
    rt.unlock(m, place);
    return 'done';
  }
}

/** Go 1.14, runtime/chan.go, chanrecv up to where it would block. */
export function* tryRecv(rt: Runtime, m: MId, name: string): Thread<Done> {
  const place = lockOf(name);
  yield* rt.lock(m, place, RECV.lock);
  for (;;) {
    const chan = chanRow(rt, name);
    if (chan.closed && chan.count === 0) {
      yield RECV['closed?'];
      rt.unlock(m, place);
      return 'closed';
    }
    if (hasWaiter(rt, name, 'sendq')) {
      // From a full buffer the oldest value is taken, and the sender's one goes to its tail: the count stays.
      yield RECV.sendq;
      const sender = dequeue(rt, name, 'sendq');
      if (sender === null) continue;
      rt.to.g(sender, 'param', 'sudog');
      rt.unlock(m, place);
      yield* goready(rt, m, sender);
      return 'done';
    }
    if (chan.count === 0) return null;
    yield RECV.buffer;
    setChan(rt, name, 'count', chan.count - 1);
    rt.unlock(m, place);
    return 'done';
  }
}

/** Go 1.14, runtime/chan.go, chansend. */
export function* chansend(rt: Runtime, g: GId, name: string): Thread {
  const done = yield* trySend(rt, rt.mOf(g), name);
  if (done === 'closed') panicked('send on closed channel');
  if (done !== null) return;
  yield SEND.sendq;
  setChan(rt, name, 'sendq', [...chanRow(rt, name).sendq, g]);
  yield* parkOn(rt, g, [name], 'chan send', 'GoBlockSend');
  yield SEND.done;
  // Only close wakes a sender without having taken anything from it.
  const { param } = rt.G(g);
  rt.to.g(g, 'param', null);
  if (param === null) panicked('send on closed channel');
}

/** Go 1.14, runtime/chan.go, chanrecv. */
export function* chanrecv(rt: Runtime, g: GId, name: string): Thread {
  if ((yield* tryRecv(rt, rt.mOf(g), name)) !== null) return;
  yield RECV.recvq;
  setChan(rt, name, 'recvq', [...chanRow(rt, name).recvq, g]);
  yield* parkOn(rt, g, [name], 'chan receive', 'GoBlockRecv');
  yield RECV.done;
  rt.to.g(g, 'param', null);
}

/**
 * Go 1.14, runtime/chan.go, selectnbsend and selectnbrecv: a send or receive that does not wait, as a select with one case and default is
 * compiled, and as a timer sends. False: it would have had to wait. A look without the lock comes first.
 */
export function* nonBlocking(rt: Runtime, m: MId, name: string, dir: 'send' | 'recv'): Thread<boolean> {
  yield dir === 'send' ? NB.send['full?'] : NB.recv['empty?'];
  const { closed, count, cap, recvq, sendq } = chanRow(rt, name);
  const others = dir === 'send' ? recvq : sendq;
  const isStuck = cap === 0 ? others.length === 0 : count === (dir === 'send' ? cap : 0);
  if (!closed && isStuck) return false;
  const done = yield* dir === 'send' ? trySend(rt, m, name) : tryRecv(rt, m, name);
  if (done === 'closed' && dir === 'send') panicked('send on closed channel');
  if (done !== null) return true;
  yield dir === 'send' ? NB.send.full : NB.recv.empty;
  rt.unlock(m, lockOf(name));
  return false;
}

/** Parks until one of the channels wakes it; their locks, which this M holds, are given back when it is _Gwaiting. */
export function* parkOn(rt: Runtime, g: GId, names: readonly string[], reason: string, event: string): Thread {
  yield* gopark(rt, g, reason, event, (m: MId) => {
    for (const name of names) rt.unlock(m, lockOf(name));
    return true;
  });
}

/** Go 1.14, runtime/chan.go, closechan: all waiters are readied. */
export function* closechan(rt: Runtime, g: GId, name: string): Thread {
  const place = lockOf(name);
  const m = rt.mOf(g);
  yield* rt.lock(m, place, CLOSE.lock);
  yield CLOSE.closed;
  if (chanRow(rt, name).closed) {
    rt.unlock(m, place);
    panicked('close of closed channel');
  }
  setChan(rt, name, 'closed', true);
  yield CLOSE.release;
  const released: GId[] = [];
  for (const queue of ['recvq', 'sendq'] as const)
    for (let g = dequeue(rt, name, queue); g !== null; g = dequeue(rt, name, queue)) {
      released.push(g);
      // Its gp.param stays nil: that tells it that the channel was closed.
      if (rt.G(g).selecting !== undefined) rt.to.g(g, 'selected', -1);
    }
  yield CLOSE.done;
  rt.unlock(m, place);
  // Go collects them on a stack: the goroutine that waited first is readied last, and so runs next.
  for (const waiter of released.reverse()) yield* goready(rt, m, waiter);
}
