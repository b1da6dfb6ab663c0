/** Which laws hold in which version of Go. A version that is offered without its laws fails the type check. */
import type { GoVersion } from '../versions/profile';
import { type Law, LAWS } from './laws';

export const LAWS_OF: Readonly<Record<GoVersion, readonly Law[]>> = { '1.14': LAWS };

/** The laws of a version that changes some: `changed` take the place of those with the same number, or are added. */
export function lawsWith(laws: readonly Law[], changed: readonly Law[]): Law[] {
  const numbers = new Set(changed.map(({ number }) => number));
  return [...laws.filter(({ number }) => !numbers.has(number)), ...changed];
}
