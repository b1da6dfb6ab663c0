import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, State, Step } from '../model/state';
import { randomScenario } from '../model/testdata/random-scenario';
import { assets } from '../model/testdata/run-scenario';
import { Simulation } from '../model/run/simulate';
import { applied, copyState } from '../model/trace/replay';
import { plainStep } from '../model/trace/queue-versions';
import { PackedSteps } from '../model/trace/packed-steps';
import { History, LIFE_KINDS, type PlaceAsk } from './history';

const step = (n: number, set: Step['set']): Step => ({ n, t: n * 10, m: 'M0', p: null, g: 'G1', fn: 'f', at: 'a', d: 1, set });

function historyOf(...sets: Step['set'][]): History {
  const packed = new PackedSteps();
  for (const [i, set] of sets.entries()) packed.push(step(i + 1, set));
  return new History(packed);
}

const ask = (place: string, n: number, more: Partial<PlaceAsk> = {}): PlaceAsk => ({
  places: [place],
  n,
  horizon: Infinity,
  fields: [],
  columns: 100,
  ...more,
});

describe('a place', () => {
  const history = historyOf(
    [['G.G1.status', '_Grunning', '_Gwaiting']],
    [],
    [
      ['G.G1.status', '_Gwaiting', '_Grunnable'],
      ['sched.runq', [], ['G1']],
    ],
    [['G.G2', null, { status: '_Grunnable', name: 'w' }]],
    [['kernel.fds', { 3: { path: 'a' }, 4: { path: 'b' } }, { 3: { path: 'a' } }]],
  );

  test('was set by the last step that wrote it, and is changed by the next one', () => {
    const { set, before, previous, next } = history.look(ask('G.G1.status', 2));
    expect(set).toMatchObject({
      n: 1,
      t: 10,
      m: 'M0',
      g: 'G1',
      fn: 'f',
      at: 'a',
      set: [['G.G1.status', '_Grunning', '_Gwaiting']],
      more: 0,
    });
    expect({ before, previous, next }).toEqual({ before: [], previous: 1, next: 3 });
  });

  test('that was just written was changed before that, too', () => {
    expect(history.look(ask('G.G1', 3))).toMatchObject({ set: { n: 3 }, before: [{ n: 1 }], previous: 1, next: null });
  });

  test.each(['toString', 'constructor', '__proto__'])('that every object has (%s) is none, whatever is written around it', (name) => {
    expect(history.look(ask(`G.G2.${name}`, 5))).toMatchObject({ set: null, before: [], previous: null, next: null });
  });

  test('nobody has written is as at the start', () => {
    expect(history.look(ask('G.G1.name', 5))).toMatchObject({ set: null, before: [], previous: null, next: null });
    expect(history.look(ask('G.G9', 5)).life).toEqual({ from: Uint32Array.of(0), kind: Uint8Array.of(LIFE_KINDS.indexOf('full')) });
  });

  test('is written with what lies around it, when that makes it another', () => {
    expect(history.look(ask('G.G2.status', 5)).set).toMatchObject({ n: 4, set: [['G.G2', null, { status: '_Grunnable', name: 'w' }]] });
    expect(history.look(ask('kernel.fds.4', 5)).set?.n).toBe(5);
    expect(history.look(ask('kernel.fds.3', 5)).set).toBe(null);
    expect(history.look(ask('kernel', 5)).set?.n).toBe(5);
  });

  test('has no future beyond the horizon, and no life', () => {
    const { next, life } = history.look(ask('sched.runq', 1, { horizon: 2 }));
    expect(next).toBe(null);
    expect([...life.from].every((from) => from <= 2)).toBe(true);
    expect(history.look(ask('sched.runq', 1, { horizon: 3 })).next).toBe(3);
    // Whoever asks for later than that is told of the horizon.
    expect(history.look(ask('sched.runq', 5, { horizon: 2 })).set).toBe(null);
  });

  test('has fields, each since its own step', () => {
    expect(history.look(ask('G.G1', 5, { fields: ['G.G1.status', 'G.G1.name', 'sched.runq'] })).fields).toEqual([3, 0, 3]);
  });

  test('is empty or not through its life', () => {
    const { life } = historyOf([], [['sched.runq', [], ['G1']]], [], [['sched.runq', ['G1'], []]], []).look(ask('sched.runq', 0));
    expect([...life.from].map((from, i) => [from, LIFE_KINDS[life.kind[i] ?? 0]])).toEqual([
      [0, 'empty'],
      [2, 'full'],
      [4, 'empty'],
    ]);
  });

  test('that changes all the time is told by columns', () => {
    const sets = Array.from({ length: 1_000 }, (_, i): Step['set'] => [['sched.nmspinning', i % 2, (i + 1) % 2]]);
    const { life } = historyOf(...sets, ...Array.from({ length: 1_000 }, () => [])).look(ask('sched.nmspinning', 0, { columns: 20 }));
    expect(life.from.length).toBeLessThanOrEqual(40);
    expect(life.kind.includes(LIFE_KINDS.indexOf('many'))).toBe(true);
    expect(LIFE_KINDS[life.kind.at(-1) ?? 0]).toBe('empty');
  });

  test('is told in short', () => {
    const long = Array.from({ length: 300 }, (_, i) => `G${i}`);
    const found = historyOf([['sched.runq', [], long]]).look(ask('sched.runq', 1)).set?.set[0]?.[2];
    expect(found).toEqual(['G0', 'G1', 'G2', 'G3', 'G4', '… 300 …', 'G298', 'G299']);
  });
});

