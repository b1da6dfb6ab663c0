/** A panic that nothing recovers. */
import { panicked } from '../runtime/panic';
import { row } from '../runtime/thread';
import type { OperationRow } from './operation';

export interface Panic {
  kind: 'panic';
  text: string;
}

export const panic: OperationRow<Panic> = {
  kind: 'panic',
  example: 'panic: text',
  read: (parameter) => ({ kind: 'panic', text: parameter.text('panic') ?? '' }),
  written: ({ text }) => text,
  *carryOut({ text }, { rt, g }) {
    yield row('gopanic', 'fatalpanic', 'op');
    yield* panicked(rt, g, text);
  },
};
