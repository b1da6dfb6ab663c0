/** <-c */
import { chanrecv } from '../runtime/chan';
import type { OperationRow } from './operation';

export interface Recv {
  kind: 'recv';
  channel: string;
}

export const recv: OperationRow<Recv> = {
  kind: 'recv',
  example: 'recv: c',
  go: '<-c',
  read: (parameter) => ({ kind: 'recv', channel: parameter.declared('recv', 'channels') ?? '' }),
  written: ({ channel }) => channel,
  carryOut: ({ channel }, { rt, g }) => chanrecv(rt, g, channel),
};
