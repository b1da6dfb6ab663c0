/** The names by which a teacher's own lesson is known to the window: where its folder lies is not in them, and no lesson of the course has one. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fill } from '../../assets/words/index';
import type { Refused } from '../model/words';
import { refuse } from './refusal';

/** The same for the same folder, at every start. Whoever has none needs no hash, and a start would wait for what makes them. */
export const ownKey = (folder: string): string =>
  process.getBuiltinModule('node:crypto').createHash('sha1').update(resolve(folder)).digest('hex').slice(0, 8);

/** Two lessons may have one id, as when a lesson of the course was copied to be changed. */
export const ownId = (id: string, key: string): string => `${id}@${key}`;

/** The folder's key in a lesson's id; null: it is no lesson of one's own. */
export const keyOfId = (id: string): string | null => /@([0-9a-f]{8})$/.exec(id)?.[1] ?? null;

/** What editors and systems that hide the ends of names make of lesson.yaml. */
const MISNAMED = /^lesson(\.ya?ml)?(\.txt|\.ya?ml)?$/i;

/** Why a folder is no lesson's: its file has another name, or the folder of the lesson lies in it. */
export async function noLessonIn(folder: string): Promise<Refused> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const misnamed = entries.find((entry) => entry.isFile() && MISNAMED.test(entry.name));
  if (misnamed) return refuse((words) => fill(words.misnamedLesson, { folder, file: misnamed.name }));
  const inner = entries.find((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'lesson.yaml')));
  if (inner) return refuse((words) => fill(words.lessonInside, { folder, inner: inner.name }));
  return refuse((words) => fill(words.noLessonFile, { folder }));
}
