/** c <- x */
import { chansend } from '../runtime/chan';
import type { OperationRow } from './operation';

export interface Send {
  kind: 'send';
  channel: string;
}

export const send: OperationRow<Send> = {
  kind: 'send',
  example: 'send: c',
  go: 'c <- v',
  read: (parameter) => ({ kind: 'send', channel: parameter.declared('send', 'channels') ?? '' }),
  written: ({ channel }) => channel,
  carryOut: ({ channel }, { rt, g }) => chansend(rt, g, channel),
};
