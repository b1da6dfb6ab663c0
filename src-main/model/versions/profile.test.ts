/** Every seam of a profile, tried with one that differs from 1.14 in one thing of each kind (testdata/versions/test-profile.ts). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPseudocode } from '../../formats/pseudocode';
import { parseScenario } from '../../formats/scenario';
import type { ModelAssets } from '../asm/assemble';
import { LawKeeper } from '../laws/law-keeper';
import { LAWS_OF } from '../laws/of-version';
import type { Law } from '../laws/laws';
import type { Runtime } from '../runtime/runtime';
import { Simulation } from '../run/simulate';
import type { State, Step } from '../state';
import { assets, scenarioOf } from '../testdata/run-scenario';
import { TEST_LAWS, TEST_PROFILE, withTestListing, withTestTexts } from '../testdata/versions/test-profile';
import { plainStep } from '../trace/queue-versions';
import type { Profile } from './functions';
import { GO_1_14 } from './go1.14';
import { GO_VERSIONS, VERSIONS } from './profile';
import { PROFILES } from './profiles';

// One P and no sysmon: another row may make later ones later, but changes no order.
const YAML = `schedville: 1
kind: scenario
id: versions
title: { zh: 版本, en: versions }
runtime: { gomaxprocs: 1, sysmon: false }
kernel: { files: { /a: "hello" }, fds: { 3: /a } }
goroutines:
  main:
    - go: worker
    - gosched
    - syscall: { name: read, args: [3, { buf: 8 }, 8], takes: 1us }
    - gosched
  worker:
    - gosched
`;

interface Played {
  first: State;
  steps: Step[];
}

function played(go: Profile<Runtime>, texts: ModelAssets, laws: readonly Law[]): Played {
  const simulation = new Simulation(scenarioOf(YAML), texts, undefined, go);
  const keeper = new LawKeeper(simulation.first, laws);
  const steps: Step[] = [];
  while (!simulation.outcome) {
    for (const step of simulation.run(1).steps) {
      steps.push(plainStep(step));
      keeper.check(simulation.state, step);
    }
  }
  return { first: simulation.first, steps };
}

const old = played(GO_1_14, assets, LAWS_OF['1.14']);
const other = played(TEST_PROFILE, withTestListing(assets), TEST_LAWS);

/** What a step does, without the moment and the bytes that come before it. */
const told = ({ m, p, g, fn, at, asm, ev }: Step): string => [m, p, g, fn, asm ? asm.text : at, ev ?? ''].join(' ');
const LOAD = 'MOVQ a1+8(FP), DI';
const isYield = (step: Step): boolean => step.fn === 'goschedImpl' && step.at === 'yields';

test('the function is the profile’s own', () => {
  expect(old.steps.filter(isYield)).toEqual([]);
  expect(other.steps.filter(isYield)).toHaveLength(3);
});

test('the field is in the first state, and the steps list it', () => {
  expect(old.first.P.P0).not.toHaveProperty('yields');
  expect(other.first.P.P0).toEqual({ ...old.first.P.P0, yields: 0 });
  expect({ ...other.first, P: old.first.P }).toEqual(old.first);
  expect(other.steps.filter(isYield).map(({ set }) => set)).toEqual([
    [['P.P0.yields', 0, 1]],
    [['P.P0.yields', 1, 2]],
    [['P.P0.yields', 2, 3]],
  ]);
  expect(other.steps.filter((step) => step.set.some(([path]) => path.includes('yields'))).every(isYield)).toBe(true);
});

test('a row that is made later has its field too', () => {
  const go: Profile<Runtime> = { ...GO_1_14, fields: { G: { parentGoid: 0 }, M: { self: null }, sched: { needspinning: false } } };
  const { steps, first } = played(go, assets, LAWS_OF['1.14']);
  expect(first.sched).toHaveProperty('needspinning', false);
  expect(first.M.M0).toHaveProperty('self', null);
  const made = steps.flatMap(({ set }) => set).find(([path]) => path === 'G.G2');
  expect(made?.[2]).toMatchObject({ name: 'worker', parentGoid: 0 });
});

test('the listing is the profile’s own, and the others’ are 1.14’s', () => {
  const loads = (steps: Step[]): number => steps.filter((step) => step.fn === 'syscall.Syscall' && step.asm?.text === LOAD).length;
  expect([loads(old.steps), loads(other.steps)]).toEqual([1, 2]);
  const own = withTestListing(assets);
  expect(own.ofVersion('test').listings['amd64/runtime.s']).toBe(assets.listings['amd64/runtime.s']);
  expect(own.ofVersion('1.14')).toBe(own);
  expect(own.ofVersion('test')).toBe(own.ofVersion('test'));
});

test('nothing else differs', () => {
  const added = other.steps.findIndex((step) => step.asm?.text === LOAD);
  const rest = other.steps.filter((step, i) => !isYield(step) && i !== added);
  expect(rest.map(told)).toEqual(old.steps.map(told));
});

test('the law is the profile’s own', () => {
  expect(() => played(GO_1_14, assets, TEST_LAWS)).toThrow('law 1000 (every P counts how often its goroutines yield): P0 has no yields');
});

test('the text and the source line are the profile’s own', () => {
  const folder = join(import.meta.dirname, '../../../assets/pseudocode', VERSIONS['1.14'].pseudocode);
  const texts = Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  const linesOf = (files: Record<string, string>): string[] =>
    [...readPseudocode(files).functions.values()].flatMap(({ fn, lines }) => lines.map((line) => JSON.stringify({ fn, ...line })));
  const before = linesOf(texts);
  const after = linesOf(withTestTexts(texts));
  expect(after.filter((line) => !before.includes(line)).map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ fn: 'goschedImpl', at: 'dropg', line: 2700, en: 'counts the yield' }),
    expect.objectContaining({ fn: 'goschedImpl', at: 'globrunqput', line: 2703 }),
  ]);
  expect(after).toHaveLength(before.length);
});

test('a run of 1.14 is the same before and after', () => {
  expect(JSON.stringify(played(PROFILES['1.14'], assets, LAWS_OF['1.14']))).toBe(JSON.stringify(old));
  expect(PROFILES['1.14']).toBe(GO_1_14);
});

test('a scenario can ask for those versions that are offered, and for no other', () => {
  expect(GO_VERSIONS).toEqual(['1.14']);
  for (const version of ['1.19', 'test']) {
    const parsed = parseScenario(YAML.replace('runtime: {', `runtime: { go: "${version}",`), 'x');
    expect(parsed.ok ? [] : parsed.faults.map(({ message }) => message.en)).toEqual([expect.stringContaining(version)]);
  }
});

test.each(GO_VERSIONS)('%s has its texts', (version) => {
  const root = join(import.meta.dirname, '../../../assets');
  expect(readdirSync(join(root, 'pseudocode', VERSIONS[version].pseudocode)).length).toBeGreaterThan(0);
  expect(PROFILES[version].facts).toBe(VERSIONS[version]);
});
