import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { placesOf, plainText, readSentences, templateOf, VOICES } from '../../formats/sentences';
import type { Scenario } from '../../model/scenario';
import type { State, Step } from '../../model/state';
import { randomScenario } from '../../model/testdata/random-scenario';
import { assets, scenarioOf } from '../../model/testdata/run-scenario';
import { Simulation } from '../../model/run/simulate';
import { WRITTEN } from '../../model/words';
import { Events, type RunEvent } from './events';
import { eventOfStep } from './of-step';
import { EVENT_TYPES, eventOfRow, isNamed } from './rows';
import { eventSentence, eventSoFar, type Naming, valuesOf } from './told';

const ROOT = join(import.meta.dirname, '../../..');
const MODEL = join(ROOT, 'src-main/model');
const sentences = readSentences(readFileSync(join(ROOT, 'assets/sentences/events.txt'), 'utf8'), 'events.txt');

const TELLERS: readonly Naming[] = WRITTEN.flatMap((language) =>
  VOICES.map((voice) => ({ sentences, language, voice, nameOf: (id: string) => id, timeText: (ns: number) => `${ns} ns` })),
);
const ENGLISH = TELLERS.find(({ language, voice }) => language === 'en' && voice === 'go') as Naming;

/** Every row whose names are written out in the sources of the model: rows('fn', { at: … }) and row('fn', 'at', …). */
function rowsOfModel(): { fn: string; at: string }[] {
  const files = ['runtime', 'operations'].flatMap((folder) =>
    readdirSync(join(MODEL, folder))
      .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name))
      .map((name) => join(MODEL, folder, name)),
  );
  return files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const tables = [...text.matchAll(/\brows\('([^']+)', \{([^}]*)\}\)/g)].flatMap(([, fn = '', body = '']) =>
      [...body.matchAll(/(?:'([^']+)'|([\w$]+)):/g)].map(([, quoted, plain]) => ({ fn, at: quoted ?? plain ?? '' })),
    );
    return [...tables, ...[...text.matchAll(/\brow\('([^']+)', '([^']+)'/g)].map(([, fn = '', at = '']) => ({ fn, at }))];
  });
}

/** The longest runs do the same over and over. */
const MOST_STEPS = 1_500;

function play(scenario: Scenario): { first: State; steps: Step[] } {
  const simulation = new Simulation(scenario, assets);
  const { first } = simulation;
  return { first, steps: simulation.run(MOST_STEPS).steps };
}

function eventsOf({ first, steps }: { first: State; steps: readonly Step[] }): RunEvent[] {
  const events = new Events(first);
  for (const step of steps) events.add(step);
  return events.list(Array.from({ length: events.length }, (_, i) => i));
}

const scenarioIn = (path: string): Scenario => scenarioOf(readFileSync(join(MODEL, 'testdata', path), 'utf8'), path);
const english = (path: string): string[] =>
  eventsOf(play(scenarioIn(path))).map((event) => `${event.n} ${plainText(eventSentence(event, ENGLISH))}`);

test('whoever asks while a run is still being gone through gets an event that cannot be told yet as none, and every one once it has ended', () => {
  const { first, steps } = play(scenarioIn('golden/S7.scenario.yaml'));
  let untold = 0;
  for (let n = 1; n <= steps.length; n++) {
    const known = eventsOf({ first, steps: steps.slice(0, n) });
    // The last of each thread may be under way.
    for (const event of known) if (eventSoFar(event, ENGLISH) === null) untold++;
  }
  expect(untold).toBeGreaterThan(0);
  for (const event of eventsOf({ first, steps })) expect(eventSoFar(event, ENGLISH)).toEqual(eventSentence(event, ENGLISH));
});

