/** Which lesson of a teacher's own is the one that lay elsewhere: real folders, read by the library. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, win32 } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OwnLesson } from '../contract/requests';
import type { Result } from '../model/words';
import { findAssets, loadListings, loadTables } from './asset-folder';
import { LessonLibrary } from './lesson-library';
import { ownKey } from './own-folder';
import { driveOf, isGone, type KnownLesson, lessonMove, MOST_KNOWN, movedIn, type OwnRead, readOwn } from './own-moves';

const assets = findAssets(import.meta.dirname);
const library = new LessonLibrary(assets, loadListings(assets), loadTables(assets));
let room: string;
const at = (...names: string[]): string => join(room, ...names);

/** As the program keeps it from one look to the next. */
let folders: string[];
let known: KnownLesson[];

async function look(made: string | null = null): Promise<OwnRead> {
  const read = await readOwn({ folders, known, made, read: (asked) => library.ownLessons(asked) });
  if (!read.ok) throw new Error(read.message.en);
  folders = movedIn(folders, read.value.moves);
  ({ known } = read.value);
  expect(read.value.lessons.map(({ folder }) => folder)).toEqual(folders);
  return read.value;
}

/** What moved, from where to where, below the room. */
const moves = async (made: string | null = null): Promise<string[]> =>
  (await look(made)).moves.map(({ from, to }) => `${from.slice(room.length + 1)} → ${to.slice(room.length + 1)}`);

/** Folders with names that give no id are all called my-lesson. */
function lessonAt(folder: string, title: string, id = 'my-lesson'): string {
  cpSync(join(assets, 'lesson-template'), folder, { recursive: true });
  const file = join(folder, 'lesson.yaml');
  const text = readFileSync(file, 'utf8')
    .replace(/^id: .*$/m, `id: ${id}`)
    .replace(/^title: .*$/m, `title: { zh: ${title}, en: x }`);
  writeFileSync(file, text);
  return folder;
}

beforeEach(async () => {
  room = mkdtempSync(join(tmpdir(), 'schedville-moves-'));
  folders = [lessonAt(at('课件', '课一'), '打猎'), lessonAt(at('课件', '课二'), '看门'), lessonAt(at('别处'), '别的', 'other')];
  known = [];
  expect(await moves()).toEqual([]);
});
afterEach(() => {
  rmSync(room, { recursive: true });
});

test('a folder above is renamed: the lesson that is pointed to is the one that it was, and the others that lay there are found beside it', async () => {
  renameSync(at('课件'), at('课件 旧'));
  // Nothing is searched for by itself.
  expect(await moves()).toEqual([]);
  folders.push(at('课件 旧', '课一'));
  const read = await look();
  expect(read.moves.map(lessonMove)).toEqual(
    ['课一', '课二'].map((name) => ({
      from: `my-lesson@${ownKey(at('课件', name))}`,
      to: `my-lesson@${ownKey(at('课件 旧', name))}`,
    })),
  );
  expect(folders).toEqual([at('课件 旧', '课一'), at('课件 旧', '课二'), at('别处')]);
  expect(read.lessons.every(({ refused }) => refused === null)).toBe(true);
  expect(await moves()).toEqual([]);
});

test('a folder that has got another name is known by what lies in it, though others bear the same id', async () => {
  renameSync(at('课件', '课二'), at('第二课'));
  rmSync(at('课件', '课一'), { recursive: true });
  folders.push(at('第二课'));
  expect(await moves()).toEqual(['课件/课二 → 第二课']);
});

test('one that has another title by now is known by its folder’s name', async () => {
  mkdirSync(at('书房'));
  renameSync(at('课件', '课二'), at('书房', '课二'));
  lessonAt(at('书房', '课二'), '看大门');
  folders.push(at('书房', '课二'));
  expect(await moves()).toEqual(['课件/课二 → 书房/课二']);
});

test('one that was taken off the list, and is opened where it lies now, is the same lesson, too', async () => {
  renameSync(at('课件', '课一'), at('课一'));
  folders = folders.filter((folder) => folder !== at('课件', '课一'));
  expect(await moves()).toEqual([]);
  folders.push(at('课一'));
  expect(await moves()).toEqual(['课件/课一 → 课一']);
  expect(folders).toEqual([at('课件', '课二'), at('别处'), at('课一')]);
});

