/** The go statement, once or several times. */
import type { OperationRow } from './operation';

export interface Go {
  kind: 'go';
  name: string;
  times: number;
}

export const go: OperationRow<Go> = {
  kind: 'go',
  example: 'go: worker',
  go: 'go worker()',
  read: (parameter) => {
    const fields = parameter.isMap ? parameter.fields('go', ['name', 'times'], ['name']) : null;
    const named = fields === null ? parameter : fields.get('name')?.value;
    const name = named?.declared('go', 'goroutines') ?? '';
    if (name === 'main') named?.fault({ key: 'mainIsRunning' });
    return { kind: 'go', name, times: fields?.get('times')?.value.whole('go.times', 1, 1_000_000) ?? 1 };
  },
  written: ({ name, times }) => ({ name, times }),
  starts: ({ name, times }) => ({ name, times }),
  *carryOut({ name, times }, { rt, g, program }) {
    for (let i = 0; i < times; i++) yield* rt.go.newproc(rt, g, program.nextInstance(name), (made) => program.goroutine(made, name));
  },
};
