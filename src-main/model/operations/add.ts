/** sync.WaitGroup.Add. */
import { waitGroupAdd } from '../runtime/sync';
import type { OperationRow } from './operation';

export interface Add {
  kind: 'add';
  waitgroup: string;
  n: number;
}

export const add: OperationRow<Add> = {
  kind: 'add',
  example: 'add: { wg: wg, n: 1 }',
  go: 'wg.Add(n)',
  read: (parameter) => {
    const fields = parameter.fields('add', ['wg', 'n'], ['wg', 'n']);
    return {
      kind: 'add',
      waitgroup: fields.get('wg')?.value.declared('add', 'waitgroups') ?? '',
      n: fields.get('n')?.value.whole('add.n', -1_000_000, 1_000_000) ?? 0,
    };
  },
  written: ({ waitgroup, n }) => ({ wg: waitgroup, n }),
  carryOut: ({ waitgroup, n }, { rt, g }) => waitGroupAdd(rt, g, waitgroup, n),
};
