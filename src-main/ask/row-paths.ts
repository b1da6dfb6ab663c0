/** Paths into the tables of goroutines, Ps and threads, each taken apart once. */
import type { Change, GId, MId, PId } from '../model/state';
import { PathNumbers } from '../model/trace/path-numbers';

export type RowId = GId | MId | PId;

export interface RowPath {
  /** Of the path, from 0: whoever follows steps keeps what a path means to it in a list, by this. */
  number: number;
  /** '': the path leads into none of these tables. */
  table: 'G' | 'M' | 'P' | '';
  id: RowId;
  /** What follows the row's id; '': the whole row. Of a path that leads into no table: all of it. */
  field: string;
}

export class RowPaths {
  private readonly known: RowPath[] = [];
  private changes: readonly Change[] = [];
  private readonly rows: RowPath[] = [];

  constructor(private readonly numbers = new PathNumbers()) {}

  /** Those of a step's changes, in their order; the list may be longer, and is good until another step's are asked for. */
  ofAll(changes: readonly Change[]): readonly RowPath[] {
    const { rows } = this;
    if (this.changes === changes) return rows;
    this.changes = changes;
    const numbers = this.numbers.ofAll(changes);
    for (let i = 0; i < changes.length; i++) rows[i] = this.known[numbers[i] as number] ?? this.takeApart(numbers[i] as number);
    return rows;
  }

  /** Takes apart the paths that have come since, up to this one. */
  private takeApart(number: number): RowPath {
    for (let n = this.known.length; n <= number; n++) this.known.push(takenApart(this.numbers.paths[n] ?? '', n));
    return this.known[number] as RowPath;
  }
}

/** What paths mean to somebody, each worked out when it is first met. */
export class PathMeanings<T> {
  private readonly known: (T | undefined)[] = [];

  constructor(private readonly meaningOf: (path: RowPath) => T) {}

  of(path: RowPath): T {
    const known = this.known[path.number];
    return known === undefined ? this.add(path) : known;
  }

  private add(path: RowPath): T {
    // A list without holes is read sooner: paths are numbered as they come, and others may have asked for those in between.
    while (this.known.length < path.number) this.known.push(undefined);
    return (this.known[path.number] = this.meaningOf(path));
  }
}

function takenApart(path: string, number: number): RowPath {
  const table = path[0];
  if (path[1] !== '.' || (table !== 'G' && table !== 'M' && table !== 'P')) return { number, table: '', id: 'G0', field: path };
  const dot = path.indexOf('.', 2);
  const id = (dot < 0 ? path.slice(2) : path.slice(2, dot)) as RowId;
  return { number, table, id, field: dot < 0 ? '' : path.slice(dot + 1) };
}
