/** Recorded programs that start very many goroutines, told event by event. */
import { expect, test } from 'vitest';
import { applyStep, copyState } from '../model/trace/replay';
import { RecordedRun } from './recorded-run';
import { type CallPath, NO_PATH, NONE, type Told } from './told';

const MAIN: CallPath = { fns: ['main.main', 'main.handle'], lines: ['/src/main.go:10', '/src/main.go:20'] };

function told(kind: Told['kind'], t: number, more: Partial<Told>): Told {
  return { kind, t, m: 77, p: 0, g: 1, id: NONE, from: NONE, why: '', stack: NO_PATH, entry: '', ...more };
}

/** Goroutines 2, 3 … one after the other: each is started, runs and ends before the next one comes. */
function* lives(count: number, entryOf: (id: number) => string): Generator<Told> {
  for (let id = 2; id < 2 + count; id++) {
    yield told('GoCreate', 10 * id, { id, entry: entryOf(id), stack: MAIN });
    yield told('GoBlock', 10 * id + 1, { id: 1, why: 'chan receive', stack: MAIN });
    yield told('GoStart', 10 * id + 2, { g: NONE, id });
    yield told('GoUnblock', 10 * id + 3, { g: id, id: 1 });
    yield told('GoDestroy', 10 * id + 4, { g: id, id });
    yield told('GoStart', 10 * id + 5, { g: NONE, id: 1 });
  }
}

function played(events: Iterable<Told>) {
  const run = new RecordedRun({
    t: 0,
    P: new Map([[0, { status: 'running', m: 77 }]]),
    G: new Map([[1, { status: 'running', m: 77, stack: NO_PATH }]]),
  });
  const state = copyState(run.first);
  const steps = [];
  const alive: [number, string][] = [];
  for (const event of events) {
    const step = run.step(event);
    applyStep(state, step);
    steps.push(step);
    const row = step.g === null ? undefined : state.G[step.g];
    if (event.kind === 'GoUnblock') alive.push([row?.goid ?? 0, row?.status ?? '']);
  }
  return { state, steps, alive };
}

test('a few keep a row each, under the number that Go gave them', () => {
  const { state } = played(lives(200, () => 'main.worker'));
  expect(Object.keys(state.G)).toHaveLength(201);
  for (const [g, { goid }] of Object.entries(state.G)) expect(g).toBe(`G${goid}`);
});

test('of many of one function the rows are used again, and goid says who it is', () => {
  const { state, alive } = played(lives(2_000, () => 'main.worker'));
  expect(Object.keys(state.G).length).toBeLessThan(300);
  expect(alive).toEqual(Array.from({ length: 2_000 }, (_, i) => [i + 2, '_Grunning']));
  const goids = Object.values(state.G).map(({ goid }) => goid);
  expect(new Set(goids).size).toBe(goids.length);
  expect(Math.max(...goids)).toBe(2_001);
  expect(state.G.G1?.status).toBe('_Grunning');
  // Nobody waits anywhere who has ended.
  expect([state.sched.runq, state.P.P0?.runnext, state.P.P0?.runq]).toEqual([[], null, []]);
});

test('a row stays with its function: its name is right whoever has it', () => {
  const { state, steps } = played(lives(1_200, (id) => (id % 2 === 0 ? 'main.even' : 'main.odd')));
  for (const { goid, name } of Object.values(state.G)) if (goid > 1) expect(name.split('#')[0]).toBe(goid % 2 === 0 ? 'even' : 'odd');
  // Nothing of whoever had the row before is left.
  const born = steps.filter(({ ev }) => ev === 'GoCreate').at(-1);
  expect(born?.set.map(([path, , now]) => [path.split('.').at(-1), now])).toEqual(
    expect.arrayContaining([
      ['goid', 1_201],
      ['status', '_Grunnable'],
    ]),
  );
});

test('the call path of whoever does it comes with files and lines', () => {
  const { state } = played(lives(3, () => 'main.worker'));
  expect(state.G.G1).toMatchObject({ frames: MAIN.fns, lines: MAIN.lines });
  expect(state.G.G3).toMatchObject({ frames: ['main.worker'], lines: [] });
});

test('who wakes somebody without a P before anything was told of it is taken for sysmon; others are not', () => {
  const begun = [told('GoBlock', 1, { id: 1, why: 'network', stack: MAIN })];
  const woken = played([...begun, told('GoUnblock', 2, { m: 78, p: NONE, g: NONE, id: 1 })]);
  expect(woken.state.M.M1).toMatchObject({ name: '78', role: 'sysmon' });
  // That is a guess, and is said to be one.
  expect(woken.steps.at(-1)?.assumed).toContain('M.M1');
  // A thread that has had a P may do so, too.
  const known = played([...begun, told('ProcStop', 2, { g: NONE, id: 0 }), told('GoUnblock', 3, { p: NONE, g: NONE, id: 1 })]);
  expect(Object.keys(known.state.M)).toEqual(['M0']);
  expect(known.state.M.M0?.role).toBe('worker');
});
