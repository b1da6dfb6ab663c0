import { expect, test } from 'vitest';
import { humanNs } from './human-time';

test.each([
  [267, '267 ns'],
  [0, '0 ns'],
  [999_999, '999.999 µs'],
  [5_243, '5.243 µs'],
  [30_288_141, '30.288 ms'],
  [999_999_999, '1 s'],
  [1_000_000_000_000, '1000 s'],
])('%i ns is said as %s', (ns, said) => {
  expect(humanNs(ns)).toBe(said);
});
