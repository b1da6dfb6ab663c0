/**
 * The two axes of a run: its steps, and its virtual time. In time, stretches in which no step happens at all may be a million times as long
 * as the steps beside them, so the longest are folded: such a fold is given a little room, more for a longer one, and says how long it
 * really is. Everything between the folds keeps its scale. Pure.
 */
import { counts, firstWhere } from './growing';

export interface Axis {
  /** Its end; it begins at 0. */
  length: number;
  /** Where step n lies. */
  placeOf: (n: number) => number;
}

/** Stretches of time that are folded, ns, in order: fold i lies between `from[i]` and `to[i]`. */
export interface Folds {
  from: Float64Array;
  to: Float64Array;
}

export const stepAxis = (stepCount: number): Axis => ({ length: stepCount, placeOf: (n) => n });

/** Longer than so many times the mean of all that are no longer: then it is folded. */
const LONG = 24;
/** Shorter ones are never folded, ns. */
const LEAST_NS = 1_000;
/** The share of the axis that folds take together is at most about this. */
const FOLDED_SHARE = 1 / 3;
/** And that of one of them. */
const FOLD_SHARE = 1 / 12;

/** Steps between two pauses in which other work gets its turn. */
const AT_ONCE = 500_000;

/** `timeOf(n)`: virtual time after step n, ns, which never goes back. */
export function foldsOf(timeOf: (n: number) => number, stepCount: number): Folds {
  const made = foldsInParts(timeOf, stepCount);
  for (;;) {
    const { done, value } = made.next();
    if (done === true) return value;
  }
}

/** The same with pauses. The longer ones alone are looked at more than once: whatever is no longer than LEAST_NS is never folded. */
export function* foldsInParts(timeOf: (n: number) => number, stepCount: number): Generator<null, Folds> {
  const longer = counts();
  const gap = (i: number): number => timeOf(longer.at(i)) - timeOf(longer.at(i) - 1);
  let [shortSum, longSum, shortCount] = [0, 0, 0];
  let before = timeOf(0);
  for (let n = 1; n <= stepCount; n++) {
    const now = timeOf(n);
    if (now - before > LEAST_NS) {
      longer.push(n);
      longSum += now - before;
    } else {
      shortSum += now - before;
      shortCount++;
    }
    before = now;
    if (n % AT_ONCE === 0) yield null;
  }
  let limit = Math.max(LEAST_NS, (LONG * (shortSum + longSum)) / Math.max(1, stepCount));
  for (let round = 1; round < 40; round++) {
    let [sum, count] = [shortSum, shortCount];
    for (let i = 0; i < longer.length; i++) {
      const its = gap(i);
      if (its <= limit) {
        sum += its;
        count++;
      }
      if (i % AT_ONCE === 0) yield null;
    }
    const next = Math.max(LEAST_NS, (LONG * sum) / Math.max(1, count));
    if (next >= limit) break;
    limit = next;
  }
  const from: number[] = [];
  const to: number[] = [];
  for (let i = 0; i < longer.length; i++) {
    if (i % AT_ONCE === 0) yield null;
    if (gap(i) <= limit) continue;
    from.push(timeOf(longer.at(i) - 1));
    to.push(timeOf(longer.at(i)));
  }
  return { from: Float64Array.from(from), to: Float64Array.from(to) };
}

/** Time with folds: places are ns of the time that is left, and a fold takes as much as some of those. */
export class FoldedTime {
  readonly length: number;
  /** Where each fold begins and ends on the axis. */
  readonly foldFrom: Float64Array;
  readonly foldTo: Float64Array;

  constructor(
    readonly folds: Folds,
    readonly endNs: number,
  ) {
    const count = folds.from.length;
    let foldedNs = 0;
    let least = Infinity;
    for (let i = 0; i < count; i++) {
      foldedNs += this.foldNs(i);
      least = Math.min(least, this.foldNs(i));
    }
    const plainNs = Math.max(1, endNs - foldedNs);
    // Each ten times as long takes half as much again.
    const weightOf = (i: number): number => 1 + Math.log10(this.foldNs(i) / least) / 2;
    let weight = 0;
    for (let i = 0; i < count; i++) weight += weightOf(i);
    const unit = count === 0 ? 0 : Math.min(FOLD_SHARE, FOLDED_SHARE / weight) * plainNs;
    this.foldFrom = new Float64Array(count);
    this.foldTo = new Float64Array(count);
    let saved = 0;
    for (let i = 0; i < count; i++) {
      const room = Math.min(this.foldNs(i), unit * weightOf(i));
      this.foldFrom[i] = (folds.from[i] as number) - saved;
      this.foldTo[i] = (this.foldFrom[i] as number) + room;
      saved += this.foldNs(i) - room;
    }
    this.length = Math.max(1, endNs - saved);
  }

  foldNs(i: number): number {
    return (this.folds.to[i] as number) - (this.folds.from[i] as number);
  }

  /** The fold that ends last before or at a place, or holds it; −1: none. */
  private foldAt(begins: Float64Array, at: number): number {
    return firstWhere(begins.length, (i) => (begins[i] as number) > at) - 1;
  }

  /** The fold before the time that was asked for last. */
  private near = -1;

  /** As foldAt(); mostly times are asked for one after the other. */
  private foldBefore(ns: number): number {
    const { from } = this.folds;
    for (let i = this.near; i <= this.near + 1 && i < from.length; i++)
      if ((i < 0 || (from[i] as number) <= ns) && (i + 1 >= from.length || (from[i + 1] as number) > ns)) return (this.near = i);
    return (this.near = this.foldAt(from, ns));
  }

  /** Where a time lies on the axis. */
  placeOfNs(ns: number): number {
    const i = this.foldBefore(ns);
    if (i < 0) return ns;
    const into = ns - (this.folds.from[i] as number);
    const [from, to] = [this.foldFrom[i] as number, this.foldTo[i] as number];
    return into >= this.foldNs(i) ? to + into - this.foldNs(i) : from + ((to - from) * into) / this.foldNs(i);
  }

  /** The time at a place. */
  nsAt(place: number): number {
    const i = this.foldAt(this.foldFrom, place);
    if (i < 0) return place;
    const [from, to] = [this.foldFrom[i] as number, this.foldTo[i] as number];
    const begin = this.folds.from[i] as number;
    return place >= to ? begin + this.foldNs(i) + place - to : begin + (this.foldNs(i) * (place - from)) / (to - from);
  }
}

export function timeAxis(time: FoldedTime, timeOf: (n: number) => number): Axis {
  return { length: time.length, placeOf: (n) => time.placeOfNs(timeOf(n)) };
}
