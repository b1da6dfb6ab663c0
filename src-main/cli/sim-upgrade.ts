/** `sim upgrade`: a lesson file of an older version in the newest one, everything else as its author wrote it. */
import { inEveryLanguage } from '../../assets/words/index';
import { type LessonTables, parseEither, parseLesson, upgraded } from '../formats/lesson';
import type { Read } from '../model/words';

/** `isNew`: false when the file was of the newest version already. A lesson with faults keeps them: it is upgraded once it has none. */
export function upgradeOf(text: string, file: string, tables: () => LessonTables): Read<{ text: string; isNew: boolean }> {
  const { kind, parsed } = parseEither(text, file, tables);
  if (!parsed.ok) return parsed;
  if (kind === 'scenario') {
    const message = inEveryLanguage(({ sim }) => sim.upgradesLessons);
    return { ok: false, faults: [{ file, line: 1, column: 1, message, suggestion: null }] };
  }
  const newer = upgraded(text);
  if (newer === null) return { ok: true, text, isNew: false };
  const read = parseLesson(newer, file, tables());
  return read.ok ? { ok: true, text: newer, isNew: true } : read;
}
