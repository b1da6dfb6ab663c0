/** A call of C, which keeps the thread, and which may call Go in its middle. */
import { cgoOperation } from '../runtime/call-operations';
import type { AnyOperation, OperationRow } from './operation';
import { writtenNs } from './operation';

export interface Cgo {
  kind: 'cgo';
  takesNs: number;
  /** What the Go function does that C calls; null: C calls none. */
  callback: AnyOperation[] | null;
}

export const cgo: OperationRow<Cgo> = {
  kind: 'cgo',
  example: 'cgo: { takes: 1ms }',
  go: 'C.f()',
  callsC: true,
  read: (parameter) => {
    const fields = parameter.fields('cgo', ['takes', 'callback'], ['takes']);
    return {
      kind: 'cgo',
      takesNs: fields.get('takes')?.value.duration('cgo.takes') ?? 0,
      callback: fields.get('callback')?.value.operations('cgo.callback') ?? null,
    };
  },
  written: ({ takesNs, callback }, nested) => ({ takes: writtenNs(takesNs), ...(callback && { callback: nested(callback) }) }),
  within: ({ callback }) => ({ operations: callback ?? [], times: 1 }),
  carryOut: ({ takesNs, callback }, by) => cgoOperation(by.rt, by.g, takesNs, callback && (() => by.call(callback))),
};
