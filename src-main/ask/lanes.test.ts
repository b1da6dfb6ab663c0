import { describe, expect, test } from 'vitest';
import type { MRow, PRow, State, Step } from '../model/state';
import { golden, play, scenarioOf } from '../model/testdata/run-scenario';
import { applied } from '../model/trace/replay';
import { timeAxis, FoldedTime } from './axis';
import { type LaneAsk, type LaneId, Lanes } from './lanes';
import { SPAN_KINDS } from './occupancy';

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
const first = {
  G: { G1: { name: 'main', status: '_Grunning', m: 'M0' } },
  M: { M0: row },
  P: { P0: { status: '_Prunning', m: 'M0' } as unknown as PRow },
  sysmon: { asleep: true },
} as unknown as State;
const step = (n: number, set: Step['set']): Step => ({ n, t: n * 10, m: 'M0', p: null, g: null, fn: 'f', at: 'a', d: 1, set });
const whole = (to: number, ids: readonly LaneId[] = ['M0']): LaneAsk => ({ axis: 'step', from: 0, to, columns: 4 * to, ids });

/** The spans of a lane as [from, to, kind, with whom]. */
function spansOf(lanes: Lanes, ask: LaneAsk): unknown[][] {
  const { lanes: seen, who } = lanes.look(ask);
  return seen.flatMap(({ from, to, kind, who: whose }) =>
    Array.from(from, (each, k) => {
      const { g, m, p, why } = who[whose[k] ?? 0] ?? {};
      return [each, to[k], SPAN_KINDS[kind[k] ?? 0], [g, m, p, why].filter((id) => id).join(' ')];
    }),
  );
}

/** M0 calls the kernel with G1, comes back, and goes to sleep. */
function someLanes(): Lanes {
  const lanes = new Lanes(first);
  lanes.add(step(1, []));
  lanes.add(
    step(2, [
      ['M.M0.kernel', null, { nr: 0 }],
      ['M.M0.p', 'P0', null],
      ['P.P0.status', '_Prunning', '_Psyscall'],
      ['P.P0.m', 'M0', null],
      ['G.G1.status', '_Grunning', '_Gsyscall'],
    ]),
  );
  lanes.add(step(3, []));
  lanes.add(
    step(4, [
      ['M.M0.kernel', { nr: 0 }, null],
      ['M.M0.curg', 'G1', null],
      ['M.M0.parked', false, true],
      ['G.G1.status', '_Gsyscall', '_Gwaiting'],
      ['G.G1.waitreason', '', 'sleep'],
      ['G.G1.m', 'M0', null],
      ['P.P0.status', '_Psyscall', '_Pidle'],
    ]),
  );
  lanes.add(step(5, []));
  return lanes;
}

describe('lanes follow', () => {
  test('what a thread does, without holes between two things', () => {
    expect(spansOf(someLanes(), whole(5))).toEqual([
      [0, 2, 'running', 'G1 P0'],
      [2, 4, 'syscall', 'G1'],
    ]);
  });

  test('who has a P; in a system call it is still theirs who left it', () => {
    expect(spansOf(someLanes(), whole(5, ['P0']))).toEqual([
      [0, 2, 'running', 'G1 M0'],
      [2, 4, 'syscall', 'G1 M0'],
    ]);
  });

  test('the life of a goroutine, with what it waits for', () => {
    expect(spansOf(someLanes(), whole(5, ['G1']))).toEqual([
      [0, 2, 'running', 'M0 P0'],
      [2, 4, 'syscall', 'M0'],
      [4, 5, 'waiting', 'sleep'],
    ]);
  });
});

test('by time spans lie where their time is', () => {
  const time = new FoldedTime({ from: new Float64Array(0), to: new Float64Array(0) }, 50);
  const axis = timeAxis(time, (n) => n * 10);
  const { lanes } = someLanes().look({ axis: 'time', from: 0, to: 50, columns: 50, ids: ['M0'] }, axis);
  expect([[...(lanes[0]?.from ?? [])], [...(lanes[0]?.to ?? [])]]).toEqual([
    [0, 20],
    [20, 40],
  ]);
});

test('a thread that comes later has a lane of its own; whoever the run does not have has none', () => {
  const lanes = someLanes();
  lanes.add(step(6, [['M.M1', null, { ...row, curg: null } as never]]));
  lanes.add(step(7, []));
  expect(spansOf(lanes, whole(7, ['M1', 'M2']))).toEqual([[6, 7, 'scheduling', 'P0']]);
  expect(lanes.counts).toEqual({ P: 1, M: 2, G: 1 });
});

