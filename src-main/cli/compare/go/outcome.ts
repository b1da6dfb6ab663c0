/** What is seen of a run, in the same words for both sides, and how sets of runs are compared. */

/** How a program has ended, and in which order it came to its marks. */
export interface Outcome {
  /** null: it had not ended. */
  readonly code: number | null;
  /** What was written to descriptor 2, without stacks: prints, the report of a death, a line for each goroutine. */
  readonly said: readonly string[];
  /** `goroutine#instance:mark/occurrence`, in order. */
  readonly marks: readonly string[];
}

/** A line of a report that is no part of a stack. */
const OF_REPORT = /^(?:\t?panic: |\t?fatal error: |say |goroutine \d+|runtime stack:|\tgoroutine running|unexpected )/;

/** What both say in the same words. Stacks are left out, because a scenario has none. */
export function saidIn(text: string): string[] {
  return text.split('\n').filter((line) => OF_REPORT.test(line));
}

/** Without the numbers of goroutines, where they depend on which P made them. */
export const withoutNumbers = (said: readonly string[]): string[] => said.map((line) => line.replace(/^goroutine \d+/, 'goroutine ?'));

/** Whoever marks in a function that a thread of C calls: which goroutine is lent to the thread is no matter. */
export const BY_C = 'cgo';

/** A mark of the n-th goroutine of a name. */
export const markOf = (owner: string, n: number, label: string): string => (owner === BY_C ? `${BY_C}:${label}` : `${owner}#${n}:${label}`);

/** Marks with their occurrence, so that each is itself. */
export function numbered(marks: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return marks.map((mark) => {
    const n = (seen.get(mark) ?? 0) + 1;
    seen.set(mark, n);
    return `${mark}/${n}`;
  });
}

const keyOf = (outcome: Outcome): string => JSON.stringify([outcome.code, outcome.said, outcome.marks]);
const endOf = ({ code, said }: Outcome): string => JSON.stringify([code, said]);

/** What is true of all of the runs: which marks come, and which of two comes first (`a b`). */
function always(runs: readonly Outcome[]): { marks: Set<string>; orders: Set<string> } {
  const [first, ...others] = runs.map(({ marks }) => marks);
  const shared = (first ?? []).filter((mark) => others.every((marks) => marks.includes(mark)));
  const orders = new Set<string>();
  const places = others.map((marks) => new Map(marks.map((mark, i) => [mark, i])));
  shared.forEach((mark, i) => {
    for (const later of shared.slice(i + 1))
      if (places.every((at) => (at.get(mark) ?? 0) < (at.get(later) ?? 0))) orders.add(`${mark} ${later}`);
  });
  return { marks: new Set(shared), orders };
}

const turned = (order: string): string => order.split(' ').reverse().join(' ');

/** The end of a run, in words for a class of differences. */
function shortEnd({ code, said }: Outcome): string {
  const head = said.find((line) => !/^(?:say|goroutine|runtime stack)/.test(line)) ?? '';
  return `${code === null ? 'goes on' : `exit ${code}`}${head === '' ? '' : `, ${head.replaceAll(/\d+/g, 'n')}`}`;
}

const isDetermined = (runs: readonly Outcome[]): boolean => new Set(runs.map(keyOf)).size <= 1;

export type Verdict =
  { readonly isEqual: true; readonly how: 'determined' | 'possible' | 'unordered' } | { readonly isEqual: false; readonly why: string };

/**
 * Whether two sets of runs of one program agree. Where both sides always do the same, that must be equal; where chance or the clock decides, some
 * run of the model must be one that was seen (`possible`), or at least nothing that always holds on one side may never hold on the other.
 */
export function verdictOf(real: readonly Outcome[], own: readonly Outcome[]): Verdict {
  const isAllDetermined = isDetermined(real) && isDetermined(own);
  const seen = new Set(real.map(keyOf));
  if (own.some((each) => seen.has(keyOf(each)))) return { isEqual: true, how: isAllDetermined ? 'determined' : 'possible' };
  const [first, ours] = [real[0], own[0]];
  if (!first || !ours) throw new Error('nothing was run');
  if (own.every(({ code }) => real.every((each) => each.code !== code)))
    return { isEqual: false, why: `end: ${shortEnd(first)}; the model: ${shortEnd(ours)}` };
  const ends = new Set(real.map(endOf));
  if (!own.some((each) => ends.has(endOf(each)))) return { isEqual: false, why: `report: ${differingLines(first, ours)}` };
  const [theirs, mine] = [always(real), always(own)];
  for (const order of theirs.orders) if (mine.orders.has(turned(order))) return { isEqual: false, why: 'order of marks' };
  const isNever = (mark: string, runs: readonly Outcome[]): boolean => runs.every(({ marks }) => !marks.includes(mark));
  for (const mark of theirs.marks) if (isNever(mark, own)) return { isEqual: false, why: 'a mark that the model never reaches' };
  for (const mark of mine.marks) if (isNever(mark, real)) return { isEqual: false, why: 'a mark that the model alone reaches' };
  return isAllDetermined ? { isEqual: false, why: 'order of marks' } : { isEqual: true, how: 'unordered' };
}

/** The first line of a report that differs. */
function differingLines(real: Outcome, own: Outcome): string {
  const at = real.said.findIndex((line, i) => line !== own.said[i]);
  const i = at < 0 ? real.said.length : at;
  const shown = (line: string | undefined): string => (line === undefined ? 'nothing' : `“${line.trim().replaceAll(/\d+/g, 'n')}”`);
  return `${shown(real.said[i])}; the model: ${shown(own.said[i])}`;
}
