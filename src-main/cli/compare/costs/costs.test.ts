/** The model's default costs stand to each other as real Go's were measured to do (testdata/measured.json, by `npm run compare -- costs --keep`). */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assets } from '../../../model/testdata/run-scenario';
import type { Kept } from './costs-judge';
import { LOOPS } from './loops';
import { modelTurn } from './model-loops';
import { apart, isInProportion, MOST_APART } from './proportion';

const { turns } = JSON.parse(readFileSync(new URL('testdata/measured.json', import.meta.url), 'utf8')) as Kept;

test('what is measured is what is compared', () => {
  expect(Object.keys(turns)).toEqual(LOOPS.map(({ name }) => name));
  for (const ns of Object.values(turns)) expect(ns).toBeGreaterThan(0);
});

test('any two of the model’s costs are within a quarter of their real proportion', () => {
  const own = LOOPS.map((loop) => modelTurn(loop, assets));
  const all = apart(Object.values(turns), own);
  expect(LOOPS.flatMap(({ name }, i) => (isInProportion(all[i] ?? 0) ? [] : [`${name}: ${all[i]}`]))).toEqual([]);
  expect(Math.max(...all) / Math.min(...all)).toBeLessThanOrEqual(MOST_APART);
});

describe('a cost that is out of proportion', () => {
  test.each([
    ['too dear', [10, 100, 1000], [10, 100, 1300], [false, false, false]],
    ['just right', [10, 100, 1000], [20, 200, 2400], [true, true, true]],
    ['the one among others', [10, 10, 10], [10, 10, 30], [false, false, false]],
  ])('%s', (_, real, own, inProportion) => {
    const all = apart(real, own);
    expect(all.map(isInProportion)).toEqual(inProportion);
  });
});
