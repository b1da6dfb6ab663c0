/** The bench's own arithmetic: rows with limits, what was measured of them, and what is printed. Nothing here looks at a clock. */

export interface Measured {
  /** One figure for each round; the median counts. */
  readonly figures: readonly number[];
  /** What the figures came from, for whoever reads the line. */
  readonly detail: string;
}

export interface BenchRow {
  readonly name: string;
  /** What is set against what; for kind ms and s what is timed. */
  readonly figure: string;
  /** The row is missed when the median is larger. */
  readonly limit: number;
  /** ratio: both sides are measured in turn within one run, so that a slow machine changes both. ms, s: a promise to a person. */
  readonly kind: 'ratio' | 'ms' | 's';
  /** Why this limit. */
  readonly why: string;
  readonly measure: () => Measured | Promise<Measured>;
}

/** What became of a row. */
export interface Outcome {
  readonly row: BenchRow;
  /** An Error: the row could not be measured. */
  readonly measured: Measured | Error;
}

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('no median of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** The value below which `share` (0 to 1) of the values lie, by nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('no percentile of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length, Math.max(1, Math.ceil(share * sorted.length))) - 1] ?? NaN;
}

/** Round by round a / b. */
export function ratios(rounds: readonly { a: number; b: number }[]): number[] {
  return rounds.map(({ a, b }) => a / b);
}

/** Whether the row is within its limit. What could not be measured is not. */
export function isMet({ row, measured }: Outcome): boolean {
  if (measured instanceof Error || measured.figures.length === 0) return false;
  return median(measured.figures) <= row.limit;
}

export const UNIT = { ratio: '', ms: ' ms', s: ' s' } as const;

/** The median with its unit and spread, `1.21 (1.18 to 1.30 in 5 rounds)`, or why there is none. */
export function found({ row, measured }: Outcome): string {
  if (measured instanceof Error) return measured.message;
  const { figures } = measured;
  if (figures.length === 0) return 'nothing was measured';
  const spread =
    figures.length === 1 ? '' : ` (${Math.min(...figures).toFixed(2)} to ${Math.max(...figures).toFixed(2)} in ${figures.length} rounds)`;
  return `${median(figures).toFixed(2)}${UNIT[row.kind]}${spread}`;
}

/** `met   start: 1.21 (1.18 to 1.30 in 5 rounds), at most 1.3 …` */
export function outcomeLine(outcome: Outcome): string {
  const { row, measured } = outcome;
  if (measured instanceof Error || measured.figures.length === 0) return `FAILED ${row.name}: ${found(outcome)}`;
  return `${isMet(outcome) ? 'met   ' : 'MISSED'} ${row.name}: ${found(outcome)}, at most ${row.limit}${UNIT[row.kind]} | ${row.figure}; ${measured.detail}`;
}

export interface BenchWish {
  isStrict: boolean;
  /** What was found is written into FIGURES.md. */
  isKept: boolean;
  /** Only rows whose name contains it. */
  wanted: string;
}

const KNOWN = ['--strict', '--keep'];

/** Switches and at most one text. A string: what is wrong with the arguments. */
export function readWish(args: readonly string[]): BenchWish | string {
  const texts = args.filter((arg) => !arg.startsWith('-'));
  const unknown = args.find((arg) => arg.startsWith('-') && !KNOWN.includes(arg));
  if (unknown !== undefined) return `bench has no switch ${unknown}; known: ${KNOWN.join(', ')}`;
  if (texts.length > 1) return `bench takes one text, found ${texts.join(' ')}`;
  return { isStrict: args.includes('--strict'), isKept: args.includes('--keep'), wanted: texts[0] ?? '' };
}

export const OK = 0;
export const MISSED = 1;
export const MISUSED = 2;

/**
 * Measures the rows one after the other and says how each came out. The exit status: with --strict 1 when a row is missed or could not be
 * measured; 2 when the arguments name no row. `keep` takes a row's outcome as soon as it is there, with `--keep`.
 */
export async function runBench(
  rows: readonly BenchRow[],
  args: readonly string[],
  say: (line: string) => void,
  keep: (outcome: Outcome) => void,
): Promise<number> {
  const wish = readWish(args);
  if (typeof wish === 'string') {
    say(wish);
    return MISUSED;
  }
  const chosen = rows.filter(({ name }) => name.includes(wish.wanted));
  if (chosen.length === 0) {
    say(`no row is called ${wish.wanted}; there are: ${rows.map(({ name }) => name).join(', ')}`);
    return MISUSED;
  }
  const missed: string[] = [];
  for (const row of chosen) {
    let measured: Measured | Error;
    try {
      measured = await row.measure();
    } catch (error) {
      measured = error instanceof Error ? error : new Error(String(error));
    }
    const outcome = { row, measured };
    if (!isMet(outcome)) missed.push(row.name);
    say(outcomeLine(outcome));
    if (wish.isKept) keep(outcome);
  }
  say(
    `${chosen.length - missed.length} of ${chosen.length} rows within their limits${missed.length > 0 ? `; not: ${missed.join(', ')}` : ''}`,
  );
  return wish.isStrict && missed.length > 0 ? MISSED : OK;
}
