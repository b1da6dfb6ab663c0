import { expect, test } from 'vitest';
import type { Step } from '../../src-main/contract/index';
import { CHUNK_STEPS, StepCache } from './step-cache';

/** A cache over a run of `stepCount` steps, and the first number of every chunk that was read. */
function cacheOf(stepCount: number): { cache: StepCache; reads: number[] } {
  const reads: number[] = [];
  const cache = new StepCache((from, to) => {
    reads.push(from);
    const numbers = Array.from({ length: Math.max(0, Math.min(to, stepCount) - from + 1) }, (_, i) => from + i);
    return Promise.resolve(numbers.map((n) => ({ n }) as Step));
  });
  return { cache, reads };
}

test('a chunk is read once, also by two who ask at the same time', async () => {
  const { cache, reads } = cacheOf(10_000);
  expect(cache.peek(7)).toBeUndefined();
  await Promise.all([cache.fetch(7), cache.fetch(8)]);
  expect(cache.peek(CHUNK_STEPS)?.n).toBe(CHUNK_STEPS);
  expect(reads).toEqual([1]);
});

test('before the first and behind the last step there is nothing', async () => {
  const { cache } = cacheOf(10);
  expect(await cache.fetch(0)).toBeUndefined();
  expect(await cache.fetch(11)).toBeUndefined();
  expect((await cache.range(-3, 99)).map((step) => step.n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('what failed is tried again', async () => {
  let isBroken = true;
  const cache = new StepCache((from) => (isBroken ? Promise.reject(new Error('gone')) : Promise.resolve([{ n: from } as Step])));
  await expect(cache.fetch(1)).rejects.toThrow('gone');
  isBroken = false;
  expect((await cache.fetch(1))?.n).toBe(1);
});

test('of a very long run only the chunks fetched last are kept', async () => {
  const { cache, reads } = cacheOf(100 * CHUNK_STEPS);
  for (let chunk = 0; chunk < 100; chunk++) await cache.fetch(chunk * CHUNK_STEPS + 1);
  expect(cache.peek(1)).toBeUndefined();
  expect(cache.peek(99 * CHUNK_STEPS + 1)?.n).toBe(99 * CHUNK_STEPS + 1);
  await cache.fetch(1);
  expect(reads).toHaveLength(101);
});
