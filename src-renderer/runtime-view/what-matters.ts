/**
 * Which rows are worth their room at a step, and how much of each: what the step touches and what is pointed at, always; then those whom it
 * refers to, those touched just before, and in a small world everybody. What is left out is counted. Pure.
 */
import { isRecorded, type State, type Step } from '../../src-main/contract/index';
import type { TimeText } from './cell-text';
import { around } from './relations';
import { countAlive, isDead, memberOf, ROW_KINDS, type RowKind, type RowRef, rowOf, rowsOfKind } from './state-rows';
import type { Marks } from './technical-rows';
import { type Cell, type Detail, focusedRows, RowKeeper, type TechnicalRow } from './technical-rows';

/** The room for rows, in letters and lines of their type. */
export interface Room {
  columns: number;
  lines: number;
}

export interface Wanted {
  focus: readonly string[];
  /** Paths of the rows that somebody has pinned. */
  pinned: readonly string[];
  room: Room;
  /** Nothing is left out of the rows that are shown. */
  isWhole: boolean;
  time: TimeText;
}

export interface Matter {
  /** In the order of the tables. */
  rows: TechnicalRow[];
  /** The living who are not shown. */
  rest: { kind: RowKind; count: number }[];
  restCount: number;
  isAnyTouched: boolean;
}

/** A step that makes 256 Ps is told by the first of them. */
const MOST_ROWS = 24;
/** Whom this thread's last steps were about. */
const LATELY_STEPS = 8;

/** Everything else is seldom asked for, and never without being asked. */
const FILLING: readonly RowKind[] = [
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
  'poll',
  'atomic',
];

const lettersOf = (cell: Cell): number =>
  cell.field.length +
  cell.now.length +
  (cell.old === null ? 0 : cell.old.length + 3) +
  [...(cell.chips ?? []), ...cell.tail].reduce((sum, chip) => sum + chip.length + 1.6, 0) +
  2;

/** Lines that a row takes: cells go on below when the line is full. */
export function linesOf({ title, cells }: Pick<TechnicalRow, 'title' | 'cells'>, columns: number): number {
  let lines = 1;
  let used = title.length + 1;
  for (const cell of cells) {
    const letters = lettersOf(cell);
    if (used > 0 && used + letters > columns) {
      lines++;
      used = 0;
    }
    lines += Math.floor(letters / columns);
    used += letters % columns;
  }
  return lines;
}

/** Of a row, in lines, with its edges. A row of one line is a target, too, and no lower than one. */
const heightOf = (row: TechnicalRow, columns: number): number => Math.max(1.3, linesOf(row, columns) + 0.2);
/** That the step touches nothing is told in a line above the rows. */
const NOTE_LINES = 1.3;

const BY_NUMBER = new Intl.Collator('en', { numeric: true });

/** In the order of the tables, and in a table by number. */
export function inOrder(a: RowRef, b: RowRef): number {
  const kinds = ROW_KINDS.indexOf(a.kind) - ROW_KINDS.indexOf(b.kind);
  return kinds !== 0 ? kinds : BY_NUMBER.compare(a.id, b.id);
}

/** A place that a step names may be gone at another one. */
export const exists = (state: State, ref: RowRef): boolean =>
  ['poll', 'process', 'futex'].includes(ref.kind) || (memberOf(state, ref) ?? null) !== null;

/** The rows that the step's own thread touched in its last steps, the latest first. */
export function latelyTouched(recent: readonly Step[], step: Step | null): RowRef[] {
  const mine = recent.slice(-LATELY_STEPS).filter(({ m }) => m === step?.m);
  return mine.reverse().flatMap(({ set }) => set.flatMap(([path]) => rowOf(path) ?? []).filter(({ kind }) => FILLING.includes(kind)));
}

/** Rows in order of what they are worth, each once; `always` of them whatever room there is. */
function ranked(
  state: State,
  step: Step | null,
  recent: readonly Step[],
  marks: Marks,
  { focus, pinned }: Wanted,
): { refs: RowRef[]; always: number } {
  const known = new Map<string, RowRef>();
  const add = (refs: Iterable<RowRef | null>): void => {
    for (const ref of refs) if (ref && !known.has(ref.path) && exists(state, ref)) known.set(ref.path, ref);
  };
  add(marks.touched.values());
  add(focusedRows(focus));
  add(pinned.map(rowOf));
  const always = Math.min(known.size, MOST_ROWS);
  if (step) add([rowOf(`M.${step.m}`), step.p && rowOf(`P.${step.p}`), step.g && rowOf(`G.${step.g}`)].map((ref) => ref || null));
  const { edges } = around(state, new Set(known.keys()), 1);
  add(edges.flatMap(({ from, to }) => [rowOf(from), rowOf(to)]));
  add(latelyTouched(recent, step));
  return { refs: [...known.values()], always };
}

export function whatMatters(
  state: State,
  step: Step | null,
  recent: readonly Step[],
  wanted: Wanted,
  marks: Marks,
  keeper = new RowKeeper(),
): Matter {
  const { room, pinned, isWhole, time } = wanted;
  const counts = new Map(ROW_KINDS.map((kind) => [kind, countAlive(state, kind)]));
  const { refs, always } = ranked(state, step, recent, marks, wanted);
  const pins = new Set(pinned);
  const make = (ref: RowRef, detail: Detail): TechnicalRow =>
    keeper.row(state, ref, isWhole ? 'all' : detail, marks, pins.has(ref.path), time);
  const shown = new Map<string, TechnicalRow>();
  let left = room.lines - (step !== null && marks.touched.size === 0 ? NOTE_LINES : 0);
  const show = (ref: RowRef, detail: Detail): boolean => {
    const row = make(ref, detail);
    const before = shown.get(ref.path);
    const more = heightOf(row, room.columns) - (before ? heightOf(before, room.columns) : 0);
    if (more > left) return false;
    shown.set(ref.path, row);
    left -= more;
    return true;
  };
  for (const ref of refs.slice(0, always)) {
    const row = make(ref, 'must');
    shown.set(ref.path, row);
    left -= heightOf(row, room.columns);
  }
  for (const ref of refs.slice(always, MOST_ROWS)) if (!show(ref, 'must')) break;
  const all = [...ROW_KINDS].flatMap((kind) =>
    FILLING.includes(kind) && (kind !== 'sysmon' || !isRecorded(state)) && (counts.get(kind) ?? 0) <= MOST_ROWS
      ? rowsOfKind(state, kind)
      : [],
  );
  for (const { path } of [...shown.values()]) show(refs.find((ref) => ref.path === path) as RowRef, 'telling');
  for (const ref of all) {
    if (shown.size >= MOST_ROWS || left <= 0) break;
    if (!shown.has(ref.path) && !isDead(state, ref)) show(ref, 'telling');
  }
  const rows = [...shown.values()].sort(inOrder);
  const rest = ROW_KINDS.map((kind) => ({
    kind,
    count: (counts.get(kind) ?? 0) - rows.filter((row) => row.kind === kind && !isDead(state, row)).length,
  })).filter(({ count }) => count > 0);
  return { rows, rest, restCount: rest.reduce((sum, { count }) => sum + count, 0), isAnyTouched: marks.touched.size > 0 };
}
