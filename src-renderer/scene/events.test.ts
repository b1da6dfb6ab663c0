/** Events of the whole village: each is told from the state and from what has been printed, in every language, and never before it happens. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { play, type Played, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { applied, type GRow, LANGUAGES, type PRow, type State, type Step } from '../../src-main/contract/index';
import { bannerPlan, bannerRoom, LEAST_BANNER_TYPE } from './banner';
import { eventText, lightOf, lookOf, villageEvent, type VillageEvent } from './events';
import { EVENTS } from './glossary';
import { textWidth } from './scene-labels';
import { frameFor } from './scene-layout';
import { scenePlan } from './scene-plan';

const CAST = { M: [], P: [], G: {} };
const MODEL = join(import.meta.dirname, '../../src-main/model/testdata');
const file = (path: string): string => readFileSync(join(MODEL, path), 'utf8');
const scenario = (runtime: string, ...main: string[]): string =>
  [
    'schedville: 1',
    'kind: scenario',
    'id: e',
    'title: { zh: e, en: e }',
    `runtime: { ${runtime} }`,
    'goroutines:',
    '  main:',
    ...main.map((each) => `    - ${each}`),
  ].join('\n');

const THREADS = `${scenario('gomaxprocs: 2, maxthreads: 4', 'go: { name: hunter, times: 6 }', 'sleep: 900ms')}
  hunter:
    - syscall: { name: read, args: [0, { buf: 8 }, 8], takes: 1s, returns: 1 }`;
const DEADLOCK = `${scenario('gomaxprocs: 2', 'go: other', 'recv: c')}
  other:
    - recv: c
channels: { c: { cap: 0 } }`;

/** Runs by what becomes of them. */
const RUNS: Readonly<Record<string, string>> = {
  'a stopped world': file('golden/S5.scenario.yaml'),
  'another number of houses': file('branches/gomaxprocs.scenario.yaml'),
  'meters read house by house': file('branches/foreachp-syscall.scenario.yaml'),
  'a deadlock': DEADLOCK,
  'main gone for good': file('branches/goexit-main.scenario.yaml'),
  'a panic': file('branches/panic.scenario.yaml'),
  'a throw': file('branches/mutex-unlock-unlocked.scenario.yaml'),
  'one thread too many': THREADS,
  'os.Exit': file('branches/os-exit.scenario.yaml'),
  'a deadly signal': scenario('gomaxprocs: 1', 'syscall: { name: kill, args: [0, 15] }', 'compute: 1ms'),
  'someone who prints what a panic would': scenario('gomaxprocs: 1', 'print: "panic: not at all"', 'compute: 10us'),
};

interface At {
  step: Step;
  state: State;
  event: VillageEvent | null;
}

const played = new Map<string, Played>();
function runOf(name: string): Played {
  let run = played.get(name);
  if (!run) played.set(name, (run = play(scenarioOf(RUNS[name] ?? ''))));
  return run;
}

function* eventsOf(name: string): Generator<At> {
  const { first, steps, facts } = runOf(name);
  let state = first;
  for (const step of steps) {
    state = applied(state, step);
    yield { step, state, event: villageEvent(state, step, step.n === steps.length ? facts.outcome : null) };
  }
}

/** The kinds in their order, each once until the next. */
function kindsOf(name: string): string[] {
  const kinds: string[] = [];
  for (const { event } of eventsOf(name)) {
    const kind = event?.kind ?? '–';
    if (kinds.at(-1) !== kind) kinds.push(kind);
  }
  return kinds;
}

test.each([
  ['a stopped world', ['–', 'stopping', 'stopped', 'starting', '–', 'exit']],
  ['a deadlock', ['–', 'deadlock']],
  ['main gone for good', ['–', 'deadlock']],
  ['a panic', ['–', 'dying', 'panic']],
  ['a throw', ['–', 'fatal']],
  ['one thread too many', ['–', 'threads']],
  ['os.Exit', ['–', 'osexit']],
  ['a deadly signal', ['–', 'killed']],
  ['someone who prints what a panic would', ['–', 'exit']],
])('%s: %j', (name, kinds) => {
  expect(kindsOf(name)).toEqual(kinds);
});

test('where main has left for good nobody is said to be asleep', () => {
  const headlines = (name: string): (readonly [boolean, string])[] =>
    [...eventsOf(name)].flatMap(({ state, event }) => {
      if (event?.kind !== 'deadlock') return [];
      const isAnybody = Object.values(state.G as Record<string, GRow>).some(({ status, system }) => status === '_Gwaiting' && !system);
      return [[isAnybody, eventText(event, state, CAST, 'en').headline] as const];
    });
  const [gone, asleep] = [headlines('main gone for good'), headlines('a deadlock')];
  expect(new Set(gone.map(([, text]) => text))).toEqual(new Set(['main has left, and no child remains']));
  expect(gone.some(([isAnybody]) => isAnybody)).toBe(false);
  expect(new Set(asleep.map(([, text]) => text))).toEqual(new Set(['Everyone is asleep, and nobody can wake anyone']));
});

test('the world stops for another number of houses, too, and meters are read without stopping it', () => {
  expect(kindsOf('another number of houses')).toEqual(expect.arrayContaining(['stopping', 'stopped', 'starting']));
  expect(kindsOf('meters read house by house')).toContain('meters');
  expect(kindsOf('meters read house by house')).not.toContain('stopping');
});

test('every kind of event is in one of these runs, and has its look', () => {
  const seen = new Set(Object.keys(RUNS).flatMap((name) => kindsOf(name)));
  expect([...seen].filter((kind) => kind !== '–').sort()).toEqual([...EVENTS].sort());
});

