/** What goes out and comes in: a run in each form that other programs open, a recording of a Go program, and a trace of ours. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXPORT_IDS } from '../../contract/exports';
import { busy, tookMs } from './runs';
import { type BenchRow, type Measured, median, ratios } from './table';
import { simMs } from './trace';

const STEPS = 100_000;
const ROUNDS = 3;

async function inFolder(work: (folder: string, scenario: string) => Promise<Measured>): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'schedville-bench-'));
  try {
    const scenario = join(folder, 'busy.scenario.yaml');
    writeFileSync(scenario, busy(20, STEPS));
    return await work(folder, scenario);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const MIB = 2 ** 20;

/** The slowest form counts: whoever chooses it waits for it. */
const exporting = (): Promise<Measured> =>
  inFolder(async (folder, scenario) => {
    const of = new Map(EXPORT_IDS.map((id) => [id, [] as number[]]));
    const figures: number[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const made = await simMs(['run', scenario, '--quiet']);
      for (const [id, all] of of) all.push(((await simMs(['export', scenario, '--format', id, '--out', join(folder, id)])) - made) / made);
      figures.push(Math.max(...[...of.values()].map((all) => all[i] ?? NaN)));
    }
    const each = [...of].map(([id, all]) => `${id} ${median(all).toFixed(1)} (${(statSync(join(folder, id)).size / MIB).toFixed(1)} MiB)`);
    return { figures, detail: `${STEPS} steps; ${each.join(', ')}` };
  });

const importing = (): Promise<Measured> =>
  inFolder(async (folder, scenario) => {
    const recording = join(folder, 'busy.go126.trace');
    await simMs(['export', scenario, '--format', 'go126', '--out', recording]);
    const pairs: { a: number; b: number }[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const b = await simMs(['run', scenario, '--quiet']);
      pairs.push({ a: await simMs(['import', recording, '--out', join(folder, 'imported.trace.jsonl')]), b });
    }
    const events = readFileSync(join(folder, 'imported.trace.jsonl'), 'utf8').trimEnd().split('\n').length - 1;
    const perEvent = (median(pairs.map(({ a }) => a)) * 1_000) / events;
    return { figures: ratios(pairs), detail: `${events} events of ${STEPS} steps, ${perEvent.toFixed(1)} µs an event` };
  });

const opening = (): Promise<Measured> =>
  inFolder(async (folder, scenario) => {
    const trace = join(folder, 'busy.trace.jsonl');
    await simMs(['run', scenario, '--quiet', '--trace', trace]);
    const pairs: { a: number; b: number }[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const lines = readFileSync(trace, 'utf8').trimEnd().split('\n');
      const b = tookMs(() => {
        for (const line of lines) JSON.parse(line);
      });
      pairs.push({ a: await simMs(['anchors', trace, '--json']), b });
    }
    return { figures: ratios(pairs), detail: `${STEPS} steps, ${(statSync(trace).size / MIB).toFixed(1)} MiB` };
  });

export const EXCHANGE_ROWS: readonly BenchRow[] = [
  {
    name: 'data: exports',
    figure: 'the slowest form of a run / making the run',
    limit: 10,
    kind: 'ratio',
    why: 'a class’s longest runs are made in a second; nobody waits more than some ten for a file of one',
    measure: exporting,
  },
  {
    name: 'data: importing a recording',
    figure: 'a Go 1.26 trace read, and written as one of ours / making the run that it tells of',
    limit: 1,
    kind: 'ratio',
    why: 'a recording tells less than a run, so it must not take longer',
    measure: importing,
  },
  {
    name: 'data: opening a trace',
    figure: 'a trace of ours read and checked / JSON.parse of its lines',
    limit: 4,
    kind: 'ratio',
    why: 'every line is checked, and applied to the state',
    measure: opening,
  },
];
