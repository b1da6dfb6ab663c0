import { expect, test } from 'vitest';
import { type Change, PackedSteps, type StepSlice } from '../../src-main/contract/index';
import { CHUNK_STEPS, KEPT_BYTES, StepCache } from './step-cache';

/** Steps from..to of a run, with so many changes each. */
function sliceOf(from: number, to: number, changes: number): StepSlice {
  const packed = new PackedSteps();
  for (let n = 1; n <= to - from + 1; n++) {
    const set = Array.from({ length: changes }, (_, i): Change => [`P.P0.${i}`, n, n + 1]);
    packed.push({ n, t: n, m: 'M0', p: 'P0', g: null, fn: 'f', at: 'a', d: 1, set });
  }
  return { ...packed.slice(1, Infinity), first: from };
}

/** A cache over a run of `stepCount` steps, and the first number of every chunk that was read. */
function cacheOf(stepCount: number, changes = 0): { cache: StepCache; reads: number[] } {
  const reads: number[] = [];
  const cache = new StepCache((from, to) => {
    reads.push(from);
    return Promise.resolve(sliceOf(from, Math.min(to, stepCount), changes));
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
  const cache = new StepCache((from) => (isBroken ? Promise.reject(new Error('gone')) : Promise.resolve(sliceOf(from, from, 0))));
  await expect(cache.fetch(1)).rejects.toThrow('gone');
  isBroken = false;
  expect((await cache.fetch(1))?.n).toBe(1);
});

test('what was fetched last is kept, as many bytes as there is room for', async () => {
  const changes = 100;
  const { cache, reads } = cacheOf(100 * CHUNK_STEPS, changes);
  // Each change takes 20 bytes.
  const room = Math.floor(KEPT_BYTES / (CHUNK_STEPS * changes * 20));
  expect(room).toBeGreaterThan(0);
  for (let chunk = 0; chunk < room + 2; chunk++) await cache.fetch(chunk * CHUNK_STEPS + 1);
  expect(cache.peek(1)).toBeUndefined();
  expect(cache.peek((room + 1) * CHUNK_STEPS + 1)?.n).toBe((room + 1) * CHUNK_STEPS + 1);
  await cache.fetch(1);
  expect(reads).toHaveLength(room + 3);
});

test('a chunk larger than the room is kept while it is the newest', async () => {
  const { cache, reads } = cacheOf(2 * CHUNK_STEPS, 250);
  await cache.fetch(1);
  await cache.fetch(2);
  expect(reads).toEqual([1]);
});
