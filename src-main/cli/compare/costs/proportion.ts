/** Whether costs stand to each other as they do in reality: the unit is free, because machines differ. */

/** How far any two may be apart. */
export const MOST_APART = 1.25;

/** For each row how far it is from the middle of all (1: there); the middle lies between the dearest and the cheapest row. */
export function apart(real: readonly number[], own: readonly number[]): number[] {
  const factors = own.map((ns, i) => ns / (real[i] ?? Number.NaN));
  const middle = Math.sqrt(Math.min(...factors) * Math.max(...factors));
  return factors.map((factor) => factor / middle);
}

/** Whether a row is no farther from the middle than half of what two may be apart. */
export const isInProportion = (from: number): boolean => from <= Math.sqrt(MOST_APART) && from >= 1 / Math.sqrt(MOST_APART);
