import { describe, expect, test } from 'vitest';
import { saysWho } from '../ask/alike/meaning';
import { assets, golden, play, scenarioOf } from '../model/testdata/run-scenario';
import { traceLine } from '../formats/trace-jsonl';
import type { Step } from '../model/state';
import { StepReader } from '../model/trace/step-slice';
import { plainStep } from '../model/trace/queue-versions';
import { applyStep, copyState } from '../model/trace/replay';
import { NO_PATH, NONE, type Told } from '../imports/told';
import { RecordedRun } from '../imports/recorded-run';
import { isFull, Cancelled, KeptRun, type StepSource } from './kept-run';

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
    const who = steps.map(({ n, t, m, g, fn, at, set }) => {
      const told = plainStep({ set } as Step)
        .set.filter(([path]) => saysWho(path))
        .map(([path, , now]) => [path, null, now]);
      return { n, t, m, g, fn, at, set: told };
    });
    expect([...run.doings()]).toEqual(who);
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

/** Goroutines that come and go, thousands, told by a recording; the source has read a step further than it has given. */
function recorded(count: number): { run: RecordedRun; steps: Step[]; source: StepSource } {
  const event = { t: 0, m: 7, p: 0, g: 1, id: NONE, from: NONE, why: '', stack: NO_PATH, entry: 'main.w' };
  const kinds = ['GoCreate', 'GoBlock', 'GoStart', 'GoUnblock', 'GoDestroy', 'GoStart'] as const;
  const told = (i: number): Told => {
    const own = 2 + Math.floor(i / kinds.length);
    const [g, id] = [
      [1, own],
      [1, 1],
      [NONE, own],
      [own, 1],
      [own, own],
      [NONE, 1],
    ][i % kinds.length] as [number, number];
    return { ...event, kind: kinds[i % kinds.length] ?? 'Note', t: i, g, id };
  };
  const run = new RecordedRun({
    t: 0,
    P: new Map([[0, { status: 'running', m: 7 }]]),
    G: new Map([[1, { status: 'running', m: 7, stack: NO_PATH }]]),
  });
  const steps: Step[] = [];
  let given = 0;
  const source: StepSource = {
    share: 1,
    told: 1,
    get live() {
      return run.live;
    },
    next: (most) => {
      while (steps.length < count && steps.length <= given + most) steps.push(run.step(told(steps.length)));
      const some = steps.slice(given, given + most);
      given += some.length;
      return Promise.resolve(some.length === 0 ? null : some);
    },
  };
  return { run, steps, source };
}

test('a recording gives the state after any step, though copies of it are made of one that is further on', async () => {
  const { run, steps, source } = recorded(41_000);
  const read = await KeptRun.read(scenarioOf(golden('S1.scenario.yaml')), assets, run.first, source, quiet, never);
  const state = copyState(run.first);
  const asked = new Set([19_999, 20_000, 20_001, 20_002, 40_000, 40_001, 40_002, 41_000]);
  for (const step of steps) {
    applyStep(state, step);
    if (asked.has(step.n)) expect(read.stateAt(step.n), `after step ${step.n}`).toEqual(state);
  }
  expect(read.opened.stepCount).toBe(41_000);
});

test('what is made ready in parts is what is made at once', async () => {
  const { run, source } = recorded(3_000);
  const scenario = scenarioOf(golden('S1.scenario.yaml'));
  const inParts = await KeptRun.read(scenario, assets, run.first, source, quiet, never);
  const again = recorded(3_000);
  const atOnce = await KeptRun.read(scenario, assets, again.run.first, again.source, quiet, never);
  for (const axis of ['step', 'time'] as const) {
    const ask = { axis, from: 0, to: 3_000, columns: 90, ids: ['P0', 'M0', 'G1', 'G2'] as const };
    await Promise.all([inParts.prepare(ask), inParts.prepare(null)]);
    expect(inParts.look(ask)).toEqual(atOnce.look(ask));
  }
  expect(inParts.line()).toEqual(atOnce.line());
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
