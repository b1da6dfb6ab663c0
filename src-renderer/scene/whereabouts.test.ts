/** Where parents are while C calls Go: told by the run itself, step by step. */
import { expect, test } from 'vitest';
import type { MId, State } from '../../src-main/contract/index';
import { play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { applyStep, copyState } from '../../src-main/model/trace/replay';
import { LANGUAGES } from '../../src-main/contract/index';
import { frameFor, LEAST_HEIGHT, LEAST_WIDTH } from './scene-layout';
import { scenePlan } from './scene-plan';
import { describe as inWords } from './scene-words';
import { thingOf } from '../inspect/thing';
import { WORDS } from '../../assets/words/index';
import { formatNs } from '../timeline/format-ns';
import { townOf } from './town/town';
import { type Where, whereabouts } from './whereabouts';

function played(operations: string): { at: string; state: State }[] {
  const run = play(
    scenarioOf(
      `{schedville: 1, kind: scenario, id: c, title: {zh: 出国, en: C}, runtime: {gomaxprocs: 2}, goroutines: {main: [${operations}]}}`,
    ),
  );
  const state = copyState(run.first);
  const all = [{ at: '', state: copyState(state) }];
  for (const step of run.steps) {
    applyStep(state, step);
    all.push({ at: `${step.fn}/${step.at}`, state: copyState(state) });
  }
  return all;
}

const where = (state: State, m: MId): Where => whereabouts(state, m, state.M[m]!);

/** Each place once, as long as it stays the same. */
const way = (run: readonly { state: State }[], m: MId): string[] =>
  run
    .filter(({ state }) => state.M[m])
    .map(({ state }) => where(state, m))
    .map((place) => (place.at === 'forest' ? (place.isAbroad ? 'abroad' : 'forest') : place.at))
    .filter((place, i, all) => place !== all[i - 1]);

test('a parent whose child is called from abroad comes home for it, and goes back', () => {
  const run = played('{cgo: {takes: 2us, callback: [{compute: 1us}]}}');
  expect(way(run, 'M0')).toEqual(['house', 'door', 'edge', 'abroad', 'house', 'abroad', 'edge', 'door', 'house']);
});

test('one that waits for its child in the middle of a call from abroad waits outside', () => {
  const run = played('{cgo: {takes: 2us, callback: [{sleep: 1ms}]}}');
  expect(way(run, 'M0')).toContain('outside');
});

test('a stranger is abroad until a thread of C borrows its papers, and afterwards', () => {
  const run = played('{cgothread: {callback: [{compute: 1us}]}}, {sleep: 1ms}');
  const its = way(run, 'M1');
  expect([its[0], its.at(-1)]).toEqual(['abroad', 'abroad']);
  expect(its).toContain('house');
  // The one that is made meanwhile.
  expect(way(run, 'M4').at(-1)).toBe('abroad');
});

test.each(LANGUAGES)('nobody is without a place in the picture (%s)', (language) => {
  const frame = frameFor(LEAST_WIDTH, LEAST_HEIGHT);
  for (const { at, state } of played('{cgothread: {callback: [{cgo: {takes: 2us, callback: [gosched]}}]}}, {sleep: 1ms}')) {
    const plan = scenePlan({ state, step: null, cast: { M: [], P: [], G: {} }, language, frame });
    expect(plan.parents.map(({ id }) => id).sort(), at).toEqual(Object.keys(state.M).sort());
    for (const { x, y } of [...plan.parents, ...plan.children]) expect(Number.isFinite(x) && Number.isFinite(y), at).toBe(true);
    expect(inWords(plan, language), at).not.toBe('');
  }
});

const LIMITED = `schedville: 1
kind: scenario
id: limited
title: { zh: 上限, en: limit }
runtime: { gomaxprocs: 2, maxthreads: 6 }
goroutines:
  main:
    - go: { name: reader, times: 8 }
    - sleep: 1s
  reader:
    - syscall: { name: read, args: [0, { buf: 8 }, 8], takes: 1s, returns: 4 }
`;

test('the parent that is one too many is nowhere: no thread was made for it; all others are where they were', () => {
  const scenario = scenarioOf(LIMITED);
  const run = play(scenario);
  const state = copyState(run.first);
  const frame = frameFor(LEAST_WIDTH, LEAST_HEIGHT);
  let [steps, last] = [0, ''];
  for (const step of run.steps) {
    applyStep(state, step);
    const isOver = state.sched.mcount > state.sched.maxmcount;
    const ids = (Object.keys(state.M) as MId[]).filter((id) => !state.M[id]?.dead);
    const nowhere = ids.filter((id) => where(state, id).at === 'nowhere');
    expect(nowhere, `step ${step.n}`).toEqual(isOver ? [ids.at(-1)] : []);
    if (!isOver) continue;
    steps++;
    last = ids.at(-1) ?? '';
    // It takes no step and has nothing.
    expect(step.m).not.toBe(last);
    const input = { state, step, cast: scenario.cast, language: 'en' as const };
    const drawn = ids.filter((id) => id !== last).sort();
    expect(
      scenePlan({ ...input, frame })
        .parents.map(({ id }) => id as string)
        .sort(),
    ).toEqual(drawn);
    const town = townOf(input);
    const walking = town.walkers.map(({ parent }) => parent.id as string);
    expect(walking).not.toContain(last);
    expect(thingOf(`M.${last}`, { state, cast: scenario.cast, language: 'en', time: formatNs }).says.go).toBe(
      WORDS.en.inspect.thread.neverMade,
    );
  }
  expect(steps).toBeGreaterThan(2);
  expect(last).toBe('M6');
});
