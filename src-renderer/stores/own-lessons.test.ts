/** Lessons of a teacher's own whose folders have moved: what has been done of them goes along. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { Bookmark, Bridge, Learner, OwnList, Result, Text } from '../../src-main/contract/index';
import { playerAnswers } from '../testdata/player-answers';

// There are no media queries here.
vi.hoisted(() => {
  globalThis.matchMedia = ((query: string) => ({ matches: query.includes('reduced-motion') })) as unknown as typeof matchMedia;
});
const bridge = vi.hoisted(() => ({}) as Bridge);
vi.mock('../bridge', () => ({ bridge }));
const { Bookmarks } = await import('./bookmarks.svelte');
const { LessonStore } = await import('./lesson.svelte');
const { Notices } = await import('./notices.svelte');
const { OwnLessons } = await import('./own-lessons.svelte');

const [OLD, NEW] = ['hunting@00000001', 'hunting@00000002'];
const done = <T>(value: T): Promise<Result<T>> => Promise.resolve({ ok: true, value });
const mark = (id: string, lesson: string): Bookmark => ({
  id,
  lesson,
  run: 'home',
  scenario: 'x',
  title: { zh: '', en: '' },
  place: { n: 3, t: 1, who: '', op: 1, visit: 1, fn: '', at: '' },
  note: '',
});
const asked = (answer: number): Learner['lessons'][string]['asked'] => ({
  door: { question: { zh: '', en: '' }, choices: [], answer, votes: [], isRevealed: true },
});

let lesson: InstanceType<typeof LessonStore>;
let notices: InstanceType<typeof Notices>;
let own: InstanceType<typeof OwnLessons>;
let bookmarks: InstanceType<typeof Bookmarks>;
let marks: readonly Bookmark[];
let learners: Map<string, Learner>;
let keptPlaces: unknown[] = [];
const opened = vi.fn<(id: string) => void>();
const confirmed = vi.fn<(moved: OwnList['moved']) => void>();

const list = (moved: OwnList['moved']): OwnList => ({
  lessons: [
    { key: '00000002', folder: '/新/课', card: { id: NEW, title: { zh: '打猎', en: 'Hunting' } }, refused: null },
  ] as OwnList['lessons'],
  moved,
});
const MOVED = [{ from: OLD, to: NEW }];

beforeEach(async () => {
  const answers = playerAnswers() as Bridge;
  const inCourse = (id: string): string => id.replace(/@.*$/, '');
  Object.assign(bridge, answers, {
    // What the library would find at the new place: the same lesson under another id.
    openLesson: async ({ id, run }) => {
      opened(id);
      const told = await answers.openLesson({ id: inCourse(id), run });
      return told.ok ? { ok: true, value: { ...told.value, lesson: { ...told.value.lesson, id } } } : told;
    },
    openRun: (ask) => answers.openRun({ ...ask, lesson: inCourse(ask.lesson) }),
  } as Partial<Bridge>);
  notices = new Notices();
  lesson = new LessonStore(notices, () => {
    keptPlaces.push(lesson.place ?? lesson.wayBack);
  });
  lesson.asksNothing = true;
  await lesson.openLesson('hunting');
  opened.mockReset();
  marks = [mark('a', OLD), mark('b', 'watchman')];
  bridge.bookmarks = () => done([...marks]);
  bridge.keepBookmarks = ({ all }) => {
    marks = all;
    return done(null);
  };
  learners = new Map();
  bridge.keepLearner = (learner) => {
    learners.set(learner.id, learner);
    return done(null);
  };
  confirmed.mockReset();
  bridge.ownFollowed = ({ moved }) => {
    confirmed(moved);
    return done(null);
  };
  bookmarks = new Bookmarks(lesson, notices, bridge);
  own = new OwnLessons(lesson, notices, bookmarks);
});

const learner = (id: string, lessons: Learner['lessons'], at: string | null): Learner => ({
  id,
  name: id,
  isClass: true,
  place: at === null ? null : { lesson: at, run: 'home', n: 7 },
  lessons,
});

test('progress of every class, where they stopped, and bookmarks are those of the new place, and that is told', async () => {
  const begun = [
    learner('one', { [OLD]: { seen: ['village'], asked: asked(1) } }, OLD),
    learner('two', { [OLD]: { seen: ['village'], asked: asked(0) }, [NEW]: { seen: ['locked'], asked: asked(1) } }, null),
    learner('three', { watchman: { seen: [], asked: {} } }, 'watchman'),
  ];
  lesson.learners.begin({ all: begun, damaged: [] }, 'three');
  bridge.ownLessons = () => done(list(MOVED));
  await own.refresh();
  expect([...learners.keys()]).toEqual(['one', 'two']);
  expect(learners.get('one')).toEqual(learner('one', { [NEW]: { seen: ['village'], asked: asked(1) } }, NEW));
  // What was done there already counts.
  expect(learners.get('two')).toEqual(learner('two', { [NEW]: { seen: ['village', 'locked'], asked: asked(1) } }, null));
  expect(marks.map(({ id, lesson: of }) => [id, of])).toEqual([
    ['a', NEW],
    ['b', 'watchman'],
  ]);
  expect(notices.shown).toMatchObject({ kind: 'good', message: { en: expect.stringContaining('Hunting') as string } });
  expect(opened).not.toHaveBeenCalled();
  expect(confirmed.mock.calls).toEqual([[MOVED]]);
});

test('that all has followed is not said before it is written; told again meanwhile, it does not follow again', async () => {
  lesson.learners.begin({ all: [learner('one', { [OLD]: { seen: ['village'], asked: {} } }, OLD)], damaged: [] }, 'one');
  let write = (): void => undefined;
  const written = new Promise<void>((resolve) => (write = resolve));
  bridge.keepLearner = async () => {
    await written;
    return { ok: true, value: null };
  };
  bridge.ownLessons = () => done(list(MOVED));
  const first = own.refresh();
  await own.refresh();
  expect(confirmed).not.toHaveBeenCalled();
  write();
  await first;
  expect(confirmed.mock.calls).toEqual([[MOVED]]);
});

test.each(['keepLearner', 'keepBookmarks'] as const)(
  'nor where it could not be written (%s): it follows at the next start',
  async (name) => {
    lesson.learners.begin({ all: [learner('one', { [OLD]: { seen: ['village'], asked: {} } }, OLD)], damaged: [] }, 'one');
    bridge[name] = () => Promise.resolve({ ok: false, message: { zh: '满了', en: 'full' } as Text });
    bridge.ownLessons = () => done(list(MOVED));
    await own.refresh();
    await own.refresh();
    expect(confirmed).not.toHaveBeenCalled();
    expect(notices.shown?.kind).toBe('bad');
  },
);

test('of two moves that are told at once the one follows the other', async () => {
  const NEWER = 'hunting@00000003';
  lesson.learners.begin({ all: [learner('one', { [OLD]: { seen: ['village'], asked: {} } }, OLD)], damaged: [] }, 'one');
  await lesson.openLesson(OLD);
  bridge.ownLessons = () => done(list([...MOVED, { from: NEW, to: NEWER }]));
  await own.refresh();
  expect([lesson.opened?.lesson.id, marks[0]?.lesson]).toEqual([NEWER, NEWER]);
  expect(Object.keys(learners.get('one')?.lessons ?? {})).toEqual([NEWER]);
});

test('what is told of the open one stays, though its folder is what has changed', async () => {
  await lesson.openLesson(OLD);
  opened.mockReset();
  bridge.ownLessons = () => done(list(confirmed.mock.calls.length > 0 ? [] : MOVED));
  await own.changed('00000002');
  expect([opened.mock.calls, notices.shown?.kind]).toEqual([[[NEW]], 'good']);
});

test('that of a class that has been deleted, too, as long as it can be brought back', async () => {
  const [one, two] = [learner('one', { [OLD]: { seen: ['village'], asked: {} } }, OLD), learner('two', {}, null)];
  lesson.learners.begin({ all: [one, two], damaged: [] }, 'two');
  bridge.dropLearner = () => done(null);
  lesson.learners.drop('one');
  bridge.ownLessons = () => done(list(MOVED));
  await own.refresh();
  expect(learners.size).toBe(0);
  lesson.learners.undo();
  expect(learners.get('one')).toEqual(learner('one', { [NEW]: { seen: ['village'], asked: {} } }, NEW));
});

test('the one that is open stays open at its step, with its questions answered, and is not opened anew from its beginning', async () => {
  await lesson.openLesson(OLD, { lesson: OLD, run: 'home', n: 0 });
  const step = lesson.steps.find(({ id }) => id === 'locked');
  await lesson.goTo(lesson.steps.indexOf(step!));
  lesson.learners.begin({ all: [learner('one', { [OLD]: { seen: ['locked'], asked: {} } }, OLD)], damaged: [] }, 'one');
  opened.mockReset();
  bridge.chooseLessonFolder = () => done({ ...list(MOVED), key: '00000002' });
  await own.open();
  expect(opened.mock.calls).toEqual([[NEW]]);
  expect([lesson.opened?.lesson.id, lesson.current?.id]).toEqual([NEW, 'locked']);
  expect(lesson.learners.progressOf(NEW).seen).toEqual(['locked']);
  expect(lesson.learners.progressOf(OLD).seen).toEqual([]);
  expect(notices.shown?.kind).toBe('good');
  // What was left is found under its new name.
  await lesson.placeBack();
  expect(lesson.opened?.lesson.id).toBe(NEW);
});

test('a copy of its run that was tried is come back to as it was left: its questions have been answered under the new name', async () => {
  lesson.asksNothing = false;
  await lesson.openLesson(OLD);
  for (const { n } of [...lesson.stops, { n: lesson.playback.stepCount }]) {
    await lesson.jump(n);
    while (lesson.isAsking) {
      lesson.reveal();
      await lesson.jump(n);
    }
  }
  const text = await bridge.scenarioText({});
  if (!text.ok) throw new Error(text.message.en);
  await lesson.tryScenario({ name: 'x', text: text.value.text, changes: [] }, () => true);
  const { n } = lesson.playback;
  bridge.ownLessons = () => done(list(MOVED));
  await own.refresh();
  await lesson.backToLesson();
  expect(lesson.opened?.lesson.id).toBe(NEW);
  await lesson.placeBack();
  expect([lesson.isOwnScenario, lesson.playback.n, lesson.horizon]).toEqual([true, n, null]);
});

test('whoever opens another one while the folder is being found gets that, and not the old one back', async () => {
  await lesson.openLesson(OLD, { lesson: OLD, run: 'home', n: 0 });
  opened.mockReset();
  bridge.ownLessons = () => done(list(MOVED));
  const other = lesson.openLesson('watchman');
  await Promise.all([own.refresh(), other]);
  await lesson.settled();
  expect(opened.mock.calls).toEqual([['watchman']]);
  expect(lesson.opened?.lesson.id).toBe('watchman');
});

test('the way back out of a scenario of one’s own is that of the new place, and is kept', async () => {
  const { opened: was } = lesson;
  lesson.opened = was && { ...was, lesson: { ...was.lesson, id: '' } };
  lesson.wayBack = { lesson: OLD, run: 'home', n: 7 };
  keptPlaces = [];
  bridge.ownLessons = () => done(list(MOVED));
  await own.refresh();
  expect(keptPlaces).toEqual([{ lesson: NEW, run: 'home', n: 7 }]);
});

test('another one that is pointed to is opened, whatever else has moved', async () => {
  bridge.chooseLessonFolder = () => done({ ...list([{ from: 'other@00000003', to: 'other@00000004' }]), key: '00000002' });
  await own.open();
  expect(opened.mock.calls).toEqual([[NEW]]);
});
