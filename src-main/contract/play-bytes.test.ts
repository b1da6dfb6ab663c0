import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromPlayBytes, playBytes } from './play-bytes';

const row = fc.oneof(
  fc.array(fc.integer(), { maxLength: 20 }).map((all) => Int32Array.from(all)),
  fc.array(fc.nat(4_294_967_295), { maxLength: 20 }).map((all) => Uint32Array.from(all)),
  fc.array(fc.oneof(fc.double(), fc.maxSafeInteger(), fc.integer()), { maxLength: 20 }).map((all) => Float64Array.from(all)),
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\u0001', '\u0001f plain 1 1', '\u0001\u0001x', '</script>', '__proto__'),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    row,
    text,
    fc.constantFrom(null, true, false),
    fc.integer(),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(text, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

test('what is written is read again: texts, numbers, rows of numbers anywhere', () => {
  fc.assert(
    fc.property(tree, (value) => {
      expect(fromPlayBytes(playBytes(value))).toEqual(value);
    }),
    { seed: 11, numRuns: 300 },
  );
});

test('rows that grow take a byte or two for each number', () => {
  const times = Float64Array.from({ length: 1_000 }, (_, i) => 5_000_000_000 + 37 * i);
  expect(playBytes(times).length).toBeLessThan(1_100);
  expect(fromPlayBytes(playBytes(times))).toEqual(times);
});

test('what is damaged is not taken for something else', () => {
  const whole = playBytes({ steps: Float64Array.from([1, 2, 300]), text: '深' });
  for (let length = 0; length < whole.length; length++) expect(() => fromPlayBytes(whole.slice(0, length)), String(length)).toThrow();
});
