/** close(c) */
import { closechan } from '../runtime/chan';
import type { OperationRow } from './operation';

export interface Close {
  kind: 'close';
  channel: string;
}

export const close: OperationRow<Close> = {
  kind: 'close',
  example: 'close: c',
  go: 'close(c)',
  read: (parameter) => ({ kind: 'close', channel: parameter.declared('close', 'channels') ?? '' }),
  written: ({ channel }) => channel,
  carryOut: ({ channel }, { rt, g }) => closechan(rt, g, channel),
};
