/** sync/atomic.AddInt64. */
import { atomicAdd } from '../runtime/atomic';
import type { OperationRow } from './operation';

const LARGEST = 1_000_000;

export interface Atomic {
  kind: 'atomic';
  name: string;
  add: number;
}

export const atomic: OperationRow<Atomic> = {
  kind: 'atomic',
  example: 'atomic: { name: hits, add: 1 }',
  go: 'atomic.AddInt64(&v, n)',
  read: (parameter) => {
    const fields = parameter.fields('atomic', ['name', 'add'], ['name']);
    return {
      kind: 'atomic',
      name: fields.get('name')?.value.newName('atomic.name') ?? '',
      add: fields.get('add')?.value.whole('atomic.add', -LARGEST, LARGEST) ?? 1,
    };
  },
  written: ({ name, add }) => ({ name, add }),
  makes: ({ name }) => ({ atomic: name }),
  carryOut: ({ name, add }, { rt, g }) => atomicAdd(rt, g, name, add),
};
