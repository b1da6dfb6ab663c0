/** What `sim run --trace` costs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainStep } from '../../model/trace/queue-versions';
import { simMain } from '../sim-main';
import { busy, makeMs, simulationOf, tookMs } from './runs';
import { type BenchRow, type Measured, ratios } from './table';

const STEPS = 300_000;
const ROUNDS = 5;

/** How long a command of sim takes. */
export async function simMs(args: readonly string[]): Promise<number> {
  const began = performance.now();
  const status = await simMain(args, {
    out: () => undefined,
    err: () => undefined,
    isErrTerminal: false,
    environment: {},
    onInterrupt: () => undefined,
  });
  if (status !== 0) throw new Error(`sim ${args.join(' ')} ended with ${status}`);
  return performance.now() - began;
}

/** JSON.stringify of every step, as plain data: the least that a line costs. */
function stringifyMs(): number {
  let ms = 0;
  makeMs(simulationOf(busy(20, STEPS)), (made) => {
    const steps = made.map(plainStep);
    ms += tookMs(() => {
      for (const step of steps) JSON.stringify(step);
    });
  });
  return ms;
}

async function tracing(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'schedville-bench-'));
  try {
    const file = join(folder, 'busy.scenario.yaml');
    writeFileSync(file, busy(20, STEPS));
    const found: { a: number; b: number; whole: number }[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const without = await simMs(['run', file, '--quiet']);
      const whole = await simMs(['run', file, '--quiet', '--trace', join(folder, 'busy.jsonl')]);
      found.push({ a: whole - without, b: stringifyMs(), whole });
    }
    const wholes = found.map(({ whole, b }) => whole / b);
    return {
      figures: ratios(found),
      detail: `${STEPS} steps; making the steps included ${wholes.map((each) => each.toFixed(1)).join(', ')}`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const TRACE_ROWS: readonly BenchRow[] = [
  {
    name: 'trace: writing',
    figure: 'what --trace adds to sim run / JSON.stringify of the same steps',
    limit: 1.5,
    kind: 'ratio',
    why: 'beside the text itself only its way to the disk may cost',
    measure: tracing,
  },
];
