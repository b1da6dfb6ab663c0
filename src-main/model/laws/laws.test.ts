/**
 * Random scenarios against the laws: after every step all laws of the state, and for whole runs that replay goes forward to the model's
 * own last state and back to the first, and that the same seed gives the same bytes. A new seed each time; SOAK_SEED repeats one, and
 * SOAK_RUNS says how many scenarios (npm run soak: until stopped).
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { traceLine } from '../../formats/trace-jsonl';
import { LawKeeper } from './law-keeper';
import { LAWS } from './laws';
import { LIVENESS } from './liveness';
import type { Scenario } from '../scenario';
import { Simulation } from '../run/simulate';
import type { Step } from '../state';
import { assets, scenarioOf } from '../testdata/run-scenario';
import { randomScenario } from '../testdata/random-scenario';
import { scenarioText } from '../testdata/scenario-text';
import { applyStep, copyState, undoStep } from '../trace/replay';

const RUNS = Number(process.env.SOAK_RUNS ?? 2_000);
const SEED = process.env.SOAK_SEED === undefined ? Date.now() & 0x7fffffff : Number(process.env.SOAK_SEED);

let stepsSeen = 0;

/** Plays with all laws asked after every step. */
function playLawfully(scenario: Scenario): { simulation: Simulation; steps: Step[] } {
  const simulation = new Simulation(scenario, assets);
  const keeper = new LawKeeper(simulation.first);
  const steps: Step[] = [];
  while (!simulation.outcome) {
    for (const step of simulation.run(1).steps) {
      steps.push(step);
      keeper.check(simulation.state, step);
    }
  }
  return { simulation, steps };
}

function times(steps: readonly Step[]): void {
  for (const [i, step] of steps.entries()) {
    if (step.n !== i + 1) throw new Error(`step ${i + 1} is numbered ${step.n}`);
    if (step.t < (steps[i - 1]?.t ?? 0)) throw new Error(`step ${step.n} is earlier than the one before`);
  }
}

/** Writes the smallest scenario that fails as a file for `sim run`; says where. */
function fileOf(scenario: Scenario | undefined): string {
  if (!scenario) return 'no scenario at all';
  const file = join(mkdtempSync(join(tmpdir(), 'schedville-soak-')), `seed-${SEED}.scenario.yaml`);
  writeFileSync(file, scenarioText(scenario));
  return `the smallest scenario that fails: npm run --silent sim -- run ${file}`;
}

test('every random scenario can be written as a file and is the same when it is read', () => {
  fc.assert(
    fc.property(randomScenario, (scenario) => {
      expect(scenarioOf(scenarioText(scenario))).toEqual(scenario);
    }),
    { seed: SEED, numRuns: 200 },
  );
});

test(`${RUNS} random scenarios keep every law (seed ${SEED})`, () => {
  console.log(`laws: ${LAWS.length} of single steps and ${LIVENESS.length} of whole runs, ${RUNS} scenarios, SOAK_SEED=${SEED}`);
  const property = fc.property(randomScenario, (scenario) => {
    const { simulation, steps } = playLawfully(scenario);
    times(steps);
    stepsSeen += steps.length;
    const replayed = copyState(simulation.first);
    for (const step of steps) applyStep(replayed, step);
    expect(replayed).toEqual(simulation.state);
    for (const step of [...steps].reverse()) undoStep(replayed, step);
    expect(replayed).toEqual(simulation.first);
  });
  const result = fc.check(property, { seed: SEED, numRuns: RUNS });
  if (result.failed) throw new Error(`${fileOf(result.counterexample?.[0])}\n${fc.defaultReportMessage(result) ?? ''}`);
  console.log(`laws: ${stepsSeen} steps`);
}, 1_800_000);

test('same scenario and seed, same bytes', () => {
  fc.assert(
    fc.property(randomScenario, (scenario) => {
      const bytes = (): string => {
        const simulation = new Simulation(scenario, assets);
        return simulation.run(1_000).steps.map(traceLine).join('');
      };
      expect(bytes()).toBe(bytes());
    }),
    { seed: SEED, numRuns: 50 },
  );
});
