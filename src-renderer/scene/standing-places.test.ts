/** Where everybody stands, over random runs and crowds: hunters in the forest, nobody on anybody's feet, plates clear of plaques. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type GRow, LANGUAGES, type MRow, type PId, type PRow, type Scenario, type State } from '../../src-main/contract/index';
import { applyStep, copyState } from '../../src-main/model/trace/replay';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { randomScenario } from '../../src-main/model/testdata/random-scenario';
import { type Plan, plaqueSize } from './scene-figures';
import { textWidth } from './scene-labels';
import { frameFor } from './scene-layout';
import { scenePlan } from './scene-plan';

const FRAMES = [frameFor(1_024, 318), frameFor(1_024, 600)];
/** Closer than this, units, two share a place. On the benches of sixteen houses children sit 7.8 apart. */
const APART = 7;

const hunters = (count: number): Scenario =>
  scenarioOf(`schedville: 1
kind: scenario
id: hunters
title: { zh: 打猎, en: hunters }
runtime: { gomaxprocs: 4 }
goroutines:
  main:
    - go: { name: reader, times: ${count} }
    - sleep: 1ms
  reader:
    - syscall: { name: read, args: [0, { buf: 8 }, 8], takes: 100ms, returns: 4 }
`);

function* shown(scenario: Scenario, count: number): Generator<{ state: State; plan: Plan; n: number }> {
  const { first, steps } = play(scenario);
  const state = copyState(first);
  const stride = Math.max(1, Math.floor(steps.length / count));
  for (const step of steps) {
    applyStep(state, step);
    if (step.n % stride !== 0) continue;
    for (const frame of FRAMES) yield { state, n: step.n, plan: scenePlan({ state, step, cast: scenario.cast, language: 'zh', frame }) };
  }
}

const isInKernel = ({ role, kernel, curg, ong0 }: MRow): boolean => role === 'worker' && kernel !== null && curg !== null && !ong0;

/** Who breaks a law: a hunter who is not in the forest, two who share a place. */
function wrong({ state, plan }: { state: State; plan: Plan }): string[] {
  const out = plan.parents
    .filter((each) => isInKernel(state.M[each.id] as MRow) && each.x < plan.places.forest)
    .map(({ id }) => `${id} hunts outside`);
  const all = [...plan.parents, ...plan.children].filter(({ scale }) => scale > 0);
  const pairs = all.flatMap((a, i) =>
    all
      .slice(i + 1)
      .filter((b) => Math.hypot(a.x - b.x, a.y - b.y) < APART)
      .map((b) => `${a.id} stands on ${b.id}`),
  );
  return [...out, ...pairs];
}

test.each([1, 2, 3])('the slips of %i hunters hang in the forest, not over the yard beside it', (count) => {
  let slips = 0;
  for (const language of LANGUAGES) {
    const scenario = hunters(count);
    const { first, steps } = play(scenario);
    const state = copyState(first);
    for (const step of steps) {
      applyStep(state, step);
      if (step.n % 25 !== 0) continue;
      for (const frame of FRAMES) {
        const { parents, labels, places, houses } = scenePlan({ state, step, cast: scenario.cast, language, frame });
        for (const { of, kind, dx, w, text } of labels) {
          const at = parents.find(({ id }) => id === of);
          if (kind !== 'slip' || !at || at.x < places.forest) continue;
          expect(at.x + dx - w / 2, `step ${step.n}: ${text}`).toBeGreaterThanOrEqual(places.forest - 30);
          // Where the name has no room the number stands for it.
          expect(
            houses.some(({ id, name }) => text.startsWith(id) || text.startsWith(name)),
            text,
          ).toBe(true);
          slips++;
        }
      }
    }
  }
  expect(slips).toBeGreaterThan(4);
});

test('whoever is in the kernel is in the forest, and nobody stands on anybody’s feet, in random runs', () => {
  for (const [i, scenario] of fc.sample(randomScenario, { numRuns: 25, seed: 7 }).entries())
    for (const each of shown(scenario, 8)) expect(wrong(each), `run ${i}, step ${each.n}, ${each.plan.houses.length} houses`).toEqual([]);
});

