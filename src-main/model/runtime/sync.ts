/** sync.Mutex and sync.WaitGroup. Follows sync/mutex.go and sync/waitgroup.go of Go 1.14. */
import type { GId } from '../state';
import type { MutexRow, WaitGroupRow } from '../sync-rows';
import { throwFatal } from './panic';
import { panicked } from './panicking';
import type { Runtime } from './runtime';
import { type Semaphore, semacquire, semrelease } from './semaphore';
import { type Thread, rows } from './thread';

/** A mutex waiter that has waited longer than this (ns) makes the mutex starving: it is handed over in order. */
const STARVATION_NS = 1_000_000;

const LOCK = rows('Lock', { fast: 'mutex', slow: 'cas', handed: 'cas' });
const UNLOCK = rows('Unlock', { add: 'mutex', slow: 'cas' });
const WAITGROUP = rows('WaitGroup', { Add: 'cas', 'Add-release': 'store', Wait: 'cas', 'Wait-woken': 'test' });

function mutexRow(rt: Runtime, name: string): MutexRow {
  const found = rt.state.mutex[name];
  if (!found) throw new Error(`no mutex ${name}`);
  return found;
}

function setMutex<K extends keyof MutexRow>(rt: Runtime, name: string, field: K, value: MutexRow[K]): void {
  rt.to.at(['mutex', name, field], value);
}

function mutexSemaphore(name: string): Semaphore {
  return {
    keys: ['mutex', name, 'lock'],
    holder: (state) => state.mutex[name]?.lock ?? null,
    count: (state) => state.mutex[name]?.sema ?? 0,
    setCount: (rt, n) => {
      setMutex(rt, name, 'sema', n);
    },
    queue: (state) => state.mutex[name]?.queue ?? [],
    setQueue: (rt, queue) => {
      setMutex(rt, name, 'queue', queue);
    },
    waitreason: 'semacquire',
  };
}

/** Go 1.14, sync/mutex.go, Lock and lockSlow. Simplified: no active spinning before the goroutine sleeps. */
export function* mutexLock(rt: Runtime, g: GId, name: string): Thread {
  yield LOCK.fast;
  const first = mutexRow(rt, name);
  if (!first.locked && !first.starving && first.waiters === 0 && !first.woken) {
    setMutex(rt, name, 'locked', true);
    return;
  }
  let since: number | null = null;
  let isStarving = false;
  let awoke = false;
  for (;;) {
    yield LOCK.slow;
    const now = mutexRow(rt, name);
    const wasFree = !now.locked && !now.starving;
    if (now.locked || now.starving) setMutex(rt, name, 'waiters', now.waiters + 1);
    if (isStarving && now.locked) setMutex(rt, name, 'starving', true);
    if (!now.starving) setMutex(rt, name, 'locked', true);
    if (awoke) setMutex(rt, name, 'woken', false);
    if (wasFree) return;
    const lifo = since !== null;
    since ??= rt.now;
    yield* semacquire(rt, g, mutexSemaphore(name), lifo);
    isStarving ||= rt.now - since > STARVATION_NS;
    if (mutexRow(rt, name).starving) {
      yield LOCK.handed;
      const { waiters } = mutexRow(rt, name);
      setMutex(rt, name, 'locked', true);
      setMutex(rt, name, 'waiters', waiters - 1);
      if (!isStarving || waiters === 1) setMutex(rt, name, 'starving', false);
      return;
    }
    awoke = true;
  }
}

/** Go 1.14, sync/mutex.go, Unlock and unlockSlow. */
export function* mutexUnlock(rt: Runtime, g: GId, name: string): Thread {
  yield UNLOCK.add;
  if (!mutexRow(rt, name).locked) {
    // The state is -1 now, every bit of it set: whoever else comes to lock it goes to sleep while this one dies.
    setMutex(rt, name, 'locked', true);
    setMutex(rt, name, 'starving', true);
    yield* throwFatal(rt, rt.mOf(g), { text: 'sync: unlock of unlocked mutex' });
  }
  setMutex(rt, name, 'locked', false);
  const after = mutexRow(rt, name);
  if (after.waiters === 0 && !after.starving && !after.woken) return;
  if (after.starving) {
    yield* semrelease(rt, g, mutexSemaphore(name), true);
    return;
  }
  yield UNLOCK.slow;
  const now = mutexRow(rt, name);
  if (now.waiters === 0 || now.locked || now.woken || now.starving) return;
  setMutex(rt, name, 'waiters', now.waiters - 1);
  setMutex(rt, name, 'woken', true);
  yield* semrelease(rt, g, mutexSemaphore(name), false);
}

function waitGroupRow(rt: Runtime, name: string): WaitGroupRow {
  const found = rt.state.waitgroup[name];
  if (!found) throw new Error(`no wait group ${name}`);
  return found;
}

function waitGroupSemaphore(name: string): Semaphore {
  return {
    keys: ['waitgroup', name, 'lock'],
    holder: (state) => state.waitgroup[name]?.lock ?? null,
    count: (state) => state.waitgroup[name]?.sema ?? 0,
    setCount: (rt, n) => {
      rt.to.at(['waitgroup', name, 'sema'], n);
    },
    queue: (state) => state.waitgroup[name]?.queue ?? [],
    setQueue: (rt, queue) => {
      rt.to.at(['waitgroup', name, 'queue'], queue);
    },
    waitreason: 'semacquire',
  };
}

const ADD_WITH_WAIT = 'sync: WaitGroup misuse: Add called concurrently with Wait';

/** Go 1.14, sync/waitgroup.go, Add (Done is Add(−1)). */
export function* waitGroupAdd(rt: Runtime, g: GId, name: string, n: number): Thread {
  yield WAITGROUP.Add;
  // Go: the counter is the upper half of a 64-bit word, an int32 that wraps.
  const counter = (waitGroupRow(rt, name).counter + n) | 0;
  rt.to.at(['waitgroup', name, 'counter'], counter);
  if (counter < 0) panicked('sync: negative WaitGroup counter');
  const { waiters } = waitGroupRow(rt, name);
  if (waiters !== 0 && n > 0 && counter === n) panicked(ADD_WITH_WAIT);
  if (counter > 0 || waiters === 0) return;
  yield WAITGROUP['Add-release'];
  const now = waitGroupRow(rt, name);
  if (now.counter !== 0 || now.waiters !== waiters) panicked(ADD_WITH_WAIT);
  rt.to.at(['waitgroup', name, 'waiters'], 0);
  for (let i = 0; i < waiters; i++) yield* semrelease(rt, g, waitGroupSemaphore(name), false);
}

/** Go 1.14, sync/waitgroup.go, Wait. */
export function* waitGroupWait(rt: Runtime, g: GId, name: string): Thread {
  yield WAITGROUP.Wait;
  if (waitGroupRow(rt, name).counter === 0) return;
  rt.to.at(['waitgroup', name, 'waiters'], waitGroupRow(rt, name).waiters + 1);
  yield* semacquire(rt, g, waitGroupSemaphore(name));
  yield WAITGROUP['Wait-woken'];
  const { counter, waiters } = waitGroupRow(rt, name);
  if (counter !== 0 || waiters !== 0) panicked('sync: WaitGroup is reused before previous Wait has returned');
}
