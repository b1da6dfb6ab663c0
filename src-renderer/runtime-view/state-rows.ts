/** The state as rows: which there are, what each one's fields are, and which row a changed place belongs to. Pure. */
import { liesIn, parsePath, type State } from '../../src-main/contract/index';

/** In the order of the tables. `poll` is the network poller, whose fields lie in two parts of the state; `process` is what the kernel has only one of. */
export const ROW_KINDS = [
  'P',
  'M',
  'G',
  'sched',
  'sysmon',
  'chan',
  'mutex',
  'rwmutex',
  'once',
  'cond',
  'waitgroup',
  'atomic',
  'poll',
  'futex',
  'fd',
  'object',
  'map',
  'file',
  'process',
] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** A row, called by its place in the state: `M.M0`, `kernel.fds.3`; `poll` and `process`, which have no place of their own, by their kind. */
export interface RowRef {
  kind: RowKind;
  id: string;
  path: string;
}

export interface FieldOfRow {
  field: string;
  path: string;
  value: unknown;
}

/** Tables whose rows people have named, and where the kernel keeps its own. */
const TABLES = {
  P: 'P',
  M: 'M',
  G: 'G',
  chan: 'chan',
  mutex: 'mutex',
  rwmutex: 'rwmutex',
  once: 'once',
  cond: 'cond',
  waitgroup: 'waitgroup',
  atomic: 'atomic',
  fd: 'kernel.fds',
  object: 'kernel.objects',
  map: 'kernel.maps',
  file: 'kernel.files',
} as const satisfies Partial<Record<RowKind, string>>;
type TableKind = keyof typeof TABLES;

const hasTable = (kind: RowKind): kind is TableKind => Object.hasOwn(TABLES, kind);

/** Fields of `sched` and `kernel` that are the network poller's. */
const POLL_FIELDS = [
  'sched.netpollInited',
  'sched.netpollWaiters',
  'sched.lastpoll',
  'sched.pollUntil',
  'kernel.poller',
  'kernel.netpollBreak',
  'kernel.netpoll',
] as const;
const IS_POLL: ReadonlySet<string> = new Set(POLL_FIELDS);

/** The machine view's, and what has rows of its own. */
const NOT_IN_ROWS: Partial<Record<RowKind, ReadonlySet<string>>> = {
  G: new Set(['name', 'system', 'stack', 'frames', 'lines']),
  M: new Set(['name', 'role', 'regs', 'flags']),
  file: new Set(['data']),
  process: new Set(['files', 'fds', 'objects', 'maps', 'mem', 'futex', 'strace', 'poller', 'netpoll', 'netpollBreak']),
};

