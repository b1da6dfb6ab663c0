/** A teacher's own lessons: read from their folders, kept apart from the course's, and unable to reach out of them. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OwnLesson } from '../contract/requests';
import { findAssets, loadListings, loadTables } from './asset-folder';
import { FolderWatch } from './folder-watch';
import { KeptRun } from './kept-run';
import { checkLesson } from './lesson-check';
import { LessonLibrary } from './lesson-library';
import { idFrom, newLesson } from './new-lesson';
import { noLessonIn, ownKey } from './own-folder';
import { playFileOf } from './play-file';
import { PlayableLesson } from './playable-lesson';
import { Player } from './player';
import { faultText } from '../formats/fault';
import { parseLesson } from '../formats/lesson';
import { eventually } from './testdata/eventually';

const assets = findAssets(import.meta.dirname);
const listings = loadListings(assets);
const tables = loadTables(assets);
let room: string;
let folder: string;
let library: LessonLibrary;

beforeEach(async () => {
  room = mkdtempSync(join(tmpdir(), 'schedville-own-'));
  folder = join(room, 'Hunting at night');
  library = new LessonLibrary(assets, listings, tables);
  expect(await newLesson(folder, assets)).toEqual({ ok: true, value: folder });
});
afterEach(() => {
  rmSync(room, { recursive: true });
});

const edit = (name: string, change: (text: string) => string): void => {
  writeFileSync(join(folder, name), change(readFileSync(join(folder, name), 'utf8')));
};

async function own(folders = [folder]): Promise<OwnLesson[]> {
  const read = await library.ownLessons(folders);
  if (!read.ok) throw new Error(read.message.en);
  return read.value;
}

test('a new lesson is one that sim check accepts, under its folder’s name', async () => {
  const file = join(folder, 'lesson.yaml');
  const parsed = parseLesson(readFileSync(file, 'utf8'), file, tables);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  expect(parsed.lesson).toMatchObject({ version: 2, id: 'hunting-at-night', steps: [{ ask: { answer: 0 } }] });
  expect(await checkLesson(parsed, file, listings, join(assets, 'lessons'))).toEqual({ faults: [], hints: [] });
  expect(await newLesson(folder, assets)).toMatchObject({ ok: false });
  expect(['课一', 'Ａ', '  x--Y  '].map(idFrom)).toEqual(['my-lesson', 'my-lesson', 'x-y']);
});

test('it is opened by an id of its own, even where the course has that id', async () => {
  edit('lesson.yaml', (text) => text.replace(/^id: .*$/m, 'id: hunting'));
  const [lesson] = await own();
  expect(lesson?.card?.id).toBe(`hunting@${ownKey(folder)}`);
  const opened = await library.open(lesson?.card?.id ?? '');
  expect(opened.ok && opened.value.opened.lesson.steps.map(({ id }) => id)).toEqual(['out']);
  const courses = await library.open('hunting');
  expect(courses.ok && courses.value.opened.lesson.steps.length).toBeGreaterThan(1);
});

test('faults of the lesson and of its scenarios have their places, and hide no other lesson', async () => {
  const other = join(room, 'other');
  cpSync(folder, other, { recursive: true });
  edit('lesson.yaml', (text) => text.replace('minutes: 5', 'minuts: 5'));
  expect(await own([folder, other])).toMatchObject([
    { card: null, refused: { faults: [{ line: 15, column: 1, suggestion: 'minutes' }] } },
    { refused: null },
  ]);
  edit('lesson.yaml', (text) => text.replace('minuts: 5', 'minutes: 5'));
  edit('hunt.scenario.yaml', (text) => text.replace('compute: 2ms', 'compute: fast'));
  const [lesson] = await own();
  expect(lesson).toMatchObject({ card: null, refused: { faults: [{ column: 16 }] } });
});

test('a step that stands where its run never comes is told with the row that was likely meant, or with all that there are', async () => {
  const told = async (row: string): Promise<string> => {
    edit('lesson.yaml', (text) => text.replace(/^( {4}at: \{ fn: reentersyscall, at: )[^ ]+/m, `$1${row}`));
    const opened = await library.open((await own())[0]?.card?.id ?? '');
    if (!opened.ok) throw new Error(opened.message.en);
    const run = await opened.value.run(
      'hunt',
      () => undefined,
      () => false,
    );
    return run.ok ? '' : `${run.message.en}\n${(run.faults ?? []).map((fault) => faultText(fault, 'en')).join('\n')}`;
  };
  const line =
    readFileSync(join(folder, 'lesson.yaml'), 'utf8')
      .split('\n')
      .findIndex((each) => each.startsWith('    at: { fn: reentersyscall')) + 1;
  const where = `${join(folder, 'lesson.yaml')}:${line}:9: `;
  expect(await told('psyscal')).toContain(`${where}the run hunt never comes to reentersyscall / psyscal (did you mean psyscall?)`);
  expect(await told('door')).toMatch(
    /the run hunt never comes to reentersyscall \/ door; reentersyscall has the rows locks\+\+, .*psyscall/,
  );
  expect(await told('psyscall, g: wroker')).toMatch(
    /never comes to reentersyscall \/ psyscall, g: wroker; the row.*leave one of them out/s,
  );
  edit('lesson.yaml', (text) => text.replace(', g: wroker', ''));
  expect(await told('psyscall')).toBe('');
});

test('a scenario that is not there is told where the lesson names it, with the file that was likely meant', async () => {
  edit('lesson.yaml', (text) => text.replace('scenario: hunt.scenario.yaml', 'scenario: hunts.scenario.yaml'));
  const line =
    readFileSync(join(folder, 'lesson.yaml'), 'utf8')
      .split('\n')
      .findIndex((each) => each.includes('hunts.')) + 1;
  const [lesson] = await own();
  expect(lesson?.refused?.faults).toMatchObject([{ file: join(folder, 'lesson.yaml'), suggestion: 'hunt.scenario.yaml' }]);
  expect(lesson?.refused?.faults?.[0]?.line).toBe(line);
});

test('what a comment takes from one of its texts is told when it is opened, with its place', async () => {
  edit('lesson.yaml', (text) => text.replace('zh: 张三带着小明打猎去了。', 'zh: 张三带着 #2 号孩子打猎去了。'));
  const opened = await library.open((await own())[0]?.card?.id ?? '');
  expect(opened.ok && opened.value.opened.hints).toMatchObject([
    { file: join(folder, 'lesson.yaml'), message: { zh: expect.stringContaining('“#2 号孩子') as string } },
  ]);
});

test('a folder that is no lesson’s is told why: the file has another name, the lesson lies in it, or there is none', async () => {
  const said = async (of: string): Promise<string> => (await noLessonIn(of)).message.en;
  expect(await said(room)).toContain('the lesson lies in Hunting at night');
  for (const name of ['lesson.yaml.txt', 'Lesson.yml', 'lesson.txt']) {
    renameSync(join(folder, 'lesson.yaml'), join(folder, name));
    expect(await said(folder)).toContain(`rename ${name} `);
    renameSync(join(folder, name), join(folder, 'lesson.yaml'));
  }
  rmSync(join(folder, 'lesson.yaml'));
  for (const of of [folder, join(room, 'gone')]) expect(await said(of)).toContain('there is no lesson.yaml in');
});

test('a folder that has been renamed, or whose drive is gone, is no faulty file', async () => {
  renameSync(folder, `${folder} (1)`);
  const [lesson] = await own();
  expect(lesson).toMatchObject({ card: null, refused: { message: { zh: expect.stringContaining('U 盘') as string } } });
  expect(lesson?.refused?.faults).toBeUndefined();
  renameSync(`${folder} (1)`, folder);
  expect((await own())[0]?.refused).toBeNull();
});

test.each([
  ['第一课：打猎（试讲）', '第一课-打猎-试讲'],
  ['！！', '我的第一课'],
])('the files that are made of it are called by its folder, %s: %s', async (name, stem) => {
  const named = join(room, name);
  await newLesson(named, assets);
  const [lesson] = await own([named]);
  const opened = await library.open(lesson?.card?.id ?? '');
  if (!opened.ok) throw new Error(opened.message.en);
  expect(opened.value.opened.stem).toBe(stem);
  const file = await library.openFile(join(named, 'lesson.yaml'));
  if (!file.ok) throw new Error(file.message.en);
  expect(file.value.opened.stem).toBe(stem);
  // It is opened again by its id, which is none of the course's; nobody but whoever has opened the file knows it.
  const again = await library.open(file.value.opened.lesson.id);
  expect(again.ok && again.value.opened.stem).toBe(stem);
  expect(await new LessonLibrary(assets, listings, tables).open(file.value.opened.lesson.id)).toMatchObject({ ok: false });
  const ask = {
    lesson: '',
    kinds: ['html' as const],
    range: null,
    views: ['village' as const],
    language: 'zh' as const,
    theme: 'light' as const,
  };
  const played = await playFileOf(
    opened.value,
    { ...ask, stem: 'x' },
    () => undefined,
    () => false,
  );
  // Whoever gets the page is not told.
  expect(played.ok && [played.value.opened.stem, played.value.opened.isOwn]).toEqual([undefined, undefined]);
});

/** One more claim of the lesson's only question. */
const claiming = (proof: string): void => {
  edit('lesson.yaml', (text) => `${text.trimEnd()}\n        - ${proof}\n`);
};

