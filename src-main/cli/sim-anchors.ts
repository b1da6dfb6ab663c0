/** `sim anchors`: every row of every function that a run comes to, for whoever looks for a place of a lesson step. */
import { AnchorCounter, type AnchorRow } from '../ask/find/anchors';
import type { ModelAssets } from '../model/run/simulate';
import { visibleLine } from '../model/visible-text';
import type { Read } from '../model/words';
import { runOfFile } from './run-of-file';

/** One line each: function, row, count, first step, first time in ns; between tabs, for other tools. */
export const anchorLines = (rows: readonly AnchorRow[]): string =>
  [
    'fn\tat\tcount\tfirst\tt\n',
    ...rows.map(({ fn, at, count, n, t }) => `${visibleLine(fn)}\t${visibleLine(at)}\t${count}\t${n}\t${t}\n`),
  ].join('');

/** The rows of a scenario's run or of a trace. */
export async function anchorsOf(file: string, assets: () => ModelAssets): Promise<Read<{ rows: AnchorRow[] }>> {
  const run = await runOfFile(file, assets);
  if (!run.ok) return run;
  const counter = new AnchorCounter();
  for (const step of run.steps) counter.add(step);
  return { ok: true, rows: counter.rows };
}
