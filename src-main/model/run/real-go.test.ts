/**
 * The model against real Go: programs that were run on Go 1.19.8 and measured (testdata/real-go-contract.json holds them as scenarios,
 * with what the facts must say). Exact facts must be equal, times must lie in the accepted range.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Operation, Scenario } from '../scenario';
import type { GId, MId, PId } from '../state';
import { play, type Played, scenarioOf } from '../testdata/run-scenario';

interface Expectation {
  fact: string;
  equals?: unknown;
  all_equal?: unknown;
  one_of?: unknown[];
  range?: [number, number];
  contains?: string[];
}

interface Case {
  name: string;
  scenario: unknown;
  expect: Expectation[];
  align?: string;
}

const cases = JSON.parse(readFileSync(new URL('../testdata/real-go-contract.json', import.meta.url), 'utf8')) as Case[];

/** "yields at the head of …": each one advances schedtick by one; the model starts at 1. */
function aligned(scenario: Scenario, align: string | undefined): Scenario {
  const parts = /head of (\w+) until P0\.schedtick mod 61 is (\d+)/.exec(align ?? '');
  if (!parts) return scenario;
  const [, name = '', want = '1'] = parts;
  const yields = Array.from({ length: (Number(want) - 1 + 61) % 61 }, (): Operation => ({ kind: 'gosched' }));
  return { ...scenario, goroutines: { ...scenario.goroutines, [name]: [...yields, ...(scenario.goroutines[name] ?? [])] } };
}

const placeAt = (played: Played, name: string, which: 'first' | 'last'): { m: MId; p: PId } | undefined => {
  const runs = played.facts.goroutines[name]?.runs ?? [];
  return which === 'first' ? runs[0] : runs.at(-1);
};

/** M and P on which a goroutine ran before and after its system call. */
function aroundCall(played: Played, name: string, field: 'm' | 'p'): boolean {
  const facts = played.facts.goroutines[name];
  const call = facts?.syscalls[0];
  if (!facts || !call) throw new Error(`${name} made no system call`);
  const before = facts.runs.findLast((run) => run.from < call.enter);
  const after = facts.runs.find((run) => run.to >= call.exit);
  return before?.[field] === after?.[field];
}

const runsOf = (played: Played, names: string[]): { name: string; from: number; length: number }[] =>
  names
    .flatMap((name) => (played.facts.goroutines[name]?.runs ?? []).map((run) => ({ name, from: run.from, length: run.to - run.from })))
    .sort((a, b) => a.from - b.from);

