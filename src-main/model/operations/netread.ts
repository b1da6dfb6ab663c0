/** A read on a descriptor that the netpoller watches. */
import { netread } from '../runtime/netread';
import { durationField, type OperationRow, writtenNs } from './operation';

export interface NetRead {
  kind: 'netread';
  takesNs: number;
}

export const netRead: OperationRow<NetRead> = {
  kind: 'netread',
  example: 'netread: { takes: 1ms }',
  go: 'conn.Read(b)',
  read: (parameter) => ({ kind: 'netread', takesNs: durationField(parameter, 'netread', 'takes') }),
  written: ({ takesNs }) => ({ takes: writtenNs(takesNs) }),
  carryOut: ({ takesNs }, { rt, g }) => netread(rt, g, takesNs),
};