describe('what the lesson claims of its runs', () => {
  async function opened(): Promise<{ player: Player; id: string }> {
    const player = new Player(() => undefined);
    const { handlers } = player;
    const list = await handlers.ownLessons({ folders: [folder] });
    const id = (list.ok && list.value[0]?.card?.id) || '';
    expect(await handlers.openLesson({ id, run: null })).toMatchObject({ ok: true, value: { isOwn: true } });
    return { player, id };
  }

  test('is held against them when it has been opened, and hides nothing of it; what is wrong is told with its step, its line and how to mend it', async () => {
    claiming('{ at: { fn: reentersyscall, at: psyscall }, state: P.P0.status, is: _Pidle }');
    claiming('{ count: { fn: reentersyscall, at: psyscal }, is: 1 }');
    const lines = readFileSync(join(folder, 'lesson.yaml'), 'utf8').split('\n');
    const { player, id } = await opened();
    const checked = await player.handlers.checkLesson({ lesson: id });
    expect(checked).toMatchObject({
      ok: true,
      value: [
        {
          step: 'out',
          of: 'ask.proof[1]',
          line: lines.findIndex((line) => line.includes('_Pidle')) + 1,
          message: { en: 'expected P.P0.status to be _Pidle, found _Psyscall in the run hunt' },
          mend: { en: 'write is: _Psyscall, or change the scenario or the place so that it really is _Pidle' },
        },
        { step: 'out', of: 'ask.proof[2]', suggestion: 'psyscall', mend: { zh: expect.stringContaining('Ctrl K') as string } },
      ],
    });
    edit('lesson.yaml', (text) => text.replaceAll('_Pidle', '_Psyscall').replaceAll('psyscal }', 'psyscall }'));
    expect(await player.handlers.openLesson({ id, run: null })).toMatchObject({ ok: true });
    expect(await player.handlers.checkLesson({ lesson: id })).toEqual({ ok: true, value: [] });
  });

  test('a later run that a step has no place in is told before anybody comes there; no run is computed a second time for it', async () => {
    edit('lesson.yaml', (text) =>
      text
        .replace('steps:\n', '  again: { scenario: hunt.scenario.yaml, title: { zh: 再, en: Again } }\nsteps:\n')
        .concat('  - id: later\n    run: again\n    at: { fn: reentersyscall, at: door }\n')
        .concat('    title: { zh: 后, en: Later }\n    story: { zh: 后, en: l }\n    technical: { zh: 后, en: l }\n'),
    );
    const computed = vi.spyOn(KeptRun, 'compute');
    const { player, id } = await opened();
    expect(await player.handlers.checkLesson({ lesson: id })).toMatchObject({
      ok: true,
      value: [{ step: 'later', of: 'at', message: { en: expect.stringContaining('reentersyscall / door') as string } }],
    });
    expect(computed).toHaveBeenCalledTimes(2);
    computed.mockRestore();
  });

  test('is not checked for the course, nor for what is no lesson any more', async () => {
    const { player, id } = await opened();
    await player.handlers.openLesson({ id: 'hunting', run: null });
    for (const lesson of ['hunting', id]) expect(await player.handlers.checkLesson({ lesson })).toEqual({ ok: true, value: null });
  });

  test('is let be in the middle of a run when nobody wants to know any more; until then others have a turn again and again', async () => {
    claiming('{ facts: threads.peak, is: 1 }');
    edit('hunt.scenario.yaml', (text) => text.replace('- compute: 2ms', '- repeat: { times: 30000, do: [gosched] }'));
    const [mine] = await own();
    const playable = await library.open(mine?.card?.id ?? '');
    if (!playable.ok) throw new Error(playable.message.en);
    await playable.value.runAhead('hunt', () => false);
    let [isGivenUp, isOver] = [false, false];
    const checking = playable.value.checked(() => isGivenUp).finally(() => (isOver = true));
    // Its facts alone are a hundred slices.
    for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
    expect(isOver).toBe(false);
    isGivenUp = true;
    expect(await checking).toBeNull();
  });

  test('is let be as soon as something else is opened, and not before', async () => {
    let check: { isGivenUp: () => boolean; end: () => void } | null = null;
    const checked = vi.spyOn(PlayableLesson.prototype, 'checked').mockImplementation(
      (isGivenUp) =>
        new Promise((resolve) => {
          check = {
            isGivenUp,
            end: () => {
              resolve(null);
            },
          };
        }),
    );
    const { player, id } = await opened();
    const checking = player.handlers.checkLesson({ lesson: id });
    const { isGivenUp, end } = await vi.waitUntil(() => check);
    expect(isGivenUp()).toBe(false);
    await player.handlers.openLesson({ id: 'hunting', run: null });
    expect(isGivenUp()).toBe(true);
    end();
    expect(await checking).toEqual({ ok: true, value: null });
    checked.mockRestore();
  });
});

