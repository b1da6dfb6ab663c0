/** Looking for rows by their ids, names, fields and values. Pure. */
import type { State } from '../../src-main/contract/index';
import { isEmpty, short, type TimeText, toldAt } from './cell-text';
import { fieldsOf, hiddenIn, rawTable, ROW_KINDS, type RowKind, type RowRef, rowsOfKind } from './state-rows';

/** ` field=value`, for objects each of theirs; '' for what is empty, which nobody looks for. */
function fieldText(field: string, value: unknown, time: TimeText): string {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && field !== 'kernel')
    return Object.entries(value)
      .map(([key, inside]) => fieldText(`${field}.${key}`, inside, time))
      .join('');
  const text = short(value, time);
  return isEmpty(text) ? '' : ` ${field}=${text}`;
}

/** What stands in a table's row, as one text: ` g7 worker status=_gwaiting …`. Made for ten thousand rows at once, so without a list of fields. */
function rowText(kind: RowKind, id: string, row: unknown, time: TimeText): string {
  if (typeof row !== 'object' || row === null) return ` ${kind} ${id} value=${String(row)} `.toLowerCase();
  const hidden = hiddenIn(kind);
  let text = ` ${kind} ${id} `;
  if ('name' in row) text += `${String(row.name)} `;
  if ('role' in row) text += `${String(row.role)} `;
  for (const [field, value] of Object.entries(row)) if (!hidden?.has(field)) text += fieldText(field, value, time);
  return `${text} `.toLowerCase();
}

type Matcher = (text: string) => boolean;

/** An id is found as itself only: G1 is not in G10. */
function matcherOf(term: string): Matcher {
  if (!/^[gmp]\d+$/.test(term)) return (text) => text.includes(term);
  return (text) => {
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1))
      if (!/\w/.test(text[at - 1] ?? '') && !/\w/.test(text[at + term.length] ?? '')) return true;
    return false;
  };
}

/**
 * Finds rows in state after state. A row's text is kept for as long as the row is the same object: of ten thousand rows a step changes
 * five.
 */
export class RowSearch {
  private readonly texts = new WeakMap<object, string>();

  constructor(private readonly time: TimeText) {}

  private textOf(kind: RowKind, id: string, row: unknown): string {
    if (typeof row !== 'object' || row === null) return rowText(kind, id, row, this.time);
    let text = this.texts.get(row);
    if (text === undefined) this.texts.set(row, (text = rowText(kind, id, row, this.time)));
    return text;
  }

  /** Rows in which every word of the query stands, in the order of the tables; all of them for an empty query. */
  find(state: State, query: string): RowRef[] {
    const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (terms.length === 0) return ROW_KINDS.flatMap((kind) => rowsOfKind(state, kind));
    const matchers = terms.map(matcherOf);
    const matches: Matcher = (text) => matchers.every((matcher) => matcher(text));
    return ROW_KINDS.flatMap((kind) => {
      const table = rawTable(state, kind);
      if (!table) return rowsOfKind(state, kind).filter((ref) => matches(this.singleText(state, ref)));
      const found: RowRef[] = [];
      for (const id in table.rows) if (matches(this.textOf(kind, id, table.rows[id]))) found.push({ kind, id, path: `${table.at}.${id}` });
      return found;
    });
  }

  /** Of the parts that are one row each. */
  private singleText(state: State, ref: RowRef): string {
    const fields = fieldsOf(state, ref, () => false).map(({ field, path, value }) => {
      const told = toldAt(path, value, this.time);
      // Who has the number from a trace finds it, too.
      return fieldText(field, told, this.time) + (told === value ? '' : fieldText(field, value, this.time));
    });
    return ` ${ref.kind} ${ref.id}${fields.join('')} `.toLowerCase();
  }
}
