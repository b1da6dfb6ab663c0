/** Rows on the model's own speed, and on a run that is kept. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { KeptRun } from '../../app/kept-run';
import { traceLine } from '../../formats/trace-jsonl';
import { SeededRandom } from '../../model/run/random';
import { blocked, busy, listings, makeMs, MANY, rounds, scenarioOf, simulationOf, tookMs } from './runs';
import { type BenchRow, type Measured, percentile, ratios } from './table';

function against(pairs: readonly { a: number; b: number }[], what: string): Measured {
  const last = pairs.at(-1) ?? { a: NaN, b: NaN };
  return { figures: ratios(pairs), detail: `${what}, last round ${last.a.toFixed(0)} ms / ${last.b.toFixed(0)} ms` };
}

function parsing(): Measured {
  const lines: string[] = [];
  makeMs(simulationOf(busy(20, MANY)), (made) => {
    for (const step of made) lines.push(traceLine(step));
  });
  const parse = (): void => {
    for (const line of lines) JSON.parse(line);
  };
  return against(
    rounds(3, () => ({ a: makeMs(simulationOf(busy(20, MANY))).ms, b: tookMs(parse) })),
    `${lines.length} steps`,
  );
}

function growth(): Measured {
  return against(
    rounds(3, () => {
      let b = 0;
      for (let i = 0; i < 10; i++) b += makeMs(simulationOf(busy(20, MANY / 10))).ms;
      return { a: makeMs(simulationOf(busy(20, MANY))).ms, b };
    }),
    `${MANY} steps`,
  );
}

function crowd(): Measured {
  return against(
    rounds(3, () => ({ a: makeMs(simulationOf(busy(10_000, MANY / 2))).ms, b: makeMs(simulationOf(busy(10, MANY / 2))).ms })),
    `${MANY / 2} steps each`,
  );
}

/** Steps until all of so many goroutines sit in their system call, each on a thread of its own. */
const STEPS_A_THREAD = 170;
const COMPARED_STEPS = 100_000;

/** ns a step once so many threads are there. */
function stepNs(threads: number): number {
  const simulation = simulationOf(blocked(threads, threads * STEPS_A_THREAD + COMPARED_STEPS));
  for (let done = false; !done && Object.keys(simulation.state.M).length < threads;) ({ done } = simulation.run(2_000));
  if (simulation.outcome) throw new Error(`only ${Object.keys(simulation.state.M).length} of ${threads} threads came to be`);
  let steps = 0;
  const ms = tookMs(() => {
    for (let done = false; !done && steps < COMPARED_STEPS;) {
      const slice = simulation.run(200);
      steps += slice.steps.length;
      ({ done } = slice);
    }
  });
  return (ms * 1e6) / steps;
}

function threads(): Measured {
  const pairs = rounds(3, () => ({ a: stepNs(10_000), b: stepNs(100) }));
  const last = pairs.at(-1) ?? { a: NaN, b: NaN };
  return { figures: ratios(pairs), detail: `last round ${last.a.toFixed(0)} ns / ${last.b.toFixed(0)} ns a step` };
}

/** Bytes in use after everything that nobody holds has been collected. */
function bytesInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const keep = (): Promise<KeptRun> =>
  KeptRun.compute(
    scenarioOf(busy(20, MANY)),
    listings,
    [],
    () => undefined,
    () => false,
  );

const MIB = 2 ** 20;

async function kept(): Promise<Measured> {
  const before = bytesInUse();
  const run = await keep();
  const bytes = bytesInUse() - before;
  let file = 0;
  for (const step of run.all()) file += Buffer.byteLength(traceLine(step));
  return { figures: [bytes / file], detail: `${(bytes / MIB).toFixed(0)} MiB / ${(file / MIB).toFixed(0)} MiB` };
}

async function travel(): Promise<Measured> {
  const run = await keep();
  const dice = new SeededRandom(7);
  const took = rounds(1_000, () => {
    const n = dice.next() % (run.opened.stepCount + 1);
    return tookMs(() => run.stateAt(n));
  });
  return { figures: [percentile(took, 0.99)], detail: `1000 steps, half of them within ${percentile(took, 0.5).toFixed(1)} ms` };
}

export const MODEL_ROWS: readonly BenchRow[] = [
  {
    name: 'model: making steps',
    figure: 'making steps / JSON.parse of their lines',
    limit: 1,
    kind: 'ratio',
    why: 'a run that is kept in a file must not be quicker to read than to make',
    measure: parsing,
  },
  {
    name: 'model: long runs',
    figure: 'a long run at once / ten of a tenth',
    limit: 1.1,
    kind: 'ratio',
    why: 'nothing may grow with the number of steps made',
    measure: growth,
  },
  {
    name: 'model: 10,000 goroutines',
    figure: 'a step among 10,000 goroutines / among 10',
    limit: 2,
    kind: 'ratio',
    why: 'a step touches a few rows, however many there are',
    measure: crowd,
  },
  {
    name: 'model: 10,000 threads',
    figure: 'a step among 10,000 Ms / among 100',
    limit: 3,
    kind: 'ratio',
    why: 'a step touches a few rows, however many there are',
    measure: threads,
  },
  {
    name: 'model: memory of a kept run',
    figure: 'a kept run / its trace file, in bytes',
    limit: 1.5,
    kind: 'ratio',
    why: 'who opens a trace expects about its size in memory',
    measure: kept,
  },
  {
    name: 'model: going to a step',
    figure: '99th percentile of going to any step of a million',
    limit: 16,
    kind: 'ms',
    why: 'one frame, so that dragging along the timeline is smooth',
    measure: travel,
  },
];
