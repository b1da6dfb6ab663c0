/** What the program was started with: a file by `--open` or a double click, a lesson's folder, or a link; or what a second start handed over. */
import { statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fill, inEveryLanguage } from '../../assets/words/index';
import type { Text } from '../model/words';
import { othersOf } from './program-switches';

/** What the window opens: scenarios, lessons, traces, and what Go's tracers have written. */
const OURS = /\.(ya?ml|jsonl?|trace|out|txt|log)(\.gz)?$/i;
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

/** File managers hand over URLs where the desktop entry asks for them, as ours does for the sake of links. */
function pathOf(given: string): string {
  try {
    return given.startsWith('file:') ? fileURLToPath(given) : given;
  } catch {
    // On another computer, or no path on this system: what cannot be opened is told by its name.
    return given;
  }
}

/**
 * The paths in a command line, from the root; the first one is opened. `folder`: where the command was given. `isInstalled`: nothing but what a
 * person or a file manager has named stands in it, so that whatever is named is a file; in a checkout the program itself is named, too.
 */
function givenFiles(args: readonly string[], folder: string, isInstalled = false): string[] {
  const at = args.findIndex((arg) => arg === '--open' || arg.startsWith('--open='));
  const named = at < 0 ? undefined : args[at]?.includes('=') ? args[at].slice('--open='.length) : args[at + 1];
  const isGiven = (arg: string): boolean => isInstalled || OURS.test(arg) || isLessonFolder(resolve(folder, pathOf(arg)));
  const others = othersOf(args).filter((arg) => !isLink(arg) && isGiven(arg));
  return (named === undefined ? others : [named, ...others])
    .filter((each) => each !== '')
    .map((each) => {
      const path = resolve(folder, pathOf(each));
      return isLessonFolder(path) ? lessonIn(path) : path;
    });
}

export const LINK_SCHEME = 'schedville';
const LESSON_LINK = /^schedville:\/\/lesson\/([a-z0-9]+(?:-[a-z0-9]+)*)\/?$/;

const isLink = (arg: string): boolean => arg.toLowerCase().startsWith(`${LINK_SCHEME}:`);

/** The first argument that is a link of ours, well formed or not (moment-link.ts reads it); null: there is none. */
export const givenLink = (args: readonly string[]): string | null => args.find(isLink) ?? null;

/** The lesson of a link to nothing smaller, which the window can begin with at once. */
export const givenLesson = (args: readonly string[]): string | null => LESSON_LINK.exec(givenLink(args) ?? '')?.[1] ?? null;

/** What a start asks to be opened. */
export interface Given {
  /** From the root; null: there is none. */
  file: string | null;
  link: string | null;
  /** That of several files only one is opened. */
  notice: Text | null;
}

/** See givenFiles. */
export function givenBy(args: readonly string[], folder: string, isInstalled: boolean): Given {
  const [file = null, ...others] = givenFiles(args, folder, isInstalled);
  const isAlone = file === null || others.length === 0;
  const notice = isAlone ? null : inEveryLanguage(({ window }) => fill(window.droppedMany, { file: basename(file) }));
  return { file, link: givenLink(args), notice };
}
