/** A row of the state as it is drawn: its cells, and what the current step changed in them. Pure. */
import { type Change, isRecorded, type Json, knownOf, type State, type Step } from '../../src-main/contract/index';
import { isEmpty, short, type TimeText, toldAt } from './cell-text';
import { type FieldOfRow, fieldsOf, type RowKind, type RowRef, rowOf, sourceOf } from './state-rows';

export interface Cell {
  field: string;
  path: string;
  now: string;
  /** What stood here before the current step; null: the step left it alone. */
  old: string | null;
  isFocused: boolean;
  /** A list, drawn as chips in order; the first of them. */
  chips: string[] | null;
  /** So many more are in the list, then come its last ones. */
  more: number;
  tail: string[];
  /** Nothing is in it, nothing happened to it, and nobody points at it. */
  isDull: boolean;
  /** Of a recorded run: worked out, not told. */
  isAssumed: boolean;
}

export interface TechnicalRow extends RowRef {
  title: string;
  cells: Cell[];
  isTouched: boolean;
  /** The step has made it. */
  isNew: boolean;
  isPinned: boolean;
}

/** `must`: what changed, what is pointed at and what is always read; `telling`: whatever is not empty, too; `all`: everything. */
export type Detail = 'must' | 'telling' | 'all';

/** So many of a list are drawn; of one that has changed, and is longer than this, its two ends: that is where it changes. */
const MOST_CHIPS = 8;
const ENDS = { head: 3, tail: 2 };

/** Fields that are read even when they are empty: whose house stands alone, who has no child. */
const ALWAYS: Partial<Record<RowKind, ReadonlySet<string>>> = {
  P: new Set(['status', 'm']),
  M: new Set(['curg', 'p']),
  G: new Set(['status', 'm']),
  sched: new Set(['runq', 'midle', 'pidle']),
  sysmon: new Set(['delay']),
  chan: new Set(['count', 'recvq', 'sendq']),
  mutex: new Set(['locked', 'queue']),
  waitgroup: new Set(['counter', 'queue']),
  rwmutex: new Set(['readerCount', 'readerWait']),
  once: new Set(['done']),
  cond: new Set(['queue']),
  atomic: new Set(['value']),
  poll: new Set(['poller', 'netpoll']),
  futex: new Set(['asleep']),
  fd: new Set(['path', 'kind']),
  object: new Set(['kind']),
  process: new Set(['pid']),
};

/** Fields that are told with these wherever they are not empty: they are what the row is doing. */
const DOING: Partial<Record<RowKind, ReadonlySet<string>>> = {
  P: new Set(['runnext']),
  M: new Set(['nextp', 'oldp', 'kernel', 'spinning', 'parked', 'lockedg']),
  G: new Set(['waitreason', 'lockedm']),
  mutex: new Set(['starving', 'woken']),
};

/** Fields that say something only beside what they are for, and would fill a row that is about something else. */
const SELDOM: ReadonlySet<string> = new Set([
  'goid',
  'goidcache',
  'goidcacheend',
  'goidgen',
  'maxmcount',
  'mnext',
  'opname',
  'op',
  'pid',
  'nmsys',
  'ngsys',
  'sched.pc',
  'sched.sp',
  'syscallpc',
  'mcache',
  'gfree',
  'ong0',
  'blocked',
]);

/** What the current step has changed, asked by place. */
export class Marks {
  private readonly changes: ReadonlyMap<string, Json>;
  readonly touched: ReadonlyMap<string, RowRef>;

  constructor(
    set: readonly Change[],
    readonly focus: ReadonlySet<string>,
  ) {
    this.changes = new Map(set.map(([path, old]) => [path, old]));
    this.touched = new Map(set.flatMap(touchedBy).map((row) => [row.path, row]));
  }

  isMade(row: string): boolean {
    return this.changes.get(row) === null;
  }

