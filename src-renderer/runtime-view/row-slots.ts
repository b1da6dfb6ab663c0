/**
 * Which drawn row shows which row of the state. One that stays keeps its own; a newcomer takes one of its kind whose row has left: between two
 * threads a step changes texts then, and does not take down a dozen rows to put up others like them.
 */
import type { RowKind } from './state-rows';
import type { TechnicalRow } from './technical-rows';

export interface SlottedRow {
  /** The drawn row's key. */
  slot: string;
  row: TechnicalRow;
}

export class RowSlots {
  /** By the path of the row that is in it. */
  private taken = new Map<string, { slot: string; kind: RowKind }>();
  private made = 0;

  /** The rows in their order, each with its slot. */
  of(rows: readonly TechnicalRow[]): SlottedRow[] {
    const staying = new Set(rows.map(({ path }) => path));
    const free = [...this.taken].flatMap(([path, each]) => (staying.has(path) ? [] : [each]));
    const before = this.taken;
    this.taken = new Map();
    return rows.map((row) => {
      const { path, kind } = row;
      const left = free.findIndex((each) => each.kind === kind);
      const { slot } = before.get(path) ?? (left >= 0 ? free.splice(left, 1)[0] : undefined) ?? { slot: `${kind} ${this.made++}` };
      this.taken.set(path, { slot, kind });
      return { slot, row };
    });
  }
}
