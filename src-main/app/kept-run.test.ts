import { describe, expect, test } from 'vitest';
import { assets, golden, play, scenarioOf } from '../model/testdata/run-scenario';
import { traceLine } from '../formats/trace-jsonl';
import type { Step } from '../model/state';
import { StepReader } from '../model/trace/packed-steps';
import { plainStep } from '../model/trace/queue-versions';
import { applyStep, copyState } from '../model/trace/replay';
import { isFull, Cancelled, KeptRun } from './kept-run';

const quiet = (): void => undefined;
/** Steps as the window reads them, queues as plain lists. */
function stepsOf(run: KeptRun, from: number, to: number): Step[] {
  const slice = structuredClone(run.read(from, to));
  const reader = new StepReader(slice);
  return Array.from({ length: reader.length }, (_, i) => plainStep(reader.step(slice.first + i) as Step));
}

const never = (): boolean => false;
const kept = (scenario: ReturnType<typeof scenarioOf>): Promise<KeptRun> => KeptRun.compute(scenario, assets, [], quiet, never);

const CROWD = `schedville: 1
kind: scenario
id: crowd
title: { zh: 人多, en: a crowd }
runtime: { gomaxprocs: 3 }
limits: { time: 1s, steps: 12000 }
goroutines:
  main: [ { go: { name: w, times: 700 } }, { sleep: 900ms } ]
  w: [ { repeat: { times: 3, do: [ { compute: 1us }, gosched, { syscall: { name: getpid } } ] } } ]
`;

describe.each([
  ['S4', golden('S4.scenario.yaml')],
  ['S12', golden('S12.scenario.yaml')],
  ['a crowd', CROWD],
])('%s, kept', (_, text) => {
  const scenario = scenarioOf(text);
  const { first, last, steps } = play(scenario);

  test('has the very same steps', async () => {
    const run = await kept(scenario);
    expect(run.opened.stepCount).toBe(steps.length);
    expect([...run.all()].map(traceLine)).toEqual(steps.map(traceLine));
    expect(stepsOf(run, 3, 5)).toEqual(steps.slice(2, 5).map(({ fact: _fact, call: _call, ...step }) => step));
  });

  test('gives the state after any step', async () => {
    const run = await kept(scenario);
    const state = copyState(first);
    const asked = new Set([0, 1, 1_999, 2_000, 2_001, 4_799, 4_800, 6_799, 9_600, steps.length - 1, steps.length]);
    for (let n = 0; n <= steps.length; n++) {
      if (n > 0) applyStep(state, steps[n - 1]!);
      if (asked.has(n)) expect(run.stateAt(n), `after step ${n}`).toEqual(state);
    }
    expect(run.stateAt(1e9)).toEqual(last);
  });
});

test('outside of the run there are no steps', async () => {
  const run = await kept(scenarioOf(golden('S1.scenario.yaml')));
  const { stepCount } = run.opened;
  const counts = [
    run.read(0, 0),
    run.read(-5, 1),
    run.read(stepCount + 1, stepCount + 9),
    run.read(stepCount + 2, 1e9),
    run.read(5, 2),
  ].map(({ t }) => t.length);
  expect(counts).toEqual([0, 1, 0, 0, 0]);
});

test('what is read can be sent to another thread', async () => {
  const run = await kept(scenarioOf(golden('S12.scenario.yaml')));
  const steps = stepsOf(run, 1, run.opened.stepCount);
  expect(steps.map(traceLine)).toEqual([...run.all()].map(traceLine));
  expect(steps.some((step) => step.set.some(([path, , now]) => path === 'sched.runq' && Array.isArray(now) && now.length > 100))).toBe(
    true,
  );
});

test('a run that is cancelled between two slices is given up', async () => {
  await expect(KeptRun.compute(scenarioOf(CROWD), assets, [], quiet, () => true)).rejects.toThrow(Cancelled);
});

test('memory is nearly full by our own limit, too, where V8 names a far higher one', () => {
  const MIB = 2 ** 20;
  const figures = { used_heap_size: 1_000 * MIB, external_memory: 300 * MIB, heap_size_limit: 16_000 * MIB };
  expect(isFull(figures)).toBe(false);
  expect(isFull({ ...figures, external_memory: 500 * MIB })).toBe(true);
  expect(isFull({ ...figures, heap_size_limit: 1_500 * MIB })).toBe(true);
});
