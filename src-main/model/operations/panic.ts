/** A panic: deferred functions run, and one of them may recover. */
import { row } from '../runtime/thread';
import { panicked } from '../runtime/panicking';
import type { OperationRow } from './operation';

export interface Panic {
  kind: 'panic';
  text: string;
}

export const panic: OperationRow<Panic> = {
  kind: 'panic',
  example: 'panic: text',
  go: 'panic(v)',
  read: (parameter) => ({ kind: 'panic', text: parameter.freeText('panic') ?? '' }),
  written: ({ text }) => text,
  *carryOut({ text }) {
    yield row('gopanic', 'panic', 'op');
    panicked(text);
  },
};
