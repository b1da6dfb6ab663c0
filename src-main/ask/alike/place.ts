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

/** What a step means, with its number and its virtual time (ns) in its own run. */
export interface Place extends Meaning {
  n: number;
  t: number;
}

/** The place of step n of a run; null: n is the first state, or beyond the end. */
export function placeIn({ first, steps }: Steps, n: number): Place | null {
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
  const [found] = placesFound([place], to);
  return found ?? { n: 0, kept: 'gone' };
}

/** For each place the step of another run that corresponds to it, in one pass over that run. */
export function placesFound(places: readonly Place[], to: Steps): KeptPlace[] {
  const nearest = places.map(() => KEPT.map(() => ({ n: 0, ns: Infinity, steps: Infinity })));
  const meanings = new Meanings(to.first);
  for (const step of to.steps) {
    const meaning = meanings.next(step);
    for (const [i, place] of places.entries()) {
      const [ns, steps] = [Math.abs(step.t - place.t), Math.abs(step.n - place.n)];
      for (const level of levelsOf(place, meaning)) {
        const best = nearest[i]?.[level];
        if (best && (ns < best.ns || (ns === best.ns && steps < best.steps))) Object.assign(best, { n: step.n, ns, steps });
      }
    }
  }
  return nearest.map((levels) => {
    const level = levels.findIndex((each) => each.ns < Infinity);
    return { n: levels[level]?.n ?? 0, kept: KEPT[level] ?? 'gone' };
  });
}

/** How near a step's meaning is to what is looked for: each of the levels that it is on, the nearest being 0. */
function levelsOf(place: Meaning, { who, op, fn, at }: Meaning): number[] {
  if (who !== place.who) return [3];
  const isRow = fn === place.fn && at === place.at;
  const isOperation = op === place.op;
  return [...(isRow && isOperation ? [0] : []), ...(isRow ? [1] : []), ...(isOperation && op >= 0 ? [2] : []), 3];
}