const FACTS: Record<string, (played: Played) => unknown> = {
  marks: ({ facts }) => facts.marks.map((mark) => mark.g),
  runOrder: ({ facts }) => facts.runOrder,
  retakes: ({ facts }) => facts.retakes,
  'retakes.length': ({ facts }) => facts.retakes.length,
  'retakes[0].waited': ({ facts }) => facts.retakes[0]?.waited,
  'handoffs[0].why': ({ facts }) => facts.handoffs[0]?.why,
  'marks.length': ({ facts }) => facts.marks.length,
  'marks[0].t': ({ facts }) => facts.marks[0]?.t,
  'threads.peak': ({ facts }) => facts.threads.peak,
  'outcome.kind': ({ facts }) => facts.outcome.kind,
  'outcome.code': ({ facts }) => facts.outcome.code,
  'outcome.message': ({ facts }) => facts.outcome.message,
  time: ({ facts }) => facts.time,
  'P.P0.syscalltick+': ({ first, last }) => (last.P.P0?.syscalltick ?? 0) - (first.P.P0?.syscalltick ?? 0),
  'P.P0.schedtick+': ({ first, last }) => (last.P.P0?.schedtick ?? 0) - (first.P.P0?.schedtick ?? 0),
  'syscalls:main': ({ facts }) => facts.goroutines.main?.syscalls.map((call) => call.path),
  'syscalls:A': ({ facts }) => facts.goroutines.A?.syscalls.map((call) => call.path),
  'M of main after the call is the one before': (played) => aroundCall(played, 'main', 'm'),
  'P of main after the call is the one before': (played) => aroundCall(played, 'main', 'p'),
  'M of A after the call is the one before': (played) => aroundCall(played, 'A', 'm'),
  'goroutines.B.started': ({ facts }) => facts.goroutines.B?.started,
  'goroutines.W.started': ({ facts }) => facts.goroutines.W?.started,
  'goroutines.W.runs[0].p': (played) => placeAt(played, 'W', 'first')?.p,
  'at the last newproc: P0.runq.length, P0.runnext set, sched.runq.length': atLastNewproc,
  'number of W marks before each main mark': ({ facts }) =>
    facts.marks.flatMap((mark, i) => (mark.text === 'main' ? [facts.marks.slice(0, i).filter((each) => each.text === 'W').length] : [])),
  'time from the end of the read to A running': ({ facts }) =>
    (facts.marks.find((mark) => mark.text === 'A')?.t ?? 0) - (facts.goroutines.A?.syscalls[0]?.exit ?? 0),
  "A's M at the end": (played) => {
    const m = placeAt(played, 'A', 'last')?.m;
    const row = m === undefined ? undefined : played.last.M[m];
    const isRight = m === 'M0' ? row?.parked === true && row.p === null && !played.last.sched.midle.includes(m) : row?.dead === true;
    return isRight ? 'parked for ever if it is M0, else gone' : JSON.stringify(row);
  },
  'time from newproc of B to B running': ({ facts }) => (facts.goroutines.B?.started ?? 0) - (facts.goroutines.B?.created ?? 0),
  'preemptions[-1].how or the one before B': ({ facts }) =>
    facts.preemptions.findLast((each) => each.t <= (facts.goroutines.B?.started ?? 0))?.how,
  'first of X, Y to run': (played) => runsOf(played, ['X', 'Y'])[0]?.name,
  'X and Y take turns': (played) => {
    const all = runsOf(played, ['X', 'Y']);
    return all.length > 2 && all.every((run, i) => i === 0 || run.name !== all[i - 1]?.name || i >= all.length - 1);
  },
  'runs of X and Y, without the first and the last ones': (played) =>
    ['X', 'Y'].flatMap((name) =>
      runsOf(played, [name])
        .slice(1, -1)
        .map((run) => run.length),
    ),
  'stw[0].stopped - stw[0].asked': ({ facts }) => (facts.stw[0]?.stopped ?? NaN) - (facts.stw[0]?.asked ?? NaN),
  'stw[0].stopped': ({ facts }) => facts.stw[0]?.stopped,
  'P of every W': ({ facts }) => {
    const ps = new Set(
      Object.entries(facts.goroutines).flatMap(([name, each]) => (name.startsWith('W') ? each.runs.map((run) => run.p) : [])),
    );
    return [...ps].join();
  },
};

/** Queue lengths right after the last go statement of main. */
function atLastNewproc({ steps, first }: Played): unknown {
  let runq = 0;
  let hasNext = false;
  let global = first.sched.runq.length;
  let seen: unknown = null;
  const mains = steps.findLastIndex((step) => step.fn === 'newproc1' && step.at === 'releasem' && step.g === 'G1');
  for (const [i, step] of steps.entries()) {
    for (const [path, , now] of step.set) {
      if (path === 'P.P0.runq') runq = (now as GId[]).length;
      if (path === 'P.P0.runnext') hasNext = now !== null;
      if (path === 'sched.runq') global = (now as GId[]).length;
    }
    if (i === mains) seen = [runq, hasNext, global];
  }
  return seen;
}

function compare({ fact, ...wanted }: Expectation, found: unknown): void {
  if ('equals' in wanted) expect(found, fact).toEqual(wanted.equals);
  if ('all_equal' in wanted) {
    const all = found as unknown[];
    expect(all.length, `${fact}: nothing was found, so nothing is equal`).toBeGreaterThan(0);
    for (const each of all) expect(each, fact).toEqual(wanted.all_equal);
  }
  if (wanted.one_of) expect(wanted.one_of, fact).toContainEqual(found);
  for (const part of wanted.contains ?? []) expect(found, fact).toContain(part);
  if (!wanted.range) return;
  const [from, to] = wanted.range;
  const values = (Array.isArray(found) ? found : [found]) as number[];
  expect(values.length, fact).toBeGreaterThan(0);
  for (const value of values) {
    expect(value, fact).toBeGreaterThanOrEqual(from);
    expect(value, fact).toBeLessThanOrEqual(to);
  }
}

describe('as real Go was measured', () => {
  test.each(cases.map((each, i) => [`${i} ${each.name}`, each] as const))('%s', (_, { scenario, expect: expectations, align }) => {
    const played = play(aligned(scenarioOf(JSON.stringify(scenario)), align));
    expect(expectations.length).toBeGreaterThan(0);
    for (const expectation of expectations) {
      const read = FACTS[expectation.fact];
      if (!read) throw new Error(`no reading of the fact “${expectation.fact}”`);
      compare(expectation, read(played));
    }
  });
});
