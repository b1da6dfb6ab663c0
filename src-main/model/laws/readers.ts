/** Who reads the place that a step has written. */
import { parsePath } from '../state-path';
import type { Place } from './moment';

/** A run names the same places again and again; runs with many files and much memory name others, too. */
const MOST_PATHS = 100_000;

const NOBODY: readonly number[] = [];

export class Readers {
  private readonly byPlace = new Map<string, readonly number[]>();
  private readonly byPath = new Map<string, readonly number[]>();

  /** What each reader reads; null: it is asked anyway. */
  constructor(reads: readonly (readonly Place[] | null)[]) {
    const byPlace = new Map<string, Set<number>>();
    const add = (place: string, reader: number): void => {
      byPlace.set(place, (byPlace.get(place) ?? new Set()).add(reader));
    };
    for (const [reader, places] of reads.entries()) {
      for (const place of places ?? []) {
        add(place, reader);
        // Whoever reads a field of the rows is told of new rows.
        add(place.replace(/\..*/, ''), reader);
      }
    }
    for (const [place, readers] of byPlace) this.byPlace.set(place, [...readers]);
  }

  /** Those who read what lies at this path of a `set` list. */
  of(path: string): readonly number[] {
    let readers = this.byPath.get(path);
    if (!readers) {
      const { table, field } = parsePath(path);
      readers = this.byPlace.get(field === null ? table : `${table}.${field}`) ?? NOBODY;
      if (this.byPath.size >= MOST_PATHS) this.byPath.clear();
      this.byPath.set(path, readers);
    }
    return readers;
  }
}
