/** Times come out of their way to the window as they have gone in. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packedTimes, unpackedTimes } from './sent-times';

const after = (gaps: readonly number[]): Float64Array => {
  let ns = 0;
  return Float64Array.from([0, ...gaps], (gap) => (ns += gap));
};

test('whatever lies between two steps, a moment or an hour', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.nat(200),
          fc.nat(20_000),
          fc.nat(2 ** 31 - 1),
          fc.maxSafeNat().map((n) => Math.floor(n / 2 ** 10)),
        ),
      ),
      (gaps) => {
        const times = after(gaps);
        expect(unpackedTimes(packedTimes(times))).toEqual(times);
      },
    ),
  );
});

test('a step takes one byte or two', () => {
  const packed = packedTimes(after([0, 1, 127, 128, 16_383, 16_384]));
  expect([packed instanceof Uint8Array, packed.length]).toEqual([true, 1 + 1 + 1 + 1 + 2 + 2 + 3]);
});

test.each([[[0, 0.5]], [[5, 4]], [[0, Infinity]], [[0, Number.NaN]]])('%j goes as it is', (numbers) => {
  const times = Float64Array.from(numbers);
  expect(packedTimes(times)).toBe(times);
  expect(unpackedTimes(times)).toBe(times);
});
