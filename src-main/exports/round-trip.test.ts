/**
 * A run that is exported and read back has the same lanes. As a trace of ours all of them; as an execution trace those of Ps and goroutines, as far
 * as Go's tracer tells of them: it knows nothing of the time that a thread spends on its own stack between two goroutines.
 */
import { describe, expect, test } from 'vitest';
import { FollowedState, type LaneId, type Owner } from '../ask/followed-state';
import { SPAN_KINDS } from '../ask/occupancy';
import { readTrace, traceHeader, traceLine } from '../formats/trace-jsonl';
import { importTrace, stepsOf } from '../imports/import-trace';
import { golden, play, scenarioOf } from '../model/testdata/run-scenario';
import type { GRow, PId, State, Step } from '../model/state';
import { plainStep } from '../model/trace/queue-versions';
import { applyStep, copyState } from '../model/trace/replay';
import { FORMATS } from './formats';
import { BEGINNING } from './go-trace/clock';

/** Of events at one moment the later ones are told some ns late: a reader would not know their order otherwise. */
const LATE_NS = 100;

interface Span {
  at: number;
  doing: string;
}
type Lanes = Map<string, Span[]>;
type Played = ReturnType<typeof play>;

function look(lanes: Lanes, lane: string, at: number, doing: string): void {
  const spans = lanes.get(lane) ?? [];
  lanes.set(lane, spans);
  if (spans.at(-1)?.doing !== doing) spans.push({ at, doing });
}

/** As the window's timeline has them. */
function allLanes(first: State, steps: readonly Step[]): Lanes {
  const followed = new FollowedState(first);
  const lanes: Lanes = new Map();
  const shown = (id: LaneId, t: number): void => {
    const { kind, g, m, p, why } = followed.doing(followed.ownerOf(id) as Owner);
    look(lanes, id, t, `${SPAN_KINDS[kind] ?? ''} ${g} ${m} ${p} ${why}`);
  };
  for (const id of [...Object.keys(first.P), ...Object.keys(first.M), ...Object.keys(first.G)] as LaneId[]) shown(id, 0);
  for (const { set, m, t } of steps)
    followed.take(set, m, ({ id }) => {
      shown(id, t);
    });
  return lanes;
}

const HOW: Readonly<Record<string, string>> = {
  _Grunnable: 'runnable',
  _Grunning: 'running',
  _Gsyscall: 'syscall',
  _Gwaiting: 'waiting',
  _Gpreempted: 'waiting',
};
const alive = (rows: State['G']): GRow[] => Object.values(rows).filter(({ goid }) => goid > 0);

/** `startNs`: when the run began, on the clock of its steps: a recording begins before it. What Go's tracer tells: of each goroutine, by Go's own number, how it is, and of each P whom it runs. */
function toldLanes(first: State, steps: readonly Step[], startNs: number): Lanes {
  const state = copyState(first);
  const lanes: Lanes = new Map();
  const shown = (t: number): void => {
    for (const { goid, status } of alive(state.G)) look(lanes, `goroutine ${goid}`, t, HOW[status] ?? 'gone');
    for (const [p, { m, status }] of Object.entries(state.P) as [PId, State['P'][PId]][]) {
      const g = m === null ? null : (state.M[m]?.curg ?? null);
      // Whoever stops the world keeps its P, which is called stopped then.
      const runs = status !== '_Psyscall' && g !== null && state.G[g]?.status === '_Grunning';
      look(lanes, p, t, runs ? `runs ${state.G[g]?.goid}` : '');
    }
  };
  shown(0);
  for (const step of steps) {
    applyStep(state, step);
    shown(Math.max(0, step.t - startNs));
  }
  const end = (steps.at(-1)?.t ?? 0) - startNs;
  return new Map([...lanes].map(([lane, spans]) => [lane, lasting(spans, end)]));
}

