/**
 * Semaphores on which goroutines sleep. Follows runtime/sema.go of Go 1.14: semacquire1, semrelease1, readyWithTime. A semaphore's
 * count and queue are fields of the row that owns it (mutex, wait group, worldsema).
 */
import type { GId, State } from '../state';
import { goyield } from './gosched';
import { gopark, goready } from './park';
import type { LockPlace, Runtime } from './runtime';
import { type Thread, rows } from './thread';

/** Where a semaphore lies in the state. */
export interface Semaphore extends LockPlace {
  count: (state: State) => number;
  setCount: (rt: Runtime, n: number) => void;
  queue: (state: State) => readonly GId[];
  setQueue: (rt: Runtime, queue: GId[]) => void;
  waitreason: string;
}

const ACQUIRE = rows('semacquire1', { cansemacquire: 'cas', lock: 'lock', queue: 'store' });
const RELEASE = rows('semrelease1', { add: 'cas', lock: 'lock', dequeue: 'store', handoff: 'store' });

/** Go 1.14, runtime/sema.go, semacquire1. `lifo`: to the head of the queue (a mutex waiter that has waited before). */
export function* semacquire(rt: Runtime, g: GId, sema: Semaphore, lifo = false): Thread {
  yield ACQUIRE.cansemacquire;
  if (takeOne(rt, sema)) return;
  for (;;) {
    const m = rt.mOf(g);
    yield* rt.lock(m, sema, ACQUIRE.lock);
    yield ACQUIRE.queue;
    if (takeOne(rt, sema)) {
      rt.unlock(m, sema);
      return;
    }
    const queue = sema.queue(rt.state);
    sema.setQueue(rt, lifo ? [g, ...queue] : [...queue, g]);
    yield* gopark(rt, g, sema.waitreason, 'GoBlockSync', (parker) => {
      rt.unlock(parker, sema);
      return true;
    });
    if (rt.G(g).ticket === 1) {
      rt.to.g(g, 'ticket', 0);
      return;
    }
    yield ACQUIRE.cansemacquire;
    if (takeOne(rt, sema)) return;
  }
}

function takeOne(rt: Runtime, sema: Semaphore): boolean {
  const count = sema.count(rt.state);
  if (count === 0) return false;
  sema.setCount(rt, count - 1);
  return true;
}

/** Go 1.14, runtime/sema.go, semrelease1. `handoff`: the first waiter gets the count itself, and this goroutine's turn too. */
export function* semrelease(rt: Runtime, g: GId, sema: Semaphore, handoff: boolean): Thread {
  yield RELEASE.add;
  sema.setCount(rt, sema.count(rt.state) + 1);
  if (sema.queue(rt.state).length === 0) return;
  const m = rt.mOf(g);
  yield* rt.lock(m, sema, RELEASE.lock);
  yield RELEASE.dequeue;
  const [first, ...others] = sema.queue(rt.state);
  if (first !== undefined) sema.setQueue(rt, others);
  // Go: a waiter with a ticket need not race for the count. With handoff it gets one if the count is still there.
  const handedOver = first !== undefined && handoff && takeOne(rt, sema);
  if (handedOver) rt.to.g(first, 'ticket', 1);
  rt.unlock(m, sema);
  if (first === undefined) return;
  yield* goready(rt, m, first);
  if (!handedOver || rt.M(m).locks !== 0) return;
  yield RELEASE.handoff;
  yield* goyield(rt, g);
}

/** runtime.worldsema: a semaphore of one, held by the goroutine that stops the world. `g` becomes its holder when it takes the count. */
export function worldsema(g: GId): Semaphore {
  return {
    keys: ['sched', 'worldsema', 'lock'],
    holder: (state) => state.sched.worldsema.lock,
    count: (state) => (state.sched.worldsema.holder === null ? 1 : 0),
    setCount: (rt, n) => {
      rt.to.at(['sched', 'worldsema', 'holder'], n === 0 ? g : null);
    },
    queue: (state) => state.sched.worldsema.queue,
    setQueue: (rt, queue) => {
      rt.to.at(['sched', 'worldsema', 'queue'], queue);
    },
    waitreason: 'semacquire',
  };
}
