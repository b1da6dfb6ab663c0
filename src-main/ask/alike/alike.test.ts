import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { turned } from '../../formats/scenario-knobs';
import { randomScenario } from '../../model/testdata/random-scenario';
import { assets, golden, scenarioOf } from '../../model/testdata/run-scenario';
import { Simulation } from '../../model/run/simulate';
import type { Scenario } from '../../model/scenario';
import type { Step } from '../../model/state';
import { copyState } from '../../model/trace/replay';
import { plainStep } from '../../model/trace/queue-versions';
import { aligned, firstDifference } from './difference';
import { saysWho } from './meaning';
import { TALLIED, tallyOf } from './tally';
import { placeAlike, placeIn, placesFound, type Steps } from './place';

function ran(scenario: Scenario, most = 4_000): Steps & { steps: Step[] } {
  const simulation = new Simulation(scenario, assets);
  const first = copyState(simulation.first);
  return { first, steps: simulation.run(most).steps.map(plainStep) };
}

const text = golden('S3.scenario.yaml');
const original = ran(scenarioOf(text));
const changed = (path: string, value: string): ReturnType<typeof ran> => ran(scenarioOf(turned(text, [{ path, value }])));

test('a run is no other than itself: every step is its own counterpart, and nothing differs', () => {
  fc.assert(
    fc.property(randomScenario, fc.nat(), (scenario, pick) => {
      const [one, other] = [ran(scenario), ran(scenario)];
      expect(firstDifference(one, other)).toBeNull();
      const pairs = aligned(one, other);
      expect(one.steps.every(({ n }) => pairs[n] === n)).toBe(true);
      const n = pick % (one.steps.length + 1);
      expect(placeAlike(one, n, other)).toEqual({ n, kept: 'row' });
    }),
    { numRuns: 20 },
  );
});

test('of two random runs the steps before the first difference are the same, the next ones are not; pairs mean the same', () => {
  fc.assert(
    fc.property(randomScenario, fc.integer({ min: 1, max: 4 }), (scenario, gomaxprocs) => {
      const one = ran(scenario);
      const other = ran({ ...scenario, runtime: { ...scenario.runtime, gomaxprocs } });
      const found = firstDifference(one, other);
      const brief = (step: Step | undefined): string => (step ? [step.fn, step.at, step.m, step.p, step.t].join() : 'over');
      const i = one.steps.findIndex((step, at) => brief(step) !== brief(other.steps[at]));
      const at = i >= 0 ? i : one.steps.length < other.steps.length ? one.steps.length : -1;
      if (at < 0) expect(found === null || found.kind === 'value').toBe(true);
      else {
        // Two may do the same under another name, a goroutine that was started later.
        const n = found?.one?.n ?? found?.other?.n ?? Infinity;
        expect(n).toBeLessThanOrEqual(at + 1);
        if (n === at + 1)
          expect([brief(one.steps[n - 1]), brief(other.steps[n - 1])]).not.toEqual([brief(other.steps[n - 1]), brief(other.steps[n - 1])]);
      }
      const seen = new Set<number>();
      for (const [n, m] of aligned(one, other).entries()) {
        if (m === 0) continue;
        expect([one.steps[n - 1]?.fn, one.steps[n - 1]?.at]).toEqual([other.steps[m - 1]?.fn, other.steps[m - 1]?.at]);
        expect(seen.has(m)).toBe(false);
        seen.add(m);
      }
    }),
    { numRuns: 20 },
  );
});

describe('a changed number', () => {
  const places = original.steps.filter(({ fn, at }) => fn === 'exitsyscall' && at.length > 0);

  test('keeps the place by what is done there', () => {
    const [place] = places;
    const other = changed('runtime.gomaxprocs', '3');
    const kept = placeAlike(original, place?.n ?? 0, other);
    expect(kept.kept).toBe('row');
    expect(other.steps[kept.n - 1]).toMatchObject({ fn: place?.fn, at: place?.at, g: place?.g });
  });

  test('says so where the place is no longer there', () => {
    const retake = original.steps.find(({ fn }) => fn === 'retake');
    const { kept } = placeAlike(original, retake?.n ?? 0, changed('runtime.sysmon', 'false'));
    expect(kept).toBe('gone');
  });

  test('differs first where somebody else acts, or the same one elsewhere, later, or otherwise', () => {
    const without = firstDifference(original, changed('runtime.sysmon', 'false'));
    expect(without?.kind).toBe('who');
    expect([without?.one?.who, without?.other?.who]).toContain('sysmon');
    // Another wrapper: os.File.Read is by Syscall, and nobody else's.
    const by = (via: string): Parameters<typeof firstDifference>[0] => changed('goroutines.main.0.syscall.via', via);
    expect(firstDifference(by('Syscall'), by('RawSyscall'))).toMatchObject({
      kind: 'row',
      one: { fn: 'os.(*File).Read' },
      other: { fn: 'syscall.read' },
    });
  });
});

