/**
 * Lessons of a teacher's own whose folders have moved: which folder of the list, gone from its place, is the one that has come on the list elsewhere.
 * Progress and bookmarks hang on where a folder lies, and are to follow it.
 */
import { existsSync } from 'node:fs';
import { basename, join, parse as parsePath, sep, type PlatformPath } from 'node:path';
import type { LessonMove, OwnLesson } from '../contract/requests';
import type { Result } from '../model/words';
import { ownId, ownKey } from './own-folder';

/** What the lesson in a folder was called when it was read last. */
export interface KnownLesson {
  folder: string;
  /** As its file says it, without the folder's key. */
  id: string;
  title: string;
}

/** So many are remembered, also of those that have been taken off the list: somebody may do that first, and then open the folder where it is now. */
export const MOST_KNOWN = 100;

export interface FolderMove {
  from: string;
  to: string;
  id: string;
}

export interface OwnAsked {
  folders: readonly string[];
  known: readonly KnownLesson[];
  /** The folder of a lesson that has just been made: it is nobody's new place. */
  made: string | null;
  read: (folders: readonly string[]) => Promise<Result<OwnLesson[]>>;
  isThere?: (path: string) => boolean;
}

export interface OwnRead {
  lessons: OwnLesson[];
  moves: FolderMove[];
  known: KnownLesson[];
}

/**
 * The lessons of the list, where each lies now. One that has moved stands in its old place of the list; others that lay in the same folder that was
 * moved are found beside it.
 */
export async function readOwn({ folders, known, made, read, isThere = existsSync }: OwnAsked): Promise<Result<OwnRead>> {
  let first = await read(folders);
  if (!first.ok) return first;
  const moves = movesAmong(first.value, known, made, isThere);
  if (moves.length > 0) {
    const tried = besides(moves, known, folders, isThere);
    const all = tried.length === 0 ? first : await read([...folders, ...tried]);
    if (!all.ok) return all;
    moves.push(
      ...movesAmong(
        all.value.filter(({ folder }) => tried.includes(folder)),
        known,
        made,
        isThere,
        moves,
      ),
    );
    first = await read(movedIn(folders, moves));
    if (!first.ok) return first;
  }
  return { ok: true, value: { lessons: first.value, moves, known: knownAfter(first.value, known, moves) } };
}

/** The list with each moved folder in the place of the one that it was. One that had been taken off is not on it again by its old name. */
export function movedIn(folders: readonly string[], moves: readonly FolderMove[]): string[] {
  const toOf = new Map(moves.map(({ from, to }) => [from, to]));
  const listed = new Set(folders);
  const isReplaced = (folder: string): boolean => moves.some(({ from, to }) => to === folder && listed.has(from));
  return folders.filter((folder) => !isReplaced(folder)).map((folder) => toOf.get(folder) ?? folder);
}

/** The ids by which the window knows them. */
export const lessonMove = ({ from, to, id }: FolderMove): LessonMove => ({ from: ownId(id, ownKey(from)), to: ownId(id, ownKey(to)) });

const idIn = ({ key, card }: OwnLesson): string => card?.id.replace(new RegExp(`@${key}$`), '') ?? '';

/** Where systems hang in what can be taken out; what comes after it is a drive's own name. */
const MOUNT = /^(?:\/(?:run\/)?media\/[^/]+|\/mnt|\/Volumes|\/run\/user\/[^/]+\/gvfs)\/[^/]+/;

/** The drive, or the folder at which it hangs in others. `parse`: of the system whose path it is. */
export const driveOf = (folder: string, parse: PlatformPath['parse'] = parsePath): string => MOUNT.exec(folder)?.[0] ?? parse(folder).root;

/**
 * Whether what lay in `from` may lie in `to` now. Of a stick that has been taken out all is still on it, and what was copied from it before is another
 * lesson; but it may have come back under another letter or name.
 */
export function isGone(from: string, to: string, isThere: (path: string) => boolean, parse: PlatformPath['parse'] = parsePath): boolean {
  if (isThere(from)) return false;
  const [drive, nowDrive] = [driveOf(from, parse), driveOf(to, parse)];
  return isThere(drive) || from.slice(drive.length) === to.slice(nowDrive.length);
}

function movesAmong(
  lessons: readonly OwnLesson[],
  known: readonly KnownLesson[],
  made: string | null,
  isThere: (path: string) => boolean,
  before: readonly FolderMove[] = [],
): FolderMove[] {
  const moves: FolderMove[] = [];
  const isKnown = new Set(known.map(({ folder }) => folder));
  for (const lesson of lessons) {
    const { folder: to, card } = lesson;
    if (card === null || isKnown.has(to) || to === made) continue;
    const id = idIn(lesson);
    const isTaken = ({ folder }: KnownLesson): boolean => [...before, ...moves].some(({ from }) => from === folder);
    const gone = known.filter((each) => each.id === id && isGone(each.folder, to, isThere) && !isTaken(each));
    const from = likeliest(gone, to, card.title.zh);
    if (from !== null) moves.push({ from, to, id });
  }
  return moves;
}

/** That with the same title or the same name; of several the one with most in common. null: none is, or two are alike. */
function likeliest(gone: readonly KnownLesson[], to: string, title: string): string | null {
  const rated = gone
    .filter((each) => each.title === title || basename(each.folder) === basename(to))
    .map((each) => ({ folder: each.folder, alike: (each.title === title ? 0.5 : 0) + commonTail(each.folder, to).length }))
    .sort((a, b) => b.alike - a.alike);
  const [first, second] = rated;
  return first && first.alike !== second?.alike ? first.folder : null;
}

/** Names at the end that two paths have in common, the last one first. */
function commonTail(a: string, b: string): string[] {
  const [as, bs] = [a.split(sep).reverse(), b.split(sep).reverse()];
  const at = as.findIndex((name, i) => name !== bs[i]);
  return as.slice(0, at < 0 ? as.length : at);
}

/** Where the other lessons would lie that are gone from below the same folder. */
function besides(
  moves: readonly FolderMove[],
  known: readonly KnownLesson[],
  folders: readonly string[],
  isThere: (path: string) => boolean,
): string[] {
  const found = moves.flatMap(({ from, to }) => {
    const tail = commonTail(from, to).reverse().join(sep);
    if (tail === '') return [];
    const [above, nowAbove] = [from.slice(0, -tail.length), to.slice(0, -tail.length)];
    return known
      .filter(({ folder }) => folders.includes(folder) && folder !== from && folder.startsWith(above) && !isThere(folder))
      .map(({ folder }) => nowAbove + folder.slice(above.length));
  });
  return [...new Set(found)].filter((folder) => !folders.includes(folder) && isThere(join(folder, 'lesson.yaml')));
}

function knownAfter(lessons: readonly OwnLesson[], known: readonly KnownLesson[], moves: readonly FolderMove[]): KnownLesson[] {
  const read = lessons.flatMap((lesson) => (lesson.card ? [{ folder: lesson.folder, id: idIn(lesson), title: lesson.card.title.zh }] : []));
  const isOver = new Set([...read.map(({ folder }) => folder), ...moves.map(({ from }) => from)]);
  return [...known.filter(({ folder }) => !isOver.has(folder)), ...read].slice(-MOST_KNOWN);
}
