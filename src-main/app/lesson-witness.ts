/** A kept run as a witness for what its lesson says of it. */
import type { WitnessedRun } from '../lessons/evidence';
import { type ModelAssets, Simulation } from '../model/run/simulate';
import type { Scenario } from '../model/scenario';
import { type Facts, FactsCollector } from '../model/trace/facts';
import type { KeptRun } from './kept-run';

/** Kept steps have lost what facts are made of, so for those it is run once more. */
export const witnessOf = (run: KeptRun, assets: ModelAssets): WitnessedRun => ({
  first: run.opened.first,
  steps: () => run.all(),
  stateAt: (n) => run.stateAt(n),
  facts: () => factsOf(run.scenario, assets),
});

/** Steps computed at a time; whoever asks for something else meanwhile does not wait. */
const SLICE = 500;

/** The facts of a scenario's run. */
export async function factsOf(scenario: Scenario, assets: ModelAssets): Promise<Facts> {
  const simulation = new Simulation(scenario, assets);
  const collector = new FactsCollector(scenario.id, simulation.first);
  while (!simulation.outcome) {
    for (const step of simulation.run(SLICE).steps) collector.add(step);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  return collector.result(simulation.outcome, simulation.nowNs);
}
