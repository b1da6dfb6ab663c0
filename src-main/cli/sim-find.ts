/** `sim find`: the steps of a run of which an expression is true. */
import { readExpression } from '../ask/find/expression';
import { Matcher } from '../ask/find/matcher';
import { faultText, likelyMisspelt } from '../ask/find/said';
import type { ModelAssets } from '../model/run/simulate';
import { visibleLine } from '../model/visible-text';
import type { Fault, Text } from '../model/words';
import { runOfFile } from './run-of-file';

export interface Found {
  n: number;
  t: number;
  fn: string;
  at: string;
}

export type FindResult =
  { ok: true; found: Found[]; hints: Text[] } | { ok: false; faults: readonly Fault[] } | { ok: false; expression: Text };

export async function findIn(file: string, expression: string, limit: number, listings: () => ModelAssets): Promise<FindResult> {
  const read = readExpression(expression);
  if (!read.ok) return { ok: false, expression: faultText(expression, read.fault) };
  const run = await runOfFile(file, listings);
  if (!run.ok) return run;
  const matcher = new Matcher(run.first, read.expression);
  const found: Found[] = [];
  for (const step of run.steps) {
    if (found.length >= limit) return { ok: true, found, hints: [] };
    if (matcher.add(step)) found.push({ n: step.n, t: step.t, fn: step.fn, at: step.at });
  }
  return { ok: true, found, hints: likelyMisspelt(matcher, read.expression) };
}

/** One line each: number, time in ns, function, row; between tabs, for other tools. */
export const foundLines = (found: readonly Found[]): string =>
  ['n\tt\tfn\tat\n', ...found.map(({ n, t, fn, at }) => `${n}\t${t}\t${visibleLine(fn)}\t${visibleLine(at)}\n`)].join('');
