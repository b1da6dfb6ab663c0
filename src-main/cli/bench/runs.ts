/** Runs for the bench: scenarios of a given size, and how long a run takes to make. */
import { findAssets, loadListings } from '../../app/asset-folder';
import { parseScenario } from '../../formats/scenario';
import { Simulation } from '../../model/run/simulate';
import type { Scenario } from '../../model/scenario';
import type { Step } from '../../model/state';

export const listings = loadListings(findAssets(import.meta.dirname));
export const MANY = 1_000_000;

/** Goroutines that compute, give way and call the kernel, for ever. */
export const busy = (goroutines: number, steps: number, gomaxprocs = 2): string => `schedville: 1
kind: scenario
id: bench-${goroutines}
title: { zh: 忙, en: busy }
runtime: { gomaxprocs: ${gomaxprocs} }
limits: { time: 1000s, steps: ${steps} }
goroutines:
  main:
    - go: { name: worker, times: ${goroutines} }
    - repeat: { times: 1000000, do: [ { syscall: { name: getpid, via: Syscall } }, gosched ] }
  worker:
    - repeat: { times: 1000000, do: [ { compute: 2us }, gosched ] }
`;

/** So many threads: each goroutine sits in a read for longer than the run, while main goes on making calls. */
export const blocked = (threads: number, steps: number, gomaxprocs = 4): string => `schedville: 1
kind: scenario
id: bench-threads-${threads}
title: { zh: 线程, en: threads }
runtime: { gomaxprocs: ${gomaxprocs}, maxthreads: 20000 }
limits: { time: 1000s, steps: ${steps} }
goroutines:
  main:
    - go: { name: reader, times: ${threads} }
    - repeat: { times: 1000000, do: [ { syscall: { name: getpid, via: Syscall } }, { compute: 30us } ] }
  reader:
    - syscall: { name: read, args: [0, { buf: 8 }, 8], takes: 900s, returns: 4 }
`;

export const VILLAGE_STEPS = 40_000;

/** 30 goroutines that each keep a thread in the kernel, 470 that take turns on so many Ps. */
export const village = (gomaxprocs = 8): string => `schedville: 1
kind: scenario
id: bench-village
title: { zh: 村, en: village }
runtime: { gomaxprocs: ${gomaxprocs} }
limits: { time: 1000s, steps: ${VILLAGE_STEPS} }
goroutines:
  main:
    - go: { name: reader, times: 30 }
    - go: { name: worker, times: 470 }
    - repeat: { times: 1000000, do: [ { syscall: { name: getpid, via: Syscall } }, gosched ] }
  reader:
    - syscall: { name: read, args: [0, { buf: 8 }, 8], takes: 900s, returns: 4 }
  worker:
    - repeat: { times: 1000000, do: [ { compute: 2us }, gosched ] }
`;

export function scenarioOf(text: string): Scenario {
  const parsed = parseScenario(text, 'bench');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.scenario;
}

export const simulationOf = (text: string): Simulation => new Simulation(scenarioOf(text), listings);

/** As the player does it: so many steps at once, and what comes out goes on at once. */
const SLICE_STEPS = 200;

/** Makes a run to its end; `use` sees its steps outside of the time that is taken. */
export function makeMs(simulation: Simulation, use: (steps: Step[]) => void = () => undefined): { ms: number; steps: number } {
  let ms = 0;
  let steps = 0;
  for (let done = false; !done;) {
    const began = performance.now();
    const slice = simulation.run(SLICE_STEPS);
    ms += performance.now() - began;
    steps += slice.steps.length;
    ({ done } = slice);
    use(slice.steps);
  }
  return { ms, steps };
}

/** How long the work takes, ms. */
export function tookMs(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** Rounds one after the other. */
export function rounds<T>(count: number, round: () => T): T[] {
  return Array.from({ length: count }, round);
}