test('one that has faults where it lies now is known as soon as they are mended', async () => {
  renameSync(at('课件', '课一'), at('课一'));
  const file = at('课一', 'lesson.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, `${text}\nwhat: is this\n`);
  folders.push(at('课一'));
  expect(await moves()).toEqual([]);
  writeFileSync(file, text);
  expect(await moves()).toEqual(['课件/课一 → 课一']);
});

test('a copy is another lesson as long as the first is there; so is one that has just been made, and one with another id', async () => {
  cpSync(at('课件', '课一'), at('备份', '课一'), { recursive: true });
  folders.push(at('备份', '课一'));
  expect(await moves()).toEqual([]);
  renameSync(at('课件', '课二'), at('丢了'));
  folders.push(lessonAt(at('新的', '课二'), '看门'));
  expect(await moves(at('新的', '课二'))).toEqual([]);
  expect(await moves()).toEqual([]);
  renameSync(at('别处'), at('另一处'));
  folders.push(lessonAt(at('再一处', '别处'), '别的', 'renamed'));
  expect(await moves()).toEqual([]);
});

test('which of two that are alike it was cannot be said, and nothing is moved', async () => {
  for (const name of ['甲', '乙']) folders.push(lessonAt(at(name), '同名'));
  expect(await moves()).toEqual([]);
  for (const name of ['甲', '乙']) rmSync(at(name), { recursive: true });
  folders.push(lessonAt(at('丙'), '同名'));
  expect(await moves()).toEqual([]);
});

test('what lies where another lesson would be, and is another one, does not come on the list', async () => {
  renameSync(at('课件'), at('新课件'));
  lessonAt(at('新课件', '课二'), '看门', 'something-else');
  folders.push(at('新课件', '课一'));
  expect(await moves()).toEqual(['课件/课一 → 新课件/课一']);
  expect(folders).toEqual([at('新课件', '课一'), at('课件', '课二'), at('别处')]);
  expect(dirname(folders[0] ?? '')).toBe(at('新课件'));
});

test('a copy of what is on a stick is another lesson while the stick is out, and the lesson of the stick is found on it by whatever name it comes back', async () => {
  const [stick, again] = ['/media/li/STICK', '/media/li/STICK1'];
  const folder = (of: string): string => join(of, '课件', '课一');
  const known = [{ folder: folder(stick), id: 'my-lesson', title: '打猎' }];
  const opened = async (at: string, there: readonly string[]): Promise<string[]> => {
    const read = async (asked: readonly string[]): Promise<Result<OwnLesson[]>> => {
      const lessons = await library.ownLessons(folders.slice(0, 1));
      if (!lessons.ok) return lessons;
      const [{ card } = { card: null }] = lessons.value;
      const cardAt = (each: string): OwnLesson['card'] => card && { ...card, id: `my-lesson@${ownKey(each)}` };
      return {
        ok: true,
        value: asked.map((each) => ({ key: ownKey(each), folder: each, card: each === at ? cardAt(each) : null, refused: null })),
      };
    };
    const outcome = await readOwn({ folders: [folder(stick), at], known, made: null, read, isThere: (path) => there.includes(path) });
    return outcome.ok ? outcome.value.moves.map(({ to }) => to) : [];
  };
  const copy = '/home/li/课件/课一';
  expect(await opened(copy, ['/', copy])).toEqual([]);
  expect(await opened(copy, ['/', copy, stick])).toEqual([copy]);
  expect(await opened(folder(again), ['/', again, folder(again)])).toEqual([folder(again)]);
});

test.each([
  ['/home/li/课件', '/'],
  ['/media/li/STICK/课件', '/media/li/STICK'],
  ['/run/media/li/STICK/课件', '/run/media/li/STICK'],
  ['/mnt/d/课件', '/mnt/d'],
  ['/Volumes/STICK/课件', '/Volumes/STICK'],
])('%s lies on the drive %s', (folder, drive) => {
  expect(driveOf(folder)).toBe(drive);
});

test('a stick under Windows, too', () => {
  expect(driveOf('E:\\课件\\课一', win32.parse)).toBe('E:\\');
  expect(driveOf('\\\\school\\share\\课一', win32.parse)).toBe('\\\\school\\share\\');
  const has = (...there: string[]) => [(path: string) => there.includes(path), win32.parse] as const;
  expect(isGone('E:\\课一', 'C:\\Users\\li\\课一', ...has('C:\\'))).toBe(false);
  expect(isGone('E:\\课一', 'C:\\Users\\li\\课一', ...has('C:\\', 'E:\\'))).toBe(true);
  expect(isGone('E:\\课一', 'F:\\课一', ...has('C:\\', 'F:\\'))).toBe(true);
});

test('not everything is remembered for ever', async () => {
  known = [...Array.from({ length: MOST_KNOWN }, (_, i) => ({ folder: `/gone/${i}`, id: 'x', title: 'x' })), ...known];
  await look();
  expect(known).toHaveLength(MOST_KNOWN);
  expect(known.slice(-folders.length).map(({ folder }) => folder)).toEqual(folders);
});
