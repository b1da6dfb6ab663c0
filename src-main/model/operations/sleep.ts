/** time.Sleep. */
import { timeSleep } from '../runtime/timers';
import { type OperationRow, writtenNs } from './operation';

export interface Sleep {
  kind: 'sleep';
  ns: number;
}

export const sleep: OperationRow<Sleep> = {
  kind: 'sleep',
  example: 'sleep: 1ms',
  go: 'time.Sleep(d)',
  read: (parameter) => ({ kind: 'sleep', ns: parameter.duration('sleep') ?? 0 }),
  written: ({ ns }) => writtenNs(ns),
  carryOut: ({ ns }, { rt, g }) => timeSleep(rt, g, ns),
};
