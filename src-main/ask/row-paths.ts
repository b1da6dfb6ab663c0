/** Paths into the tables of goroutines, Ps and threads, taken apart once: the steps of a long run name the same few thousand paths millions of times. */
import type { Change, GId, MId, PId } from '../model/state';

export type RowId = GId | MId | PId;

export interface RowPath {
  /** '': the path leads into none of these tables. */
  table: 'G' | 'M' | 'P' | '';
  id: RowId;
  /** What follows the row's id; '': the whole row. */
  field: string;
  /** A lane shows something of it. */
  isShown: boolean;
}

/** The fields that lanes show, by table. */
const SHOWN = {
  M: new Set(['curg', 'ong0', 'parked', 'spinning', 'p', 'kernel', 'dead']),
  P: new Set(['status', 'm']),
  G: new Set(['status', 'm', 'waitreason', 'name']),
} as const;

const ELSEWHERE: RowPath = { table: '', id: 'G0', field: '', isShown: false };

export class RowPaths {
  private readonly known = new Map<string, RowPath>();
  private changes: readonly Change[] = [];
  private readonly rows: RowPath[] = [];

  of(path: string): RowPath {
    let found = this.known.get(path);
    if (!found) this.known.set(path, (found = takenApart(path)));
    return found;
  }

  /** Those of a step's changes, in their order: several ask for the same step's. Good until another step's are asked for. */
  ofAll(changes: readonly Change[]): readonly RowPath[] {
    if (this.changes === changes) return this.rows;
    this.changes = changes;
    this.rows.length = 0;
    for (const [path] of changes) this.rows.push(this.of(path));
    return this.rows;
  }
}

function takenApart(path: string): RowPath {
  const table = path[0];
  if (path[1] !== '.' || (table !== 'G' && table !== 'M' && table !== 'P')) return ELSEWHERE;
  const dot = path.indexOf('.', 2);
  const id = (dot < 0 ? path.slice(2) : path.slice(2, dot)) as RowId;
  const field = dot < 0 ? '' : path.slice(dot + 1);
  return { table, id, field, isShown: field === '' || SHOWN[table].has(field) };
}
