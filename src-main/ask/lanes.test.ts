import { describe, expect, test } from 'vitest';
import type { MRow, State, Step } from '../model/state';
import { golden, play, scenarioOf } from '../model/testdata/run-scenario';
import { type LaneAsk, Lanes, SPAN_KINDS } from './lanes';

const row = {
  curg: 'G1',
  ong0: false,
  parked: false,
  spinning: false,
  role: 'worker',
  p: 'P0',
  kernel: null,
  dead: false,
} as unknown as MRow;
const first = { G: { G1: { name: 'main' } }, M: { M0: row }, sysmon: { asleep: true } } as unknown as State;
const step = (n: number, set: Step['set']): Step => ({ n, t: n * 10, m: 'M0', p: null, g: null, fn: 'f', at: 'a', d: 1, set });
const whole = (to: number, columns = to): LaneAsk => ({ axis: 'step', from: 0, to, columns, lanes: 9 });
const timeOf = (n: number): number => n * 10;

/** The spans of a thread as [from, to, kind, goroutine]. */
function spansOf(lanes: Lanes, ask: LaneAsk, i = 0): unknown[][] {
  const { lanes: seen, who } = lanes.look(ask, timeOf);
  const { from = [], to = [], kind = [], who: whose = [] } = seen[i] ?? {};
  return Array.from(from, (each, k) => [each, to[k], SPAN_KINDS[kind[k] ?? 0], who[whose[k] ?? 0]?.g]);
}

function someLanes(): Lanes {
  const lanes = new Lanes(first);
  lanes.add(step(1, []));
  lanes.add(step(2, [['M.M0.kernel', null, { nr: 0 }]]));
  lanes.add(step(3, []));
  lanes.add(
    step(4, [
      ['M.M0.kernel', { nr: 0 }, null],
      ['M.M0.curg', 'G1', null],
      ['M.M0.p', 'P0', null],
      ['M.M0.parked', false, true],
    ]),
  );
  return lanes;
}

test('lanes follow what each thread does', () => {
  expect(spansOf(someLanes(), whole(4))).toEqual([
    [0, 1, 'running', 'G1'],
    [2, 3, 'syscall', 'G1'],
  ]);
});

test('what goes on reaches up to the last step', () => {
  const lanes = new Lanes(first);
  lanes.add(step(1, []));
  lanes.add(step(2, []));
  expect(spansOf(lanes, whole(4))).toEqual([[0, 2, 'running', 'G1']]);
});

test('by time spans lie where their time is, and a part of the run fills the width', () => {
  expect(spansOf(someLanes(), { axis: 'time', from: 0, to: 40, columns: 4, lanes: 9 })).toEqual(spansOf(someLanes(), whole(4)));
  expect(spansOf(someLanes(), { axis: 'step', from: 2, to: 4, columns: 100, lanes: 9 })).toEqual([[0, 50, 'syscall', 'G1']]);
});

test('a thread that comes later has a lane of its own; only so many lanes are sent', () => {
  const lanes = someLanes();
  lanes.add(step(5, [['M.M1', null, { ...row, curg: null } as never]]));
  expect(spansOf(lanes, whole(5), 1)).toEqual([[5, 5, 'scheduling', null]]);
  const seen = lanes.look({ ...whole(5), lanes: 1 }, timeOf);
  expect([seen.laneCount, seen.lanes.map(({ m }) => m)]).toEqual([2, ['M0']]);
});

describe('with more spans than columns', () => {
  /** 30 steps: two of three in the kernel. */
  function busy(): Lanes {
    const lanes = new Lanes(first);
    for (let n = 1; n <= 30; n++)
      lanes.add(step(n, n % 3 === 0 ? [['M.M0.kernel', { nr: 0 }, null]] : n % 3 === 1 ? [['M.M0.kernel', null, { nr: 0 }]] : []));
    return lanes;
  }

  test('each column shows what takes up most of it', () => {
    expect(spansOf(busy(), whole(30, 3))).toEqual([[0, 3, 'syscall', 'G1']]);
    expect(spansOf(busy(), whole(30, 30)).length).toBeGreaterThan(15);
  });

  test('work with a crowd is work, though each of them takes less time than the scheduling in between', () => {
    const lanes = new Lanes(first);
    for (let i = 0; i < 40; i++) {
      const g = i % 2 === 0 ? null : `G${i}`;
      // Four steps of work, three of scheduling.
      const n = Math.floor(i / 2) * 7 + (g === null ? 4 : 7);
      for (let k = n - (g === null ? 3 : 2); k < n; k++) lanes.add(step(k, []));
      lanes.add(step(n, [['M.M0.curg', null, g]]));
    }
    expect(new Set(spansOf(lanes, whole(140, 4)).map(([, , kind]) => kind))).toEqual(new Set(['running']));
  });

  test('where several fall into one column of a wide picture, that column shows the longest of them', () => {
    const lanes = new Lanes(first);
    lanes.add(step(1, [['M.M0.kernel', null, { nr: 0 }]]));
    for (let n = 2; n <= 7; n++) lanes.add(step(n, []));
    lanes.add(step(8, [['M.M0.kernel', { nr: 0 }, null]]));
    for (let n = 9; n <= 80; n++) lanes.add(step(n, []));
    expect(spansOf(lanes, whole(80, 8))).toEqual([
      [0, 1, 'syscall', 'G1'],
      [1, 8, 'running', 'G1'],
    ]);
  });

  test('what is asleep for columns on end leaves them empty, and the shortest moment is seen', () => {
    const lanes = new Lanes({ ...first, M: { M0: { ...row, parked: true } } } as State);
    for (let n = 1; n <= 1_000; n++)
      lanes.add(step(n, n % 250 === 0 ? [['M.M0.parked', true, false]] : n % 250 === 1 ? [['M.M0.parked', false, true]] : []));
    expect(spansOf(lanes, whole(1_000, 2))).toEqual([[0, 2, 'running', 'G1']]);
    expect(spansOf(lanes, whole(1_000, 3)).map(([from, to]) => [from, to])).toEqual([[0, 3]]);
    expect(spansOf(lanes, whole(1_000, 8)).length).toBe(4);
  });
});

test('nothing of S12 is lost by leaving detail out', () => {
  const { first: begin, steps } = play(scenarioOf(golden('S12.scenario.yaml')));
  const lanes = new Lanes(begin);
  for (const each of steps) lanes.add(each);
  const times = (n: number): number => steps[n - 1]?.t ?? 0;
  const columns = 50;
  const fine = lanes.look({ ...whole(steps.length, steps.length), lanes: 1e4 }, times);
  const coarse = lanes.look({ ...whole(steps.length, columns), lanes: 1e4 }, times);
  for (const [i, lane] of fine.lanes.entries()) {
    const touched = new Set<number>();
    for (const [k, from] of lane.from.entries())
      for (let c = Math.floor((from * columns) / steps.length); c < Math.min(columns, ((lane.to[k] ?? 0) * columns) / steps.length); c++)
        touched.add(c);
    const drawn = new Set<number>();
    const seen = coarse.lanes[i];
    for (const [k, from] of (seen?.from ?? []).entries())
      for (let c = Math.floor(from); c < Math.min(columns, seen?.to[k] ?? 0); c++) drawn.add(c);
    expect(
      [...touched].filter((c) => !drawn.has(c)),
      lane.m,
    ).toEqual([]);
  }
});
