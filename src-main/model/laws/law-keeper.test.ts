/** Asking only the laws that read what a step wrote says, at every step, what asking all of them says. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeededRandom } from '../run/random';
import type { GRow, Json, State, Step } from '../state';
import { randomScenario } from '../testdata/random-scenario';
import { play, type Played, scenarioOf } from '../testdata/run-scenario';
import { applyStep, copyState } from '../trace/replay';
import { LawKeeper } from './law-keeper';
import type { Law } from './law';
import { LAWS } from './laws';
import { LIVENESS } from './liveness';

const NEVER = Infinity;
const EACH_STEP = 1;

const said = (keeper: LawKeeper, state: State, step: Step): string => {
  try {
    keeper.check(state, step);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

type Rows = Record<string, Record<string, Json>>;

const below = (random: SeededRandom, n: number): number => random.next() % n;

const PLACES = [...LAWS, ...LIVENESS].flatMap(({ reads }) => reads ?? []).filter((place) => place.includes('.'));

/** Adds to the step what the model would never write there: a field takes what stands in another row, what it was long ago, or nothing; or a row is added. */
function spoil({ set, ...step }: Step, state: State, first: State, random: SeededRandom): Step {
  const pick = <T>(from: readonly T[]): T => from[below(random, from.length)] as T;
  if (below(random, 10) === 0) {
    const id = 'G999';
    const row = { ...structuredClone(pick(Object.values(state.G))), status: pick(['_Grunning', '_Grunnable', '_Gsyscall']) } as GRow;
    return { ...step, set: [...set, [`G.${id}`, null, row as unknown as Json]] };
  }
  const [table = '', field = ''] = pick(PLACES).split('.');
  const tables = (of: State): Rows => of as unknown as Rows;
  const isPart = table === 'sched' || table === 'sysmon' || table === 'kernel';
  const id = isPart ? '' : pick(Object.keys(tables(state)[table] ?? {}));
  const path = isPart ? `${table}.${field}` : `${table}.${id}.${field}`;
  const inRow = (of: State, row: string): Json =>
    (isPart ? tables(of)[table] : (tables(of)[table]?.[row] as unknown as Rows[string]))?.[field] ?? null;
  const old = inRow(state, id);
  const values: Json[] = isPart ? [] : Object.keys(tables(state)[table] ?? {}).map((row) => inRow(state, row));
  values.push(inRow(first, id));
  if (typeof old === 'number') values.push(old + 1, old - 1, 0);
  if (typeof old === 'boolean') values.push(!old);
  if (Array.isArray(old)) values.push([], [...old, ...old], ['G1'], ['P0'], ['M2']);
  return { ...step, set: [...set, [path, old, structuredClone(pick(values))]] };
}

/** Plays a run again with one step spoilt; what both keepers say first. */
function spoilt({ first, steps }: Played, random: SeededRandom): string {
  const state = copyState(first);
  const all = new LawKeeper(first, LAWS, EACH_STEP);
  const some = new LawKeeper(first, LAWS, NEVER);
  const at = below(random, steps.length);
  for (const [i, step] of steps.entries()) {
    const shown = i === at ? spoil(step, state, first, random) : step;
    applyStep(state, shown);
    const wanted = said(all, state, shown);
    expect(said(some, state, shown), `step ${step.n}, spoilt at ${at + 1}: ${JSON.stringify(steps[at])}`).toBe(wanted);
    if (wanted !== '') return wanted;
  }
  return '';
}

test('in spoilt runs, too', () => {
  const random = new SeededRandom(7);
  const runs = fc
    .sample(randomScenario, { seed: 7, numRuns: 12 })
    .map((scenario) => play({ ...scenario, limits: { ...scenario.limits, steps: 80 } }));
  const found = new Set<string>();
  for (const run of runs) for (let i = 0; i < 8; i++) found.add(/law \d+/.exec(spoilt(run, random))?.[0] ?? '');
  // Spoilt at random, a run breaks most of the laws, and often none.
  expect(found.has('')).toBe(true);
  expect(found.size, [...found].sort().join()).toBeGreaterThan(8);
});

const LOOP =
  '{schedville: 1, kind: scenario, id: s, title: {zh: 一, en: one}, goroutines: {main: [{repeat: {times: 100, do: [gosched]}}]}}';

const lawOf = (reads: Law['reads'], broken: Law['broken']): Law[] => [{ number: 1000, name: 'test', reads, outsideLock: false, broken }];

/** How many steps of a run a keeper finds lawful. */
function lawfulSteps({ first, steps }: Played, laws: readonly Law[]): number {
  const keeper = new LawKeeper(first, laws, NEVER);
  const state = copyState(first);
  return steps.findIndex((step) => {
    applyStep(state, step);
    return said(keeper, state, step) !== '';
  });
}

test('a law is asked when a step lists what it reads, and not otherwise', () => {
  const run = play(scenarioOf(LOOP));
  let asked = 0;
  const laws = lawOf(['P.schedtick'], () => {
    asked++;
    return null;
  });
  expect(lawfulSteps(run, laws)).toBe(-1);
  const written = run.steps.filter((step, i) => i > 0 && step.set.some(([path]) => path === 'P.P0.schedtick')).length;
  expect(written).toBeGreaterThan(0);
  expect(asked).toBe(1 + written);
});

test('a law that looks at the threads is asked after each step, whatever it reads', () => {
  const run = play(scenarioOf(LOOP));
  const is = 'so it is';
  const at = run.steps.findIndex(({ fn }) => fn === 'goschedImpl');
  expect(at).toBeGreaterThan(0);
  expect(
    lawfulSteps(
      run,
      lawOf([], ({ last }) => (last.get('M0')?.fn === 'goschedImpl' ? is : null)),
    ),
  ).toBe(at);
  expect(
    lawfulSteps(
      run,
      lawOf([], ({ step }) => (step.n > 50 ? is : null)),
    ),
  ).toBe(50);
  const isTicked = run.steps.findIndex(({ set }) => set.some(([path]) => path === 'P.P0.schedtick'));
  expect(
    lawfulSteps(
      run,
      lawOf(['P.schedtick'], ({ state, ticks }) => (state.P.P0?.schedtick === ticks.get('P0')?.schedtick ? null : is)),
    ),
  ).toBe(isTicked);
});

test('a law of whole runs is as patient with what nothing more is written about', () => {
  const { first } = play(scenarioOf(LOOP));
  const state = copyState(first);
  const keeper = new LawKeeper(first, [], NEVER);
  const step = (t: number, ...set: Step['set']): string => {
    const its: Step = { n: 1, t, m: 'M0', p: 'P0', g: 'G1', fn: 'main', at: 'op', d: 0, set };
    applyStep(state, its);
    return said(keeper, state, its);
  };
  expect(step(0)).toBe('');
  expect(step(1_000, ['G.G1.status', '_Grunning', '_Gwaiting'])).toBe('');
  expect(step(20_000_000)).toBe('');
  expect(step(30_000_000)).toContain('law 37');
  expect(step(30_001_000, ['G.G1.status', '_Gwaiting', '_Grunning'])).toBe('');
  expect(step(90_000_000)).toBe('');
});

test('what was written without being listed is found all the same', () => {
  const { first, steps } = play(scenarioOf(LOOP));
  const state = copyState(first);
  const keeper = new LawKeeper(first);
  const found = steps.findIndex((step) => {
    applyStep(state, step);
    if (step.n === 10) state.sched.mcount++;
    return said(keeper, state, step).includes('law 23');
  });
  expect(found).toBeGreaterThan(8);
  expect(found).toBeLessThan(100);
});
