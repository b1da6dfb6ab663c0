/** time.After: a timer that sends to a channel once. */
import { startTimer } from '../runtime/timers';
import { type OperationRow, writtenNs } from './operation';

export interface After {
  kind: 'after';
  channel: string;
  ns: number;
}

export const after: OperationRow<After> = {
  kind: 'after',
  example: 'after: { chan: c, d: 1ms }',
  go: '<-time.After(d)',
  read: (parameter) => {
    const fields = parameter.fields('after', ['chan', 'd'], ['chan', 'd']);
    return {
      kind: 'after',
      channel: fields.get('chan')?.value.declared('after.chan', 'channels') ?? '',
      ns: fields.get('d')?.value.duration('after.d') ?? 0,
    };
  },
  written: ({ channel, ns }) => ({ chan: channel, d: writtenNs(ns) }),
  carryOut: ({ channel, ns }, { rt, g }) => startTimer(rt, g, channel, ns, null),
};
