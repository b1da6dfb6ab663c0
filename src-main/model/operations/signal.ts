/** sync.Cond.Signal. */
import { condSignal } from '../runtime/cond';
import type { OperationRow } from './operation';

export interface Signal {
  kind: 'signal';
  cond: string;
}

export const signal: OperationRow<Signal> = {
  kind: 'signal',
  example: 'signal: co',
  go: 'c.Signal()',
  read: (parameter) => ({ kind: 'signal', cond: parameter.declared('signal', 'conds') ?? '' }),
  written: ({ cond }) => cond,
  carryOut: ({ cond }, { rt, g }) => condSignal(rt, g, cond),
};
