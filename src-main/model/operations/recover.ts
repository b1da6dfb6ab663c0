/** recover: stops a panic, where a deferred function calls it itself; else it does nothing. */
import type { OperationRow } from './operation';

export interface Recover {
  kind: 'recover';
}

export const recover: OperationRow<Recover> = {
  kind: 'recover',
  example: null,
  go: 'recover()',
  read: () => ({ kind: 'recover' }),
  written: () => null,
  carryOut: (_, by) => by.recover(),
};
