/** A teacher's own lessons: which folders there are, opening another one, making a new one, and telling the page when one has changed. */
import { dialog, type OpenDialogOptions, type SaveDialogOptions, app } from 'electron';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fill, WORDS } from '../../assets/words/index';
import { newLesson } from '../app/new-lesson';
import { noLessonIn, ownKey } from '../app/own-folder';
import { lessonMove, movedIn, readOwn } from '../app/own-moves';
import { done, refuse } from '../app/refusal';
import type { OwnLesson, OwnList, OwnOpened } from '../contract/requests';
import { LIMITS } from '../contract/limits';
import type { Refused, Result } from '../model/words';
import { remember } from './opening-handlers';
import type { Session } from './session';

/** All of them, each as its file is now and where it lies now. */
export async function ownLessons(session: Session): Promise<Result<OwnList>> {
  return told(session, await listed(session));
}

/** For the page: which have moved it is told with whatever it asks, until it has said that all has followed. */
function told({ settings, options }: Session, lessons: Result<OwnLesson[]>): Result<OwnList> {
  // An export changes nothing that a person has done.
  const moved = options.exportTo === null ? [...settings.ownMoved] : [];
  return lessons.ok ? done({ lessons: lessons.value, moved }) : lessons;
}

/** What was done of them is kept under their new ids; a page that dies before that is told of them at the next start. */
export async function ownFollowed({ settings, storeSettings }: Session, { moved }: Pick<OwnList, 'moved'>): Promise<Result<null>> {
  settings.setMoved(settings.ownMoved.filter(({ from, to }) => !moved.some((each) => each.from === from && each.to === to)));
  return storeSettings();
}

/** One look after the other: of two at once the one would not know what the other has found. `made`: the folder of a lesson that has just been made. */
function listed(session: Session, made: string | null = null): Promise<Result<OwnLesson[]>> {
  const { own } = session;
  const look = own.looking.catch(() => undefined).then(() => lookedAt(session, made));
  own.looking = look;
  return look;
}

async function lookedAt(
  { settings, player, options, ownWatch, storeSettings }: Session,
  made: string | null,
): Promise<Result<OwnLesson[]>> {
  const { ownFolders: folders, ownKnown } = settings;
  ownWatch.set(folders);
  // Nothing needs to be read for nobody.
  if (folders.length === 0) return done([]);
  // An export changes nothing that a person has done.
  const known = options.exportTo === null ? ownKnown : [];
  const read = await readOwn({ folders, known, made, read: (asked) => player.ask('ownLessons', { folders: asked }) });
  if (!read.ok) return read;
  const { lessons, moves } = read.value;
  if (moves.length > 0) {
    settings.setMoved([...settings.ownMoved, ...moves.map(lessonMove)]);
    // The list may have become another meanwhile.
    settings.setOwn(movedIn(settings.ownFolders, moves));
    ownWatch.set(settings.ownFolders);
  }
  if (!isDeepStrictEqual(read.value.known, known)) {
    settings.setKnown(read.value.known);
    // That it cannot be stored is told when something is that a person has set.
    await storeSettings();
  }
  return done(lessons);
}

/** Keeps the folders for the next start; what they are now. */
async function keep(session: Session, folders: readonly string[], made: string | null = null): Promise<Result<OwnLesson[]>> {
  session.settings.setOwn(folders);
  const stored = await session.storeSettings();
  return stored.ok ? listed(session, made) : stored;
}

async function opened(session: Session, folder: string, made: string | null = null): Promise<Result<OwnOpened>> {
  const list = told(session, await add(session, folder, made));
  return list.ok ? done({ ...list.value, key: ownKey(folder) }) : list;
}

async function add(session: Session, folder: string, made: string | null = null): Promise<Result<OwnLesson[]>> {
  const isLesson = await stat(join(folder, 'lesson.yaml')).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isLesson) return noLessonIn(folder);
  const { ownFolders } = session.settings;
  const isFull = !ownFolders.includes(folder) && ownFolders.length >= LIMITS.ownLessons;
  const tooMany = (): Refused => refuse((words) => fill(words.tooManyOwn, { most: LIMITS.ownLessons }));
  // One of those that are gone may be this one, in whose place it comes.
  if (isFull && ownFolders.every((each) => existsSync(each))) return tooMany();
  const all = await keep(session, [...ownFolders.filter((each) => each !== folder), folder], made);
  if (!isFull || !all.ok || session.settings.ownFolders.length <= LIMITS.ownLessons) return all;
  const without = await keep(
    session,
    session.settings.ownFolders.filter((each) => each !== folder),
  );
  return without.ok ? tooMany() : without;
}

export async function chooseLessonFolder(session: Session): Promise<Result<OwnOpened | null>> {
  const options: OpenDialogOptions = { title: WORDS[session.settings.language].dialog.openLesson, properties: ['openDirectory'] };
  const window = session.window();
  const { canceled, filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  const [folder] = filePaths;
  return canceled || folder === undefined ? done(null) : opened(session, resolve(folder));
}

export async function makeLesson(session: Session): Promise<Result<OwnOpened | null>> {
  const words = WORDS[session.settings.language].dialog;
  const options: SaveDialogOptions = {
    title: words.newLesson,
    buttonLabel: words.newLessonButton,
    defaultPath: join(app.getPath('documents'), words.newLessonName),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  };
  const window = session.window();
  const { canceled, filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  if (canceled || filePath === '') return done(null);
  const made = await newLesson(resolve(filePath));
  return made.ok ? opened(session, made.value, made.value) : made;
}

/** A lesson's folder or its lesson.yaml becomes one of the list. null: it is neither. */
export async function dropLesson(session: Session, { path }: { path: string }): Promise<Result<OwnOpened | null>> {
  const found = await stat(path).catch(() => null);
  const folder = found?.isDirectory() ? path : found && basename(path) === 'lesson.yaml' ? dirname(path) : null;
  return folder === null ? done(null) : opened(session, resolve(folder));
}

/**
 * What a command line, the menu's list or a second start names, or what was chosen among files of all kinds. Of a list that is full nothing is told: the
 * file is opened as any other is.
 */
export async function openGivenLesson(session: Session): Promise<Result<OwnOpened | null>> {
  const { file } = session.given;
  if (file === null || basename(file) !== 'lesson.yaml' || session.options.exportTo !== null) return done(null);
  const added = await opened(session, dirname(file));
  if (!added.ok) return done(null);
  session.given.file = null;
  remember(session, file);
  return added;
}

/** Off the list; the folder stays as it is. */
export async function forgetLesson(session: Session, { key }: { key: string }): Promise<Result<OwnList>> {
  const others = session.settings.ownFolders.filter((folder) => ownKey(folder) !== key);
  return told(session, await keep(session, others));
}