test.each(['../secret.scenario.yaml', '/etc/passwd', 'sub/../../secret.scenario.yaml'])('a scenario at %s is refused', async (path) => {
  edit('lesson.yaml', (text) => text.replace('scenario: hunt.scenario.yaml', `scenario: "${path}"`));
  const [lesson] = await own();
  expect(lesson?.refused?.faults?.[0]?.message.en).toContain('inside the lesson’s own folder');
});

test('nothing outside is read through a link, of a file or of a folder', async () => {
  const secret = join(room, 'secret.scenario.yaml');
  renameSync(join(folder, 'hunt.scenario.yaml'), secret);
  symlinkSync(secret, join(folder, 'hunt.scenario.yaml'));
  expect((await own())[0]?.refused?.message.en).toContain('a link that leads out of the lesson’s folder');
  rmSync(join(folder, 'hunt.scenario.yaml'));
  mkdirSync(join(room, 'outside'));
  renameSync(secret, join(room, 'outside/hunt.scenario.yaml'));
  symlinkSync(join(room, 'outside'), join(folder, 'sub'));
  edit('lesson.yaml', (text) => text.replace('scenario: hunt', 'scenario: sub/hunt'));
  expect((await own())[0]?.refused?.message.en).toContain('a link that leads out of the lesson’s folder');
  // Within the folder links are as good as files.
  renameSync(join(room, 'outside/hunt.scenario.yaml'), join(folder, 'real.yaml'));
  rmSync(join(folder, 'sub'));
  mkdirSync(join(folder, 'sub'));
  symlinkSync(join(folder, 'real.yaml'), join(folder, 'sub/hunt.scenario.yaml'));
  expect((await own())[0]?.refused).toBe(null);
  // Nor is the lesson itself.
  renameSync(join(folder, 'lesson.yaml'), join(room, 'lesson.yaml'));
  symlinkSync(join(room, 'lesson.yaml'), join(folder, 'lesson.yaml'));
  expect((await own())[0]?.refused?.message.en).toContain('a link that leads out');
});

