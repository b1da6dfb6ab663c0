import { describe, expect, test } from 'vitest';
import { REQUEST_NAMES } from '../contract/request-table';
import { shaped } from './request-shapes';
import { EXAMPLES } from './testdata/request-examples';

describe.each(REQUEST_NAMES)('%s', (name) => {
  const { good, bad } = EXAMPLES[name];

  test('has both kinds of examples', () => {
    expect([good.length > 0, bad.length > 0]).toEqual([true, true]);
  });

  test.each(good.map((ask) => [ask]))('takes %j', (ask) => {
    expect(shaped(name, ask)).toEqual({ data: ask });
  });

  test.each(bad.map((ask) => [ask]))('refuses %j', (ask) => {
    expect(shaped(name, ask)).toBe(null);
  });
});
