/** Paths into the tables of goroutines, Ps and threads, taken apart once: the steps of a long run name the same few thousand paths millions of times. */
import type { GId, MId, PId } from '../model/state';

export type RowId = GId | MId | PId;

export interface RowPath {
  /** '': the path leads into none of these tables. */
  table: 'G' | 'M' | 'P' | '';
  id: RowId;
  /** What follows the row's id; '': the whole row. */
  field: string;
}

const ELSEWHERE: RowPath = { table: '', id: 'G0', field: '' };

export class RowPaths {
  private readonly known = new Map<string, RowPath>();

  of(path: string): RowPath {
    let found = this.known.get(path);
    if (!found) this.known.set(path, (found = takenApart(path)));
    return found;
  }
}

function takenApart(path: string): RowPath {
  const table = path[0];
  if (path[1] !== '.' || (table !== 'G' && table !== 'M' && table !== 'P')) return ELSEWHERE;
  const dot = path.indexOf('.', 2);
  const id = (dot < 0 ? path.slice(2) : path.slice(2, dot)) as RowId;
  return { table, id, field: dot < 0 ? '' : path.slice(dot + 1) };
}