test.each([8, 16, 30, 60])('%i hunters find room in the forest', (count) => {
  let most = 0;
  for (const each of shown(hunters(count), 25)) {
    most = Math.max(most, Object.values(each.state.M as Record<string, MRow>).filter(isInKernel).length);
    expect(wrong(each), `step ${each.n}`).toEqual([]);
  }
  expect(most).toBeGreaterThan(count * 0.8);
});

test('an heir with the key leads nobody from the bench by the hand', () => {
  for (const each of shown(scenarioOf(golden('S7.scenario.yaml')), 400)) expect(wrong(each), `step ${each.n}`).toEqual([]);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 10, 12])('no plate covers a plaque of %i houses', (count) => {
  const scenario = scenarioOf(golden('S1.scenario.yaml'));
  const { first } = play(scenario);
  const row = Object.values(first.P)[0] as PRow;
  const state: State = { ...first, P: Object.fromEntries(Array.from({ length: count }, (_, i) => [`P${i}` as PId, row])) };
  for (const frame of FRAMES)
    for (const language of LANGUAGES) {
      const { houses } = scenePlan({ state, step: null, cast: scenario.cast, language, frame });
      for (const [each, other] of houses.flatMap((one) => houses.filter(({ y }) => y === one.y).map((two) => [one, two] as const))) {
        const size = plaqueSize(other.scale);
        const half = (textWidth(other.plaque, size) + size) / 2;
        expect(Math.abs(each.plate.x - other.x), `${each.id} over ${other.id} in ${language}`).toBeGreaterThan(
          19 * each.plate.scale + half,
        );
      }
    }
});

test('before the first of two houses the watchman is clear of whoever leaves it or comes back', () => {
  const base = scenarioOf(golden('S2.scenario.yaml'));
  const scenario = { ...base, runtime: { ...base.runtime, gomaxprocs: 2 } };
  const { first, steps } = play(scenario);
  const state = copyState(first);
  let met = 0;
  for (const step of steps) {
    applyStep(state, step);
    // As the window has it at 1366 × 768.
    const { parents, houses } = scenePlan({ state, step, cast: scenario.cast, language: 'zh', frame: frameFor(1024, 315) });
    const [watchman, leaver] = ['watch', 'returning'].map((doing) => parents.find((each) => each.doing === doing));
    if (!watchman || !leaver || houses.length !== 2 || watchman.x > (houses[0]?.x ?? 0) || leaver.x > (houses[0]?.x ?? 0)) continue;
    met++;
    expect(leaver.x - watchman.x, `step ${step.n}`).toBeGreaterThan(50);
  }
  expect(met).toBeGreaterThan(0);
});

test('the post station stands from the step on that makes the network poller', () => {
  const scenario = hunters(1);
  const { first, steps } = play(scenario);
  const state = copyState(first);
  const found = new Set<string>();
  for (const step of steps) {
    applyStep(state, step);
    const { signs } = scenePlan({ state, step, cast: scenario.cast, language: 'zh', frame: FRAMES[0] as (typeof FRAMES)[number] });
    found.add(`${state.sched.netpollInited} ${signs.some(({ id }) => id === 'post')}`);
  }
  expect([...found]).toEqual(['false false', 'true true']);
});

test.each([1, 2, 3, 4, 6])('no plate of %i houses covers the board of the post station', (count) => {
  const scenario = scenarioOf(golden('S1.scenario.yaml'));
  const { first } = play(scenario);
  const row = Object.values(first.P)[0] as PRow;
  const reader = { ...(Object.values(first.G)[0] as GRow), status: '_Gwaiting', waitreason: 'IO wait' } as const;
  for (const letters of [0, 1, 12]) {
    const state: State = {
      ...first,
      sched: { ...first.sched, netpollInited: true },
      P: Object.fromEntries(Array.from({ length: count }, (_, i) => [`P${i}` as PId, row])),
      G: Object.fromEntries(Array.from({ length: letters }, (_, i) => [`G${i}`, { ...reader, goid: i }])) as State['G'],
    };
    for (const frame of [...FRAMES, frameFor(660, 277)])
      for (const language of LANGUAGES) {
        const { houses, signs } = scenePlan({ state, step: null, cast: scenario.cast, language, frame });
        const board = signs.find(({ id }) => id === 'post');
        if (!board) throw new Error('there is no post station');
        const covers = houses.filter(
          ({ plate: { x, y, scale } }) =>
            Math.abs(x - board.x) < 21 * scale + board.w / 2 && Math.abs(y - board.y) < 19 * scale + board.h / 2,
        );
        expect(
          covers.map(({ id }) => id),
          `${letters} letters, ${language}`,
        ).toEqual([]);
        expect(board.x + board.w / 2, `${letters} letters, ${language}`).toBeLessThan(frame.width);
      }
  }
});

