/**
 * The laws of Go's scheduler, each a function of its own: null when it holds, else what is wrong. Their numbers only name them.
 *
 * Go's code passes through short gaps between two writes that belong together; here such rows are steps, and a law names the steps
 * after which it may look otherwise. Laws about lists that sched.lock guards are asked only while it is free.
 */
import { COUNTS } from './counts';
import { EXTRA_MS } from './extra-ms';
import type { Law } from './law';
import type { Moment } from './moment';
import { OWNERSHIP } from './ownership';
import { QUEUES } from './queues';
import { SYSTEM_CALLS } from './system-calls';

export const LAWS: readonly Law[] = [...OWNERSHIP, ...SYSTEM_CALLS, ...QUEUES, ...COUNTS, ...EXTRA_MS].toSorted(
  (a, b) => a.number - b.number,
);

/** What is wrong by this law, as a sentence with the law's name; null when it holds. */
export function brokenBy(law: Law, moment: Moment): string | null {
  if (law.outsideLock && moment.state.sched.lock !== null) return null;
  const said = law.broken(moment);
  return said === null ? null : `law ${law.number} (${law.name}): ${said}`;
}

/** The first law that this moment breaks, as a sentence; null when all hold. */
export function brokenLaw(moment: Moment, laws: readonly Law[] = LAWS): string | null {
  for (const law of laws) {
    const said = brokenBy(law, moment);
    if (said !== null) return said;
  }
  return null;
}
