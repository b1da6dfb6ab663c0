/** runtime.Gosched. */
import type { OperationRow } from './operation';

export interface Gosched {
  kind: 'gosched';
}

export const gosched: OperationRow<Gosched> = {
  kind: 'gosched',
  example: null,
  go: 'runtime.Gosched()',
  read: () => ({ kind: 'gosched' }),
  written: () => null,
  *carryOut(_operation, { rt, g }) {
    yield { wait: 'mcall', work: (m) => rt.go.goschedImpl(rt, m, g, 'gosched_m', 'GoSched') };
  },
};
