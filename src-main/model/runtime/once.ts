/** sync.Once. Follows sync/once.go of Go 1.14. Its mutex m is a sync.Mutex of the same name. */
import type { GId } from '../state';
import { GoPanic, Goexit } from './panicking';
import type { Runtime } from './runtime';
import { mutexLock, mutexUnlock } from './sync';
import { type Thread, rows } from './thread';

const DO = rows('Do', { 'done?': 'test', again: 'test', done: 'store' });

const isDone = (rt: Runtime, name: string): boolean => rt.state.once?.[name]?.done === 1;

/** Go 1.14, sync/once.go, Do and doSlow: whoever comes while f runs waits for its end. A panic of f counts as done, too. */
export function* onceDo(rt: Runtime, g: GId, name: string, f: () => Thread): Thread {
  yield DO['done?'];
  if (isDone(rt, name)) return;
  yield* mutexLock(rt, g, name);
  yield DO.again;
  let thrown: unknown = null;
  if (!isDone(rt, name)) {
    try {
      yield* f();
    } catch (error) {
      if (!(error instanceof GoPanic || error instanceof Goexit)) throw error;
      thrown = error;
    }
    yield DO.done;
    rt.to.at(['once', name, 'done'], 1);
  }
  yield* mutexUnlock(rt, g, name);
  if (thrown !== null) throw thrown as Error;
}
