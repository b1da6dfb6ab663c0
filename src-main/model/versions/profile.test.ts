/** Every seam of a profile, tried with one that differs from 1.14 in one thing of each kind (testdata/versions/test-profile.ts). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPseudocode } from '../../formats/pseudocode';
import { parseScenario } from '../../formats/scenario';
import { ModelAssets } from '../asm/assemble';
import { LawKeeper } from '../laws/law-keeper';
import { EVENTS_OF, LAWS_OF } from '../laws/of-version';
import type { Law } from '../laws/law';
import type { Runtime } from '../runtime/runtime';
import { Simulation } from '../run/simulate';
import type { StraceLine } from '../kernel-state';
import type { State, Step } from '../state';
import { assets, scenarioOf } from '../testdata/run-scenario';
import { TEST_LAWS, TEST_PROFILE, withTestListing, withTestTexts } from '../testdata/versions/test-profile';
import { plainStep } from '../trace/queue-versions';
import type { Profile } from './functions';
import { GO_1_14 } from './go1.14';
import { GO_VERSIONS, type VersionFacts, VERSIONS } from './profile';
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
  message: string;
}

function played(go: Profile<Runtime>, texts: ModelAssets, laws: readonly Law[], yaml = YAML, events = EVENTS_OF['1.14']): Played {
  const simulation = new Simulation(scenarioOf(yaml), texts, undefined, go);
  const keeper = new LawKeeper(simulation.first, laws, undefined, undefined, events);
  const steps: Step[] = [];
  while (!simulation.outcome) {
    for (const step of simulation.run(1).steps) {
      steps.push(plainStep(step));
      keeper.check(simulation.state, step);
    }
  }
  return { first: simulation.first, steps, message: simulation.outcome.message };
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
  expect(own.ofVersion(TEST_PROFILE.facts).listings['amd64/runtime.s']).toBe(assets.listings['amd64/runtime.s']);
  expect(own.ofVersion(GO_1_14.facts)).toBe(own);
  expect(own.ofVersion(TEST_PROFILE.facts)).toBe(own.ofVersion(TEST_PROFILE.facts));
});

/** 1.14 with other numbers and names. */
const withFacts = (facts: Partial<VersionFacts>): Profile<Runtime> => ({ ...GO_1_14, facts: { ...GO_1_14.facts, ...facts } });

/** A scenario without anything but its operations. */
const scenarioWith = (operations: string, runtime = ''): string =>
  YAML.replace('sysmon: false', `sysmon: false${runtime}`).replace(/goroutines:[\s\S]*/, `mutexes: [mu]\ngoroutines:\n${operations}`);

const laws = LAWS_OF['1.14'];

test('an event has the name that the version’s tracer gives it, or is none there', () => {
  const events = { GoSysCall: 'GoSyscallBegin', GoSched: 'GoStop', GoCreate: '' };
  const names = ({ steps }: Played): string[] => steps.flatMap(({ ev }) => ev?.split(' ') ?? []);
  const renamed = played(withFacts({ events }), assets, laws);
  expect(names(old)).toEqual(expect.arrayContaining(Object.keys(events)));
  expect(names(renamed)).toEqual(
    names(old).flatMap((name) => (Object.hasOwn(events, name) ? events[name as keyof typeof events] || [] : name)),
  );
  expect(renamed.steps.map(({ ev: _, ...rest }) => rest)).toEqual(old.steps.map(({ ev: _, ...rest }) => rest));
});

test('the order of events is the version’s own', () => {
  const refusing = class {
    broken = (step: Step): string | null => (step.ev === 'GoCreate' ? 'no such event' : null);
  };
  expect(() => played(GO_1_14, assets, laws, YAML, refusing)).toThrow('no such event');
});

test('the M that is kept for threads of C exhausts threads where the version says so', () => {
  const yaml = scenarioWith('  main:\n    - cgo: { takes: 1us }\n', ', maxthreads: 2');
  expect(played(GO_1_14, assets, laws, yaml).message).toContain('thread exhaustion');
  expect(played(withFacts({ extraMsExhaustThreads: false }), assets, laws, yaml).message).toBe('');
});