test('a folder that is gone is told, and the others are there', async () => {
  const other = join(room, 'other');
  cpSync(folder, other, { recursive: true });
  rmSync(folder, { recursive: true });
  const [gone, there] = await own([folder, other]);
  expect(gone).toMatchObject({ folder, card: null, refused: { message: { en: expect.stringContaining(folder) as string } } });
  expect(there?.card).not.toBe(null);
});

test('the window begins where it was left in a lesson of one’s own; while that is broken, with the course', async () => {
  const [lesson] = await own();
  const place = { lesson: lesson?.card?.id ?? '', run: 'hunt', n: 5 };
  const begin = async () => new Player(() => undefined).handlers.begin({ lesson: null, place, own: [folder] });
  expect(await begin()).toMatchObject({ place, opened: { ok: true, value: { lesson: { id: place.lesson } } }, run: { ok: true } });
  const course = { place: null, opened: { ok: true, value: { lesson: { id: 'hunting' } } }, run: { ok: true } };
  edit('lesson.yaml', (text) => text.replace('fn: reentersyscall, at: psyscall', 'fn: reentersyscall, at: door'));
  expect(await begin()).toMatchObject(course);
  edit('hunt.scenario.yaml', (text) => text.replace('compute: 2ms', 'compute: fast'));
  expect(await begin()).toMatchObject(course);
});

