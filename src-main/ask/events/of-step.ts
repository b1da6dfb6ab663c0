/** The event that one step of a run is part of, as far as its thread has brought it. Pure. */
import type { State, Step } from '../../model/state';
import { Events, type RunEvent } from './events';

/** So far behind the step it is followed: it says more once it has ended. */
const FOLLOWED_STEPS = 400;
/** Events of other threads that may have begun between the step's own event and the step. */
const MOST_BETWEEN = 200;

/** null: the run has no such step. The run is gone through once, up to a little behind the step. */
export function eventOfStep({ first, steps }: { first: State; steps: Iterable<Step> }, n: number): RunEvent | null {
  const events = new Events(first);
  let m: Step['m'] | null = null;
  for (const step of steps) {
    events.add(step);
    if (step.n === n) m = step.m;
    if (step.n >= n + FOLLOWED_STEPS) break;
  }
  const last = events.at(n);
  if (m === null || last < 0) return null;
  const from = Math.max(0, last - MOST_BETWEEN);
  return events.list(Array.from({ length: last - from + 1 }, (_, i) => from + i)).findLast((event) => event.m === m) ?? null;
}
