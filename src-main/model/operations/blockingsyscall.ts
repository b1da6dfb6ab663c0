/** A wait inside the runtime that goes through entersyscallblock. */
import { blockingSyscall } from '../runtime/call-operations';
import { durationField, type OperationRow, writtenNs } from './operation';

export interface BlockingSyscall {
  kind: 'blockingsyscall';
  takesNs: number;
}

export const blockingsyscall: OperationRow<BlockingSyscall> = {
  kind: 'blockingsyscall',
  example: 'blockingsyscall: { takes: 1ms }',
  go: 'entersyscallblock()',
  read: (parameter) => ({ kind: 'blockingsyscall', takesNs: durationField(parameter, 'blockingsyscall', 'takes') }),
  written: ({ takesNs }) => ({ takes: writtenNs(takesNs) }),
  carryOut: ({ takesNs }, { rt, g }) => blockingSyscall(rt, g, takesNs),
};
