/** What a turn of each loop takes in the model, at its default costs. */
import { faultText } from '../../../formats/fault';
import { parseScenario } from '../../../formats/scenario';
import { type ModelAssets, Simulation } from '../../../model/run/simulate';
import type { Scenario } from '../../../model/scenario';
import type { Loop } from './loops';

/** Turns of the shorter and of the longer run: what comes before and after the loop is the same in both. */
const SHORT = 100;
const LONG = 300;

function scenarioOf({ turn, other }: Loop, turns: number): Scenario {
  const repeat = (operations: string): string => `{ repeat: { times: ${turns}, do: [${operations}] } }`;
  const text = `schedville: 1
kind: scenario
id: loop
title: { zh: 循环, en: loop }
runtime: { sysmon: false }
channels: { b: { cap: ${LONG} }, c: { cap: 0 }, d: { cap: 0 }, e: { cap: 1 } }
mutexes: [mu]
goroutines:
  main: [${other === undefined ? '' : '{ go: other }, '}${repeat(turn)}]
  w: []
  other: [${other === undefined ? '' : repeat(other)}]
`;
  const parsed = parseScenario(text, 'loop');
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => faultText(fault, 'en')).join('\n'));
  return parsed.scenario;
}

function timeOf(scenario: Scenario, assets: ModelAssets): number {
  const simulation = new Simulation(scenario, assets);
  while (!simulation.outcome) simulation.run(1_000);
  if (simulation.outcome.kind !== 'exit') throw new Error(`a loop ended in ${simulation.outcome.kind}`);
  return simulation.nowNs;
}

/** Virtual ns of one turn. */
export function modelTurn(loop: Loop, assets: ModelAssets): number {
  return (timeOf(scenarioOf(loop, LONG), assets) - timeOf(scenarioOf(loop, SHORT), assets)) / (LONG - SHORT);
}