describe('sentences', () => {
  test('every row of the model has its event by name', () => {
    const rows = rowsOfModel();
    expect(rows.length).toBeGreaterThan(400);
    expect(rows.filter(({ fn, at }) => !isNamed(fn, at)).map(({ fn, at }) => `${fn}/${at}`)).toEqual([]);
    expect(EVENT_TYPES[eventOfRow('main.worker', 'recv').type]).toBe('op');
    expect(EVENT_TYPES[eventOfRow('syscall.Syscall', 'SYSRET').type]).toBe('kernelReturn');
    expect(EVENT_TYPES[eventOfRow('syscall.Syscall', 'RET').type]).toBe('instructions');
  });

  test('every event has one in each language and voice, and nothing else has', () => {
    const parts = [...sentences.keys()].filter((id) => /^(reason|source)\./.test(id));
    expect([...sentences.keys()].filter((id) => !parts.includes(id)).sort()).toEqual([...EVENT_TYPES].sort());
    expect(new Set(EVENT_TYPES).size).toBe(EVENT_TYPES.length);
  });

  test('their places are those that an event can fill, and the same things are said in every language', () => {
    const [any] = eventsOf(play(scenarioIn('golden/S1.scenario.yaml')));
    const places = Object.keys(valuesOf(any as RunEvent, ENGLISH));
    for (const type of EVENT_TYPES)
      for (const voice of VOICES) {
        const [zh, en] = WRITTEN.map((language) => [...new Set(placesOf(templateOf(sentences, type, language, voice)).all)].sort());
        expect(
          (zh ?? []).filter((place) => !places.includes(place)),
          type,
        ).toEqual([]);
        expect([type, voice, zh]).toEqual([type, voice, en]);
      }
  });
});