  /** What stood at a place; undefined: it was left alone. A change of something around it counts when it was one there. */
  oldOf(path: string, now: unknown): unknown {
    for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
      const outer = this.changes.get(path.slice(0, end));
      if (outer === undefined) continue;
      if (end === path.length) return outer;
      // What has just been made has no old values.
      if (outer === null) return undefined;
      const old = path
        .slice(end + 1)
        .split('.')
        .reduce<unknown>(
          (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
          outer,
        );
      return JSON.stringify(old) === JSON.stringify(now) ? undefined : (old ?? null);
    }
    return undefined;
  }

  isMarked(path: string): boolean {
    return this.changes.has(path) || this.focus.has(path);
  }

  isFocused(path: string): boolean {
    return this.focus.has(path);
  }
}

/** A table that was written as a whole touches the members that are others now. */
function touchedBy([path, old, now]: Change): RowRef[] {
  const row = rowOf(path);
  if (row) return [row];
  const [was, is] = [old ?? {}, now ?? {}] as Readonly<Record<string, unknown>>[];
  if (!/^kernel\.(fds|objects|maps|files)$/.test(path)) return [];
  return Object.keys({ ...was, ...is })
    .filter((id) => Object.hasOwn(is ?? {}, id) && JSON.stringify(was?.[id]) !== JSON.stringify(is?.[id]))
    .flatMap((id) => rowOf(`${path}.${id}`) ?? []);
}

function oldText(old: unknown, time: TimeText): string {
  if (!Array.isArray(old) || old.length <= MOST_CHIPS) return short(old, time);
  const part = (from: number, to?: number): string =>
    old
      .slice(from, to)
      .map((each) => short(each, time))
      .join(' ');
  return `[${part(0, 2)} … ${part(-1)}] ${old.length}`;
}

function chipsOf(list: readonly unknown[] | null, isChanged: boolean, time: TimeText): Pick<Cell, 'chips' | 'more' | 'tail'> {
  if (!list) return { chips: null, more: 0, tail: [] };
  const texts = (part: readonly unknown[]): string[] => part.map((each) => short(each, time));
  if (list.length <= MOST_CHIPS) return { chips: texts(list), more: 0, tail: [] };
  if (!isChanged) return { chips: texts(list.slice(0, MOST_CHIPS)), more: list.length - MOST_CHIPS, tail: [] };
  return { chips: texts(list.slice(0, ENDS.head)), more: list.length - ENDS.head - ENDS.tail, tail: texts(list.slice(-ENDS.tail)) };
}

/** Go leaves the reason of the last wait in its place: it says something of a goroutine only while that waits. */
const isLeftOver = (state: State, { kind, id }: RowRef, field: string): boolean =>
  kind === 'G' && field === 'waitreason' && state.G[id as keyof State['G']]?.status !== '_Gwaiting';

function cellOf(path: string, field: string, stored: unknown, marks: Marks, time: TimeText): Cell {
  const told = (value: unknown): unknown => toldAt(path, value, time);
  const value = told(stored);
  const list = Array.isArray(value) ? (value as unknown[]) : null;
  const old = marks.oldOf(path, stored);
  const isFocused = marks.isFocused(path);
  const now = list ? (list.length === 0 ? '∅' : '') : short(value, time);
  return {
    field,
    path,
    now,
    old: old === undefined ? null : oldText(told(old), time),
    isFocused,
    ...chipsOf(list, old !== undefined, time),
    isDull: old === undefined && !isFocused && (list ? list.length === 0 : isEmpty(now)),
    isAssumed: false,
  };
}

/** sysmon and the template thread never run anybody. */
const isIdleByTrade = (state: State, { kind, id }: RowRef): boolean =>
  kind === 'M' && (state.M[id as keyof State['M']]?.role ?? 'worker') !== 'worker';

function isTold(cell: Cell, kind: RowKind, detail: Detail, isAlways: boolean): boolean {
  if (detail === 'all' || cell.old !== null || cell.isFocused || (isAlways && ALWAYS[kind]?.has(cell.field) === true)) return true;
  if (cell.isDull) return false;
  return DOING[kind]?.has(cell.field) === true || (detail === 'telling' && !SELDOM.has(cell.field));
}

