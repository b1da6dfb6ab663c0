/** What a terminal is told of a file that was named in it and cannot be opened. */
import { faultLines } from '../formats/fault';
import type { Language, Result } from '../model/words';

/** '': nothing. `isExport`: an export says at its end why nothing came of it, and nobody needs to read it twice. */
export function refusedFileText(opened: Result<unknown>, language: Language, isExport: boolean): string {
  if (opened.ok || isExport) return '';
  return `Schedville: ${opened.message[language]}\n${faultLines(opened.faults ?? [], language)}`;
}
