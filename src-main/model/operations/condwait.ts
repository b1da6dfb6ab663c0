/** sync.Cond.Wait. */
import { condWait } from '../runtime/cond';
import type { OperationRow } from './operation';

export interface CondWait {
  kind: 'condwait';
  cond: string;
}

export const condwait: OperationRow<CondWait> = {
  kind: 'condwait',
  example: 'condwait: co',
  go: 'c.Wait()',
  read: (parameter) => ({ kind: 'condwait', cond: parameter.declared('condwait', 'conds') ?? '' }),
  written: ({ cond }) => cond,
  carryOut: ({ cond }, { rt, g }) => condWait(rt, g, cond),
};
