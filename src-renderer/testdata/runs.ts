/** For tests: runs in which each kind of row comes up, step by step, as the window has them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applied, type State, type Step } from '../../src-main/contract/index';
import { Simulation } from '../../src-main/model/run/simulate';
import { assets, golden, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { plainStep } from '../../src-main/model/trace/queue-versions';

const BRANCHES = join(import.meta.dirname, '../../src-main/model/testdata/branches');

export interface Played {
  first: State;
  last: State;
  steps: readonly Step[];
}

/** The laws have their own tests. */
function play(text: string): Played {
  const simulation = new Simulation(scenarioOf(text), assets);
  const steps: Step[] = [];
  while (!simulation.outcome) steps.push(...simulation.run(1_000).steps.map(plainStep));
  return { first: simulation.first, last: simulation.state, steps };
}

const played = new Map<string, Played>();

function once(name: string, text: () => string): Played {
  let run = played.get(name);
  if (!run) played.set(name, (run = play(text())));
  return run;
}

export const goldenRun = (name: string): Played => once(name, () => golden(`${name}.scenario.yaml`));
export const branchRun = (name: string): Played => once(name, () => readFileSync(join(BRANCHES, `${name}.scenario.yaml`), 'utf8'));
export const ownRun = (text: string): Played => once(text, () => text);

/** Many Ps and goroutines, a lock that all of them want, sleepers and callers. */
export function crowdedRun(ps: number, gs: number): Played {
  return ownRun(`schedville: 1
kind: scenario
id: crowded
title: { zh: 挤, en: crowded }
runtime: { gomaxprocs: ${ps} }
mutexes: [mu]
channels: { c: { cap: 0 } }
waitgroups: [wg]
goroutines:
  main:
    - add: { wg: wg, n: ${gs} }
    - go: { name: w, times: ${gs} }
    - go: { name: r, times: 3 }
    - wait: wg
  w: [{ lock: mu }, { compute: 30us }, { unlock: mu }, { syscall: { name: read, args: [0, { buf: 8 }, 8], takes: 60us, returns: 4 } }, { sleep: 20us }, { done: wg }]
  r: [{ recv: c }]
`);
}

export interface At {
  after: State;
  step: Step;
  recent: readonly Step[];
}

/** A place of a run: after every `every`-th step. */
export function* placesOf({ first, steps }: Played, every = 1): Generator<At> {
  let after = first;
  for (const [i, step] of steps.entries()) {
    after = applied(after, step);
    if (i % every === 0) yield { after, step, recent: steps.slice(Math.max(0, i - 39), i + 1) };
  }
}