describe('in whole runs', () => {
  const FILES = ['golden', 'branches'].flatMap((folder) =>
    readdirSync(join(MODEL, 'testdata', folder))
      .filter((name) => name.endsWith('.scenario.yaml'))
      .map((name) => `${folder}/${name}`),
  );
  /** By file: each of the runs is played once, whoever asks for its events. */
  const ofFile = new Map<string, readonly RunEvent[]>();
  function eventsIn(file: string): readonly RunEvent[] {
    const events = ofFile.get(file) ?? eventsOf(play(scenarioIn(file)));
    ofFile.set(file, events);
    return events;
  }
  afterAll(() => {
    ofFile.clear();
  });

  const told = new Set<string>();
  /** A place without a value throws. Events that know the same things are told alike. */
  function tellAll(events: readonly RunEvent[]): void {
    for (const event of events) {
      const kind = `${event.type} ${Object.values(event)
        .map((each) => (each === null || each === '' ? 0 : 1))
        .join('')} ${event.reason} ${event.source}`;
      if (told.has(kind)) continue;
      told.add(kind);
      for (const teller of TELLERS) {
        const said = plainText(eventSentence(event, teller));
        if (/[{}[\]]|\s\s|null|undefined|^\s/.test(said)) throw new Error(`${event.type}: ${said}`);
        if (event.reason !== '' && event.type !== 'op' && !sentences.has(`reason.${event.reason}`)) throw new Error(event.reason);
      }
    }
  }

  test('whoever comes back from a system call does so once, with one P; and a lock has its name', () => {
    let [backs, locks] = [0, 0];
    for (const file of FILES) {
      const last = new Map<string, string>();
      for (const { m, type, n, object } of eventsIn(file)) {
        const isBack = type.startsWith('back');
        if (isBack) backs++;
        if (isBack && last.get(m)?.startsWith('back') === true) throw new Error(`${file}: ${m} is back twice at step ${n}`);
        if (type === 'lock') locks++;
        if (type === 'lock' && object === '') throw new Error(`${file}: the lock of step ${n} has no name`);
        last.set(m, type);
      }
    }
    expect(backs).toBeGreaterThan(100);
    expect(locks).toBeGreaterThan(20);
  });

  test('no place of a sentence stays empty, whichever branch of Go’s functions a run takes', () => {
    const seen = new Set<string>();
    for (const file of FILES) {
      const events = eventsIn(file);
      tellAll(events);
      for (const { type } of events) seen.add(type);
    }
    expect(seen.size).toBeGreaterThan(110);
  });

  test('nor in random runs; events lie in the order of the run, and who knows a part of it knows the same', () => {
    fc.assert(
      fc.property(randomScenario, fc.double({ min: 0, max: 1, noNaN: true }), (scenario, share) => {
        const run = play(scenario);
        const events = eventsOf(run);
        tellAll(events);
        for (const [i, { first, n, index }] of events.entries()) {
          expect(first > (events[i - 1]?.first ?? 0) && n >= first && index === i).toBe(true);
          const step = run.steps[n - 1];
          expect([step?.n, step?.m]).toEqual([n, events[i]?.m]);
        }
        const until = Math.floor(share * run.steps.length);
        const known = eventsOf({ first: run.first, steps: run.steps.slice(0, until) });
        expect(known.length).toBe(events.filter(({ first }) => first <= until).length);
        // What is told at a step that has been seen, and has ended, does not change.
        const ended = known.filter(({ m, index }) => known.some((other) => other.m === m && other.index > index));
        expect(ended).toEqual(ended.map(({ index }) => events[index]));
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});

test('a taken P, told as Go tells it', () => {
  expect(english('golden/S2.scenario.yaml').filter((each) => / sysmon |hands|thread|returns|kernel/.test(each))).toMatchInlineSnapshot(`
    [
      "2 sysmon (M1) makes its rounds: nothing to be done",
      "37 M0 for G1 enters the kernel: read",
      "39 sysmon (M1) sees P0 in a system call (M0, G1, for 19914 ns) and notes its syscalltick",
      "40 sysmon (M1) makes its rounds: nothing to be done",
      "44 sysmon (M1) retakes P0: M0 has been in a system call of G1 for 40127 ns, and syscalltick has not moved",
      "46 M1 hands P0 off: there is work for it",
      "52 no M is idle: M1 creates thread M2 for P0",
      "56 sysmon (M1) makes its rounds: nothing to be done",
      "62 thread M2 starts with P0",
      "209 sysmon (M1) makes its rounds: nothing to be done",
      "216 the kernel lets M0 return: read has taken 30000001 ns",
      "239 G1 returns (30000048 ns) and no P is idle: G1 goes to the global queue, M0 sleeps",
      "275 G1 returns from main: the program ends",
    ]
  `);
});

test('the world is stopped while a goroutine is in a system call', () => {
  expect(english('golden/S5.scenario.yaml')).toMatchInlineSnapshot(`
    [
      "1 G1 executes go",
      "2 sysmon (M1) makes its rounds: nothing to be done",
      "8 G1 starts G2 with a go statement and puts it into runnext of P0",
      "17 no M is idle: G1 creates thread M2 for P1",
      "19 G1 executes spin",
      "25 thread M2 starts with P1",
      "26 M2 on P1 schedules: it looks for the next goroutine to run",
      "37 M2 on P1 steals 1 from P0",
      "40 M2 on P1 runs G2, which has waited 22763 ns, stolen from another P",
      "44 G2 executes spin",
      "54 G1 executes syscall",
      "73 G1 enters a system call, read: P0 becomes _Psyscall, M0 has no P",
      "80 M0 for G1 enters the kernel: read",
      "81 sysmon (M1) sees P0 in a system call (M0, G1, for 9390 ns) and notes its syscalltick",
      "82 sysmon (M1) makes its rounds: nothing to be done",
      "84 G2 executes gc",
      "88 G2 stops the world: every P is to stop",
      "93 the world is stopped: G2",
      "94 G2 collects while the world is stopped",
      "97 sysmon (M1) has no P to watch: it sleeps until woken",
      "98 the kernel lets M0 return: read has taken 1000001 ns",
      "121 G1 returns (1000048 ns) and no P is idle: G1 goes to the global queue, M0 sleeps",
      "125 M0 goes onto the idle list and sleeps",
      "129 G2 starts the world again",
      "138 G2 wants an M to work: it wakes M0 and leaves it P0",
      "141 G2 ends, having run 5107109 ns at last",
      "152 M2 on P1 runs G1, which has waited 4018301 ns, taken from the global queue",
      "164 G1 returns from main: the program ends",
    ]
  `);
});

test('of the two ends in a deadlock each is told as what it is', () => {
  const last = (path: string): string => english(path).findLast((each) => / deadlock/.test(each)) ?? '';
  expect(last('golden/S9.scenario.yaml')).toMatch(/: all goroutines are asleep$/);
  expect(last('branches/goexit-main.scenario.yaml')).toMatch(/: no goroutines, main called runtime.Goexit$/);
});

test('the event at a step is the last that has begun', () => {
  const { first, steps } = play(scenarioIn('golden/S5.scenario.yaml'));
  const events = new Events(first);
  for (const step of steps) events.add(step);
  const all = events.list(Array.from({ length: events.length }, (_, i) => i));
  for (const n of [0, 1, 9, 10, 40, steps.length]) expect(events.at(n)).toBe(all.findLastIndex((each) => each.first <= n));
});

test('the event of a step is its own thread’s, whoever else is at work meanwhile', () => {
  const run = play(scenarioIn('golden/S5.scenario.yaml'));
  const all = eventsOf(run);
  for (const { n, m } of run.steps)
    expect([n, eventOfStep(run, n)]).toEqual([n, all.findLast((each) => each.m === m && each.first <= n) ?? null]);
  expect([eventOfStep(run, 0), eventOfStep(run, run.steps.length + 1)]).toEqual([null, null]);
});
