/** sync.WaitGroup.Done. */
import { waitGroupAdd } from '../runtime/sync';
import type { OperationRow } from './operation';

export interface Done {
  kind: 'done';
  waitgroup: string;
}

export const done: OperationRow<Done> = {
  kind: 'done',
  example: 'done: wg',
  go: 'wg.Done()',
  read: (parameter) => ({ kind: 'done', waitgroup: parameter.declared('done', 'waitgroups') ?? '' }),
  written: ({ waitgroup }) => waitgroup,
  carryOut: ({ waitgroup }, { rt, g }) => waitGroupAdd(rt, g, waitgroup, -1),
};
