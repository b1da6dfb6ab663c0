/**
 * Places in the state: the dotted paths of a trace's `set` lists, and what they name. Every path is taken apart and put together here.
 *
 * No key has a dot in it but a file's name, and of a file nothing smaller than its row is ever named: after `kernel.files.` the rest is
 * one key.
 */
import type { KernelState } from './kernel-state';
import type { Change, GId, GRow, Json, MId, MRow, PId, PRow, Sched, State, Step, SysmonRow } from './state';

const FILES = 'kernel.files.';

/** The keys of a path, from the root of the state. */
export function keysOf(path: string): string[] {
  return path.startsWith(FILES) ? ['kernel', 'files', path.slice(FILES.length)] : path.split('.');
}

/** The path of a place, by its keys from the root of the state. Throws where the path would be read as another place. */
export function pathTo(...keys: readonly string[]): string {
  const path = keys.join('.');
  if (keysOf(path).length !== keys.length) throw new Error(`${JSON.stringify(keys)}: a key with a dot in it has no path`);
  return path;
}

/** Whether the first place lies inside of the second, or is the same. */
export const liesIn = (path: string, place: string): boolean =>
  path.startsWith(place) && (path.length === place.length || path[place.length] === '.');

/** A row of a table and its kind of id. */
interface Tables {
  G: { id: GId; row: GRow };
  M: { id: MId; row: MRow };
  P: { id: PId; row: PRow };
}

/** The parts of the state that are one row each. */
interface Parts {
  sched: Sched;
  sysmon: SysmonRow;
  kernel: KernelState;
}

/** A table whose rows have names that people gave. */
type Named = Exclude<keyof State, keyof Tables | keyof Parts>;

/** Of whole rows `field` is null. `below`: keys inside of the field's value, e.g. the register's name. */
interface Inside<F> {
  field: F | null;
  below: readonly string[];
}
export type RowPath<T extends keyof Tables> = { table: T; id: Tables[T]['id'] } & Inside<keyof Tables[T]['row'] & string>;
export type PartPath<T extends keyof Parts> = { table: T; id: null } & Inside<keyof Parts[T] & string>;
type NamedPath = { table: Named; id: string } & Inside<string>;

/** What a path names. Whether there is such a field is the model's word: a path from elsewhere may name anything. */
export type StatePath = { [T in keyof Tables]: RowPath<T> }[keyof Tables] | { [T in keyof Parts]: PartPath<T> }[keyof Parts] | NamedPath;
type PathIn<T> = Extract<StatePath, { table: T }>;

const isPart = (table: string): table is keyof Parts => table === 'sched' || table === 'sysmon' || table === 'kernel';

const NOTHING_BELOW: readonly string[] = [];

/** Cuts the first key off: facts are made of every change of a run, so a path is not split further than it has to be. */
function cut(path: string): [key: string, rest: string | null] {
  const dot = path.indexOf('.');
  return dot < 0 ? [path, null] : [path.slice(0, dot), path.slice(dot + 1)];
}

export function parsePath(path: string): StatePath {
  const [table, inTable] = cut(path);
  const [id, inRow] = isPart(table) ? [null, inTable] : cut(inTable ?? '');
  const [field, inField] = inRow === null ? [null, null] : cut(inRow);
  const below = inField === null ? NOTHING_BELOW : path.startsWith(FILES) ? [inField] : inField.split('.');
  return { table, id, field, below } as StatePath;
}

/** One field, or one row, of a table that a step changed. */
export type ChangeIn<T extends keyof State> = PathIn<T> & { path: string; old: Json; now: Json };

/** What a step changed in one part of the state, in the order of its list. */
export function changesOf<T extends keyof State>(step: { readonly set: readonly Change[] } | null | undefined, table: T): ChangeIn<T>[] {
  const found: ChangeIn<T>[] = [];
  for (const [path, old, now] of step?.set ?? [])
    if (liesIn(path, table)) found.push({ ...(parsePath(path) as PathIn<T>), path, old, now });
  return found;
}

/** The id of the row of this table that the path names, whole; null: it names something else. Every change of a run is asked, so nothing is cut. */
export const wholeRow = <T extends keyof Tables>(table: T, path: string): Tables[T]['id'] | null =>
  path.startsWith(table) && path[table.length] === '.' && !path.includes('.', table.length + 1)
    ? (path.slice(table.length + 1) as Tables[T]['id'])
    : null;

/** The path of a row's field. */
export const fieldPath = <T extends keyof Tables>(table: T, id: Tables[T]['id'], field: keyof Tables[T]['row'] & string): string =>
  pathTo(table, id, field);

/** The path of a field of a part that is one row. */
export const partPath = <T extends keyof Parts>(table: T, field: keyof Parts[T] & string): string => pathTo(table, field);

/** The row or part that a place lies in, as a path. */
export function rowOfPath(path: string): string {
  const { table, id } = parsePath(path);
  return id === null ? table : `${table}.${id}`;
}

/** What a step wrote to the place; undefined: it left it alone. */
export const writtenTo = (step: Pick<Step, 'set'> | null | undefined, place: string): Change | undefined =>
  step?.set.find(([path]) => path === place);
