/** The state as tables: which rows, which cells, and what the current step changed in them. Pure. */
import { partPath, pathTo, rowOfPath } from '../../src-main/contract/index';
import type { Change, GRow, Json, MRow, PRow, State, Step } from '../../src-main/contract/index';

export interface Cell {
  field: string;
  path: string;
  now: string;
  /** What stood here before the current step; null: the step left it alone. */
  old: string | null;
  isFocused: boolean;
  /** A list, drawn as chips in order. */
  chips: string[] | null;
  /** Nothing is in it, nothing happened to it, and nobody points at it. */
  isDull: boolean;
}

export interface TechnicalRow {
  id: string;
  title: string;
  cells: Cell[];
  isTouched: boolean;
}

export interface TechnicalGroups {
  P: TechnicalRow[];
  M: TechnicalRow[];
  G: TechnicalRow[];
  sched: TechnicalRow;
  sysmon: TechnicalRow;
  /** Dead goroutines and threads, not listed. */
  hidden: { G: number; M: number };
}

const SHOWN_ROWS = 40;

export function short(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (value === true) return 'true';
  if (value === false) return 'false';
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

const EMPTY: ReadonlySet<string> = new Set(['–', '', 'false', '0', '0x0', '[]', 'normal']);

/** Fields that are read even when they are empty: whose house stands alone, who has no child. */
const ALWAYS: ReadonlySet<string> = new Set(['status', 'm', 'p', 'curg', 'midle', 'pidle']);

/** The cells of a row in a small view: what is empty is left out. */
export function tellingCells(row: TechnicalRow): Cell[] {
  return row.cells.filter(
    (cell) => !cell.isDull || (ALWAYS.has(cell.field) && !row.title.includes(' sysmon')) || (cell.field === 'runq' && row.id === 'sched'),
  );
}

/** How much larger the type may be when a view has the window to itself: the fewer rows, the more. */
export function enlargement(rows: number): number {
  return rows <= 8 ? 1.45 : rows <= 11 ? 1.3 : rows <= 16 ? 1.2 : 1.1;
}

class Marks {
  private readonly changes: ReadonlyMap<string, Json>;
  private readonly rows: ReadonlySet<string>;

  constructor(
    set: readonly Change[],
    private readonly focus: ReadonlySet<string>,
  ) {
    this.changes = new Map(set.map(([path, old]) => [path, old]));
    this.rows = new Set(set.map(([path]) => rowOfPath(path)));
  }

  cell(path: string, field: string, value: unknown): Cell {
    const chips = Array.isArray(value)
      ? value.map((each) => (typeof each === 'object' && each !== null ? short((each as { g?: string }).g ?? each) : short(each)))
      : null;
    const old = this.changes.get(path);
    const now = short(value);
    const isChanged = this.changes.has(path);
    const isFocused = this.focus.has(path);
    return {
      field,
      path,
      now,
      old: isChanged ? (Array.isArray(old) ? `[${old.map(short).join(' ')}]` : short(old)) : null,
      isFocused,
      chips,
      isDull: !isChanged && !isFocused && EMPTY.has(now),
    };
  }

  isTouched(row: string): boolean {
    return this.rows.has(row);
  }
}

/**
 * Rows from step to step. States share the rows that a step leaves alone; what is shown of such a row is the same object, too, so that
 * whoever draws it sees at once that nothing has changed.
 */
export class RowKeeper {
  private readonly kept = new Map<string, { source: object; focus: readonly string[]; row: TechnicalRow }>();

  /** `source`: the row in the state. */
  row(path: string, source: object, focus: readonly string[], marks: Marks, make: () => Omit<TechnicalRow, 'isTouched'>): TechnicalRow {
    const isTouched = marks.isTouched(path);
    const known = this.kept.get(path);
    if (!isTouched && known?.source === source && known.focus === focus && !known.row.isTouched) return known.row;
    const row = { ...make(), isTouched };
    this.kept.set(path, { source, focus, row });
    return row;
  }
}

const P_FIELDS = ['status', 'm', 'runnext', 'runq', 'schedtick', 'syscalltick'] as const satisfies readonly (keyof PRow)[];
const M_FIELDS = ['curg', 'p', 'nextp', 'oldp', 'syscalltick', 'spinning', 'parked', 'locks'] as const satisfies readonly (keyof MRow)[];
const G_FIELDS = ['status', 'm', 'stackguard0', 'throwsplit', 'syscallsp', 'waitreason'] as const satisfies readonly (keyof GRow)[];
const SCHED_FIELDS = [
  'runq',
  'midle',
  'pidle',
  'nmspinning',
  'nmidlelocked',
  'gcwaiting',
  'stopwait',
  'sysmonwait',
  'mcount',
  'lock',
] as const;

/** Rows that matter now come first only in so far as the rest is cut: the order itself is stable. */
export function technicalGroups(state: State, step: Step | null, focus: readonly string[], keeper = new RowKeeper()): TechnicalGroups {
  const marks = new Marks(step?.set ?? [], new Set(focus));
  const rowsOf = <R extends object>(
    table: 'G' | 'M' | 'P',
    all: Record<string, R>,
    fields: readonly (keyof R & string)[],
    title: (id: string, row: R) => string,
    isShown: (id: string, row: R) => boolean,
  ): TechnicalRow[] => {
    const rows: TechnicalRow[] = [];
    for (const [id, row] of Object.entries(all)) {
      if (rows.length === SHOWN_ROWS) break;
      const path = pathTo(table, id);
      if (!isShown(id, row) && !marks.isTouched(path)) continue;
      const make = (): Omit<TechnicalRow, 'isTouched'> => ({
        id,
        title: title(id, row),
        cells: fields.map((field) => marks.cell(pathTo(table, id, field), field, row[field])),
      });
      rows.push(keeper.row(path, row, focus, marks, make));
    }
    return rows;
  };
  return {
    P: rowsOf(
      'P',
      state.P as Record<string, PRow>,
      P_FIELDS,
      (id) => id,
      () => true,
    ),
    M: rowsOf(
      'M',
      state.M as Record<string, MRow>,
      M_FIELDS,
      (id, row) => (row.role === 'worker' ? id : `${id} ${row.role}`),
      (_, row) => !row.dead,
    ),
    G: rowsOf(
      'G',
      state.G as Record<string, GRow>,
      G_FIELDS,
      (id, row) => `${id} ${row.name}`,
      (_, row) => row.status !== '_Gdead',
    ),
    sched: keeper.row('sched', state.sched, focus, marks, () => ({
      id: 'sched',
      title: 'sched',
      cells: SCHED_FIELDS.map((field) => marks.cell(partPath('sched', field), field, state.sched[field])),
    })),
    sysmon: keeper.row('sysmon', state.sysmon, focus, marks, () => ({
      id: 'sysmon',
      title: 'sysmon',
      cells: [
        marks.cell(partPath('sysmon', 'delay'), 'delay', state.sysmon.delay),
        marks.cell(partPath('sysmon', 'idle'), 'idle', state.sysmon.idle),
        ...Object.entries(state.sysmon.ticks)
          .slice(0, 4)
          .map(([p, tick]) => marks.cell(pathTo('sysmon', 'ticks', p, 'syscalltick'), `${p} syscalltick`, tick.syscalltick)),
      ],
    })),
    hidden: {
      G: Object.values(state.G).filter((row) => row.status === '_Gdead').length,
      M: Object.values(state.M).filter((row) => row.dead).length,
    },
  };
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
