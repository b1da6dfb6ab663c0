/** sync.Cond. Follows sync/cond.go and notifyList of runtime/sema.go, Go 1.14: waiters draw tickets, and are notified in their order. */
import type { GId } from '../state';
import type { CondRow } from '../sync-rows';
import { gopark, goready } from './park';
import type { LockPlace, Runtime } from './runtime';
import { isRWMutex, rwLock, rwUnlock } from './rwmutex';
import { mutexLock, mutexUnlock } from './sync';
import { type Thread, rows } from './thread';

const ADD = rows('notifyListAdd', { wait: 'cas' });
const WAIT = rows('notifyListWait', { lock: 'lock', 'notified?': 'test', queue: 'store' });
const ONE = rows('notifyListNotifyOne', { 'nobody?': 'test', lock: 'lock', notify: 'store' });
const ALL = rows('notifyListNotifyAll', { 'nobody?': 'test', lock: 'lock', notify: 'store' });

function rowOf(rt: Runtime, name: string): CondRow {
  const found = rt.state.cond?.[name];
  if (!found) throw new Error(`no cond ${name}`);
  return found;
}

function set<K extends 'wait' | 'notify' | 'queue'>(rt: Runtime, name: string, field: K, value: CondRow[K]): void {
  rt.to.at(['cond', name, field], value);
}

const lockOf = (name: string): LockPlace => ({ keys: ['cond', name, 'lock'], holder: (state) => state.cond?.[name]?.lock ?? null });

/** Go 1.14, sync/cond.go, Wait: the ticket is drawn before L is unlocked, so that no Signal between the two is lost. */
export function* condWait(rt: Runtime, g: GId, name: string): Thread {
  const { mutex } = rowOf(rt, name);
  yield ADD.wait;
  const ticket = rowOf(rt, name).wait;
  set(rt, name, 'wait', ticket + 1);
  yield* isRWMutex(rt, mutex) ? rwUnlock(rt, g, mutex) : mutexUnlock(rt, g, mutex);
  yield* notifyListWait(rt, g, name, ticket);
  yield* isRWMutex(rt, mutex) ? rwLock(rt, g, mutex) : mutexLock(rt, g, mutex);
}

function* notifyListWait(rt: Runtime, g: GId, name: string, ticket: number): Thread {
  const m = rt.mOf(g);
  yield* rt.lock(m, lockOf(name), WAIT.lock);
  if (ticket < rowOf(rt, name).notify) {
    yield WAIT['notified?'];
    rt.unlock(m, lockOf(name));
    return;
  }
  yield WAIT.queue;
  set(rt, name, 'queue', [...rowOf(rt, name).queue, { g, ticket }]);
  yield* gopark(rt, g, 'sync.Cond.Wait', 'GoBlockCond', (parker) => {
    rt.unlock(parker, lockOf(name));
    return true;
  });
}

/** Go 1.14, sync/cond.go, Signal: whoever has the next ticket, whether it is on the list already or not. */
export function* condSignal(rt: Runtime, g: GId, name: string): Thread {
  const m = rt.mOf(g);
  yield ONE['nobody?'];
  if (rowOf(rt, name).wait === rowOf(rt, name).notify) return;
  yield* rt.lock(m, lockOf(name), ONE.lock);
  yield ONE.notify;
  const { notify, wait, queue } = rowOf(rt, name);
  if (notify === wait) {
    rt.unlock(m, lockOf(name));
    return;
  }
  set(rt, name, 'notify', notify + 1);
  const first = queue.find(({ ticket }) => ticket === notify);
  set(
    rt,
    name,
    'queue',
    queue.filter((waiter) => waiter !== first),
  );
  rt.unlock(m, lockOf(name));
  if (first) yield* goready(rt, m, first.g);
}

/** Go 1.14, sync/cond.go, Broadcast. */
export function* condBroadcast(rt: Runtime, g: GId, name: string): Thread {
  const m = rt.mOf(g);
  yield ALL['nobody?'];
  if (rowOf(rt, name).wait === rowOf(rt, name).notify) return;
  yield* rt.lock(m, lockOf(name), ALL.lock);
  yield ALL.notify;
  const { queue, wait } = rowOf(rt, name);
  set(rt, name, 'queue', []);
  set(rt, name, 'notify', wait);
  rt.unlock(m, lockOf(name));
  for (const waiter of queue) yield* goready(rt, m, waiter.g);
}
