/** A time.Ticker that is stopped after some ticks. */
import { startTimer } from '../runtime/timers';
import { type OperationRow, writtenNs } from './operation';

const MOST_TICKS = 1_000_000;

export interface Ticker {
  kind: 'ticker';
  channel: string;
  everyNs: number;
  times: number;
}

export const ticker: OperationRow<Ticker> = {
  kind: 'ticker',
  example: 'ticker: { chan: c, every: 1ms, times: 3 }',
  go: 'time.NewTicker(d)',
  read: (parameter) => {
    const fields = parameter.fields('ticker', ['chan', 'every', 'times'], ['chan', 'every', 'times']);
    return {
      kind: 'ticker',
      channel: fields.get('chan')?.value.declared('ticker.chan', 'channels') ?? '',
      everyNs: fields.get('every')?.value.duration('ticker.every') ?? 0,
      times: fields.get('times')?.value.whole('ticker.times', 0, MOST_TICKS) ?? 0,
    };
  },
  written: ({ channel, everyNs, times }) => ({ chan: channel, every: writtenNs(everyNs), times }),
  carryOut: ({ channel, everyNs, times }, { rt, g }) => startTimer(rt, g, channel, everyNs, times),
};
