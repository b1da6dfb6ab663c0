/** A place of one run in another: the same goroutine at the same operation and row, nearest in time. Pure. */
import type { State, Step } from '../../model/state';
import { type Meaning, Meanings } from './meaning';

/** `row`: the same doing. `operation`: the same goroutine at the same operation, but never at that row. `gone`: neither; then it is the time alone. */
export type Kept = 'row' | 'operation' | 'gone';

export interface KeptPlace {
  n: number;
  kept: Kept;
}

/** A run as it is gone through here: once, from its beginning. */
export interface Steps {
  first: State;
  steps: Iterable<Step>;
}

interface Place extends Meaning {
  n: number;
  t: number;
}

/** Where step n of a run stands; null: at its first state, or behind its end. */
function placeIn({ first, steps }: Steps, n: number): Place | null {
  if (n < 1) return null;
  const meanings = new Meanings(first);
  for (const step of steps) {
    const meaning = meanings.next(step);
    if (step.n === n) return { ...meaning, n, t: step.t };
  }
  return null;
}

const KEPT: readonly Kept[] = ['row', 'row', 'operation', 'gone'];

/** The step of `to` that is what step n of `from` is. Both are gone through once. */
export function placeAlike(from: Steps, n: number, to: Steps): KeptPlace {
  const place = placeIn(from, n);
  if (!place) return { n: 0, kept: n < 1 ? 'row' : 'gone' };
  const nearest = KEPT.map(() => ({ n: 0, ns: Infinity, steps: Infinity }));
  const meanings = new Meanings(to.first);
  for (const step of to.steps) {
    const [ns, steps] = [Math.abs(step.t - place.t), Math.abs(step.n - place.n)];
    for (const level of levelsOf(place, meanings.next(step))) {
      const best = nearest[level];
      if (best && (ns < best.ns || (ns === best.ns && steps < best.steps))) nearest[level] = { n: step.n, ns, steps };
    }
  }
  const level = nearest.findIndex((each) => each.ns < Infinity);
  return { n: nearest[level]?.n ?? 0, kept: KEPT[level] ?? 'gone' };
}

/** How near a step's meaning is to what is looked for: each of the levels that it is on, the nearest being 0. */
function levelsOf(place: Meaning, { who, op, fn, at }: Meaning): number[] {
  if (who !== place.who) return [3];
  const isRow = fn === place.fn && at === place.at;
  const isOperation = op === place.op;
  return [...(isRow && isOperation ? [0] : []), ...(isRow ? [1] : []), ...(isOperation && op >= 0 ? [2] : []), 3];
}
