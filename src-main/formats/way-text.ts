/** How a goroutine came back from a system call, in words: tables show the facts' own names for it, which explain nothing. Pure. */
import { type Language, WORDS } from '../../assets/words/index';
import type { TableRow } from './lesson';
import type { Json } from '../model/state';

/** The facts' names of all ways, in the order in which the runtime tries them; null: the row is about something else. */
export const waysOf = (row: TableRow): string[] | null =>
  row.kind === 'facts' && /\.syscalls\[\d+\]\.path$/.test(row.path) ? Object.keys(WORDS.en.activity.ways) : null;

/** What a cell of such a row means; '': it says what it means itself. */
export function wayText(row: TableRow, value: Json, language: Language): string {
  const ways: Readonly<Record<string, string>> = WORDS[language].activity.ways;
  return typeof value === 'string' && waysOf(row)?.includes(value) ? (ways[value] ?? '') : '';
}
