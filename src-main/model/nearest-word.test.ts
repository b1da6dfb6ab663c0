import { expect, test } from 'vitest';
import { type Effort, nearest } from './nearest-word';

test.each([
  ['compyte', 'compute'],
  ['GOSCHED', 'gosched'],
  ['slep', 'sleep'],
  ['window', null],
  ['', null],
  ['x'.repeat(64), 'x'.repeat(60)],
  ['x'.repeat(65), null],
])('%s: %s', (word, likely) => {
  expect(nearest(word, ['compute', 'gosched', 'sleep', 'x'.repeat(60)])).toBe(likely);
});

test('many words together cost no more than one file may, and after that nothing', () => {
  const known = Array.from({ length: 4_000 }, (_, i) => `worker-${i}`);
  const effort: Effort = { left: 1_000_000 };
  let compared = 0;
  const watched = {
    *[Symbol.iterator]() {
      for (const each of known) {
        compared++;
        yield each;
      }
    },
  };
  const found = known.map((_, i) => nearest(`wroker-${i}`, watched, effort));
  expect(found[0]).toBe('worker-0');
  expect(found.at(-1)).toBe(null);
  expect(compared).toBeLessThan(100_000);
});

test('a long pair costs nothing', () => {
  const effort: Effort = { left: 10 };
  expect(nearest('x'.repeat(20_000), ['x'.repeat(19_999)], effort)).toBe(null);
  expect(effort.left).toBe(10);
  expect(nearest('x', ['x'.repeat(20_000)], effort)).toBe(null);
  expect(effort.left).toBe(9);
});
