/** `sim anchors`: every row of every function that a run comes to, for whoever looks for a place of a lesson step. */
import type { ModelAssets } from '../model/run/simulate';
import type { Step } from '../model/state';
import { visibleLine } from '../model/visible-text';
import type { Read } from '../model/words';
import { runOfFile } from './run-of-file';

export interface AnchorRow {
  fn: string;
  at: string;
  /** How many steps of the run stand there. */
  count: number;
  /** Number of the first of them, from 1, and its virtual time in ns. */
  n: number;
  t: number;
}

/** Counts the steps of one run. */
class AnchorCounter {
  private readonly seen = new Map<string, AnchorRow>();

  add({ n, t, fn, at }: Pick<Step, 'n' | 't' | 'fn' | 'at'>): void {
    const key = `${fn}\0${at}`;
    const row = this.seen.get(key);
    if (row) row.count++;
    else this.seen.set(key, { fn, at, count: 1, n, t });
  }

  /** In the order of their first steps. */
  get rows(): AnchorRow[] {
    return [...this.seen.values()];
  }
}

/** One line each: function, row, count, first step, first time in ns; between tabs, for other tools. */
export const anchorLines = (rows: readonly AnchorRow[]): string =>
  [
    'fn\tat\tcount\tfirst\tt\n',
    ...rows.map(({ fn, at, count, n, t }) => `${visibleLine(fn)}\t${visibleLine(at)}\t${count}\t${n}\t${t}\n`),
  ].join('');

/** The rows of a scenario's run or of a trace. */
export function anchorsOf(text: string, file: string, assets: () => ModelAssets): Read<{ rows: AnchorRow[] }> {
  const run = runOfFile(text, file, assets);
  if (!run.ok) return run;
  const counter = new AnchorCounter();
  for (const step of run.steps) counter.add(step);
  return { ok: true, rows: counter.rows };
}