test('the end of one of two runs is a difference, and what is written is, if nothing else is', () => {
  const short = { ...original, steps: original.steps.slice(0, 20) };
  expect(firstDifference(original, short)).toMatchObject({ kind: 'end', one: { n: 21 }, other: null });
  expect(firstDifference(short, original)).toMatchObject({ kind: 'end', one: null, other: { n: 21 } });
  const steps = original.steps.map((step) => (step.n === 9 ? { ...step, set: [...step.set, ['kernel.umask', 0, 7] as never] } : step));
  expect(firstDifference(original, { ...original, steps })).toMatchObject({
    kind: 'value',
    one: { n: 9 },
    path: 'kernel.umask',
    values: ['', '7'],
  });
  const later = steps.map((step) => (step.n > 20 ? { ...step, t: step.t + 1 } : step));
  expect(firstDifference(original, { ...original, steps: later })).toMatchObject({ kind: 'time', one: { n: 21 }, other: { n: 21 } });
  const elsewhere = steps.map((step) => (step.n > 30 ? { ...step, m: 'M9' as const } : step));
  expect(firstDifference({ ...original, steps: elsewhere }, original)).toMatchObject({ one: { n: 31, m: 'M9' } });
});

test('places that were noted are found again in another run, several at once, each as if it were alone; what is not there is gone', () => {
  const other = changed('goroutines.main.0.syscall.takes', '1ms');
  const noted = [40, 20, 1, original.steps.length].flatMap((n) => placeIn(original, n) ?? []);
  expect(noted).toHaveLength(4);
  expect(placesFound(noted, other)).toMatchObject(noted.map(({ n }) => placeAlike(original, n, other)));
  // Whoever does it there has a card, whether they are there yet or not.
  const doerOf = (n: number): string => {
    const { g, m } = original.steps[n - 1] as Step;
    return g === null ? `M.${m}` : `G.${g}`;
  };
  expect(placesFound(noted, original)).toEqual(noted.map(({ n }) => ({ n, kept: 'row', path: doerOf(n) })));
  const [place] = noted;
  expect(place && placesFound([{ ...place, who: 'nobody' }], other)).toMatchObject([{ kept: 'gone' }]);
  expect([placeIn(original, 0), placeIn(original, 1e9), placesFound([], other)]).toEqual([null, null, []]);
});

test('what a run comes to is counted by the rows that Go does it in', () => {
  expect(tallyOf(original.steps)).toEqual({ retakes: 1, steals: 0, handoffs: 0, preemptions: 0, stops: 0 });
  expect(tallyOf(ran(scenarioOf(golden('S13.scenario.yaml'))).steps).steals).toBe(5);
  expect(tallyOf(ran(scenarioOf(golden('S14.scenario.yaml'))).steps).handoffs).toBe(1);
  expect(tallyOf(ran(scenarioOf(golden('S2.scenario.yaml'))).steps).preemptions).toBe(2);
  expect(tallyOf(ran(scenarioOf(golden('S5.scenario.yaml'))).steps).stops).toBe(1);
  expect(TALLIED).toHaveLength(5);
});

test('what says nothing of who does what is not needed to find a place', () => {
  const lean = ({ first, steps }: Steps & { steps: Step[] }): Steps => ({
    first,
    steps: steps.map((step) => ({ ...step, set: step.set.filter(([path]) => saysWho(path)) })),
  });
  const other = changed('runtime.gomaxprocs', '3');
  for (const { n } of original.steps.filter((_, i) => i % 7 === 0)) {
    expect(placeIn(lean(original), n)).toEqual(placeIn(original, n));
    expect(placeAlike(lean(original), n, lean(other))).toEqual(placeAlike(original, n, other));
  }
  expect(lean(original).steps).not.toEqual(original.steps);
});