/** Without what is over before a reader's clock has moved. */
function lasting(spans: readonly Span[], end: number): Span[] {
  const kept: Span[] = [];
  for (const [i, span] of spans.entries()) {
    const lasts = (spans[i + 1]?.at ?? end + 2 * LATE_NS) - span.at;
    if (lasts > LATE_NS && kept.at(-1)?.doing !== span.doing) kept.push(span);
  }
  return kept;
}

/**
 * What of it the tracer up to 1.21 tells, of which so many spans were found: the end of a system call that nobody has disturbed comes with the
 * goroutine's next event, so that after the last one it may still be in the call; and of a P that runs nobody there is nothing.
 */
function oldTelling(spans: readonly Span[], found: number): readonly Span[] {
  if (spans.every(({ doing }) => doing === '')) return [];
  const isLastMissing = found === spans.length - 1 && (spans.at(-1)?.doing ?? '').startsWith('run');
  return isLastMissing ? spans.slice(0, -1) : spans;
}

function exported({ first, steps }: Played, format: 'go119' | 'go126'): Uint8Array {
  const writer = FORMATS[format](first);
  const state = copyState(first);
  const pieces = [writer.head()];
  let end = 0;
  for (const each of steps) {
    const step = plainStep(each);
    applyStep(state, step);
    end = step.t + step.d;
    pieces.push(writer.step(step, state));
  }
  pieces.push(writer.end(end));
  return Buffer.concat(pieces);
}

const SCENARIO = { schedville: 1, kind: 'scenario', id: 'x', title: { zh: '甲', en: 'a' }, goroutines: { main: ['gosched'] } };
const NAMES = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'];
const played = new Map(NAMES.map((name) => [name, play(scenarioOf(golden(`${name}.scenario.yaml`)))]));
const of = (name: string): Played => played.get(name) as Played;

describe.each(NAMES)('%s', (name) => {
  test('as a trace of ours: every lane', () => {
    const { first, steps } = of(name);
    const read = readTrace([traceHeader(SCENARIO, first), ...steps.map(traceLine)].join(''), name);
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const lanes = allLanes(first, steps.map(plainStep));
    expect(lanes.size).toBeGreaterThan(3);
    expect(allLanes(read.header.state, [...read.steps].map(plainStep))).toEqual(lanes);
  });

  test.each(['go119', 'go126'] as const)('as an execution trace: %s', (format) => {
    const { first, steps } = of(name);
    const pieces = [exported(of(name), format)];
    const made = importTrace(() => pieces.pop() ?? null);
    const theirs = toldLanes(made.first, [...stepsOf(made)].map(plainStep), BEGINNING - 1);
    expect(made.cut).toBeNull();
    for (const [lane, all] of toldLanes(first, steps.map(plainStep), 0)) {
      const found = theirs.get(lane) ?? [];
      const spans = format === 'go119' ? oldTelling(all, found.length) : all;
      expect(
        found.map(({ doing }) => doing),
        lane,
      ).toEqual(spans.map(({ doing }) => doing));
      for (const [i, { at }] of spans.entries())
        expect(Math.abs((found[i]?.at ?? Infinity) - at), `${lane}, span ${i}`).toBeLessThan(LATE_NS);
    }
  });
});

test.each([
  ['select', ['chan receive', 'chan send', 'select']],
  ['cond', ['sleep', 'sync.Cond.Wait']],
  // It has one word for all of package sync.
  ['rwmutex', ['sleep', 'sync']],
])('what a goroutine waits for is told by the older tracer, too: %s', (name, reasons) => {
  const played = play(scenarioOf(golden(`../branches/${name}.scenario.yaml`)));
  const pieces = [exported(played, 'go119')];
  const made = importTrace(() => pieces.pop() ?? null);
  const told = [...stepsOf(made)].flatMap(({ set }) => set.filter(([path]) => /^G\.G\d+\.waitreason$/.test(path)).map(([, , now]) => now));
  expect([...new Set(told)].filter((now) => now !== '').sort()).toEqual(reasons);
});
