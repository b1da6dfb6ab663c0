import { expect, test } from 'vitest';
import { type Bridge, EventPages } from '../../src-main/contract/index';
import { goldenRun } from '../testdata/runs';
import { eventSteps, MOST_EVENT_PICTURES } from './event-steps';

const { first, steps } = goldenRun('S10');
const made = new EventPages({
  first,
  stepCount: steps.length,
  step: (n) => {
    const step = steps[n - 1];
    if (!step) throw new Error(String(n));
    return step;
  },
});
/** As the window is answered: a part of the list with each ask. */
const asked: Bridge['events'] = (ask) => Promise.resolve({ ok: true, value: made.look(ask, 40) });

test('every event of a kind, once and in order, and none that lies behind what may be seen', async () => {
  const all = await eventSteps(asked, 'syscall', null);
  if (!all.ok) throw new Error(all.message.en);
  const { value } = all;
  const listed = made.look({ groups: ['syscall'], of: null, match: null, horizon: null, n: 0, from: 0, count: 400 });
  expect(listed.total).toBeGreaterThan(3);
  expect(value).toEqual([...new Set(listed.events.map(({ n }) => n))].sort((a, b) => a - b));
  const middle = value[value.length >> 1] ?? 0;
  const seen = await eventSteps(asked, 'syscall', middle);
  expect(seen).toEqual({ ok: true, value: value.filter((n) => n <= middle) });
});

test('of very many the first ones, and a refusal is handed on', async () => {
  const endless: Bridge['events'] = ({ from, count }) =>
    Promise.resolve({
      ok: true,
      value: {
        ...{ total: 1e6, steps: 1e6, isComplete: true, from: from ?? 0, current: -1 },
        events: Array.from({ length: count }, (_, i) => ({ n: (from ?? 0) + i + 1 })) as never,
      },
    });
  const found = await eventSteps(endless, 'wait', null);
  expect(found.ok && found.value).toHaveLength(MOST_EVENT_PICTURES);
  const refused = { ok: false as const, message: { zh: '没有', en: 'none' } };
  expect(await eventSteps(() => Promise.resolve(refused), 'wait', null)).toEqual(refused);
});
