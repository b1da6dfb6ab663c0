/**
 * npm run bench: speed as ratios within one run, so that a slow machine changes both sides. Whole start: the built product against the
 * same Electron with an empty window, in turn.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAssets, loadListings } from '../app/asset-folder';
import { parseScenario } from '../formats/scenario';
import { traceLine } from '../formats/trace-jsonl';
import { Simulation } from '../model/simulate';

const STARTS = 7;

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

const ratio = (what: string, a: number, b: number, limit: number): void => {
  console.log(`${what}: ${(a / b).toFixed(2)} (${a.toFixed(0)} ms / ${b.toFixed(0)} ms), wanted at most ${limit}`);
};

/** Milliseconds until the program says READY on its standard output. */
function startMs(dist: string, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(join(dist, 'electron'), [...args, '--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])], {
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

async function benchStart(dist: string, root: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'schedville-bench-'));
  emptyApp(folder);
  const ours: number[] = [];
  const empty: number[] = [];
  try {
    for (let i = 0; i < STARTS; i++) {
      ours.push(await startMs(dist, [root, `--user-data-dir=${join(folder, 'data')}`]));
      empty.push(await startMs(dist, [folder, `--user-data-dir=${join(folder, 'empty')}`]));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  ratio(`start to an interactive lesson / start to an empty window (median of ${STARTS})`, median(ours), median(empty), 1.5);
}

const LONG = `schedville: 1
kind: scenario
id: bench-long
title: { zh: 长, en: long }
runtime: { gomaxprocs: 2 }
limits: { time: 1000s, steps: 1000000 }
goroutines:
  main:
    - go: { name: worker, times: 20 }
    - repeat: { times: 1000000, do: [ { syscall: { name: getpid, via: Syscall } }, gosched ] }
  worker:
    - repeat: { times: 1000000, do: [ { compute: 2us }, gosched ] }
`;

function benchModel(): void {
  const parsed = parseScenario(LONG, 'bench');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const listings = loadListings(findAssets());
  const simulation = new Simulation(parsed.scenario, listings);
  let makeMs = 0;
  let parseMs = 0;
  let steps = 0;
  for (;;) {
    const began = performance.now();
    const slice = simulation.run(20_000);
    makeMs += performance.now() - began;
    const lines = slice.steps.map(traceLine);
    const beforeParse = performance.now();
    for (const line of lines) JSON.parse(line);
    parseMs += performance.now() - beforeParse;
    steps += slice.steps.length;
    if (slice.done) break;
  }
  ratio(`making ${steps} steps / JSON.parse of their lines`, makeMs, parseMs, 1);
}

benchModel();
const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH;
if (dist === undefined) console.log('start-up: not measured, ELECTRON_OVERRIDE_DIST_PATH is not set (npm run bench sets it)');
else await benchStart(dist, join(findAssets(), '..'));