/** What is read first in a row; all else follows in the state's own order. */
const FIRST: Partial<Record<RowKind, readonly string[]>> = {
  P: ['status', 'm', 'runnext', 'runq', 'schedtick', 'syscalltick'],
  M: ['curg', 'p', 'nextp', 'oldp', 'syscalltick', 'kernel', 'spinning', 'parked', 'locks'],
  G: ['status', 'm', 'waitreason', 'stackguard0', 'throwsplit', 'syscallsp'],
  sched: ['lock', 'runq', 'midle', 'pidle', 'nmspinning', 'gcwaiting', 'stopwait', 'mcount'],
  sysmon: ['delay', 'idle', 'asleep', 'deepsleep'],
};

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands at a place; undefined: nothing. A file's name is one key, dots and all. */
export function valueAt(state: State, path: string): unknown {
  const { table, id, field, below } = parsePath(path);
  let value: unknown = state;
  for (const key of [table, id, field, ...below]) {
    if (key === null) continue;
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}

/** Taken apart once: every step asks for some hundred rows. */
const PARTS = Object.fromEntries(Object.entries(TABLES).map(([kind, path]) => [kind, path.split('.')])) as Record<
  TableKind,
  [keyof State, string?]
>;

function tableOf(state: State, kind: TableKind): Readonly<Record<string, unknown>> {
  const [part, inside] = PARTS[kind];
  const table = state[part] as Readonly<Record<string, unknown>> | undefined;
  return ((inside === undefined ? table : table?.[inside]) ?? {}) as Readonly<Record<string, unknown>>;
}

/** A row as it stands in the state; undefined or null: there is none. */
export const memberOf = (state: State, { kind, id, path }: RowRef): unknown =>
  hasTable(kind) ? tableOf(state, kind)[id] : valueAt(state, path);

/** The rows of a table as they stand in the state, by id, and the way there; null: the kind has no table. */
export function rawTable(state: State, kind: RowKind): { at: string; rows: Readonly<Record<string, unknown>> } | null {
  return hasTable(kind) ? { at: TABLES[kind], rows: tableOf(state, kind) } : null;
}

/** Fields of a row that are not shown in it. */
export const hiddenIn = (kind: RowKind): ReadonlySet<string> | undefined => NOT_IN_ROWS[kind];

/** Goroutines and threads that have ended. */
export function isDead(state: State, { kind, id }: RowRef): boolean {
  if (kind === 'G') return state.G[id as keyof State['G']]?.status === '_Gdead';
  return kind === 'M' && state.M[id as keyof State['M']]?.dead === true;
}

/** How many rows of a kind there are, the ended ones not counted. */
export function countAlive(state: State, kind: RowKind): number {
  if (kind === 'G') return countIf(state.G, ({ status }) => status !== '_Gdead');
  if (kind === 'M') return countIf(state.M, ({ dead }) => !dead);
  return hasTable(kind) ? Object.keys(tableOf(state, kind)).length : rowsOfKind(state, kind).length;
}

/** By table: states share those that a step leaves alone. */
const counted = new WeakMap<object, number>();

function countIf<R>(table: Readonly<Record<string, R>>, isMeant: (row: R) => boolean): number {
  const known = counted.get(table);
  if (known !== undefined) return known;
  let count = 0;
  for (const id in table) if (isMeant(table[id] as R)) count++;
  counted.set(table, count);
  return count;
}

export function rowsOfKind(state: State, kind: RowKind): RowRef[] {
  if (hasTable(kind)) return Object.keys(tableOf(state, kind)).map((id) => ({ kind, id, path: `${TABLES[kind]}.${id}` }));
  if (kind === 'futex') return state.kernel.futex.length > 0 ? [{ kind, id: kind, path: 'kernel.futex' }] : [];
  if (kind === 'poll') return state.sched.netpollInited || state.kernel.netpoll.length > 0 ? [{ kind, id: kind, path: kind }] : [];
  return [{ kind, id: kind, path: kind }];
}

/** The row that a place belongs to; null: it is in none of them (registers, stacks, memory). */
export function rowOf(path: string): RowRef | null {
  if (path === 'poll' || path === 'process') return { kind: path, id: path, path };
  for (const field of POLL_FIELDS) if (liesIn(path, field)) return { kind: 'poll', id: 'poll', path: 'poll' };
  if (liesIn(path, 'kernel.futex')) return { kind: 'futex', id: 'futex', path: 'kernel.futex' };
  const { table, id, field, below } = parsePath(path);
  if (table === 'kernel') {
    const kind = ROW_KINDS.find((each) => hasTable(each) && TABLES[each] === `kernel.${String(field)}`);
    const [row] = below;
    if (kind && hasTable(kind)) return row === undefined ? null : { kind, id: row, path: `${TABLES[kind]}.${row}` };
    return field === null || NOT_IN_ROWS.process?.has(field) ? null : { kind: 'process', id: 'process', path: 'process' };
  }
  if (id === null) return { kind: table as RowKind, id: table, path: table };
  if (field !== null && NOT_IN_ROWS[table as RowKind]?.has(field)) return null;
  return { kind: table as RowKind, id, path: `${table}.${id}` };
}

/** Objects inside of a row stand as fields of their own: `writerSem.queue`. */
function fieldsBelow(field: string, path: string, value: unknown): FieldOfRow[] {
  if (!isPlainObject(value)) return [{ field, path, value }];
  return Object.entries(value).flatMap(([key, inside]) => fieldsBelow(`${field}.${key}`, `${path}.${key}`, inside));
}

/** How long a system call lasts is one piece of information. */
const WHOLE: ReadonlySet<string> = new Set(['M.kernel', 'G.selecting']);

/** The object in the state that the row shows; another one when anything in it has changed. null: there is none, or it lies in several places. */
export function sourceOf(state: State, ref: RowRef): object | null {
  if (ref.kind === 'poll') return null;
  const value = ref.kind === 'process' ? state.kernel : memberOf(state, ref);
  return typeof value === 'object' ? value : null;
}

/** What sysmon has seen last on each P is four numbers a P: of more Ps than these only those are told that something happens to. */
const MOST_TICKS = 4;

function ticksOf(state: State, isMarked: (path: string) => boolean): FieldOfRow[] {
  const ticks = Object.entries(state.sysmon.ticks);
  const isShort = ticks.length <= MOST_TICKS;
  return ticks.flatMap(([p, tick]) =>
    Object.entries(tick).flatMap(([name, value]) => {
      const path = `sysmon.ticks.${p}.${name}`;
      return isShort || isMarked(path) ? [{ field: `${p} ${name}`, path, value: value as number }] : [];
    }),
  );
}

/** `isMarked`: whether something is to be told of a place, where there are too many to be told of all. */
export function fieldsOf(state: State, ref: RowRef, isMarked: (path: string) => boolean = () => true): FieldOfRow[] {
  const { kind, id, path } = ref;
  if (kind === 'poll')
    return POLL_FIELDS.map((place) => ({ field: place.slice(place.indexOf('.') + 1), path: place, value: valueAt(state, place) }));
  if (kind === 'futex') return [{ field: 'asleep', path, value: state.kernel.futex }];
  const at = kind === 'process' ? 'kernel' : path;
  const source = kind === 'process' ? state.kernel : memberOf(state, ref);
  if (!isPlainObject(source)) return [{ field: kind === 'atomic' ? 'value' : id, path: at, value: source }];
  const hidden = NOT_IN_ROWS[kind];
  const first = FIRST[kind] ?? [];
  const names = [...first, ...Object.keys(source).filter((name) => !first.includes(name))];
  return names.flatMap((name) => {
    const place = `${at}.${name}`;
    if (hidden?.has(name) || IS_POLL.has(place) || !Object.hasOwn(source, name)) return [];
    if (kind === 'sysmon' && name === 'ticks') return ticksOf(state, isMarked);
    const value = source[name];
    return WHOLE.has(`${kind}.${name}`) ? [{ field: name, path: place, value }] : fieldsBelow(name, place, value);
  });
}
