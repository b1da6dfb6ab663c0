/** sync.RWMutex.RLock. */
import { rLock } from '../runtime/rwmutex';
import type { OperationRow } from './operation';

export interface RLock {
  kind: 'rlock';
  rwmutex: string;
}

export const rlock: OperationRow<RLock> = {
  kind: 'rlock',
  example: 'rlock: rw',
  go: 'rw.RLock()',
  read: (parameter) => ({ kind: 'rlock', rwmutex: parameter.declared('rlock', 'rwmutexes') ?? '' }),
  written: ({ rwmutex }) => rwmutex,
  carryOut: ({ rwmutex }, { rt, g }) => rLock(rt, g, rwmutex),
};
