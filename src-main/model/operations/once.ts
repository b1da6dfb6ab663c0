/** sync.Once.Do: the first to come does it, and whoever comes meanwhile waits until it is done. */
import { onceDo } from '../runtime/once';
import type { AnyOperation, OperationRow } from './operation';

export interface Once {
  kind: 'once';
  name: string;
  body: AnyOperation[];
}

export const once: OperationRow<Once> = {
  kind: 'once',
  example: 'once: { name: o, do: [gosched] }',
  go: 'o.Do(f)',
  read: (parameter) => {
    const fields = parameter.fields('once', ['name', 'do'], ['name', 'do']);
    return {
      kind: 'once',
      name: fields.get('name')?.value.newName('once.name') ?? '',
      body: fields.get('do')?.value.operations('once.do') ?? [],
    };
  },
  written: ({ name, body }, nested) => ({ name, do: nested(body) }),
  within: ({ body }) => ({ operations: body, times: 1 }),
  makes: ({ name }) => ({ once: name }),
  carryOut: ({ name, body }, by) => onceDo(by.rt, by.g, name, () => by.call(body)),
};
