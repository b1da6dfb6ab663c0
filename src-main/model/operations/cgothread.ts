/** A call of C that makes a thread, which calls Go: Go has to lend it an M. */
import { callFromC } from '../runtime/c-thread';
import { cgoThreadOperation } from '../runtime/call-operations';
import { type AnyOperation, type OperationRow, writtenNs } from './operation';

export interface CgoThread {
  kind: 'cgothread';
  /** How long the thread has been running when it calls Go, ns. */
  afterNs: number;
  callback: AnyOperation[];
}

export const cgothread: OperationRow<CgoThread> = {
  kind: 'cgothread',
  example: 'cgothread: { after: 1ms, callback: [gosched] }',
  go: 'pthread_create(…, f)  // f → Go',
  callsC: true,
  read: (parameter) => {
    const fields = parameter.fields('cgothread', ['after', 'callback'], ['callback']);
    return {
      kind: 'cgothread',
      afterNs: fields.get('after')?.value.duration('cgothread.after') ?? 0,
      callback: fields.get('callback')?.value.operations('cgothread.callback') ?? [],
    };
  },
  written: ({ afterNs, callback }, nested) => ({ after: writtenNs(afterNs), callback: nested(callback) }),
  within: ({ callback }) => ({ operations: callback, times: 1 }),
  makes: () => ({ cThreads: true }),
  carryOut: ({ afterNs, callback }, { rt, g, calledByC }) =>
    cgoThreadOperation(rt, g, afterNs, (m) => callFromC(rt, m, (its) => calledByC(its, callback))),
};
