/** The numbers in the ids of threads, Ps and goroutines, and the ids by their numbers. */
import type { GId, MId, PId } from '../state';

/** Of nobody. */
export const NONE = -1;
const ZERO = '0'.charCodeAt(0);

/** Asked for each of millions of steps: no part of the id is made a string of its own. */
export function idNumber(id: string | null): number {
  if (id === null) return NONE;
  let number = 0;
  for (let i = 1; i < id.length; i++) number = 10 * number + id.charCodeAt(i) - ZERO;
  return number;
}

/** Numbers up to here have their ids at hand: a string that is put together anew is looked at by its letters wherever a table is asked for it. */
const KNOWN_IDS = 4096;

function idsOf<Id extends string>(letter: string): (n: number) => Id {
  const known: Id[] = [];
  const make = (n: number): Id => `${letter}${n}` as Id;
  return (n) => {
    if (n >= KNOWN_IDS) return make(n);
    while (known.length <= n) known.push(make(known.length));
    return known[n] as Id;
  };
}

export const mId = idsOf<MId>('M');
const [somePId, someGId] = [idsOf<PId>('P'), idsOf<GId>('G')];
export const pId = (n: number): PId | null => (n === NONE ? null : somePId(n));
export const gId = (n: number): GId | null => (n === NONE ? null : someGId(n));
