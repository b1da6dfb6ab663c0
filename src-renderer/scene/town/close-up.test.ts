/** What is drawn as before is the same object, so that nothing of it is drawn anew. */
import { expect, test } from 'vitest';
import { golden, play, scenarioOf } from '../../../src-main/model/testdata/run-scenario';
import { applyStep, copyState } from '../../../src-main/model/trace/replay';
import { closeUp, frameOf, keptOf } from './close-up';
import { townOf } from './town';

const BOX = { x: 10, y: 20, w: 246, h: 240 };

test('of a house drawn large only what has changed is another object, and everything says what it says now', () => {
  const scenario = scenarioOf(golden('S7.scenario.yaml'));
  const { first, steps } = play(scenario);
  const state = copyState(first);
  const same = { house: 0, parents: 0, children: 0 };
  const other = { house: 0, parents: 0, children: 0 };
  let last: ReturnType<typeof closeUp> | null = null;
  for (const step of steps) {
    applyStep(state, step);
    const { houses, watch } = townOf({ state, step, cast: scenario.cast, language: 'zh' });
    const [house] = houses;
    if (!house) continue;
    const now = closeUp(house, BOX, watch, true);
    if (!last) {
      last = now;
      continue;
    }
    const kept: ReturnType<typeof closeUp> = keptOf(last, now);
    expect(kept, `step ${step.n}`).toEqual(now);
    for (const part of ['house', 'parents', 'children'] as const) (kept[part] === last[part] ? same : other)[part]++;
    last = kept;
  }
  expect(Math.min(...Object.values(same), ...Object.values(other))).toBeGreaterThan(0);
});

test('a frame encloses the house and its plate: of a house that has the whole field not all of the lane', () => {
  const scenario = scenarioOf(golden('S7.scenario.yaml'));
  const { first } = play(scenario);
  const { houses, watch } = townOf({ state: first, step: null, cast: scenario.cast, language: 'zh' });
  const [house] = houses;
  if (!house) throw new Error('no house');
  expect(frameOf(closeUp(house, BOX, watch, true), BOX)).toEqual(BOX);
  for (const w of [500, 700, 1_400]) {
    const field = { ...BOX, w };
    const near = closeUp(house, field, watch, true);
    const frame = frameOf(near, field);
    expect(frame.w).toBeLessThan(300);
    expect(frame.x).toBeLessThan(near.house.x - 100 * near.house.scale);
    expect(frame.x + frame.w).toBeGreaterThan(near.house.plate.x + 20 * near.house.plate.scale);
    expect(frame.y + frame.h).toBeGreaterThan(near.label.y);
    expect(frame.y + frame.h, 'above the heads on the bench').toBeLessThan(near.bench - 20 * near.house.scale);
    for (const { x } of near.parents) expect(x - frame.x).toBeGreaterThan(20);
  }
});
