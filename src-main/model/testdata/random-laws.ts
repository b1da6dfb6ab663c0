/**
 * Random scenarios against the laws: after every step all laws of the state, and for whole runs that replay goes forward to the model's
 * own last state and back to the first. The scenarios are dealt out to PARTS test files, so that the cores share the work.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LawKeeper } from '../laws/law-keeper';
import { LAWS } from '../laws/laws';
import { LIVENESS } from '../laws/liveness';
import type { Scenario } from '../scenario';
import { Simulation } from '../run/simulate';
import type { Step } from '../state';
import { applyStep, copyState, undoStep } from '../trace/replay';
import { randomScenario } from './random-scenario';
import { assets } from './run-scenario';
import { scenarioText } from '../../formats/scenario-text';

const PARTS = 4;

/** How many scenarios all parts play together; npm run soak raises it. */
const RUNS = Number(process.env.SOAK_RUNS ?? 2_000);

/** A new one each time. SOAK_SEED repeats what a run printed: part k then plays the same scenarios again. */
export const SEED = process.env.SOAK_SEED === undefined ? Date.now() & 0x3fffffff : Number(process.env.SOAK_SEED);

/** Plays with all laws asked after every step. */
function playLawfully(scenario: Scenario): { simulation: Simulation; steps: Step[] } {
  const simulation = new Simulation(scenario, assets);
  const keeper = new LawKeeper(simulation.first, LAWS, undefined, scenario.runtime.costs);
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
function fileOf(scenario: Scenario | undefined, seed: number): string {
  if (!scenario) return 'no scenario at all';
  const file = join(mkdtempSync(join(tmpdir(), 'schedville-soak-')), `seed-${seed}.scenario.yaml`);
  writeFileSync(file, scenarioText(scenario));
  return `the smallest scenario that fails: npm run --silent sim -- run ${file}`;
}

/** Registers the test of part 1 to PARTS: its share of the scenarios, from a seed that no other part has. */
export function testRandomLaws(part: number): void {
  if (!(part >= 1 && part <= PARTS)) throw new Error(`part ${part} of ${PARTS}`);
  const runs = Math.floor((RUNS * part) / PARTS) - Math.floor((RUNS * (part - 1)) / PARTS);
  const seed = SEED + part;
  let stepsSeen = 0;
  test(`${runs} random scenarios keep every law (part ${part} of ${PARTS}, SOAK_SEED=${SEED})`, () => {
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
    const result = fc.check(property, { seed, numRuns: runs });
    if (result.failed) throw new Error(`${fileOf(result.counterexample?.[0], seed)}\n${fc.defaultReportMessage(result) ?? ''}`);
    expect(result.numRuns).toBe(runs);
    console.log(
      `laws: ${LAWS.length} of single steps, ${LIVENESS.length} of whole runs; ${runs} scenarios, ${stepsSeen} steps, SOAK_SEED=${SEED} part ${part}`,
    );
  }, 1_800_000);
}
