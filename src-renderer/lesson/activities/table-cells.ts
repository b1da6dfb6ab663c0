/** What stands in the cells of a lesson's table, as it is read and as it is typed. Pure. */
import { type Cell, durationNs, type TableRow, waysOf } from '../../../src-main/contract/index';
import { formatNs } from '../../timeline/format-ns';

/** A run that has nothing of the kind. */
export const NOTHING = '—';

/** Nobody knows a virtual time to the nanosecond by heart. */
const ALMOST = 0.05;

const NONE: ReadonlySet<string> = new Set(['', '-', '–', NOTHING, 'none', 'never', 'nothing', 'no', '无', '没有', '从不']);

export function cellText(cell: Cell | null): string {
  if (cell === null || cell.value === null || cell.value === '') return NOTHING;
  const { value, unit } = cell;
  if (unit === 'ns' && typeof value === 'number') return formatNs(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** As it is compared: in small letters, without the underscore in front of Go's constants, and with one kind of minus. */
const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase().replace(/^_+/, '').replaceAll('−', '-');

function wholeNumber(text: string): bigint | null {
  if (/^0x[0-9a-f]{1,16}$/.test(text)) return BigInt(text);
  return /^-?\d{1,20}$/.test(text) ? BigInt(text) : null;
}

/** Whether what was typed says what the run has. Times are right when they are nearly so. */
export function isRightCell(typed: string, cell: Cell | null): boolean {
  const shown = cellText(cell);
  const given = plain(typed);
  if (shown === NOTHING) return given !== '' && NONE.has(given);
  if (cell?.unit === 'ns' && typeof cell.value === 'number') {
    const ns = durationNs(given);
    return ns !== null && Math.abs(ns - cell.value) <= ALMOST * cell.value;
  }
  const [a, b] = [wholeNumber(given), wholeNumber(plain(shown))];
  return a !== null && b !== null ? a === b : given === plain(shown);
}

/**
 * What may be chosen in a row whose cells are words: each of them, in the alphabet's order; all ways back from a system call where `of`, the row,
 * is about them, since nobody knows their codes. Null: its cells are typed, because they are numbers or times, or all the same.
 */
export function choicesOf(row: readonly (Cell | null)[], of: TableRow | null = null): string[] | null {
  const ways = of && waysOf(of);
  if (ways) return [...ways, ...(row.map(cellText).includes(NOTHING) ? [NOTHING] : [])];
  const isWords = row.every((cell) => cell === null || (typeof cell.value === 'string' && wholeNumber(plain(cell.value)) === null));
  const words = [...new Set(row.map(cellText))].sort();
  return isWords && words.length > 1 ? words : null;
}
