/** What the program was started with: a file by `--open` or a double click, a lesson's folder, or a link; or what a second start handed over. */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const OURS = /\.(ya?ml|jsonl?)$/i;
const LESSON = 'lesson.yaml';

/** The lesson in a folder, or the path itself. */
function lessonIn(path: string): string {
  const lesson = join(path, LESSON);
  return statSync(lesson, { throwIfNoEntry: false })?.isFile() === true ? lesson : path;
}

/** A folder that was dropped on the program's icon, or chosen in a menu of the file manager. */
function isLessonFolder(path: string): boolean {
  try {
    return lessonIn(path) !== path;
  } catch {
    // A name that no system takes.
    return false;
  }
}

/** The path in a command line, from the root; null: there is none. `folder`: where the command was given. */
export function givenFile(args: readonly string[], folder: string): string | null {
  const at = args.findIndex((arg) => arg === '--open' || arg.startsWith('--open='));
  const named = at < 0 ? undefined : args[at]?.includes('=') ? args[at].slice('--open='.length) : args[at + 1];
  const isGiven = (arg: string): boolean => !arg.startsWith('-') && (OURS.test(arg) || isLessonFolder(resolve(folder, arg)));
  const file = named ?? args.find(isGiven);
  if (file === undefined || file === '') return null;
  const path = resolve(folder, file);
  return isLessonFolder(path) ? lessonIn(path) : path;
}

const LINK = /^schedville:\/\/lesson\/([a-z0-9]+(?:-[a-z0-9]+)*)\/?$/;

/** The lesson of a link such as schedville://lesson/hunting; null: it is none. Nothing else can be asked for by a link. */
export const lessonOfLink = (link: string): string | null => LINK.exec(link)?.[1] ?? null;

/** The same of the first link in a command line. */
export function givenLesson(args: readonly string[]): string | null {
  const link = args.find((arg) => arg.startsWith('schedville:'));
  return link === undefined ? null : lessonOfLink(link);
}
