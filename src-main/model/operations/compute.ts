/** User code with function calls in it. */
import { userCode } from '../runtime/user-code';
import { type OperationRow, writtenNs } from './operation';

export interface Compute {
  kind: 'compute';
  ns: number;
}

export const compute: OperationRow<Compute> = {
  kind: 'compute',
  example: 'compute: 5us',
  go: 'for … { f() }',
  read: (parameter) => ({ kind: 'compute', ns: parameter.duration('compute') ?? 0 }),
  written: ({ ns }) => writtenNs(ns),
  carryOut: ({ ns }, { rt, g }) => userCode(rt, g, 'compute', ns),
};
