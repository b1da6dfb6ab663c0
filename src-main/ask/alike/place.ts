/** A place of one run in another: the same goroutine at the same operation and row, nearest in time. Pure. */
import type { State, Step } from '../../model/state';
import { type DoneStep, type Meaning, Meanings } from './meaning';

/** `row`: the same doing. `operation`: the same goroutine at the same operation, but never at that row. `gone`: neither; then it is the time alone. */
export type Kept = 'row' | 'operation' | 'gone';

export interface KeptPlace {
  n: number;
  kept: Kept;
}

/** One that was looked for by its meaning. `path`: the row of whoever does that step; null: there is none. */
export interface FoundPlace extends KeptPlace {
  path: string | null;
}

/** A run as it is gone through here: once, from its beginning. */
export interface Steps {
  first: State;
  steps: Iterable<Step>;
}

/** The same, as far as a place is found by it. */
export interface Doings {
  first: State;
  steps: Iterable<DoneStep>;
}

/** What a step means, with its number and its virtual time (ns) in its own run. */
export interface Place extends Meaning {
  n: number;
  t: number;
}

/** The place of step n of a run; null: n is the first state, or beyond the end. */
export function placeIn({ first, steps }: Doings, n: number): Place | null {
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
export function placeAlike(from: Doings, n: number, to: Doings): KeptPlace {
  const place = placeIn(from, n);
  if (!place) return { n: 0, kept: n < 1 ? 'row' : 'gone' };
  const [found] = placesFound([place], to);
  return found ? { n: found.n, kept: found.kept } : { n: 0, kept: 'gone' };
}

/** For each place the step of another run that corresponds to it, in one pass over that run. */
export function placesFound(places: readonly Place[], to: Doings): FoundPlace[] {
  const nearest = places.map(() => KEPT.map(() => ({ n: 0, ns: Infinity, steps: Infinity, path: null as string | null })));
  const meanings = new Meanings(to.first);
  for (const step of to.steps) {
    const meaning = meanings.next(step);
    for (const [i, place] of places.entries()) {
      const alike = likenessOf(place, meaning);
      const [ns, steps] = [Math.abs(step.t - place.t), Math.abs(step.n - place.n)];
      for (let level = 0; level < KEPT.length; level++) {
        const best = (alike & (1 << level)) === 0 ? undefined : nearest[i]?.[level];
        if (!best || ns > best.ns || (ns === best.ns && steps >= best.steps)) continue;
        Object.assign(best, { n: step.n, ns, steps, path: step.g === null ? `M.${step.m}` : `G.${step.g}` });
      }
    }
  }
  return nearest.map((levels) => {
    const level = levels.findIndex((each) => each.ns < Infinity);
    return { n: levels[level]?.n ?? 0, kept: KEPT[level] ?? 'gone', path: levels[level]?.path ?? null };
  });
}

/** How near a step's meaning is to what is looked for: a bit for each level that it is on, the nearest being the lowest. */
function likenessOf(place: Meaning, { who, op, fn, at }: Meaning): number {
  if (who !== place.who) return 8;
  const isRow = fn === place.fn && at === place.at;
  const isOperation = op === place.op;
  return (isRow && isOperation ? 1 : 0) | (isRow ? 2 : 0) | (isOperation && op >= 0 ? 4 : 0) | 8;
}