/** The lane of a thread in a run of these goroutines: [step, step, kind, with whom], and the steps at which a row of the name stands. */
function laneIn(goroutines: string, id: LaneId): { spans: unknown[][]; at: (row: string) => number } {
  const text = `{ schedville: 1, kind: scenario, id: one, title: { zh: 一, en: one }, runtime: { gomaxprocs: 1 }, goroutines: ${goroutines} }`;
  const { first: begin, steps } = play(scenarioOf(text));
  const lanes = new Lanes(begin);
  for (const each of steps) lanes.add(each);
  return { spans: spansOf(lanes, whole(steps.length, [id])), at: (name) => steps.find(({ fn, at }) => `${fn}/${at}` === name)?.n ?? -1 };
}

test('a thread in C is in a system call, as its P and its goroutine are, not at work on g0', () => {
  const { spans, at } = laneIn('{ main: [{ cgo: { takes: 30ms } }] }', 'M0');
  const inC = at('cgocall/incgo');
  expect(inC).toBeGreaterThan(0);
  expect(spans.find(([from, to]) => Number(from) <= inC && inC < Number(to))?.slice(2)).toEqual(['syscall', 'G1']);
  expect(spans.some(([from, , kind]) => Number(from) >= inC && Number(from) < at('cgocall/return') && kind === 'scheduling')).toBe(false);
});

test('an extra M has a bar only while a thread of C has it', () => {
  const { spans, at } = laneIn('{ main: [{ cgothread: { after: 10us, callback: [{ compute: 20us }] } }, { sleep: 1ms }] }', 'M1');
  expect([spans[0]?.[0], spans.at(-1)?.[1]]).toEqual([at('needm/casgstatus'), at('dropm/casgstatus')]);
  expect(spans.map(([, , kind]) => kind)).toContain('running');
});

test('lanes on which nothing happens in a part of the run are told apart', () => {
  const lanes = someLanes();
  const of = (from: number, to: number): unknown => {
    const { P, M, G } = lanes.rows({ from, to });
    return [P, M, G].map(({ busy, idle }) => [[...busy], [...idle]]);
  };
  expect(of(0, 5)).toEqual([
    [[0], []],
    [[0], []],
    [[1], []],
  ]);
  expect(of(5, 5)).toEqual([
    [[], [0]],
    [[], [0]],
    [[1], []],
  ]);
});

/** What a P or a goroutine shows by the state alone; for a thread and for a P that runs, whether it runs a goroutine. */
function wanted({ G, M, P }: State, id: LaneId): unknown {
  if (id.startsWith('G')) {
    const status = G[id as `G${number}`]?.status;
    return { _Grunning: 'running', _Gsyscall: 'syscall', _Grunnable: 'runnable', _Gwaiting: 'waiting' }[status as '_Grunning'];
  }
  const own = P[id as `P${number}`];
  if (own && own.status !== '_Prunning') return { _Pgcstop: 'stopped', _Psyscall: 'syscall' }[own.status as '_Psyscall'];
  const thread = own ? M[own.m ?? 'M-1'] : M[id as `M${number}`];
  return (
    thread?.curg != null && !thread.ong0 && (own !== undefined || (!thread.parked && !thread.kernel && thread.p !== null && !thread.dead))
  );
}

test.each(['S2', 'S5', 'S7', 'S13'])('each lane of %s shows what the states say, step by step', (name) => {
  const { first: begin, steps } = play(scenarioOf(golden(`${name}.scenario.yaml`)));
  const lanes = new Lanes(begin);
  for (const each of steps) lanes.add(each);
  const idsOf = (['P', 'M', 'G'] as const).flatMap((letter) => {
    const { busy, idle } = lanes.rows({ from: 0, to: steps.length })[letter];
    return [...busy, ...idle].map((n) => `${letter}${n}` as LaneId);
  });
  const view = lanes.look(whole(steps.length, idsOf.slice(0, 60)));
  const places = view.lanes.map(() => 0);
  const wrong: string[] = [];
  let state = begin;
  for (let n = 0; n < steps.length; n++) {
    if (n > 0) state = applied(state, steps[n - 1] as Step);
    for (const [i, lane] of view.lanes.entries()) {
      while ((lane.to[places[i] ?? 0] ?? Infinity) <= n) places[i] = (places[i] ?? 0) + 1;
      const k = places[i] ?? 0;
      const seen = (lane.from[k] ?? Infinity) <= n ? SPAN_KINDS[lane.kind[k] ?? 0] : undefined;
      const told = wanted(state, lane.id);
      if (typeof told === 'boolean' ? (seen === 'running') !== told : seen !== told)
        wrong.push(`${lane.id} after step ${n}: ${seen} for ${told}`);
    }
  }
  expect(wrong.slice(0, 5)).toEqual([]);
});
