/** What we write for Perfetto, held against what it needs, on twenty runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { golden, play, type Played, scenarioOf } from '../model/testdata/run-scenario';
import type { PId, State } from '../model/state';
import { applyStep, copyState } from '../model/trace/replay';
import { FORMATS } from './formats';
import { countersAt, eventsOf, perfettoFaults, type TraceEvent } from './testdata/perfetto-check';

const BRANCHES = join(import.meta.dirname, '../model/testdata/branches');
const GOLDEN = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9', 'S11', 'S12', 'S13', 'S14'];
const OTHERS = ['cgocallback', 'cgothread', 'chan-buffered', 'exit-oldp', 'findrunnable-9-steal-1', 'foreachp-syscall', 'forcegc'];

const textOf = (name: string): string =>
  GOLDEN.includes(name) ? golden(`${name}.scenario.yaml`) : readFileSync(join(BRANCHES, `${name}.scenario.yaml`), 'utf8');

interface Written {
  text: string;
  /** After the last step of each moment: the lengths of all queues. */
  lengths: Map<number, Map<string, number>>;
}

const lengthsOf = ({ P, sched }: State): Map<string, number> =>
  new Map([
    ['sched.runq', sched.runq.length],
    ['idle Ps', sched.pidle.length],
    ['idle Ms', sched.midle.length],
    ['spinning Ms', sched.nmspinning],
    ...(Object.keys(P) as PId[]).map((p): [string, number] => [`${p} runq`, (P[p]?.runq.length ?? 0) + (P[p]?.runnext ? 1 : 0)]),
  ]);

function written({ first, steps }: Played): Written {
  const writer = FORMATS.perfetto(first);
  const state = copyState(first);
  const lengths = new Map([[0, lengthsOf(first)]]);
  let text = writer.head();
  for (const step of steps) {
    applyStep(state, step);
    text += writer.step(step, state);
    lengths.set(step.t, lengthsOf(state));
  }
  const last = steps.at(-1);
  return { text: text + writer.end((last?.t ?? 0) + (last?.d ?? 0)), lengths };
}

const NAMES = [...GOLDEN, ...OTHERS];

test('twenty runs', () => {
  expect(NAMES).toHaveLength(20);
});

test.each(NAMES)('%s: nothing that a viewer drops, and at each moment counters say how long each queue is', (name) => {
  const { text, lengths } = written(play(scenarioOf(textOf(name))));
  const events = eventsOf(text);
  expect(perfettoFaults(events)).toEqual([]);
  const counters = countersAt(events);
  let now: ReadonlyMap<string, number> = new Map();
  for (const [t, wanted] of lengths) {
    now = counters.get(t) ?? now;
    for (const [queue, length] of wanted) if (now.get(queue) !== length) expect([t, queue, now.get(queue)]).toEqual([t, queue, length]);
  }
});

describe('what the check is for', () => {
  const { text } = written(play(scenarioOf(textOf('S12'))));
  const events = eventsOf(text);
  const changed = (change: (event: TraceEvent) => Partial<TraceEvent>): TraceEvent[] =>
    events.map((event) => ({ ...event, ...change(event) }));
  const last = (ph: string): TraceEvent => events.findLast((event) => event.ph === ph) as TraceEvent;
  const first = (ph: string): TraceEvent => events.find((event) => event.ph === ph) as TraceEvent;

  test('there are arrows of what there was to link', () => {
    expect(events.filter(({ ph }) => ph === 's').length).toBeGreaterThan(5);
  });

  test.each<[string, TraceEvent[], string]>([
    ['an arrow to a track that nobody has', changed(({ ph }) => (ph === 'f' ? { tid: 999 } : {})), 'a track without a name'],
    ['an arrow after everything', changed(({ ph }) => (ph === 'f' ? { ts: 1e9 } : {})), 'is in no slice'],
    ['an arrow in two pieces', changed(({ ph, id }) => (ph === 's' ? { id: id + 5_000 } : {})), 'has the ends'],
    ['two arrows of one id', changed(({ ph }) => ('sf'.includes(ph) ? { id: 1 } : {})), 'has the ends'],
    ['slices that overlap', changed((event) => (event === first('X') ? { dur: 1e9 } : {})), 'the slice before it lasts'],
    ['a counter that goes back', [...events, { ...last('C'), ts: 0 }], 'it goes back'],
  ])('%s is found', (_, broken, why) => {
    expect(perfettoFaults(broken).join('\n')).toContain(why);
  });
});
