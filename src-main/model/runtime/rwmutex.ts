/** sync.RWMutex. Follows sync/rwmutex.go of Go 1.14. Its mutex w is a sync.Mutex of the same name. */
import type { GId } from '../state';
import type { RWMutexRow } from '../sync-rows';
import { throwFatal } from './panic';
import type { Runtime } from './runtime';
import { type Semaphore, semacquire, semrelease } from './semaphore';
import { mutexLock, mutexUnlock } from './sync';
import { type Thread, rows } from './thread';

/** Readers that an RWMutex can count at the most; taken off while a writer waits or writes. */
const MAX_READERS = 1 << 30;

const RLOCK = rows('RLock', { add: 'cas' });
const RUNLOCK = rows('RUnlock', { add: 'cas', slow: 'cas' });
const LOCK = rows('RWMutex.Lock', { announce: 'cas', readerWait: 'cas' });
const UNLOCK = rows('RWMutex.Unlock', { announce: 'cas' });

export function isRWMutex(rt: Runtime, name: string): boolean {
  return rt.state.rwmutex?.[name] !== undefined;
}

function rowOf(rt: Runtime, name: string): RWMutexRow {
  const found = rt.state.rwmutex?.[name];
  if (!found) throw new Error(`no RWMutex ${name}`);
  return found;
}

function set(rt: Runtime, name: string, field: 'readerCount' | 'readerWait', value: number): void {
  rt.to.at(['rwmutex', name, field], value);
}

function semaphore(name: string, which: 'writerSem' | 'readerSem'): Semaphore {
  return {
    keys: ['rwmutex', name, which, 'lock'],
    holder: (state) => state.rwmutex?.[name]?.[which].lock ?? null,
    count: (state) => state.rwmutex?.[name]?.[which].sema ?? 0,
    setCount: (rt, n) => {
      rt.to.at(['rwmutex', name, which, 'sema'], n);
    },
    queue: (state) => state.rwmutex?.[name]?.[which].queue ?? [],
    setQueue: (rt, queue) => {
      rt.to.at(['rwmutex', name, which, 'queue'], queue);
    },
    waitreason: 'semacquire',
  };
}

/** Go 1.14, sync/rwmutex.go, RLock: a pending writer sends newcomers to sleep, so that it gets its turn. */
export function* rLock(rt: Runtime, g: GId, name: string): Thread {
  yield RLOCK.add;
  set(rt, name, 'readerCount', rowOf(rt, name).readerCount + 1);
  if (rowOf(rt, name).readerCount < 0) yield* semacquire(rt, g, semaphore(name, 'readerSem'));
}

/** Go 1.14, sync/rwmutex.go, RUnlock and rUnlockSlow: the last reader for whom a writer waits wakes it. */
export function* rUnlock(rt: Runtime, g: GId, name: string): Thread {
  yield RUNLOCK.add;
  const left = rowOf(rt, name).readerCount - 1;
  set(rt, name, 'readerCount', left);
  if (left >= 0) return;
  if (left + 1 === 0 || left + 1 === -MAX_READERS) yield* throwFatal(rt, rt.mOf(g), { text: 'sync: RUnlock of unlocked RWMutex' });
  yield RUNLOCK.slow;
  set(rt, name, 'readerWait', rowOf(rt, name).readerWait - 1);
  if (rowOf(rt, name).readerWait === 0) yield* semrelease(rt, g, semaphore(name, 'writerSem'), false);
}

/** Go 1.14, sync/rwmutex.go, Lock: first against other writers, then the readers are told and waited for. */
export function* rwLock(rt: Runtime, g: GId, name: string): Thread {
  yield* mutexLock(rt, g, name);
  yield LOCK.announce;
  const readers = rowOf(rt, name).readerCount;
  set(rt, name, 'readerCount', readers - MAX_READERS);
  if (readers === 0) return;
  yield LOCK.readerWait;
  set(rt, name, 'readerWait', rowOf(rt, name).readerWait + readers);
  if (rowOf(rt, name).readerWait !== 0) yield* semacquire(rt, g, semaphore(name, 'writerSem'));
}

/** Go 1.14, sync/rwmutex.go, Unlock: every reader that came meanwhile is woken before another writer may come. */
export function* rwUnlock(rt: Runtime, g: GId, name: string): Thread {
  yield UNLOCK.announce;
  const readers = rowOf(rt, name).readerCount + MAX_READERS;
  set(rt, name, 'readerCount', readers);
  if (readers >= MAX_READERS) yield* throwFatal(rt, rt.mOf(g), { text: 'sync: Unlock of unlocked RWMutex' });
  for (let i = 0; i < readers; i++) yield* semrelease(rt, g, semaphore(name, 'readerSem'), false);
  yield* mutexUnlock(rt, g, name);
}
