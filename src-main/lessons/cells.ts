/** What stands in the cells of a lesson's table, and in which order its rows go: read from the runs, so that no author can get it wrong. */
import { fill } from '../../assets/words/index';
import type { OrderActivity, TableActivity, TableColumn, TableRow } from '../formats/lesson';
import type { Json } from '../model/state';
import type { Text } from '../model/words';
import type { Evidence } from './evidence';
import { type Failure, failure, noPlace } from './proofs';
import { placeText, saying } from './shown';

/** `unit`: ns for a virtual time, null for anything else. */
export interface Cell {
  value: Json;
  unit: 'ns' | null;
}

/** Where in the file a failure is told: below the step's place. */
export interface Misread extends Failure {
  place: string;
}

/** Facts that are virtual times, by their last name; `threads.created` is a number of threads. */
const TIMES = new Set(['time', 't', 'started', 'ended', 'enter', 'exit', 'waited', 'ran', 'asked', 'stopped', 'from', 'to', 'created']);
const isTime = (path: string): boolean => TIMES.has(path.split('.').at(-1) ?? '') && path !== 'threads.created';

export type EvidenceOf = (run: string) => Evidence;

/** null: the column's run has nothing of the kind, such as a step that it never comes to. */
export function cellOf(row: TableRow, column: TableColumn, evidence: Evidence): Cell | null {
  switch (row.kind) {
    case 'state': {
      const at = row.at === undefined ? column.at : row.at;
      const n = at === undefined ? null : evidence.place(at);
      return n === null ? null : cell(evidence.stateValue(n, row.path));
    }
    case 'time': {
      const n = evidence.place(row.at);
      return n === null ? null : cell(evidence.time(n), 'ns');
    }
    case 'count':
      return cell(evidence.count(row.of));
    case 'facts': {
      const value = evidence.fact(row.path);
      return cell(value, isTime(row.path) && typeof value === 'number' ? 'ns' : null);
    }
  }
}

const cell = (value: Json | undefined, unit: Cell['unit'] = null): Cell | null => (value === undefined ? null : { value, unit });

/** Row by row. */
export const cellsOf = ({ rows, columns }: TableActivity, evidenceOf: EvidenceOf): (Cell | null)[][] =>
  rows.map((row) => columns.map((column) => cellOf(row, column, evidenceOf(column.run))));

const whatOf = (row: TableRow): string => (row.kind === 'time' ? placeText(row.at) : row.kind === 'count' ? placeText(row.of) : row.path);

/**
 * What is wrong with a table: a column whose place its run never comes to, and a row that shows nothing in any run. That one run of several
 * never comes somewhere is an answer.
 */
export function misreadTable(table: TableActivity, evidenceOf: EvidenceOf): Misread[] {
  const columns = table.columns.flatMap(({ run, at }, i): Misread[] => {
    const evidence = evidenceOf(run);
    return at && evidence.place(at) === null ? [{ ...noPlace(run, at, evidence), place: `columns[${i}]` }] : [];
  });
  const rows = cellsOf(table, evidenceOf).flatMap((cells, i): Misread[] => {
    const row = table.rows[i];
    if (!row || cells.some((each) => each !== null && !(row.kind === 'count' && each.value === 0))) return [];
    return [{ ...failure(saying((words) => fill(words.emptyRow, { what: whatOf(row) }))), place: `rows[${i}]` }];
  });
  return [...columns, ...rows];
}

/** A row to be put in order, with its step in the run. */
export interface OrderedRow {
  fn: string;
  at: string;
  n: number;
  /** null: what the pseudo-code shows of the row. */
  label: Text | null;
}

/** The rows in the right order. */
export function orderOf(order: OrderActivity, evidence: Evidence): OrderedRow[] {
  if (order.of === 'function') return evidence.passage(order).map((row) => ({ ...row, label: null }));
  return order.steps
    .flatMap(({ at, label }): OrderedRow[] => {
      const n = evidence.place(at);
      return n === null ? [] : [{ fn: at.fn, at: at.at, n, label }];
    })
    .sort((a, b) => a.n - b.n);
}

export function misreadOrder(order: OrderActivity, evidence: Evidence): Misread[] {
  const { run } = order;
  if (order.of === 'function') {
    const { fn } = order;
    const n = evidence.passage(order).length;
    if (n === 0) return [{ ...noPlace(run, { fn, at: '…' }, evidence), place: '' }];
    return n < 2 ? [{ ...failure(saying((words) => fill(words.shortOrder, { run, fn, n }))), place: '' }] : [];
  }
  const seen = new Set<number>();
  return order.steps.flatMap(({ at }, i): Misread[] => {
    const n = evidence.place(at);
    if (n === null) return [{ ...noPlace(run, at, evidence), place: `steps[${i}]` }];
    const isSeen = seen.has(n);
    seen.add(n);
    return isSeen ? [{ ...failure(saying((words) => fill(words.sameOrder, { run, where: placeText(at) }))), place: `steps[${i}]` }] : [];
  });
}
