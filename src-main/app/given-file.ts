/** What the program was started with: a file by `--open` or a double click, a lesson's folder, or a link; or what a second start handed over. */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const OURS = /\.(ya?ml|jsonl?|trace)$/i;
const LESSON = 'lesson.yaml';

/** The lesson in a folder, or the path itself: also of a file, of what is not there, and of a name that no system takes. */
export function lessonIn(path: string): string {
  const lesson = join(path, LESSON);
  try {
    // Below a file there is nothing, which some systems and versions of Node say by throwing.
    return statSync(lesson, { throwIfNoEntry: false })?.isFile() === true ? lesson : path;
  } catch {
    return path;
  }
}

/** A folder that was dropped on the program's icon, or chosen in a menu of the file manager. */
const isLessonFolder = (path: string): boolean => lessonIn(path) !== path;

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

export const LINK_SCHEME = 'schedville';
const LESSON_LINK = /^schedville:\/\/lesson\/([a-z0-9]+(?:-[a-z0-9]+)*)\/?$/;

/** The first argument that is a link of ours, well formed or not (moment-link.ts reads it); null: there is none. */
export const givenLink = (args: readonly string[]): string | null =>
  args.find((arg) => arg.toLowerCase().startsWith(`${LINK_SCHEME}:`)) ?? null;

/** The lesson of a link to nothing smaller, which the window can begin with at once. */
export const givenLesson = (args: readonly string[]): string | null => LESSON_LINK.exec(givenLink(args) ?? '')?.[1] ?? null;
