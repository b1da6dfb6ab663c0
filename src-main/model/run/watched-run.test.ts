import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { traceLine } from '../../formats/trace-jsonl';
import type { Scenario } from '../scenario';
import { SEED } from '../testdata/random-laws';
import { randomScenario } from '../testdata/random-scenario';
import { assets, scenarioOf } from '../testdata/run-scenario';
import { Simulation } from './simulate';
import { WatchedRun } from './watched-run';

const golden = (name: string): Scenario =>
  scenarioOf(readFileSync(join(import.meta.dirname, `../testdata/golden/${name}.scenario.yaml`), 'utf8'), name);

test(`whoever listens changes nothing: the same bytes (SOAK_SEED=${SEED})`, () => {
  const property = fc.property(randomScenario, (scenario) => {
    const watched = WatchedRun.of(scenario, assets, new Set([1, 2, 3, 50]));
    const plain = new Simulation(scenario, assets);
    expect(watched.run(500).steps.map(traceLine).join('')).toBe(plain.run(500).steps.map(traceLine).join(''));
    expect([watched.outcome, watched.nowNs]).toEqual([plain.outcome, plain.nowNs]);
  });
  fc.assert(property, { seed: SEED, numRuns: 40 });
});

describe('what a step of the model has read', () => {
  const steps = new Simulation(golden('S2'), assets).run(200).steps;
  const at = (fn: string, row: string): number => steps.find((step) => step.fn === fn && step.at === row)?.n ?? 0;
  const watched = WatchedRun.of(golden('S2'), assets, new Set(steps.map(({ n }) => n)));
  watched.run(200);
  const said = (n: number, kind: 'led' | 'wrote'): string[] =>
    (watched.found.get(n)?.[kind] ?? []).map(({ path, value }) => `${path} = ${JSON.stringify(value)}`);

  test('retake takes P0 by what it asked before', () => {
    const taken = at('retake', 'retake');
    expect(said(taken, 'wrote')).toContain('P.P0.status = "_Psyscall"');
    // The question is asked before the row of the lock that goes before.
    expect(said(at('incidlelocked', 'lock'), 'led')).toEqual(
      expect.arrayContaining(['sysmon.ticks.P0.syscalltick = 3', 'P.P0.syscalltick = 3', 'sched.nmspinning = 0', 'P.P0.runnext = "G2"']),
    );
  });

  test('an instruction by its operands', () => {
    const moved = at('syscall.Syscall', 'MOVQ trap+0(FP), AX');
    expect(said(moved, 'wrote').filter((each) => each.includes('stack'))).toEqual(['G.G1.stack.0xc000010768 = "0x0"']);
  });

  test('what the step itself has written is told apart from what stood there before', () => {
    for (const [n, { led, wrote }] of watched.found) {
      const own = steps[n - 1]?.set ?? [];
      for (const { path, isBefore, value, at } of [...led, ...wrote]) {
        if (at !== n) continue;
        const change = own.find(([each]) => each === path);
        if (change && isBefore) expect([n, path, value]).toEqual([n, path, JSON.parse(JSON.stringify(change[1]))]);
      }
    }
  });
});
