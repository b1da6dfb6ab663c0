/** Which laws hold in which version of Go. A version that is offered without its laws fails the type check. */
import type { GoVersion } from '../versions/profile';
import type { State } from '../state';
import type { Law } from './law';
import { LAWS } from './laws';
import { EventOrder, type EventWatch } from './trace-order';

export const LAWS_OF: Readonly<Record<GoVersion, readonly Law[]>> = { '1.14': LAWS };

/** In which order each version's tracer writes its events. */
export const EVENTS_OF: Readonly<Record<GoVersion, new (first: State) => EventWatch>> = { '1.14': EventOrder };

/** The laws of a version that changes some: `changed` take the place of those with the same number, or are added. */
export function lawsWith(laws: readonly Law[], changed: readonly Law[]): Law[] {
  const numbers = new Set(changed.map(({ number }) => number));
  return [...laws.filter(({ number }) => !numbers.has(number)), ...changed];
}
