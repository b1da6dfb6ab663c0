/** Values of a run as they travel to whoever looks at one thing of it: never longer than can be read. Pure. */
import type { Json } from '../model/state';
import { QueueVersion } from '../model/trace/queue-versions';

const LONGEST_TEXT = 120;
const MOST_MEMBERS = 8;
const ENDS = { head: 5, tail: 2 };

/** What stands inside of a value, by the keys below it; null: nothing. */
export function memberOf(value: Json, below: string): Json {
  // A file's name has dots in it, and is one key.
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, below)) return (value as Record<string, Json>)[below] ?? null;
  let at: Json = value;
  for (const key of below.split('.')) {
    // What every object inherits is no member of a run.
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return null;
    at = (at as Record<string, Json>)[key] ?? null;
  }
  return at;
}

/** Nothing is in it. */
export function isVoid(value: Json): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (value instanceof QueueVersion) return value.from === value.to;
  return value === null || value === false || value === '' || value === 0 || value === '0x0' || value === 'normal';
}

/** Long lists and texts keep their ends, and say how long they are; a whole row keeps what it is called by. */
export function shortened(value: Json): Json {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const all = value as readonly Json[];
    if (all.length <= MOST_MEMBERS) return all.map(shortened);
    return [...all.slice(0, ENDS.head).map(shortened), `… ${all.length} …`, ...all.slice(-ENDS.tail).map(shortened)];
  }
  const members = Object.entries(value);
  return Object.fromEntries(members.slice(0, MOST_MEMBERS).map(([key, member]) => [key, shortened(member as Json)]));
}
