/** runtime.GOMAXPROCS while the program runs. */
import { gomaxprocs as setGomaxprocs } from '../runtime/stop-the-world';
import type { OperationRow } from './operation';

const MOST = 256;

export interface Gomaxprocs {
  kind: 'gomaxprocs';
  n: number;
}

export const gomaxprocs: OperationRow<Gomaxprocs> = {
  kind: 'gomaxprocs',
  example: 'gomaxprocs: 2',
  go: 'runtime.GOMAXPROCS(n)',
  read: (parameter) => ({ kind: 'gomaxprocs', n: parameter.whole('gomaxprocs', 1, MOST) ?? 1 }),
  written: ({ n }) => n,
  makes: ({ n }) => ({ procs: n }),
  carryOut: ({ n }, { rt, g }) => setGomaxprocs(rt, g, n),
};
