import { expect, test } from 'vitest';
import { durationNs, durationText } from './durations';

test.each([
  ['0ns', 0],
  ['267 ns', 267],
  ['5us', 5_000],
  ['5 us', 5_000],
  ['5US', 5_000],
  ['5µs', 5_000],
  ['5μs', 5_000],
  ['5.22 µs', 5_220],
  ['0.29 µs', 290],
  ['5.22\u00a0µs', 5_220],
  ['0.5ms', 500_000],
  ['30.288 ms', 30_288_000],
  ['1,234 ns', 1_234],
  ['5微秒', 5_000],
  ['５ 毫秒', 5_000_000],
  ['2秒', 2_000_000_000],
  ['11d', null],
  ['0.5ns', null],
  ['1.0005us', null],
  ['-5us', null],
  ['5', null],
  ['us', null],
  ['1e3us', null],
  ['1,23 us', null],
  ['5..2us', null],
  ['999999999999999s', null],
])('%s is %s ns', (text, ns) => {
  expect(durationNs(text)).toBe(ns);
});

test('what is written is read again', () => {
  for (const ns of [0, 1, 999, 1_000, 1_001, 30_288_000, 10_000_000_000]) expect(durationNs(durationText(ns))).toBe(ns);
});
