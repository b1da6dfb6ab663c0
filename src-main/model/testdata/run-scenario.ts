/** For tests: runs a scenario given as YAML (or JSON, which is YAML) to its end, with its facts and its last state. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findAssets, loadListings } from '../../app/asset-folder';
import { faultText } from '../../formats/fault';
import { parseScenario } from '../../formats/scenario';
import { LawKeeper } from '../laws/law-keeper';
import { EVENTS_OF, LAWS_OF } from '../laws/of-version';
import { plainStep } from '../trace/queue-versions';
import type { Scenario } from '../scenario';
import { Simulation } from '../run/simulate';
import type { State, Step } from '../state';
import { type Facts, FactsCollector } from '../trace/facts';

export const assets = loadListings(findAssets(import.meta.dirname));

export interface Played {
  facts: Facts;
  first: State;
  last: State;
  steps: Step[];
}

export function scenarioOf(text: string, file = 'test.scenario.yaml'): Scenario {
  const parsed = parseScenario(text, file);
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => faultText(fault, 'en')).join('\n'));
  return parsed.scenario;
}

/** Plays to the end; every law is asked after every step. `begin` changes the first state, where a test needs one that no scenario describes. */
export function play(scenario: Scenario, begin: (state: State) => void = () => {}): Played {
  const simulation = new Simulation(scenario, assets);
  begin(simulation.state);
  begin(simulation.first);
  const collector = new FactsCollector(scenario.id, simulation.first);
  const steps: Step[] = [];
  const { go, costs } = scenario.runtime;
  const keeper = new LawKeeper(simulation.first, LAWS_OF[go], undefined, costs, EVENTS_OF[go]);
  while (!simulation.outcome) {
    for (const step of simulation.run(1).steps) {
      steps.push(plainStep(step));
      collector.add(step);
      keeper.check(simulation.state, step);
    }
  }
  return { facts: collector.result(simulation.outcome, simulation.nowNs), first: simulation.first, last: simulation.state, steps };
}

export function golden(name: string): string {
  return readFileSync(join(import.meta.dirname, 'golden', name), 'utf8');
}
