/** What the judges have in common: what may be typed, and what is said of an agreement. */
import { describe, expect, test } from 'vitest';
import { readArguments } from './arguments';
import { agreementLines, Differences, percent } from './judge';

describe('what is typed', () => {
  test.each([
    [['kernel'], { judge: 'kernel', seed: 1, count: null, keep: false }],
    [['--seed', '7', 'asm', '--count', '100', '--keep'], { judge: 'asm', seed: 7, count: 100, keep: true }],
  ])('%j', (typed, read) => {
    expect(readArguments(typed, ['asm', 'kernel'])).toEqual(read);
  });

  test.each([
    [[], 'which judge? There are: asm, kernel'],
    [['linux'], 'linux is no judge. There are: asm, kernel'],
    [['asm', 'kernel'], 'one judge at a time: asm or kernel'],
    [['asm', '--seed'], '--seed takes a whole number from 1 on'],
    [['asm', '--count', '1.5'], '--count takes a whole number from 1 on'],
    [['asm', '--quick'], '--quick is no switch; there are --seed N, --count N, --keep'],
  ])('%j is refused', (typed, why) => {
    expect(readArguments(typed, ['asm', 'kernel'])).toBe(why);
  });
});

test('differences are counted by name, the most frequent first, with the first example of each', () => {
  const differences = new Differences();
  for (const [name, example] of [
    ['read', 'one'],
    ['write', 'two\nthree'],
    ['write', 'four'],
  ] as const)
    differences.add(name, () => example);
  expect(agreementLines({ unit: 'calls', total: 100_000, equal: 99_997, differences: differences.list })).toEqual([
    '2 × write',
    '      two',
    '      three',
    '1 × read',
    '      one',
    '99997 of 100000 calls equal: 99.997 %',
  ]);
});

test.each([
  [999_999, 1_000_000, '99.999 %'],
  [1, 1, '100.000 %'],
  [0, 0, 'nothing compared'],
])('%i of %i is %s', (equal, total, text) => {
  expect(percent({ equal, total })).toBe(text);
});
