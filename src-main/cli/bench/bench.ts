/**
 * npm run bench: speed as ratios within one run, so that a slow machine changes both sides. Whole start: the built product against the
 * same Electron with an empty window, in turn.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { findAssets, loadListings } from '../../app/asset-folder';
import { KeptRun } from '../../app/kept-run';
import { parseScenario } from '../../formats/scenario';
import { traceLine } from '../../formats/trace-jsonl';
import { type Spun, spinPlain, spinProgram, spinRecorded } from './spin';
import { SeededRandom } from '../../model/run/random';
import { Simulation } from '../../model/run/simulate';
import type { Step } from '../../model/state';

const STARTS = 7;

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

const ratio = (what: string, a: number, b: number, limit: number): void => {
  console.log(`${what}: ${(a / b).toFixed(2)} (${a.toFixed(0)} ms / ${b.toFixed(0)} ms), wanted at most ${limit}`);
};

/** Milliseconds until the program says READY on its standard output. */
function startMs(electron: string, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(electron, [...args, '--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])], {
      env: { ...process.env, SCHEDVILLE_SAY_READY: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${args[0] ?? ''} was not ready after 30 s`));
    }, 30_000);
    child.stdout.on('data', (data: Buffer) => {
      if (!data.toString().includes('READY')) return;
      const took = performance.now() - began;
      clearTimeout(timer);
      child.once('close', () => {
        resolve(took);
      });
      child.kill('SIGKILL');
    });
  });
}

/** The same Electron with one empty window, ready when that is on the screen. */
function emptyApp(folder: string): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', version: '0.0.0', main: 'main.cjs' }));
  writeFileSync(
    join(folder, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 768, show: false, webPreferences: { sandbox: true, contextIsolation: true } });
  window.once('ready-to-show', () => { window.show(); console.log('READY'); });
  window.loadURL('data:text/html,<title>empty</title>');
});`,
  );
}

async function benchStart(electron: string, root: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'schedville-bench-'));
  emptyApp(folder);
  const ours: number[] = [];
  const empty: number[] = [];
  try {
    for (let i = 0; i < STARTS; i++) {
      ours.push(await startMs(electron, [root, `--user-data-dir=${join(folder, 'data')}`]));
      empty.push(await startMs(electron, [folder, `--user-data-dir=${join(folder, 'empty')}`]));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  ratio(`start to an interactive lesson / start to an empty window (median of ${STARTS})`, median(ours), median(empty), 1.5);
}

/** Goroutines that compute, give way and call the kernel, for ever. */
const busy = (goroutines: number, steps: number): string => `schedville: 1
kind: scenario
id: bench-${goroutines}
title: { zh: 忙, en: busy }
runtime: { gomaxprocs: 2 }
limits: { time: 1000s, steps: ${steps} }
goroutines:
  main:
    - go: { name: worker, times: ${goroutines} }
    - repeat: { times: 1000000, do: [ { syscall: { name: getpid, via: Syscall } }, gosched ] }
  worker:
    - repeat: { times: 1000000, do: [ { compute: 2us }, gosched ] }
`;

const listings = loadListings(findAssets());

function simulationOf(text: string): Simulation {
  const parsed = parseScenario(text, 'bench');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return new Simulation(parsed.scenario, listings);
}

/** As the player does it: so many steps at once, and what comes out goes on at once. */
const SLICE_STEPS = 200;
const MANY = 1_000_000;

/** Makes a run to its end; `use` sees its steps outside of the time that is taken. ms. */
function makeMs(simulation: Simulation, use: (steps: Step[]) => void = () => undefined): { ms: number; steps: number } {
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

/** Each side by itself, so that neither collects the other's garbage; in turn, the median of three. */
function benchTrace(): void {
  const lines: string[] = [];
  makeMs(simulationOf(busy(20, MANY)), (made) => {
    for (const step of made) lines.push(traceLine(step));
  });
  const parse = (): number => {
    const began = performance.now();
    for (const line of lines) JSON.parse(line);
    return performance.now() - began;
  };
  const pairs = Array.from({ length: 3 }, () => ({ make: makeMs(simulationOf(busy(20, MANY))).ms, parse: parse() }));
  const ms = median(pairs.map((pair) => pair.make));
  const parseMs = median(pairs.map((pair) => pair.parse));
  const steps = lines.length;
  ratio(`making ${steps} steps / JSON.parse of their lines`, ms, parseMs, 1);
}

function benchGrowth(): void {
  let shortMs = 0;
  for (let i = 0; i < 10; i++) shortMs += makeMs(simulationOf(busy(20, MANY / 10))).ms;
  const long = makeMs(simulationOf(busy(20, MANY)));
  ratio(`making ${long.steps} steps at once / ten times ${long.steps / 10}`, long.ms, shortMs, 1.1);
  const few = makeMs(simulationOf(busy(10, MANY / 2)));
  const many = makeMs(simulationOf(busy(10_000, MANY / 2)));
  ratio(`a step among 10,000 goroutines / among 10 (${many.steps} steps each)`, many.ms, few.ms, 2);
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

async function benchKept(): Promise<void> {
  const parsed = parseScenario(busy(20, MANY), 'bench');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const before = bytesInUse();
  const run = await KeptRun.compute(
    parsed.scenario,
    listings,
    [],
    () => undefined,
    () => false,
  );
  const kept = bytesInUse() - before;
  let file = 0;
  for (const step of run.all()) file += Buffer.byteLength(traceLine(step));
  console.log(
    `a kept run of ${run.opened.stepCount} steps / its trace file: ${(kept / file).toFixed(2)} (${(kept / 2 ** 20).toFixed(0)} MiB / ${(file / 2 ** 20).toFixed(0)} MiB), wanted at most 1.5`,
  );
  const took: number[] = [];
  const dice = new SeededRandom(7);
  for (let i = 0; i < 1_000; i++) {
    const n = dice.next() % (run.opened.stepCount + 1);
    const began = performance.now();
    run.stateAt(n);
    took.push(performance.now() - began);
  }
  took.sort((a, b) => a - b);
  console.log(
    `going to any of its steps: ${(took[989] ?? NaN).toFixed(1)} ms at the 99th percentile of 1000 (median ${(took[500] ?? NaN).toFixed(1)} ms), wanted at most 16`,
  );
}

/** Instructions a second, through the recorder and in a plain loop over the same decoded program; in turn, the median of the pairs. */
function benchInstructions(): void {
  const PAIRS = 15;
  const ROUNDS = 20_000;
  const program = spinProgram();
  const timed = (run: () => Spun): { ms: number; instructions: number } => {
    const began = performance.now();
    const { instructions } = run();
    return { ms: performance.now() - began, instructions };
  };
  const pairs = Array.from({ length: PAIRS + 2 }, () => ({
    plain: timed(() => spinPlain(program, ROUNDS)),
    recorded: timed(() => spinRecorded(program, ROUNDS)),
  })).slice(2);
  const plain = median(pairs.map((pair) => pair.plain.ms));
  const recorded = median(pairs.map((pair) => pair.recorded.ms));
  const { instructions = 0 } = pairs[0]?.recorded ?? {};
  console.log(`instructions a second with recording: ${(instructions / recorded / 1_000).toFixed(2)} million`);
  ratio(`${instructions} instructions with recording / in a plain loop (median of ${PAIRS})`, recorded, plain, 3);
}

benchTrace();
benchGrowth();
benchInstructions();
await benchKept();
// The launcher knows what the program is called on this system.
const { ELECTRON_EXEC_PATH, ELECTRON_OVERRIDE_DIST_PATH: dist } = process.env;
const electron = ELECTRON_EXEC_PATH ?? (dist === undefined ? undefined : join(dist, 'electron'));
if (electron === undefined) console.log('start-up: not measured, ELECTRON_EXEC_PATH is not set (npm run bench sets it)');
else await benchStart(electron, join(findAssets(), '..'));
