import { expect, test, vi } from 'vitest';

const loaded = vi.hoisted(() => vi.fn());
vi.mock('./request-shapes', async (original) => {
  loaded();
  return original();
});
const { shapedLater } = await import('./shaped-later');

test('a page begins without the shapes, and nothing else is believed without them', async () => {
  expect(await shapedLater('startUp', {})).toEqual({ data: {} });
  expect(loaded).not.toHaveBeenCalled();
  for (const ask of [0, null, [], '', { more: 1 }, { [Symbol('more')]: 1 }, new Date(0)]) {
    const shaped = await shapedLater('startUp', ask);
    expect(shaped === null || Reflect.ownKeys(shaped.data as object).length === 0).toBe(true);
  }
  expect(loaded).toHaveBeenCalledTimes(1);
  expect(await shapedLater('startUp', { more: 1 })).toBeNull();
  expect(await shapedLater('stateAt', {})).toBeNull();
  expect(await shapedLater('stateAt', { n: 3 })).toEqual({ data: { n: 3 } });
});
