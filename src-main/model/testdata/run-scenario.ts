/** For tests: runs a scenario given as YAML (or JSON, which is YAML) to its end, with its facts and its last state. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findAssets, loadListings } from '../../app/asset-folder';
import { faultText } from '../../formats/fault';
import { parseScenario } from '../../formats/scenario';
import { brokenLaw } from '../laws';
import { plainStep } from '../queue-versions';
import type { Scenario } from '../scenario';
import { Simulation } from '../simulate';
import type { MId, State, Step } from '../state';
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

/** Plays to the end; every law is asked after every step. */
export function play(scenario: Scenario): Played {
  const simulation = new Simulation(scenario, assets);
  const collector = new FactsCollector(scenario.id, simulation.first);
  const steps: Step[] = [];
  const last = new Map<MId, Pick<Step, 'fn' | 'at'>>();
  while (!simulation.outcome) {
    for (const step of simulation.run(1).steps) {
      steps.push(plainStep(step));
      collector.add(step);
      last.set(step.m, step);
      const broken = brokenLaw({ state: simulation.state, last, previous: null });
      if (broken !== null) throw new Error(`step ${step.n} (${step.m} ${step.fn}/${step.at}): ${broken}`);
    }
  }
  return { facts: collector.result(simulation.outcome), first: simulation.first, last: simulation.state, steps };
}

export function golden(name: string): string {
  return readFileSync(join(import.meta.dirname, 'golden', name), 'utf8');
}