const STOPS = scenarioOf(`schedville: 1
kind: scenario
id: stops
title: { zh: 停, en: stop }
runtime: { gomaxprocs: 4 }
goroutines:
  main:
    - go: { name: w, times: 4 }
    - compute: 100us
    - gc: { stw: 1ms }
    - compute: 100us
  w:
    - compute: 2ms
`);

test('a child that was told to make way and let go stands before the orphanage until it sits there, whoever takes steps meanwhile', () => {
  let loose = 0;
  for (const { state, plan, n } of shown(STOPS, Infinity)) {
    const { orphanage, lane } = plan.places;
    for (const child of plan.children) {
      const row = state.G[child.id] as GRow;
      const isQueued =
        state.sched.runq.includes(child.id) ||
        Object.values(state.P as Record<string, PRow>).some((p) => p.runq.includes(child.id) || p.runnext === child.id);
      if (row.status !== '_Grunnable' || !row.preempt || row.m !== null || isQueued) continue;
      expect([child.y, child.x > orphanage.x, child.x < orphanage.x + orphanage.w], `${child.id}, step ${n}`).toEqual([
        lane.to - 4,
        true,
        true,
      ]);
      loose++;
    }
  }
  expect(loose).toBeGreaterThan(20);
});

test('whoever waits has a label in the crèche, and where many wait its board says what for', () => {
  const scenario = (count: number): Scenario =>
    scenarioOf(`schedville: 1
kind: scenario
id: waits
title: { zh: 等, en: wait }
runtime: { gomaxprocs: 2 }
channels: { results: { cap: 0 } }
mutexes: [mu]
goroutines:
  main:
    - go: { name: w, times: ${count} }
    - recv: results
  w:
    - lock: mu
    - recv: results
`);
  let [labels, boards] = [0, 0];
  for (const count of [1, 2, 3, 7])
    for (const { state, plan, n } of shown(scenario(count), 30)) {
      const { x, w } = plan.places.creche;
      const asleep = plan.children.filter(({ pose }) => pose === 'asleep');
      for (const label of plan.labels) {
        const child = asleep.find(({ id }) => id === label.of);
        if (!child || child.reason === '' || !label.id.includes('·')) continue;
        const left = child.x + label.dx - label.w / 2;
        expect(left, `${label.id}, step ${n}`).toBeGreaterThanOrEqual(x);
        expect(left + label.w, `${label.id}, step ${n}`).toBeLessThanOrEqual(x + w);
        labels++;
      }
      const sign = plan.signs.find(({ id }) => id === 'creche')?.text ?? '';
      // Whoever's label is not below them may be taken for their neighbour.
      if (asleep.length > 2 && sign.includes('('))
        for (const { of, dx, dy } of plan.labels)
          if (asleep.some(({ id }) => id === of)) expect([Math.abs(dx) < 40, dy > 0], `${of}, step ${n}`).toEqual([true, true]);
      const waiting = Object.values(state.G as Record<string, GRow>).filter(({ status }) => status === '_Gwaiting').length;
      if (waiting <= 1 || !sign.includes('(')) continue;
      const counted = [...sign.replace(/^[^(]*/, '').matchAll(/[ +](\d+)/g)].reduce((sum, [, each]) => sum + Number(each), 0);
      expect(counted, `${sign}, step ${n}`).toBe(waiting);
      boards++;
    }
  expect(Math.min(labels, boards)).toBeGreaterThan(10);
});
