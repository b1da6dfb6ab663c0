/** sync.WaitGroup.Wait. */
import { waitGroupWait } from '../runtime/sync';
import type { OperationRow } from './operation';

export interface Wait {
  kind: 'wait';
  waitgroup: string;
}

export const wait: OperationRow<Wait> = {
  kind: 'wait',
  example: 'wait: wg',
  go: 'wg.Wait()',
  read: (parameter) => ({ kind: 'wait', waitgroup: parameter.declared('wait', 'waitgroups') ?? '' }),
  written: ({ waitgroup }) => waitgroup,
  carryOut: ({ waitgroup }, { rt, g }) => waitGroupWait(rt, g, waitgroup),
};
