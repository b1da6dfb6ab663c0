/** Looking for rows by their ids, names, fields and values. Pure. */
import type { State } from '../../src-main/contract/index';
import { isEmpty, short, type TimeText } from './cell-text';
import { fieldsOf, ROW_KINDS, type RowRef, rowsOfKind, sourceOf } from './state-rows';

/** What stands in a row, as one text: ` g7 worker status=_gwaiting m=– …`. Empty fields are found by nobody. */
function textOf(state: State, ref: RowRef, time: TimeText): string {
  const name =
    ref.kind === 'G' ? state.G[ref.id as keyof State['G']]?.name : ref.kind === 'M' ? state.M[ref.id as keyof State['M']]?.role : '';
  const fields = fieldsOf(state, ref).map(({ field, value }) => {
    const text = short(value, time);
    return isEmpty(text) ? '' : `${field}=${text}`;
  });
  return ` ${ref.kind} ${ref.id} ${name ?? ''} ${fields.join(' ')} `.toLowerCase();
}

/** An id is found as itself only: G1 is not in G10. */
function isIn(text: string, term: string): boolean {
  if (!/^[gmp]\d+$/.test(term)) return text.includes(term);
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1))
    if (!/\w/.test(text[at - 1] ?? '') && !/\w/.test(text[at + term.length] ?? '')) return true;
  return false;
}

/**
 * Finds rows in state after state. A row's text is kept for as long as the row is the same object: of ten thousand rows a step changes
 * five.
 */
export class RowSearch {
  private readonly texts = new WeakMap<object, { path: string; text: string }>();

  constructor(private readonly time: TimeText) {}

  private text(state: State, ref: RowRef): string {
    const source = sourceOf(state, ref);
    const known = source ? this.texts.get(source) : undefined;
    if (known?.path === ref.path) return known.text;
    const text = textOf(state, ref, this.time);
    if (source) this.texts.set(source, { path: ref.path, text });
    return text;
  }

  /** Rows in which every word of the query stands, in the order of the tables; all of them for an empty query. */
  find(state: State, query: string): RowRef[] {
    const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
    const all = ROW_KINDS.flatMap((kind) => rowsOfKind(state, kind));
    return terms.length === 0 ? all : all.filter((ref) => terms.every((term) => isIn(this.text(state, ref), term)));
  }
}
