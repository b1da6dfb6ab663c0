import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assets, scenarioOf } from '../../model/testdata/run-scenario';
import { Simulation } from '../../model/run/simulate';
import { EVENT_GROUPS } from './groups';
import { EventPages, type EventsAsk, type EventsPage } from './pages';

const TEXT = readFileSync(join(import.meta.dirname, '../../model/testdata/golden/S8.scenario.yaml'), 'utf8');
const simulation = new Simulation(scenarioOf(TEXT), assets);
const { first } = simulation;
const { steps } = simulation.run(Infinity);

const pages = (): EventPages =>
  new EventPages({
    first,
    stepCount: steps.length,
    step: (n) => {
      const step = steps[n - 1];
      if (!step) throw new Error(`no step ${n}`);
      return step;
    },
  });
const ALL: EventsAsk = { groups: EVENT_GROUPS, of: null, match: null, horizon: null, n: 0, from: 0, count: 400 };
const asked = (ask: Partial<EventsAsk>, known = pages()): EventsPage => known.look({ ...ALL, ...ask });

test('a list grows with the asks, by so many steps each, and is the same in the end', () => {
  const known = pages();
  let page = known.look(ALL, 50);
  expect([page.steps, page.isComplete]).toEqual([50, false]);
  for (let i = 0; i < 1_000 && !page.isComplete; i++) page = known.look(ALL, 50);
  expect(page).toEqual(asked({}));
  expect(page.steps).toBe(steps.length);
});

test('pages lie side by side, and stop at the ends', () => {
  const whole = asked({}).events;
  const known = pages();
  const some = [0, 7, 14].flatMap((from) => asked({ from, count: 7 }, known).events);
  expect(some).toEqual(whole.slice(0, 21));
  expect(asked({ from: 100_000, count: 5 }, known).events).toEqual(whole.slice(-5));
});

test('without a place a page lies around the event that playback is at', () => {
  const page = asked({ n: 200, from: null, count: 9 });
  const current = page.events[page.current - page.from];
  expect(current?.first).toBeLessThanOrEqual(200);
  expect(page.events[page.current - page.from + 1]?.first).toBeGreaterThan(200);
  expect(asked({ n: 0 }).current).toBe(-1);
});

test('it is narrowed down by kind, by who takes part and by what was typed', () => {
  const { events } = asked({});
  const of = (ask: Partial<EventsAsk>): number[] => asked(ask).events.map(({ index }) => index);
  const where = (fits: (event: (typeof events)[number]) => boolean): number[] => events.filter(fits).map(({ index }) => index);
  expect(of({ groups: ['sysmon'] })).toEqual(
    where(({ type }) => ['round', 'note', 'retake', 'retakeLost', 'deepsleep', 'sysmonWakes', 'preempt'].includes(type)),
  );
  expect(of({ of: 'G2' })).toEqual(where(({ g, other }) => g === 'G2' || other === 'G2'));
  expect(of({ of: 'G2' }).length).toBeGreaterThan(2);
  expect(of({ match: { types: ['run'], ids: ['P0'], text: 'REA' } })).toEqual(
    where(({ type, p, p2, object, reason }) => type === 'run' || p === 'P0' || p2 === 'P0' || /rea/i.test(object) || /rea/i.test(reason)),
  );
  expect(of({ match: { types: [], ids: [], text: 'nowhere' } })).toEqual([]);
});

test('before an open question nothing is known of what follows', () => {
  const known = pages();
  const whole = asked({}, known);
  for (const horizon of [10, 60, 61, 150]) {
    const page = asked({ horizon, n: horizon }, known);
    expect(page.events.every(({ n }) => n <= horizon)).toBe(true);
    expect(page.total).toBe(whole.events.filter(({ first: begun }) => begun <= horizon).length);
    expect([page.steps, page.isComplete]).toEqual([horizon, true]);
  }
  expect(asked({ horizon: steps.length }, known)).toEqual(whole);
});
