/** What comes on a teacher's own list, and what the page is told of it: real folders, a library that reads nothing but their names. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CurrentSettings } from '../app/current-settings';
import { ownId, ownKey } from '../app/own-folder';
import { done } from '../app/refusal';
import { DEFAULT_SETTINGS } from '../app/settings-file';
import { LIMITS } from '../contract/limits';
import type { OwnLesson } from '../contract/requests';
import type { Session } from './session';

const choice = vi.hoisted(() => vi.fn());
vi.mock('electron', () => ({ app: { addRecentDocument: () => undefined }, dialog: { showOpenDialog: choice }, clipboard: {} }));
const { chooseLessonFolder, openGivenLesson, ownFollowed, ownLessons } = await import('./own-lessons');
const { openingHandlers } = await import('./opening-handlers');

let room: string;
let settings: CurrentSettings;
let session: Session;
const sent = vi.fn();
const recent = vi.fn();
const asked = vi.fn();

const idOf = (folder: string): string => ownId('my-lesson', ownKey(folder));
const lessonOf = (folder: string): OwnLesson => {
  const card = { id: idOf(folder), title: { zh: basename(folder), en: 'x' } } as OwnLesson['card'];
  return { key: ownKey(folder), folder, card, refused: null };
};

/** As the program begins with what has been stored. */
function begin(): void {
  settings = new CurrentSettings(settings.stored, { language: null, theme: null });
  session = {
    window: () => ({ webContents: { send: sent } }),
    options: { exportTo: null },
    settings,
    given: { file: null, link: null },
    recent: { add: recent },
    ownWatch: { set: () => undefined },
    own: { looking: Promise.resolve() },
    storeSettings: () => Promise.resolve(done(null)),
    player: {
      ask: (what: string, { folders }: { folders: readonly string[] }) => {
        asked(what);
        return Promise.resolve(done(folders.map(lessonOf)));
      },
    },
  } as unknown as Session;
}

function lessonAt(...names: string[]): string {
  const folder = join(room, ...names);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'lesson.yaml'), '');
  return folder;
}

beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'schedville-own-list-'));
  settings = new CurrentSettings(DEFAULT_SETTINGS, { language: null, theme: null });
  begin();
});
afterEach(() => {
  rmSync(room, { recursive: true });
  vi.clearAllMocks();
});

test('a lesson’s file that was chosen among files of all kinds is handed to the page, which hears first that it has moved', async () => {
  const from = lessonAt('旧', '课一');
  settings.setOwn([from]);
  await ownLessons(session);
  renameSync(join(room, '旧'), join(room, '新'));
  const to = join(room, '新', '课一');
  const file = join(to, 'lesson.yaml');
  choice.mockResolvedValue({ canceled: false, filePaths: [file] });
  expect(await openingHandlers(session).chooseScenario({})).toEqual(done(null));
  expect(sent.mock.calls).toEqual([['schedville:fileGiven', null]]);
  expect(asked).not.toHaveBeenCalledWith('openLesson');
  expect(await openGivenLesson(session)).toEqual(
    done({ lessons: [lessonOf(to)], moved: [{ from: idOf(from), to: idOf(to) }], key: ownKey(to) }),
  );
  expect(recent.mock.calls).toEqual([[file]]);
  expect(session.given.file).toBe(null);
});

test('on a list that is full one that has moved takes the place of its old one, and no other comes on it', async () => {
  const folders = Array.from({ length: LIMITS.ownLessons }, (_, i) => lessonAt(`课${i}`));
  settings.setOwn(folders);
  await ownLessons(session);
  const other = lessonAt('别的');
  const choose = async (folder: string): Promise<string[] | string> => {
    choice.mockResolvedValue({ canceled: false, filePaths: [folder] });
    const told = await chooseLessonFolder(session);
    return told.ok ? (told.value?.moved ?? []).map((move) => move.to) : told.message.en;
  };
  const full = expect.stringContaining(String(LIMITS.ownLessons)) as string;
  expect(await choose(other)).toEqual(full);
  const to = join(room, '新', '课7');
  mkdirSync(join(room, '新'));
  renameSync(join(room, '课7'), to);
  // Nor does another take the place of what is only gone.
  expect(await choose(other)).toEqual(full);
  expect(settings.ownFolders).toEqual(folders);
  expect(await choose(to)).toEqual([idOf(to)]);
  expect(settings.ownFolders).toEqual(folders.with(7, to));
  expect(await choose(other)).toEqual(full);
});

test('that one has moved is told until all has followed, also at the next start, and not again after that', async () => {
  const from = lessonAt('旧', '课一');
  settings.setOwn([from]);
  await ownLessons(session);
  renameSync(join(room, '旧'), join(room, '新'));
  const to = join(room, '新', '课一');
  settings.setOwn([from, to]);
  const told = async (): Promise<unknown> => {
    const list = await ownLessons(session);
    return list.ok && list.value.moved;
  };
  const moved = [{ from: idOf(from), to: idOf(to) }];
  expect(await told()).toEqual(moved);
  // The program was killed before anything had followed.
  begin();
  expect(await told()).toEqual(moved);
  expect(await ownFollowed(session, { moved: [{ from: 'another', to: 'x' }] })).toEqual(done(null));
  expect(await told()).toEqual(moved);
  expect(await ownFollowed(session, { moved })).toEqual(done(null));
  expect(await told()).toEqual([]);
  expect(settings.stored.ownMoved).toEqual([]);
});
