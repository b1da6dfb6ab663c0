/** Operations carried out again and again. */
import type { AnyOperation, OperationRow } from './operation';

export interface Repeat {
  kind: 'repeat';
  times: number;
  body: AnyOperation[];
}

export const repeat: OperationRow<Repeat> = {
  kind: 'repeat',
  example: 'repeat: { times: 2, do: [gosched] }',
  go: 'for i := 0; i < n; i++ { … }',
  opening: null,
  read: (parameter) => {
    const fields = parameter.fields('repeat', ['times', 'do'], ['times', 'do']);
    return {
      kind: 'repeat',
      times: fields.get('times')?.value.whole('repeat.times', 0, 1_000_000_000) ?? 0,
      body: fields.get('do')?.value.operations('repeat.do') ?? [],
    };
  },
  written: ({ times, body }, nested) => ({ times, do: nested(body) }),
  within: ({ times, body }) => ({ operations: body, times }),
  *carryOut({ times, body }, by) {
    for (let i = 0; i < times; i++) yield* by.nested(body);
  },
};
