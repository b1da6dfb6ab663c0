/**
 * When a place of the state was written, before and after any step: which step set what stands there now, which one changes it next, what
 * it was through the whole run. Made when it is first asked for, in one pass over the changes: a number for each change, by place. Pure.
 */
import type { GId, Json, MId, Step } from '../model/state';
import { liesIn } from '../model/state-path';
import type { PackedSteps } from '../model/trace/packed-steps';
import { plainJson } from '../model/trace/queue-versions';
import { firstWhere } from './growing';
import { isVoid, memberOf, shortened } from './value';

/** A row, a field or anything inside of one, as it stands after step `n`. */
export interface PlaceAsk {
  /** Paths in the state. One thing may lie in several: the network poller has fields in two parts. */
  places: readonly string[];
  n: number;
  /** Nothing that happens later is told. */
  horizon: number;
  /** Since when each of these stands as it does, besides. */
  fields: readonly string[];
  /** In so many pieces at most its life is told. */
  columns: number;
}

/** One step's changes of the place. */
export interface PlaceChange {
  n: number;
  /** ns of virtual time. */
  t: number;
  m: MId;
  g: GId | null;
  fn: string;
  at: string;
  /** Long values are cut. */
  set: [path: string, old: Json, now: Json][];
  /** So many more changes of it are in the step. */
  more: number;
}

/** What stood at the place from one step to another. `many`: more changes than one piece can show. */
export interface PlaceLife {
  /** Piece i goes to where the next one begins, the last one to the horizon. */
  from: Uint32Array;
  /** Index into LIFE_KINDS. */
  kind: Uint8Array;
}

export const LIFE_KINDS = ['empty', 'full', 'many'] as const;
export type LifeKind = (typeof LIFE_KINDS)[number];

export interface PlaceHistory {
  /** The last change up to step n; null: it is as it was at the start. */
  set: PlaceChange | null;
  /** The changes before that, the latest first. */
  before: PlaceChange[];
  /** Steps: the last change before step n, and the next one after it up to the horizon. */
  previous: number | null;
  next: number | null;
  /** For each of the fields the step that set it; 0: the start. */
  fields: number[];
  life: PlaceLife;
}

/** So many of the last changes are told. */
const TOLD = 4;
/** So many writes of one step are told. */
const TOLD_WRITES = 3;
/** So many things that were asked about stay at hand. */
const KEPT = 24;

/** Steps at which one path is written, in order. */
interface Track {
  place: number;
  steps: Uint32Array;
}

/** Paths in the order of the pool, with the steps of each one after the other: four bytes for a change. */
interface Index {
  offsets: Uint32Array;
  steps: Uint32Array;
  /** By row, or by field of the kernel: the numbers of the paths in it. */
  groups: ReadonlyMap<string, readonly number[]>;
}

/** Of a path the part in which whatever lies inside or around it is found, too. */
function groupOf(path: string): string {
  const [table = '', second, third] = path.split('.', 3);
  if (second === undefined || table === 'sched' || table === 'sysmon') return table;
  // Paths below the kernel's own members stay with their table, which may be written as a whole.
  return third === undefined || table !== 'kernel' ? `${table}.${second}` : `kernel.${second}`;
}

export class History {
  private index: Index | null = null;
  private readonly kept = new Map<string, readonly Track[]>();

  /** `steps` holds the whole run, or as much of it as will ever be asked about. */
  constructor(private readonly steps: PackedSteps) {}

  private get made(): Index {
    return (this.index ??= this.make());
  }

  private make(): Index {
    const { changedPlaces } = this.steps;
    const offsets = new Uint32Array(changedPlaces.length + 1);
    this.steps.eachChange(1, this.steps.length, (place) => {
      offsets[place + 1] = (offsets[place + 1] as number) + 1;
    });
    for (let i = 1; i < offsets.length; i++) offsets[i] = (offsets[i] as number) + (offsets[i - 1] as number);
    const steps = new Uint32Array(offsets.at(-1) ?? 0);
    const next = offsets.slice();
    this.steps.eachChange(1, this.steps.length, (place, n) => {
      const at = next[place] as number;
      steps[at] = n;
      next[place] = at + 1;
    });
    const groups = new Map<string, number[]>();
    for (const [number, { path }] of changedPlaces.entries()) {
      const group = groupOf(path);
      const known = groups.get(group);
      if (known) known.push(number);
      else groups.set(group, [number]);
    }
    return { offsets, steps, groups };
  }

  private numbersNear(place: string): Iterable<number> {
    const { groups } = this.made;
    // The whole kernel, or a whole table.
    const group = groupOf(place);
    if (group === place) return [...groups].flatMap(([name, numbers]) => (liesIn(name, place) || liesIn(place, name) ? numbers : []));
    return groups.get(group) ?? [];
  }

  private tracksOf(places: readonly string[]): readonly Track[] {
    const key = places.join('\n');
    const known = this.kept.get(key);
    if (known) return known;
    const { offsets, steps } = this.made;
    const tracks = places.flatMap((place) => {
      const found: Track[] = [];
      for (const number of this.numbersNear(place)) {
        const path = this.pathOf(number);
        const all = steps.subarray(offsets[number], offsets[number + 1]);
        if (liesIn(path, place)) found.push({ place: number, steps: all });
        else if (liesIn(place, path)) found.push({ place: number, steps: this.reaching(number, all, path, place) });
      }
      return found;
    });
    this.kept.set(key, tracks);
    for (const oldest of this.kept.keys()) if (this.kept.size > KEPT) this.kept.delete(oldest);
    return tracks;
  }