describe.each(Object.keys(RUNS))('in the run with %s', (name) => {
  test('nothing is told before it happens', () => {
    const last = runOf(name).steps.length;
    for (const { step, state, event } of eventsOf(name)) {
      const { gcwaiting, stopwait } = state.sched;
      const houses = (Object.values(state.P) as PRow[]).filter(({ status }) => status !== '_Pdead');
      const isFrozen = stopwait > houses.length;
      expect(lightOf(event) === 'dusk', `dusk at step ${step.n}`).toBe(gcwaiting && !isFrozen && step.n < last);
      if (!event || step.n === last) continue;
      expect(['exit', 'osexit', 'killed'], `step ${step.n}`).not.toContain(event.kind);
      if (lookOf(event) === 'panic' || lookOf(event) === 'deadlock') {
        expect(isFrozen, `step ${step.n}`).toBe(true);
        expect(state.kernel.stderr, `step ${step.n}`).toContain(event.what);
      }
      if (event.kind === 'stopped') expect(houses.every(({ status }) => status === '_Pgcstop')).toBe(true);
      if (event.kind === 'stopping') expect(event.left).toBe(stopwait);
    }
  });

  test('what is told has no empty place, in any language', () => {
    for (const { state, event } of eventsOf(name)) {
      if (!event) continue;
      for (const language of LANGUAGES) {
        const { headline, note } = eventText(event, state, CAST, language);
        expect(headline).not.toBe('');
        expect(headline + note).not.toMatch(/[{}]|null|undefined| {2}|^ ·|· ·/);
      }
    }
  });
});

test('who has panicked is known as soon as everybody else is asked to give way, and stays so', () => {
  const told = [...eventsOf('a panic')].filter(({ event }) => event !== null);
  const victims = told.map(({ event }) => event?.g ?? '–');
  expect(victims).not.toContain('–');
  expect(new Set(victims).size).toBe(1);
  const { event, state } = [...eventsOf('a panic')].at(-1) as At;
  expect(eventText(event as VillageEvent, state, CAST, 'en').note).toMatch(/ G\d+ · the whole village ends here · exit status 2$/);
});

test('the order to seal counts down to nought', () => {
  const left = [...eventsOf('a stopped world')].flatMap(({ event }) => (event?.kind === 'stopping' ? [event.left] : []));
  expect(left).toEqual([...left].sort((a, b) => b - a));
  expect(new Set(left).size).toBeGreaterThan(1);
});

test('the meters still to be read are named while they are few', () => {
  const texts = [...eventsOf('meters read house by house')].flatMap(({ event, state }) =>
    event?.kind === 'meters' ? [eventText(event, state, CAST, 'en').headline] : [],
  );
  expect(texts.filter((text) => /: P\d+( P\d+)* to go$/.test(text)).length).toBeGreaterThan(0);
  expect(texts.at(-1)).toMatch(/: 0 to go$/);
});

const TEXT = { headline: 'panic: index out of range [5] with length 3', note: 'Fang G6 · the whole village ends here · exit status 2' };

describe('a banner', () => {
  const roomAt = (houses: number, widthPx: number, heightPx: number): ReturnType<typeof bannerRoom> => {
    const { first } = play(scenarioOf(scenario(`gomaxprocs: ${houses}`, 'compute: 1us')));
    return bannerRoom(scenePlan({ state: first, step: null, cast: CAST, language: 'en', frame: frameFor(widthPx, heightPx) }));
  };

  test.each([
    [1, 1024, 318],
    [4, 1024, 318],
    [4, 1366, 640],
    [2, 640, 300],
  ])('with %i houses in %i × %i px lies in the sky and can be read', (houses, widthPx, heightPx) => {
    const room = roomAt(houses, widthPx, heightPx);
    for (const look of ['slip', 'stop', 'panic'] as const) {
      const { cloth, lines } = bannerPlan(TEXT, look, room);
      expect(cloth.x).toBeGreaterThanOrEqual(room.x);
      expect(cloth.x + cloth.w).toBeLessThanOrEqual(room.x + room.w);
      expect(cloth.y + cloth.h).toBeLessThanOrEqual(room.y + room.h + 0.01);
      for (const { text, size, x, y } of lines) {
        expect(size).toBeGreaterThanOrEqual(LEAST_BANNER_TYPE);
        expect(x - textWidth(text, size) / 2).toBeGreaterThanOrEqual(cloth.x);
        expect(x + textWidth(text, size) / 2).toBeLessThanOrEqual(cloth.x + cloth.w);
        expect(y).toBeLessThan(cloth.y + cloth.h);
        expect(y - size * 0.8).toBeGreaterThan(cloth.y);
      }
    }
  });

  test('has the note below, beside, or not at all, as there is room', () => {
    const linesIn = (w: number, h: number): number[][] => {
      const { lines } = bannerPlan(TEXT, 'panic', { x: 0, y: 0, w, h });
      return lines.map(({ y }) => [Math.round(y)]);
    };
    expect(linesIn(800, 80)).toHaveLength(2);
    expect(linesIn(800, 80)[0]).not.toEqual(linesIn(800, 80)[1]);
    expect(linesIn(1_000, 36)).toHaveLength(2);
    expect(linesIn(500, 36)).toHaveLength(1);
  });

  test('cuts a message for which there is no room, and says so', () => {
    const { lines } = bannerPlan({ headline: 'x'.repeat(400), note: '' }, 'panic', { x: 0, y: 0, w: 600, h: 60 });
    expect(lines[0]?.text).toMatch(/^x{20,100}…$/);
  });
});
