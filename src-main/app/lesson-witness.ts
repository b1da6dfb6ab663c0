/** A kept run as a witness for what its lesson says of it. */
import type { WitnessedRun } from '../lessons/evidence';
import { type ModelAssets, Simulation } from '../model/run/simulate';
import type { Scenario } from '../model/scenario';
import { type Facts, FactsCollector } from '../model/trace/facts';
import { Cancelled, type KeptRun } from './kept-run';

const never = (): boolean => false;

/** Kept steps have lost what facts are made of, so for those it is run once more. Ends with Cancelled when `isGivenUp` says so. */
export const witnessOf = (run: KeptRun, assets: ModelAssets, isGivenUp = never): WitnessedRun => ({
  first: run.opened.first,
  steps: () => run.all(),
  stateAt: (n) => run.stateAt(n),
  facts: () => factsOf(run.scenario, assets, isGivenUp),
  pause: pauses(isGivenUp),
});

/** How long one slice may take, ms. */
const SLICE_MS = 8;

/** Says when to pause, so that nobody who asks for something meanwhile waits longer than a slice. Throws Cancelled. */
export function pauses(isGivenUp = never): () => Promise<void> | null {
  let sliceEnd = performance.now() + SLICE_MS;
  return () => {
    if (performance.now() < sliceEnd) return null;
    return new Promise<void>((resolve) => {
      setImmediate(resolve);
    }).then(() => {
      if (isGivenUp()) throw new Cancelled();
      sliceEnd = performance.now() + SLICE_MS;
    });
  };
}

/** Steps computed at a time; whoever asks for something else meanwhile does not wait. */
const SLICE = 500;

/** The facts of a scenario's run. */
export async function factsOf(scenario: Scenario, assets: ModelAssets, isGivenUp = never): Promise<Facts> {
  const simulation = new Simulation(scenario, assets);
  const collector = new FactsCollector(scenario.id, simulation.first);
  while (!simulation.outcome) {
    for (const step of simulation.run(SLICE).steps) collector.add(step);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    if (isGivenUp()) throw new Cancelled();
  }
  return collector.result(simulation.outcome, simulation.nowNs);
}