/** What stands at a path of a state, as it is. */
function valueAt(state: State, path: string): Json {
  const keys = path.startsWith('kernel.files.') ? ['kernel', 'files', path.slice(13)] : path.split('.');
  return keys.reduce<unknown>((at, key) => (at as Record<string, unknown> | null | undefined)?.[key], state) as Json;
}

test('of random runs every answer is what a scan of all states finds', () => {
  fc.assert(
    fc.property(randomScenario, fc.integer(), (scenario, pick) => {
      const simulation = new Simulation({ ...scenario, limits: { ...scenario.limits, steps: 300 } }, assets);
      const packed = new PackedSteps();
      const states = [copyState(simulation.first)];
      while (!simulation.outcome && packed.length < 300)
        for (const each of simulation.run(50).steps) {
          packed.push(each);
          states.push(applied(states.at(-1) as State, plainStep(each)));
        }
      const history = new History(packed);
      const written = [...new Set(Array.from({ length: packed.length }, (_, i) => packed.step(i + 1).set.map(([path]) => path)).flat())];
      const rows = written.map((path) =>
        path
          .split('.')
          .slice(0, path.startsWith('kernel') ? 3 : 2)
          .join('.'),
      );
      const places = [...new Set([...written, ...rows, 'sched', 'kernel.fds', 'kernel'])].filter((_, i) => (i + pick) % 9 === 0);
      for (const place of places) {
        const texts = states.map((state) => JSON.stringify(valueAt(state, place)) ?? 'null');
        const changes = texts.flatMap((text, n) => (n > 0 && text !== texts[n - 1] ? [n] : []));
        const horizon = Math.abs(pick) % (packed.length + 2);
        for (const n of [0, 1, Math.floor(packed.length / 2), packed.length]) {
          const found = history.look(ask(place, n, { fields: [place] }));
          const last = changes.findLast((each) => each <= n) ?? 0;
          expect([place, n, found.set?.n ?? 0, found.fields]).toEqual([place, n, last, [last]]);
          expect([place, n, found.previous]).toEqual([place, n, changes.findLast((each) => each < n) ?? null]);
          expect([place, n, found.next]).toEqual([place, n, changes.find((each) => each > n) ?? null]);
          expect(found.before.map((each) => each.n)).toEqual(
            changes
              .filter((each) => each < last)
              .slice(-3)
              .reverse(),
          );
          const hidden = history.look(ask(place, Math.min(n, horizon), { horizon }));
          expect(hidden.next).toBe(changes.find((each) => each > Math.min(n, horizon) && each <= horizon) ?? null);
          expect(Math.max(...hidden.life.from)).toBeLessThanOrEqual(horizon);
        }
      }
    }),
    { numRuns: 8, seed: 7 },
  );
});