export function titleOf(state: State, { kind, id }: RowRef): string {
  switch (kind) {
    case 'M': {
      const role = state.M[id as keyof State['M']]?.role ?? 'worker';
      return role === 'worker' ? id : `${id} ${role}`;
    }
    case 'G':
      return `${id} ${state.G[id as keyof State['G']]?.name ?? ''}`;
    case 'object':
      return `${String(state.kernel.objects[id]?.kind ?? kind)} #${id}`;
    case 'P':
    case 'sched':
    case 'sysmon':
    case 'futex':
      return id;
    case 'poll':
      return 'netpoll';
    case 'process':
      return 'kernel';
    case 'map':
      return `mmap ${id}`;
    default:
      return `${kind} ${id}`;
  }
}

/** Of a recorded run: what nobody has told or worked out is not there. */
function known({ kind, id }: RowRef, fields: readonly FieldOfRow[]): (FieldOfRow & { isAssumed: boolean })[] {
  const table = kind === id ? id : kind;
  return fields.flatMap((each) => {
    const how = knownOf(table, each.field, each.value);
    return how === 'unknown' ? [] : [{ ...each, isAssumed: how === 'assumed' }];
  });
}

export function technicalRow(state: State, ref: RowRef, detail: Detail, marks: Marks, isPinned: boolean, time: TimeText): TechnicalRow {
  return {
    ...ref,
    title: titleOf(state, ref),
    cells: (isRecorded(state) ? known(ref, fieldsOf(state, ref)) : fieldsOf(state, ref, (path) => marks.isMarked(path)))
      .map((each) => {
        const cell = cellOf(each.path, each.field, each.value, marks, time);
        const isDull = cell.isDull || (cell.old === null && !cell.isFocused && isLeftOver(state, ref, each.field));
        return { ...cell, isDull, isAssumed: 'isAssumed' in each && each.isAssumed === true };
      })
      .filter((cell) => isTold(cell, ref.kind, detail, !isIdleByTrade(state, ref))),
    isTouched: marks.touched.has(ref.path),
    isNew: marks.isMade(ref.path),
    isPinned,
  };
}

interface Kept {
  source: object;
  focus: ReadonlySet<string>;
  row: TechnicalRow;
}

/**
 * Rows from step to step. States share the rows that a step leaves alone; what is shown of such a row is the same object, too, so that
 * whoever draws it sees at once that nothing has changed.
 */
export class RowKeeper {
  /** Apart by detail: at one step the same row is mostly asked for in two of them. */
  private readonly kept: Readonly<Record<Detail, Map<string, Kept>>> = { must: new Map(), telling: new Map(), all: new Map() };

  row(state: State, ref: RowRef, detail: Detail, marks: Marks, isPinned: boolean, time: TimeText): TechnicalRow {
    const source = sourceOf(state, ref);
    const known = this.kept[detail].get(ref.path);
    const isSame =
      known !== undefined &&
      known.source === source &&
      known.focus === marks.focus &&
      known.row.isPinned === isPinned &&
      !known.row.isTouched &&
      !marks.touched.has(ref.path);
    if (isSame) return known.row;
    const row = technicalRow(state, ref, detail, marks, isPinned, time);
    if (source) this.kept[detail].set(ref.path, { source, focus: marks.focus, row });
    return row;
  }
}

/** What a lesson step points at, as rows: it says M0, or a path. */
export function focusedRows(focus: Iterable<string>): RowRef[] {
  return [...focus].flatMap((each) => {
    if (/^[GMP]\d+$/.test(each)) return rowOf(`${each[0] ?? ''}.${each}`) ?? [];
    return each.includes('.') ? (rowOf(each) ?? []) : [];
  });
}

/**
 * The functions that the same thread went through just before the current step, the latest last. A trail, not a stack: some of them have
 * returned. The goroutine's real call path is in the machine view (G.frames).
 */
export function trail(recent: readonly Step[], step: Step | null): string[] {
  if (!step) return [];
  const mine = recent.filter((each) => each.m === step.m).slice(-24);
  const way: string[] = [];
  for (const { fn } of mine) {
    const known = way.lastIndexOf(fn);
    if (known >= 0) way.splice(known + 1);
    else way.push(fn);
  }
  return way.slice(-4);
}
