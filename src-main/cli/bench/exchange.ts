/** What goes out and comes in: a run in each form that other programs open, a recording of a Go program, and a trace of ours. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXPORT_IDS } from '../../contract/exports';
import { busy } from './runs';
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

/** Processor time of a command of sim, ms: files are written by the system at its leisure, and what else runs does not count. */
async function workedMs(args: readonly string[]): Promise<number> {
  const before = process.cpuUsage();
  await simMs(args);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Once before it counts: the first one compiles the code. */
async function warmed(args: readonly string[]): Promise<number> {
  await simMs(args);
  return workedMs(args);
}

/** The slowest form counts: whoever chooses it waits for it. */
const exporting = (): Promise<Measured> =>
  inFolder(async (folder, scenario) => {
    const of = new Map(EXPORT_IDS.map((id) => [id, [] as number[]]));
    for (let i = 0; i < ROUNDS; i++) {
      const made = await warmed(['run', scenario, '--quiet']);
      for (const [id, all] of of) all.push((await warmed(['export', scenario, '--format', id, '--out', join(folder, id)])) / made);
    }
    const figures = Array.from({ length: ROUNDS }, (_, i) => Math.max(...[...of.values()].map((all) => all[i] ?? NaN)));
    const each = [...of].map(([id, all]) => `${id} ${median(all).toFixed(1)} (${(statSync(join(folder, id)).size / MIB).toFixed(1)} MiB)`);
    return { figures, detail: `${STEPS} steps; ${each.join(', ')}` };
  });

const importing = (): Promise<Measured> =>
  inFolder(async (folder, scenario) => {
    const recording = join(folder, 'busy.go126.trace');
    const imported = join(folder, 'imported.trace.jsonl');
    await simMs(['export', scenario, '--format', 'go126', '--out', recording]);
    const pairs: { a: number; b: number }[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const b = await warmed(['run', scenario, '--quiet']);
      pairs.push({ a: await warmed(['import', recording, '--out', imported]), b });
    }
    const events = readFileSync(imported, 'utf8').trimEnd().split('\n').length - 1;
    const perEvent = (median(pairs.map(({ a }) => a)) * 1_000) / events;
    return { figures: ratios(pairs), detail: `${events} events of ${STEPS} steps, ${perEvent.toFixed(1)} µs an event` };
  });

const opening = (): Promise<Measured> =>
  inFolder(async (folder, scenario) => {
    const trace = join(folder, 'busy.trace.jsonl');
    const pairs: { a: number; b: number }[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const b = await warmed(['run', scenario, '--quiet', '--trace', trace]);
      pairs.push({ a: await warmed(['anchors', trace, '--json']), b });
    }
    return { figures: ratios(pairs), detail: `${STEPS} steps, ${(statSync(trace).size / MIB).toFixed(1)} MiB` };
  });

export const EXCHANGE_ROWS: readonly BenchRow[] = [
  {
    name: 'data: exports',
    figure: 'a run made and written in the slowest form / made only',
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
    figure: 'a trace of ours read, checked and gone through / made and written',
    limit: 5,
    kind: 'ratio',
    why: 'each line is held against its shape and applied to the state; what costs more is waste',
    measure: opening,
  },
];
