/** Random scenarios as such: they can be written down, and they repeat. That they keep the laws is what the files beside this one test. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { traceLine } from '../../../formats/trace-jsonl';
import { Simulation } from '../../run/simulate';
import { SEED } from '../../testdata/random-laws';
import { randomScenario } from '../../testdata/random-scenario';
import { assets, scenarioOf } from '../../testdata/run-scenario';
import { scenarioText } from '../../../formats/scenario-text';

test(`every random scenario can be written as a file and is the same when it is read (SOAK_SEED=${SEED})`, () => {
  fc.assert(
    fc.property(randomScenario, (scenario) => {
      expect(scenarioOf(scenarioText(scenario))).toEqual(scenario);
    }),
    { seed: SEED, numRuns: 200 },
  );
});

test(`same scenario and seed, same bytes (SOAK_SEED=${SEED})`, () => {
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
