/** One clock for two runs: virtual time, folded where nothing happens in either. Pure. */
import { FoldedTime, type Folds } from '../../src-main/contract/index';

/** Times of the steps of a run, ns, index 0 being the first state; and its folds. */
export interface Timed {
  times: ArrayLike<number>;
  folds: Folds;
}

/** Stretches that are empty in both; behind a run's end nothing happens any more. */
export function commonFolds(one: Timed, other: Timed): Folds {
  const end = Math.max(endOf(one), endOf(other));
  const from: number[] = [];
  const to: number[] = [];
  const [a, b] = [stretches(one, end), stretches(other, end)];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [x, y] = [a[i] as Stretch, b[j] as Stretch];
    const [begin, stop] = [Math.max(x.from, y.from), Math.min(x.to, y.to)];
    if (begin < stop) {
      from.push(begin);
      to.push(stop);
    }
    if (x.to < y.to) i++;
    else j++;
  }
  return { from: Float64Array.from(from), to: Float64Array.from(to) };
}

interface Stretch {
  from: number;
  to: number;
}

const endOf = ({ times }: Timed): number => times[times.length - 1] ?? 0;

function stretches(run: Timed, end: number): Stretch[] {
  const { from, to } = run.folds;
  const found = Array.from(from, (begin, i) => ({ from: begin, to: to[i] ?? begin }));
  return endOf(run) < end ? [...found, { from: endOf(run), to: end }] : found;
}

export const commonClock = (one: Timed, other: Timed): FoldedTime =>
  new FoldedTime(commonFolds(one, other), Math.max(1, endOf(one), endOf(other)));

/** The last step of a run at or before a time; 0: its first state. */
export function stepAtNs({ times }: Timed, ns: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) > ns) high = middle;
    else low = middle + 1;
  }
  return Math.max(0, low - 1);
}

/** The step that is the same as step n, or as the last one before it that has one. `isThere`: it is n's own. */
export function pairOf(pairs: ArrayLike<number>, n: number): { n: number; isThere: boolean } {
  for (let at = n; at > 0; at--) {
    const pair = pairs[at] ?? 0;
    if (pair > 0) return { n: pair, isThere: at === n };
  }
  return { n: 0, isThere: n === 0 };
}

/** Pairs of the other run, by its steps. */
export function turnedPairs(pairs: ArrayLike<number>, count: number): Uint32Array {
  const turned = new Uint32Array(count + 1);
  for (let n = 1; n < pairs.length; n++) {
    const pair = pairs[n] as number;
    if (pair > 0) turned[pair] = n;
  }
  return turned;
}
