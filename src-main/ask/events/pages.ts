/**
 * A run's events as a list is shown: a page at a time, narrowed down, with the one that playback is at. Made on demand, and a part of the run
 * with each ask, so that nobody waits for a million steps. Pure.
 */
import type { State, Step } from '../../model/state';
import type { LaneId } from '../followed-state';
import { counts, firstWhere, type Growing } from '../growing';
import { Events, type EventFilter, type RunEvent } from './events';
import type { EventGroup } from './groups';

/** What was typed: an event fits when its sentence does, by its kind, or when somebody or something in it does. */
export interface EventMatch {
  types: readonly string[];
  ids: readonly LaneId[];
  /** Found in names of channels, mutexes, calls and operations, whatever the case. */
  text: string;
}

export interface EventsAsk {
  /** What is listed. */
  groups: readonly EventGroup[];
  /** Only those in which it takes part. */
  of: LaneId | null;
  match: EventMatch | null;
  /** The last step of which anything may be known; null: there is none. */
  horizon: number | null;
  /** The step that is shown. */
  n: number;
  /** Place of the page in the list; null: around the event at step n. */
  from: number | null;
  count: number;
}

export interface EventsPage {
  /** Of the list, as far as it has been made. */
  total: number;
  /** Steps that have been looked at; with all of them the list is complete. */
  steps: number;
  isComplete: boolean;
  from: number;
  events: RunEvent[];
  /** Place in the list of the last event that has begun by step n; −1: none has. */
  current: number;
}

export interface Run {
  first: State;
  stepCount: number;
  step: (n: number) => Step;
}

/** Steps that one ask may add: some tens of milliseconds. */
const STEPS_PER_ASK = 10_000;

interface Listed {
  key: string;
  /** Indexes of those that fit, and how many have been looked at. */
  indexes: Growing<Uint32Array>;
  looked: number;
  fits: EventFilter;
}

class Known {
  readonly events: Events;
  private listed: Listed | null = null;

  constructor(
    private readonly run: Run,
    readonly until: number,
  ) {
    this.events = new Events(run.first);
  }

  get isComplete(): boolean {
    return this.events.last >= this.until;
  }

  grow(steps: number): void {
    const end = Math.min(this.until, this.events.last + steps);
    for (let n = this.events.last + 1; n <= end; n++) this.events.add(this.run.step(n));
  }

  list({ groups, of, match }: EventsAsk): Growing<Uint32Array> {
    const key = JSON.stringify([groups, of, match]);
    // What an event is, and who takes part, may change as long as it goes on.
    if (this.listed?.key !== key) this.listed = { key, indexes: counts(), looked: 0, fits: this.events.filter(groups, of, match) };
    const { listed, events } = this;
    const settled = events.settled();
    for (; listed.looked < settled; listed.looked++) if (listed.fits(listed.looked)) listed.indexes.push(listed.looked);
    if (settled === events.length) return listed.indexes;
    const all = counts();
    for (let i = 0; i < listed.indexes.length; i++) all.push(listed.indexes.at(i));
    for (let i = settled; i < events.length; i++) if (listed.fits(i)) all.push(i);
    return all;
  }
}

export class EventPages {
  private readonly whole: Known;
  /** While a question is open nothing is known of what comes after it: events are made of what has been seen. */
  private part: Known | null = null;

  constructor(private readonly run: Run) {
    this.whole = new Known(run, run.stepCount);
  }

  /** Adds at most `steps` to what is known, and shows a page of it. */
  look(ask: EventsAsk, steps = STEPS_PER_ASK): EventsPage {
    const known = this.knownOf(ask.horizon);
    known.grow(steps);
    const list = known.list(ask);
    const total = list.length;
    const last = known.events.at(ask.n);
    const current = firstWhere(total, (i) => list.at(i) > last) - 1;
    const wanted = ask.from ?? current - Math.floor(ask.count / 2);
    const from = Math.max(0, Math.min(wanted, total - ask.count));
    const indexes = Array.from({ length: Math.max(0, Math.min(ask.count, total - from)) }, (_, i) => list.at(from + i));
    return { total, steps: known.events.last, isComplete: known.isComplete, from, events: known.events.list(indexes), current };
  }

  private knownOf(horizon: number | null): Known {
    if (horizon === null || horizon >= this.run.stepCount) return this.whole;
    if (this.part?.until !== horizon) this.part = new Known(this.run, horizon);
    return this.part;
  }
}
