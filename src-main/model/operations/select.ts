/** select: one of several sends and receives, or what is to be done when none can go on. */
import { select as selectOne, type Case } from '../runtime/select';
import type { AnyOperation, OperationRow, Parameter } from './operation';

export interface Select {
  kind: 'select';
  /** The default, if there is one, is the last. */
  cases: SelectBranch[];
}

export interface SelectBranch {
  /** null: the default. */
  does: Case | null;
  body: AnyOperation[];
}

export const select: OperationRow<Select> = {
  kind: 'select',
  example: 'select: [{ recv: c }, { default: true, do: [gosched] }]',
  go: 'select { case … }',
  read: (parameter) => {
    const cases = parameter.items('select').map(readBranch);
    const defaults = cases.filter(({ does }) => does === null);
    if (defaults.length > 1) parameter.fault({ key: 'secondDefault' });
    return { kind: 'select', cases: [...cases.filter(({ does }) => does !== null), ...defaults.slice(0, 1)] };
  },
  written: ({ cases }, nested) =>
    cases.map(({ does, body }) => ({
      ...(does === null ? { default: true } : { [does.dir]: does.chan }),
      ...(body.length > 0 && { do: nested(body) }),
    })),
  makes: () => ({ selects: true }),
  within: ({ cases }) => ({ operations: cases.flatMap(({ body }) => body), times: 1 }),
  *carryOut({ cases }, by) {
    const waiting = cases.flatMap(({ does }) => does ?? []);
    const won = yield* selectOne(by.rt, by.g, waiting, waiting.length < cases.length);
    yield* by.nested(cases[won]?.body ?? []);
  },
};

function readBranch(parameter: Parameter): SelectBranch {
  // The default without a parameter may be a bare word, like any operation.
  if (parameter.isText && parameter.choice('select', ['default']) !== null) return { does: null, body: [] };
  const fields = parameter.fields('select', ['recv', 'send', 'default', 'do']);
  const [first, second] = [...fields.values()].filter(({ name }) => name !== 'do');
  if (!first || second) parameter.fault({ key: 'selectBranch' });
  const body = fields.get('do')?.value.operations('select.do') ?? [];
  if (!first || first.name === 'default') return { does: null, body };
  const dir = first.name === 'send' ? 'send' : 'recv';
  return { does: { dir, chan: first.value.declared(`select.${dir}`, 'channels') ?? '' }, body };
}