  /** Of the writes of something around the place those that change it. */
  private reaching(number: number, all: Uint32Array, path: string, place: string): Uint32Array {
    return all.filter((n) => {
      const [old, now] = this.steps.writtenAt(n, number) as [Json, Json];
      const below = place.slice(path.length + 1);
      return JSON.stringify(memberOf(old, below)) !== JSON.stringify(memberOf(now, below));
    });
  }

  private pathOf(number: number): string {
    return this.steps.changedPlaces[number]?.path ?? '';
  }

  /** The last step up to n at which the place is written; 0: none. */
  lastWrite(place: string, n: number): number {
    return lastUpTo(this.tracksOf([place]), n);
  }

  /** The first step after n at which the place is written; Infinity: none. */
  nextWrite(place: string, n: number): number {
    return firstAfter(this.tracksOf([place]), n);
  }

  look({ places, n, horizon, fields, columns }: PlaceAsk): PlaceHistory {
    const tracks = this.tracksOf(places);
    const last = Math.min(horizon, this.steps.length);
    const now = Math.min(n, last);
    const set = lastUpTo(tracks, now);
    const before: PlaceChange[] = [];
    for (let at = lastUpTo(tracks, set - 1); at > 0 && before.length < TOLD - 1; at = lastUpTo(tracks, at - 1))
      before.push(this.change(tracks, at));
    const next = firstAfter(tracks, now);
    return {
      set: set === 0 ? null : this.change(tracks, set),
      before,
      previous: lastUpTo(tracks, now - 1) || null,
      next: next <= last ? next : null,
      fields: fields.map((field) => lastUpTo(this.tracksOf([field]), now)),
      life: this.life(places, tracks, last, Math.max(1, columns)),
    };
  }

  private change(tracks: readonly Track[], n: number): PlaceChange {
    const { t, m, g, fn, at }: Step = this.steps.step(n);
    const writes = tracks.flatMap(({ place, steps }): [string, Json, Json][] => {
      if (steps[firstWhere(steps.length, (i) => (steps[i] as number) >= n)] !== n) return [];
      const [old, now] = this.steps.writtenAt(n, place) as [Json, Json];
      return [[this.pathOf(place), shortened(plainJson(old)), shortened(plainJson(now))]];
    });
    return { n, t, m, g, fn, at, set: writes.slice(0, TOLD_WRITES), more: Math.max(0, writes.length - TOLD_WRITES) };
  }

  /** What it was, in pieces: one for each change while they are few, else by columns. */
  private life(places: readonly string[], tracks: readonly Track[], last: number, columns: number): PlaceLife {
    const from: number[] = [];
    const kind: number[] = [];
    const put = (at: number, what: LifeKind): void => {
      const number = LIFE_KINDS.indexOf(what);
      // What only goes on is one piece; of a change from one thing to another both are seen.
      if (what === 'many' && kind.at(-1) === number) return;
      from.push(at);
      kind.push(number);
    };
    const [only] = tracks;
    // Of a thing that is written in parts it is told that it changes, not whether there is something in it.
    const whole = only && tracks.length === 1 && this.pathOf(only.place) === places.join('\n') ? only : null;
    const filled = (n: number): LifeKind => {
      if (!whole) return 'full';
      const first = n === 0;
      const at = first ? (whole.steps[0] as number) : n;
      const [old, now] = this.steps.writtenAt(at, whole.place) as [Json, Json];
      return isVoid(first ? old : now) ? 'empty' : 'full';
    };
    const wide = Math.max(1, Math.ceil((last + 1) / columns));
    put(0, tracks.some(({ steps }) => steps.length > 0) ? filled(0) : 'full');
    for (let at = firstAfter(tracks, 0); at <= last;) {
      // A column from here on: whatever else happens in it is not told one by one.
      const end = Math.min(last + 1, at + wide);
      const second = firstAfter(tracks, at);
      if (second >= end) put(at, filled(at));
      else {
        put(at, 'many');
        const latest = lastUpTo(tracks, end - 1);
        if (end <= last && firstAfter(tracks, end - 1) > end) put(end, filled(latest));
      }
      at = firstAfter(tracks, end - 1);
    }
    return { from: Uint32Array.from(from), kind: Uint8Array.from(kind) };
  }
}

/** The last step up to n at which any of them is written; 0: none. */
function lastUpTo(tracks: readonly Track[], n: number): number {
  let found = 0;
  for (const { steps } of tracks) {
    const i = firstWhere(steps.length, (each) => (steps[each] as number) > n) - 1;
    if (i >= 0) found = Math.max(found, steps[i] as number);
  }
  return found;
}

/** The first step after n; Infinity: none. */
function firstAfter(tracks: readonly Track[], n: number): number {
  let found = Infinity;
  for (const { steps } of tracks) {
    const i = firstWhere(steps.length, (each) => (steps[each] as number) > n);
    if (i < steps.length) found = Math.min(found, steps[i] as number);
  }
  return found;
}
