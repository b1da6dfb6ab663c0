import { expect, test } from 'vitest';
import { applied, undone } from '../../src-main/contract/index';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { PlanKeeper } from './plan-keeper';
import type { SceneInput } from './scene-figures';
import { frameFor } from './scene-layout';
import { scenePlan } from './scene-plan';

const scenario = scenarioOf(golden('S9.scenario.yaml'));
const { first, steps } = play(scenario);
const frame = frameFor(1_024, 318);
const inputs = (['zh', 'en'] as const).map((language) => ({ cast: scenario.cast, language, frame }));
const [zh, en] = inputs as [(typeof inputs)[0], (typeof inputs)[0]];

test('forth and back every plan is the one that is made of its state and step alone', () => {
  const keeper = new PlanKeeper();
  const check = (input: SceneInput): void => {
    expect(keeper.plan(input)).toEqual(scenePlan(input));
  };
  let state = first;
  for (const step of steps) {
    check({ ...zh, state, step });
    check({ ...zh, state: (state = applied(state, step)), step });
  }
  for (const step of [...steps].reverse()) {
    check({ ...zh, state, step });
    check({ ...zh, state: (state = undone(state, step)), step });
  }
});

test('whoever a step leaves alone is the same object in the next plan', () => {
  const keeper = new PlanKeeper();
  const plans: ReturnType<PlanKeeper['plan']>[] = [];
  let state = first;
  for (const step of steps) plans.push(keeper.plan({ ...zh, state: (state = applied(state, step)), step }));
  const pairs = plans.slice(1).map((plan, i) => [plans[i], plan] as const);
  for (const [before, after] of pairs)
    for (const figure of after.parents) {
      const was = before?.parents.find(({ id }) => id === figure.id);
      // Told apart by what they say: two objects that say the same are one.
      if (JSON.stringify(was) === JSON.stringify(figure)) expect(figure).toBe(was);
    }
  expect(pairs.some(([before, after]) => before === after)).toBe(true);
  expect(pairs.some(([before, after]) => before?.labels === after.labels && before !== after)).toBe(true);
});

test('a state has one plan where a step ends and where the next one begins, unless the step decides where somebody stands', () => {
  const keeper = new PlanKeeper();
  let state = first;
  let shared = 0;
  for (const [i, step] of steps.entries()) {
    state = applied(state, step);
    const ended = keeper.plan({ ...zh, state, step });
    const next = steps[i + 1];
    if (next && keeper.plan({ ...zh, state, step: next }) === ended) shared++;
  }
  expect(shared).toBeGreaterThan(steps.length / 2);
});

test('another language or another frame is another plan', () => {
  const keeper = new PlanKeeper();
  const of = (input: SceneInput): void => {
    expect(keeper.plan(input)).toEqual(scenePlan(input));
  };
  of({ ...zh, state: first, step: null });
  of({ ...en, state: first, step: null });
  of({ ...zh, frame: frameFor(1_400, 500), state: first, step: null });
});
