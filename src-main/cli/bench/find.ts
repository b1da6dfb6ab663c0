/** What a search in time costs beside a replay, and `sim find` beside `sim run`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeptRun } from '../../app/kept-run';
import { RunSearches } from '../../app/run-searches';
import { busy, listings, MANY, scenarioOf, tookMs } from './runs';
import { type BenchRow, type Measured, ratios } from './table';
import { simMs } from './trace';

/** Of the state, of the step, of both, and of a goroutine by its name. */
const EXPRESSIONS = [
  'P0.status == _Psyscall && P0.m == null',
  'fn == retake',
  't > 10ms && main.status == _Gsyscall',
  'changed(worker#3.status) && worker#3.status == _Grunning',
  'sched.runq has G5',
];
const SIM_STEPS = 300_000;
const ROUNDS = 3;

/** To the end, piece by piece, as the window asks for it. */
function findMs(searches: RunSearches, run: KeptRun, text: string): { ms: number; hits: number } {
  let hits = 0;
  const ms = tookMs(() => {
    for (let from = 0; from < run.opened.stepCount;) {
      const found = searches.find(run, { text, from, to: run.opened.stepCount });
      if (!found.ok) throw new Error(found.message.en);
      from = found.value.to;
      hits += found.value.hits.length;
    }
  });
  return { ms, hits };
}

async function searching(): Promise<Measured> {
  const run = await KeptRun.compute(
    scenarioOf(busy(20, MANY)),
    listings,
    [],
    () => undefined,
    () => false,
  );
  const searches = new RunSearches();
  const pairs: { a: number; b: number }[] = [];
  let hits = 0;
  for (let round = 0; round < ROUNDS; round++)
    for (const text of EXPRESSIONS) {
      const b = tookMs(() => run.replay());
      const found = findMs(searches, run, text);
      pairs.push({ a: found.ms, b });
      hits += found.hits;
    }
  const worst = pairs.map(({ a }) => a).sort((a, b) => b - a)[0] ?? NaN;
  return { figures: ratios(pairs), detail: `${run.opened.stepCount} steps, ${hits} hits, at most ${worst.toFixed(0)} ms` };
}

async function simFind(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'schedville-bench-'));
  try {
    const file = join(folder, 'busy.scenario.yaml');
    writeFileSync(file, busy(20, SIM_STEPS));
    const pairs: { a: number; b: number }[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const b = await simMs(['run', file, '--quiet']);
      const a = await simMs(['find', file, EXPRESSIONS[i] ?? 'n == 1', '--limit', '1000000']);
      pairs.push({ a, b });
    }
    return { figures: ratios(pairs), detail: `${SIM_STEPS} steps` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const FIND_ROWS: readonly BenchRow[] = [
  {
    name: 'find: in a million steps',
    figure: 'a search through a kept run / its replay',
    limit: 3,
    kind: 'ratio',
    why: 'an answer in about the time in which the steps can be gone through at all',
    measure: searching,
  },
  {
    name: 'find: sim find',
    figure: 'sim find / sim run of the same scenario',
    limit: 2,
    kind: 'ratio',
    why: 'whoever searches waits for the run, and for little besides',
    measure: simFind,
  },
];
