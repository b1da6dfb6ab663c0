/** Who has which lock in the two states that a step lies between: the state itself does not say it. Pure. */
import { type GId, type Holders, holdersIn, type LockHolds, type State } from '../../src-main/contract/index';

export interface Held {
  before: Holders;
  after: Holders;
}

const NOBODY: Holders = {};
export const NONE_HELD: Held = { before: NOBODY, after: NOBODY };

interface Shown {
  seen: { beforeN: number; before: State | null; after: State | null };
  n: number;
}

/** `holds`: of the run that is played; none while no run is open. */
export function heldAround(holds: LockHolds | undefined, { seen, n }: Shown): Held {
  if (!holds || Object.keys(holds).length === 0 || !seen.before || !seen.after) return NONE_HELD;
  return { before: holdersIn(holds, seen.before, seen.beforeN), after: holdersIn(holds, seen.after, n) };
}

/** Each holder’s locks, by their names. */
export function locksOf(held: Holders): ReadonlyMap<GId, string> {
  const found = new Map<GId, string>();
  for (const [name, g] of Object.entries(held)) found.set(g, [found.get(g), name].filter(Boolean).join(' '));
  return found;
}

export const isSameHolders = (one: Holders, other: Holders): boolean =>
  one === other || (Object.keys(one).length === Object.keys(other).length && Object.entries(one).every(([name, g]) => other[name] === g));
