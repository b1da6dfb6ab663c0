/** sync.Mutex.Unlock. */
import { mutexUnlock } from '../runtime/sync';
import type { OperationRow } from './operation';

export interface Unlock {
  kind: 'unlock';
  mutex: string;
}

export const unlock: OperationRow<Unlock> = {
  kind: 'unlock',
  example: 'unlock: mu',
  read: (parameter) => ({ kind: 'unlock', mutex: parameter.declared('unlock', 'mutexes') ?? '' }),
  written: ({ mutex }) => mutex,
  carryOut: ({ mutex }, { rt, g }) => mutexUnlock(rt, g, mutex),
};
