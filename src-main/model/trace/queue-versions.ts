/**
 * The versions of a queue that is put to at its tail and taken from at its head: each is a window on one growing log, so that a step
 * which lists an old and a new queue of ten thousand goroutines costs as much as one that lists two of ten.
 */
import type { Json, Step } from '../state';

/** A log is begun anew when it has grown this long, so that versions no longer in use can be freed. */
const LONGEST_LOG = 1 << 16;

/** One version of a queue, head first. In JSON and in any state it is the plain list. */
export class QueueVersion {
  constructor(
    readonly log: readonly Json[],
    readonly from: number,
    readonly to: number,
  ) {}

  toJSON(): Json[] {
    return this.log.slice(this.from, this.to);
  }
}

/** What stands in a `set` list, as plain JSON of its own. */
export function plainJson(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof QueueVersion) return value.toJSON();
  if (Array.isArray(value)) return (value as Json[]).map(plainJson);
  const copy: { [key: string]: Json } = {};
  for (const [key, member] of Object.entries(value)) copy[key] = plainJson(member as Json);
  return copy;
}

/** The step with plain lists only: what may leave the thread that made it. */
export function plainStep(step: Step): Step {
  return step.set.some(([, old, now]) => old instanceof QueueVersion || now instanceof QueueVersion)
    ? { ...step, set: step.set.map(([path, old, now]) => [path, plainJson(old), plainJson(now)]) }
    : step;
}

/** A live queue of the state and its log. */
export class VersionedQueue<T extends string> {
  private log: Json[] = [];
  private from = 0;
  private now: QueueVersion | null = null;

  /** `live` is the state's own list; only this object changes it from now on. */
  constructor(readonly live: T[]) {}

  /** The version as it is now. */
  get version(): Json {
    if (this.now === null) {
      if (this.log.length - this.from !== this.live.length || this.log.length > LONGEST_LOG) this.begin();
      this.now = new QueueVersion(this.log, this.from, this.log.length);
    }
    return this.now as unknown as Json;
  }

  private begin(): void {
    this.log = [...this.live];
    this.from = 0;
  }

  /** To the tail. */
  append(these: readonly T[]): void {
    for (const each of these) {
      this.log.push(each);
      this.live.push(each);
    }
    this.now = null;
  }

  /** So many from the head. */
  take(count: number): T[] {
    this.from += count;
    this.now = null;
    return this.live.splice(0, count);
  }
}