test('a change is told once it has come to rest; also that a folder goes, and that it is back', async () => {
  const changed = vi.fn<(folder: string) => void>();
  const watch = new FolderWatch(changed, 20, 20);
  watch.set([folder]);
  const told = async (times: number): Promise<void> => {
    await eventually(() => {
      expect(changed).toHaveBeenCalledTimes(times);
    });
  };
  for (let i = 0; i < 3; i++) edit('lesson.yaml', (text) => `${text}\n`);
  await told(1);
  expect(changed).toHaveBeenLastCalledWith(folder);
  renameSync(folder, `${folder}-away`);
  rmSync(`${folder}-away`, { recursive: true });
  await told(2);
  await newLesson(folder, assets);
  await eventually(() => {
    expect(changed.mock.calls.length).toBeGreaterThan(2);
  });
  const times = changed.mock.calls.length;
  watch.close();
  edit('lesson.yaml', (text) => `${text}\n`);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(changed).toHaveBeenCalledTimes(times);
});

describe('a folder further up', () => {
  let changed: ReturnType<typeof vi.fn<(folder: string) => void>>;
  let watch: FolderWatch;
  let deep: string;
  const shelf = (): string => join(room, 'course', 'autumn');

  beforeEach(async () => {
    deep = join(shelf(), 'hunting');
    mkdirSync(shelf(), { recursive: true });
    await newLesson(deep, assets);
    changed = vi.fn<(folder: string) => void>();
    watch = new FolderWatch(changed, 20, 20);
    watch.set([deep]);
    // What the watched folder is has been looked up.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(changed).not.toHaveBeenCalled();
  });
  afterEach(() => {
    watch.close();
  });

  test.each([
    ['its parent', () => shelf()],
    ['its parent’s parent', () => join(room, 'course')],
  ])('%s is renamed, and renamed back', async (_, which) => {
    renameSync(which(), `${which()}-old`);
    await eventually(() => {
      expect(changed).toHaveBeenCalledTimes(1);
    });
    expect(changed).toHaveBeenLastCalledWith(deep);
    renameSync(`${which()}-old`, which());
    await eventually(() => {
      expect(changed).toHaveBeenCalledTimes(2);
    });
    // It is watched again, and so is what lies above it.
    await new Promise((resolve) => setTimeout(resolve, 60));
    writeFileSync(join(deep, 'lesson.yaml'), '');
    await eventually(() => {
      expect(changed).toHaveBeenCalledTimes(3);
    });
    renameSync(which(), `${which()}-old`);
    await eventually(() => {
      expect(changed).toHaveBeenCalledTimes(4);
    });
  });

  test('another folder takes its place: that one is followed from then on', async () => {
    cpSync(shelf(), `${shelf()}-new`, { recursive: true });
    renameSync(shelf(), `${shelf()}-old`);
    renameSync(`${shelf()}-new`, shelf());
    await eventually(() => {
      expect(changed).toHaveBeenCalledTimes(1);
    });
    await new Promise((resolve) => setTimeout(resolve, 60));
    writeFileSync(join(deep, 'lesson.yaml'), '');
    await eventually(() => {
      expect(changed).toHaveBeenCalledTimes(2);
    });
  });

  test('of what happens beside it nothing is told', async () => {
    mkdirSync(join(shelf(), 'another'));
    writeFileSync(join(room, 'course', 'notes.txt'), 'x');
    renameSync(join(shelf(), 'another'), join(shelf(), 'yet-another'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(changed).not.toHaveBeenCalled();
  });
});
