/** A lesson file (formats/README.md, “Lesson”): its types, its reader, and the choice between it and a scenario. */
import type { LessonTables } from './lesson/lesson-source';
import { type ParsedLesson, parseLesson } from './lesson/read-lesson';
import { type ParsedScenario, parseScenario } from './scenario';
import { YamlSource } from './yaml-source';

export type * from './lesson/types';
export type { LessonTables } from './lesson/lesson-source';
export { upgraded } from './lesson/upgrade';
export { LESSON_KEYS, STEP_KEYS } from './lesson/keys';
export { type ParsedLesson, parseLesson, type Place } from './lesson/read-lesson';

/** A file that may be either. Where `kind` says neither, what only a lesson has decides, so that the faults fit. */
export function parseEither(
  text: string,
  file: string,
  tables: () => LessonTables,
): { kind: 'lesson'; parsed: ParsedLesson } | { kind: 'scenario'; parsed: ParsedScenario } {
  return isLessonText(text, file)
    ? { kind: 'lesson', parsed: parseLesson(text, file, tables()) }
    : { kind: 'scenario', parsed: parseScenario(text, file) };
}

/** Whether the file means to be a lesson, with faults or without. */
export function isLessonText(text: string, file: string): boolean {
  const source = new YamlSource(text, file);
  // Of what is no YAML nothing is known but how it begins: its faults are to be told as those of what it is meant to be.
  if (source.root === null && !source.isTooMuch) return /^kind *[:：] *["']?lesson\b/m.test(text);
  const top = (source.isMap(source.root) ? source.json : {}) as Readonly<Record<string, unknown>>;
  return top.kind === 'lesson' || (top.kind !== 'scenario' && Object.hasOwn(top, 'runs'));
}
