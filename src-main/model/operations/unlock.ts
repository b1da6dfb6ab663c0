/** sync.Mutex.Unlock and sync.RWMutex.Unlock. */
import { isRWMutex, rwUnlock } from '../runtime/rwmutex';
import { mutexUnlock } from '../runtime/sync';
import type { OperationRow } from './operation';

export interface Unlock {
  kind: 'unlock';
  mutex: string;
}

export const unlock: OperationRow<Unlock> = {
  kind: 'unlock',
  example: 'unlock: mu',
  go: 'mu.Unlock()',
  read: (parameter) => ({ kind: 'unlock', mutex: parameter.declared('unlock', 'mutexes', 'rwmutexes') ?? '' }),
  written: ({ mutex }) => mutex,
  carryOut: ({ mutex }, { rt, g }) => (isRWMutex(rt, mutex) ? rwUnlock(rt, g, mutex) : mutexUnlock(rt, g, mutex)),
};
