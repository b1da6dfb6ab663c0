/** What the garbage collector does at the end of marking: a function on every P (forEachP). */
import { gcMarkDone } from '../runtime/gc-mark-done';
import type { OperationRow } from './operation';

export interface ForEachP {
  kind: 'foreachp';
}

export const foreachp: OperationRow<ForEachP> = {
  kind: 'foreachp',
  example: null,
  go: 'forEachP(f)',
  read: () => ({ kind: 'foreachp' }),
  written: () => null,
  carryOut: (_, { rt, g }) => gcMarkDone(rt, g),
};
