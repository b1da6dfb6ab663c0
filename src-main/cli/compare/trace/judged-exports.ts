/** The scenarios whose exports are judged, and what each says of everybody after each step that is told. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Go119Trace } from '../../../exports/go-trace/go119';
import { Go126Trace } from '../../../exports/go-trace/go126';
import { parseScenario } from '../../../formats/scenario';
import { type ModelAssets, Simulation } from '../../../model/run/simulate';
import { plainStep } from '../../../model/trace/queue-versions';
import { StateSum } from './state-sum';

export const SCENARIOS = { golden: 'src-main/model/testdata/golden', branches: 'src-main/model/testdata/branches' } as const;

export const EXPORTED = ['go119', 'go126'] as const;
export type Exported = (typeof EXPORTED)[number];

export interface JudgedExport {
  bytes: Uint8Array;
  /** After each step that is told: when the last of its events was, ticks, and what is then known (state-sum.ts). */
  known: { tick: number; sum: number }[];
  /** Steps that are told while a P is between two hands, whose state is no reader's. */
  unsettled: number;
  /** It has goroutines of threads of C, of which the old tracer tells otherwise. */
  hasThreadsOfC: boolean;
}

export function scenarioNames(root: string, kind: keyof typeof SCENARIOS): string[] {
  const found = readdirSync(join(root, SCENARIOS[kind])).filter((name) => name.endsWith('.scenario.yaml'));
  return found.map((name) => name.replace('.scenario.yaml', '')).sort();
}

/** `withStates`: what is known after each step is asked, too, which takes most of the time. */
export function judgedExport(
  root: string,
  kind: keyof typeof SCENARIOS,
  name: string,
  format: Exported,
  assets: ModelAssets,
  withStates: boolean,
): JudgedExport {
  const file = join(root, SCENARIOS[kind], `${name}.scenario.yaml`);
  const parsed = parseScenario(readFileSync(file, 'utf8'), file);
  if (!parsed.ok) throw new Error(`${file} is refused`);
  const simulation = new Simulation(parsed.scenario, assets);
  const writer = format === 'go119' ? new Go119Trace(simulation.first) : new Go126Trace(simulation.first);
  const states = withStates ? new StateSum(simulation.first, format === 'go119') : null;
  const pieces = [writer.head()];
  const known: JudgedExport['known'] = [];
  let unsettled = 0;
  while (!simulation.outcome) {
    for (const each of simulation.run(1).steps) {
      const step = plainStep(each);
      const before = writer.latest;
      pieces.push(writer.step(step, simulation.state));
      states?.take(step, simulation.state);
      if (writer.latest === before) continue;
      if (states?.isSettled) known.push({ tick: writer.latest, sum: states.sum(simulation.state) });
      else unsettled++;
    }
  }
  pieces.push(writer.end());
  const hasThreadsOfC = Object.values(simulation.state.G).some(({ name: its }) => its.startsWith('cgo#'));
  return { bytes: Buffer.concat(pieces), known, unsettled, hasThreadsOfC };
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 32);
