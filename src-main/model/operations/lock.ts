/** sync.Mutex.Lock. */
import { mutexLock } from '../runtime/sync';
import type { OperationRow } from './operation';

export interface Lock {
  kind: 'lock';
  mutex: string;
}

export const lock: OperationRow<Lock> = {
  kind: 'lock',
  example: 'lock: mu',
  read: (parameter) => ({ kind: 'lock', mutex: parameter.declared('lock', 'mutexes') ?? '' }),
  written: ({ mutex }) => mutex,
  carryOut: ({ mutex }, { rt, g }) => mutexLock(rt, g, mutex),
};