test('a goroutine’s header is the profile’s own, and knows whose M throws', () => {
  const go: Profile<Runtime> = {
    ...GO_1_14,
    goroutineheader: (rt, g, isThrowing) => GO_1_14.goroutineheader(rt, g, isThrowing).toSpliced(2, 0, isThrowing ? ' gp= m= mp=' : ''),
  };
  const headers = (operations: string): string[] =>
    played(go, assets, laws, scenarioWith(operations))
      .message.split('\n')
      .filter((line) => line.startsWith('goroutine'));
  const other = '  other:\n    - gosched\n';
  expect(headers(`  main:\n    - go: other\n    - unlock: mu\n${other}`)).toEqual([
    'goroutine 1 gp= m= mp= [running]:',
    'goroutine 6 [runnable]:',
  ]);
  expect(headers(`  main:\n    - panic: oops\n`)).toEqual(['goroutine 1 [running]:']);
});

test('a NOSPLIT routine may use what the version’s guard leaves', () => {
  const text = '// 一 | one\nTEXT ·Big(SB),NOSPLIT,$800-0\n\tRET\n';
  const programOf = (nosplitBytes: number): unknown =>
    new ModelAssets(assets.listings, undefined, { test: { 'amd64/big.s': text } })
      .ofVersion({ listings: 'test', nosplitBytes })
      .programFor('amd64');
  expect(() => programOf(GO_1_14.facts.nosplitBytes)).toThrow('most: 768, frameBytes: 800');
  expect(() => programOf(800)).not.toThrow();
});

test('an M that is made later has the stack of its version', () => {
  const go: Profile<Runtime> = { ...GO_1_14, fields: { M: { g0stack: 16_384 } } };
  const { steps } = played(
    go,
    assets,
    laws,
    scenarioWith('  main:\n    - go: other\n    - gosched\n  other:\n    - gosched\n').replace('gomaxprocs: 1', 'gomaxprocs: 2'),
  );
  const made = steps.flatMap(({ set }) => set).filter(([path]) => /^M\.M\d+$/.test(path));
  expect(made.map(([, , row]) => row)).toEqual([expect.objectContaining({ g0stack: 16_384 })]);
});

test('the network poller’s calls are the version’s own', () => {
  const yaml = scenarioWith(
    '  main:\n    - syscall: { name: openat, args: [-100, /a, 0x42] }\n    - go: s\n    - netread: { takes: 5ms }\n  s:\n    - compute: 1ms\n    - sleep: 1ms\n',
  );
  const calls = (go: Profile<Runtime>): string[] => {
    const { steps } = played(go, assets, laws, yaml.replace('gomaxprocs: 1', 'gomaxprocs: 2'));
    const lines = steps
      .flatMap(({ set }) => set)
      .flatMap(([path, , now]) => (path === 'kernel.strace' ? (now as unknown as StraceLine[]) : []));
    return [...new Set(lines.map(({ text }) => text.replace(/, \{events.*\}\)|, 0x\w+\)/, ')')))];
  };
  const of1_14 = [
    'pipe2([6, 7], O_NONBLOCK|O_CLOEXEC) = 0',
    'epoll_ctl(5, EPOLL_CTL_DEL, 4) = -1 EPERM (Operation not permitted)',
    'write(7, "\\0", 1) = 1',
  ];
  const later = [
    'eventfd2(0, EFD_CLOEXEC|EFD_NONBLOCK) = 6',
    'write(6, "\\1\\0\\0\\0\\0\\0\\0\\0", 8) = 8',
    'read(6, "\\2\\0\\0\\0\\0\\0\\0\\0", 8) = 8',
  ];
  const both = (made: string[]): string[][] => [of1_14, later].map((lines) => lines.filter((line) => made.includes(line)));
  expect(both(calls(GO_1_14))).toEqual([of1_14, []]);
  expect(both(calls(withFacts({ refusedIsTakenOff: false, pollerBreak: 'eventfd' })))).toEqual([[], later]);
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
