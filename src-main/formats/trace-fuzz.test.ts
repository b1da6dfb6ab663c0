/** What reads a trace and what replays it agree: a damaged trace is refused, or goes forward and back without a hitch. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { golden, play, scenarioOf } from '../model/testdata/run-scenario';
import type { Json, State, Step } from '../model/state';
import { applied, applyStep, copyState, undone, undoStep } from '../model/trace/replay';
import { readTrace, traceHeader, traceLine } from './trace-jsonl';

const { first, steps } = play(scenarioOf(golden('S1.scenario.yaml')));
const header = traceHeader({ id: 's1' }, first);
const begun = steps.slice(0, 60);

function replay(state: State, read: readonly Step[]): void {
  const began = JSON.stringify(state);
  const moved = copyState(state);
  for (const step of read) applyStep(moved, step);
  expect(applied(state, ...read)).toEqual(moved);
  undone(moved, ...read);
  for (const step of [...read].reverse()) undoStep(moved, step);
  expect(JSON.stringify(state)).toBe(began);
}

const path = fc.oneof(
  fc.constantFrom(
    'G.G99.status',
    'sched.runq.length',
    'G.__proto__.polluted',
    '__proto__.x',
    'sched.__proto__',
    'constructor.prototype.x',
    '',
  ),
  fc
    .array(fc.constantFrom('G', 'G1', 'M', 'M0', 'P', 'P0', 'sched', 'runq', '0', 'length', 'kernel', 'files', '__proto__', 'x'), {
      maxLength: 5,
    })
    .map((keys) => keys.join('.')),
);
const value = fc.oneof(
  fc.constantFrom<Json>(null, {}, [], 0, '', -1, 'G1'),
  fc.jsonValue().map((each) => each as Json),
);
const mutation = fc.record({ step: fc.nat(begun.length - 1), change: fc.nat(3), place: fc.constantFrom(0, 1, 2), path, value });

const SEED = 20_261_128;

test('a mutated trace is refused, or replays', () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 2 }), (mutations) => {
      const mutated = structuredClone(begun);
      for (const { step, change, place, path, value } of mutations) {
        const set = mutated[step]?.set as unknown as Json[][];
        set[change % Math.max(1, set.length)] =
          place === 0 ? [path, value, value] : (set[change % Math.max(1, set.length)] ?? [path, null, null]).with(place, value);
      }
      const read = readTrace([header, ...mutated.map(traceLine)].join(''), 't');
      if (!read.ok) return;
      accepted++;
      replay(read.header.state, read.steps);
    }),
    { seed: SEED, numRuns: 150 },
  );
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(accepted).toBeGreaterThan(0);
});

test.each([
  ['no way', '["G.G99.status","a","b"]', 'no place G.G99.status'],
  ['a length', '["sched.runq.length",0,-1]', 'no place sched.runq.length'],
  ['the prototype', '["G.__proto__.polluted",null,1]', 'no place G.__proto__.polluted'],
  ['another old value', '["G.G1.status","_Gdead","_Gidle"]', 'before this step G.G1.status is'],
  [
    'a value nested too deep',
    `["G.G1.status",${JSON.stringify(first.G.G1?.status)},${'['.repeat(20_000)}${']'.repeat(20_000)}]`,
    'no place G.G1.status',
  ],
])('%s is refused in words', (_, change, said) => {
  const line = traceLine(steps[0]!).replace(/"set":\[.*\]/, `"set":[${change}]`);
  const read = readTrace(`${header}${line}`, 't');
  expect(read.ok ? '' : read.faults[0]?.message.en).toContain(said);
});
