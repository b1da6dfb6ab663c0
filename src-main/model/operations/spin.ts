/** User code without a function call: only a signal can stop it. */
import { userCode } from '../runtime/user-code';
import { type OperationRow, writtenNs } from './operation';

export interface Spin {
  kind: 'spin';
  ns: number;
}

export const spin: OperationRow<Spin> = {
  kind: 'spin',
  example: 'spin: 5us',
  go: 'for … { }',
  read: (parameter) => ({ kind: 'spin', ns: parameter.duration('spin') ?? 0 }),
  written: ({ ns }) => writtenNs(ns),
  carryOut: ({ ns }, { rt, g }) => userCode(rt, g, 'spin', ns),
};
