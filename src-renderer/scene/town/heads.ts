/**
 * How a house is found by its number in a field of many: at the head of each row the number of its first house, above each column how many further
 * on the others are. P37 stands in the row of P32, in the column +5. Both stay at the field's edge wherever the camera is. Pure.
 */
import type { PId } from '../../../src-main/contract/index';
import { textWidth } from '../scene-labels';
import type { Camera } from './camera';
import type { Writing } from './drawing';
import { type Areas, COLUMN_HEADS, type Grid, tileAt } from './town-layout';

/** From the heads to the field, and between two of them, units. */
const BESIDE = 8;
const APART = 4;
const COLUMN_TYPE = 13;
const ROW_TYPE = { least: 13, most: 17, ofTile: 0.3 };
/** Where in its row the middle of a house lies. */
const MIDDLE = 0.55;

/** What of a row or column can be seen. */
const seenPart = (from: number, length: number, [start, end]: readonly [number, number]): { from: number; to: number } => ({
  from: Math.max(start, from),
  to: Math.min(end, from + length),
});

/** In units of the whole drawing. Rows have heads in every field that has room for them, columns on the map: nearer by each house bears its number. */
export function heads(areas: Areas, grid: Grid, ids: readonly PId[], camera: Camera): Writing[] {
  if (!areas.heads) return [];
  return [...rowHeads(areas, grid, ids, camera), ...(areas.hasColumns ? columnHeads(areas, grid, camera) : [])];
}

function rowHeads({ houses: view }: Areas, { rows, columns, tile }: Grid, ids: readonly PId[], { k, y }: Camera): Writing[] {
  const h = tile.h * k;
  const size = Math.min(ROW_TYPE.most, Math.max(ROW_TYPE.least, tile.h * ROW_TYPE.ofTile));
  return Array.from({ length: rows }, (_, row) => row).flatMap((row): Writing[] => {
    const top = view.y + y + row * h;
    const { from, to } = seenPart(top, h, [view.y, view.y + view.h]);
    if (to - from < size) return [];
    const middle = Math.min(to - size / 2, Math.max(from + size / 2, top + h * MIDDLE));
    return [
      {
        key: `row ${row}`,
        x: view.x - BESIDE,
        y: middle + size * 0.36,
        text: ids[row * columns] ?? '',
        size,
        weight: 600,
        anchor: 'end',
      },
    ];
  });
}

function columnHeads({ houses: view }: Areas, grid: Grid, { k, x }: Camera): Writing[] {
  const { columns, tile } = grid;
  const last = columns - 1;
  // Where each has no room for the sign it stands once, in the corner: as in a table of sums.
  const isSigned = textWidth(`+${last}`, COLUMN_TYPE) + APART <= tile.w * k;
  const step = [1, 2, 4, 8, 16].find((each) => textWidth(String(last), COLUMN_TYPE) + APART <= tile.w * k * each) ?? columns;
  const y = view.y - (COLUMN_HEADS - COLUMN_TYPE * 0.76) / 2 - 1;
  const of = (column: number): Writing[] => {
    const text = `${isSigned ? '+' : ''}${column}`;
    const at = tileAt(grid, column);
    const { from, to } = seenPart(view.x + x + at.x * k, at.w * k, [view.x, view.x + view.w]);
    // Thinned out, a head has the room of those who have none.
    const isSeen = step > 1 ? to > from : to - from >= textWidth(text, COLUMN_TYPE);
    const middle = view.x + x + (at.x + at.w / 2) * k;
    const half = textWidth(text, COLUMN_TYPE) / 2;
    const within = step > 1 ? middle : Math.min(to - half, Math.max(from + half, middle));
    return isSeen ? [{ key: `column ${column}`, x: within, y, text, size: COLUMN_TYPE, weight: 600, tone: 'soft' }] : [];
  };
  const shown = Array.from({ length: Math.ceil(columns / step) }, (_, i) => i * step).flatMap(of);
  const corner: Writing = { key: 'corner', x: view.x - BESIDE, y, text: '+', size: COLUMN_TYPE, weight: 600, anchor: 'end', tone: 'soft' };
  return isSigned ? shown : [corner, ...shown];
}
