/** sync.RWMutex.RUnlock. */
import { rUnlock } from '../runtime/rwmutex';
import type { OperationRow } from './operation';

export interface RUnlock {
  kind: 'runlock';
  rwmutex: string;
}

export const runlock: OperationRow<RUnlock> = {
  kind: 'runlock',
  example: 'runlock: rw',
  go: 'rw.RUnlock()',
  read: (parameter) => ({ kind: 'runlock', rwmutex: parameter.declared('runlock', 'rwmutexes') ?? '' }),
  written: ({ rwmutex }) => rwmutex,
  carryOut: ({ rwmutex }, { rt, g }) => rUnlock(rt, g, rwmutex),
};
