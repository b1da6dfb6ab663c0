/** Runs of a program in the model: with other seeds, and with costs that differ as a busy machine's do. */
import { type ModelAssets, Simulation } from '../../../model/run/simulate';
import { COSTS } from '../../../model/run/costs';
import type { Operation } from '../../../model/operations/index';
import type { Scenario } from '../../../model/scenario';
import { FactsCollector } from '../../../model/trace/facts';
import { Draw } from '../kernel/draw';
import { markOf, numbered, type Outcome, saidIn } from './outcome';

const BATCH = 2_000;
/** When sysmon's first look comes, ns; with several Ps, threads sleep that are there already: a real program has been running for a while. */
const SYSMON_DELAYS = [20_000, 1_000_000, 5_000_000, 10_000_000];
/** How much slower or quicker a single step may be. */
const FACTORS = [0.1, 0.5, 1, 1, 2, 4, 20];

function playOnce(scenario: Scenario, assets: ModelAssets): Outcome {
  const simulation = new Simulation(scenario, assets);
  const collector = new FactsCollector(scenario.id, simulation.first);
  while (!simulation.outcome) for (const step of simulation.run(BATCH).steps) collector.add(step);
  const { outcome, marks } = collector.result(simulation.outcome, simulation.nowNs);
  return {
    code: outcome.code,
    said: saidIn(simulation.state.kernel.stderr),
    marks: numbered(
      marks.map(({ g, text }) => {
        const [owner = '', n = '1'] = g.split('#');
        return markOf(owner, Number(n), text);
      }),
    ),
  };
}

/** How much longer code may run that counts turns instead of looking at the clock: others want the processor, too. */
const SPIN_FACTORS = [1, 1, 2, 5];

function withSpins(goroutines: Scenario['goroutines'], factor: number): Scenario['goroutines'] {
  const longer = (_: string, value: unknown): unknown => {
    const operation = value as Partial<Operation> | null;
    return operation?.kind === 'spin' ? { ...operation, ns: (operation.ns ?? 0) * factor } : value;
  };
  return JSON.parse(JSON.stringify(goroutines, longer)) as Scenario['goroutines'];
}

/** The n-th run: the first is the scenario's own. */
function variation(scenario: Scenario, n: number): Scenario {
  if (n === 0) return scenario;
  const d = new Draw(n);
  const { runtime } = scenario;
  const costs = Object.fromEntries(Object.entries(COSTS).map(([name, ns]) => [name, Math.ceil(ns * d.pick(FACTORS))]));
  const start = { ...runtime.start, sysmonDelayNs: d.pick(SYSMON_DELAYS), idleMs: d.below(runtime.gomaxprocs) };
  const goroutines = withSpins(scenario.goroutines, d.pick(SPIN_FACTORS));
  return { ...scenario, goroutines, runtime: { ...runtime, seed: n, costs, start } };
}

/** The runs from number `from` on. */
export function modelRuns(scenario: Scenario, assets: ModelAssets, from: number, count: number): Outcome[] {
  return Array.from({ length: count }, (_, i) => playOnce(variation(scenario, from + i), assets));
}
