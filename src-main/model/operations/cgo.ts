/** A call of C, which keeps the thread. */
import { cgoOperation } from '../runtime/call-operations';
import { durationField, type OperationRow, writtenNs } from './operation';

export interface Cgo {
  kind: 'cgo';
  takesNs: number;
}

export const cgo: OperationRow<Cgo> = {
  kind: 'cgo',
  example: 'cgo: { takes: 1ms }',
  callsC: true,
  read: (parameter) => ({ kind: 'cgo', takesNs: durationField(parameter, 'cgo', 'takes') }),
  written: ({ takesNs }) => ({ takes: writtenNs(takesNs) }),
  carryOut: ({ takesNs }, { rt, g }) => cgoOperation(rt, g, takesNs),
};
