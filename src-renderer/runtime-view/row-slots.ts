/**
 * Which drawn row shows which row of the state. One that stays keeps its own; a newcomer takes one whose row has left, preferably
 * one that already stands where the newcomer goes: between two threads a step changes texts then, and does not take down a dozen rows to put up others
 * like them.
 */
import type { TechnicalRow } from './technical-rows';

export interface SlottedRow {
  /** The drawn row's key. */
  slot: string;
  row: TechnicalRow;
}

export class RowSlots {
  /** As they are drawn now, in their order, each with the path of the row that is in it. */
  private drawn: { path: string; slot: string }[] = [];
  private made = 0;

  /** The rows in their order, each with its slot. */
  of(rows: readonly TechnicalRow[]): SlottedRow[] {
    const coming = new Set(rows.map(({ path }) => path));
    /** Where a row that stays is drawn, and which stretch of free slots comes after it. */
    const staying = new Map<string, { slot: string; after: number }>();
    const free: string[][] = [[]];
    for (const { path, slot } of this.drawn) {
      if (coming.has(path)) staying.set(path, { slot, after: free.push([]) - 1 });
      else free.at(-1)?.push(slot);
    }
    let stretch = 0;
    const taken = rows.map(({ path }) => {
      const own = staying.get(path);
      stretch = own?.after ?? stretch;
      return own?.slot ?? free[stretch]?.shift();
    });
    const left = free.flat();
    this.drawn = rows.map(({ path }, i) => ({ path, slot: taken[i] ?? left.shift() ?? `row ${this.made++}` }));
    return rows.map((row, i) => ({ slot: this.drawn[i]?.slot ?? '', row }));
  }
}
