/** Which of the answers that were given are right. Pure. */
import type { Arch, ClaimActivity, MatchActivity, PlaygroundActivity, SortActivity, Verdict } from '../../../src-main/contract/index';

/** As it was given; null: nothing yet. A number is a place in a list. */
export type Given = string | number | null;

/** In the order in which they are offered. */
export const VERDICTS = ['right', 'wrong', 'dated', 'incomplete'] as const satisfies readonly Verdict[];

/** A row moved by one place; past an end it stays. */
export function moved(rows: readonly number[], from: number, by: -1 | 1): number[] {
  const to = from + by;
  const [a, b] = [rows[from], rows[to]];
  if (a === undefined || b === undefined) return [...rows];
  return rows.map((each, i) => (i === from ? b : i === to ? a : each));
}

/** `order[i]`: which of the right order's rows stands at place i. Rows that read the same may stand for each other. */
export const rightPlaces = (order: readonly number[], texts: readonly string[]): boolean[] =>
  order.map((row, i) => texts[row] === texts[i]);

/** For each left side: the right side that was chosen, as its number in the lesson. Right sides that read the same are the same. */
export const rightMatches = ({ pairs }: MatchActivity, given: readonly Given[]): boolean[] =>
  pairs.map(({ right }, i) => {
    const chosen = given[i];
    return typeof chosen === 'number' && pairs[chosen]?.right.en === right.en && pairs[chosen].right.zh === right.zh;
  });

export const rightBins = ({ calls }: SortActivity, given: readonly Given[]): boolean[] => calls.map(({ bin }, i) => given[i] === bin);

/** The routines that cards are sorted into: the four listings, and what else one of the cards needs. */
export function binsOf({ calls }: SortActivity): SortActivity['calls'][number]['bin'][] {
  const always = ['Syscall', 'RawSyscall', 'Syscall6', 'RawSyscall6'] as const;
  return [...new Set([...always, ...calls.map(({ bin }) => bin)])];
}

/** A run is evidence when what is true instead is read from it. Without a choice of runs there is nothing to be wrong about. */
export const isEvidence = ({ runs, proof }: ClaimActivity, run: Given | undefined): boolean =>
  runs.length === 0 || proof.length === 0 || proof.some((each) => each.run === run);

/** [verdict, evidence] */
export const rightClaim = (claim: ClaimActivity, given: readonly Given[]): [boolean, boolean] => [
  given[0] === claim.verdict,
  isEvidence(claim, given[1]),
];

/** What a routine of the playground has been called with and given; a number is null where it gives no such thing. */
export interface CallResult {
  arch: Arch;
  /** null: no system call was chosen. */
  call: string | null;
  r1: bigint | null;
  r2: bigint | null;
  err: bigint | null;
}

/** Two ways to write the 64 bits are one number. */
const isSame = (written: string | null, found: bigint | null): boolean =>
  written === null || (found !== null && BigInt.asUintN(64, BigInt(written)) === BigInt.asUintN(64, found));

/** Whether the task is done: by its own call, on its own architecture. */
export const isExpected = ({ arch, call, expect }: PlaygroundActivity, found: CallResult): boolean =>
  found.arch === arch &&
  (call === null || found.call === call) &&
  isSame(expect.r1, found.r1) &&
  isSame(expect.r2, found.r2) &&
  isSame(expect.err, found.err);
