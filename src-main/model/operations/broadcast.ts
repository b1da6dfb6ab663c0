/** sync.Cond.Broadcast. */
import { condBroadcast } from '../runtime/cond';
import type { OperationRow } from './operation';

export interface Broadcast {
  kind: 'broadcast';
  cond: string;
}

export const broadcast: OperationRow<Broadcast> = {
  kind: 'broadcast',
  example: 'broadcast: co',
  go: 'c.Broadcast()',
  read: (parameter) => ({ kind: 'broadcast', cond: parameter.declared('broadcast', 'conds') ?? '' }),
  written: ({ cond }) => cond,
  carryOut: ({ cond }, { rt, g }) => condBroadcast(rt, g, cond),
};
