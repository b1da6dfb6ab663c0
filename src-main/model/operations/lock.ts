/** sync.Mutex.Lock and sync.RWMutex.Lock. */
import { isRWMutex, rwLock } from '../runtime/rwmutex';
import { mutexLock } from '../runtime/sync';
import type { OperationRow } from './operation';

export interface Lock {
  kind: 'lock';
  mutex: string;
}

export const lock: OperationRow<Lock> = {
  kind: 'lock',
  example: 'lock: mu',
  go: 'mu.Lock()',
  read: (parameter) => ({ kind: 'lock', mutex: parameter.declared('lock', 'mutexes', 'rwmutexes') ?? '' }),
  written: ({ mutex }) => mutex,
  carryOut: ({ mutex }, { rt, g }) => (isRWMutex(rt, mutex) ? rwLock(rt, g, mutex) : mutexLock(rt, g, mutex)),
};
