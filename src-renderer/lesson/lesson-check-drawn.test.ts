/** What a teacher's own lesson says of its runs that is not so: told below its title and in a dialog, and never before the class has answered. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { fill, WORDS } from '../../assets/words/index';
import { eventually } from '../../src-main/app/testdata/eventually';
import { type LessonFault, type OwnLesson, textOf } from '../../src-main/contract/index';
import type { LessonStore } from '../stores/lesson.svelte';
import type { OwnLessons } from '../stores/own-lessons.svelte';
import { bridge, lessonStoreAt } from '../testdata/window-bridge';
import LessonPane from './LessonPane.svelte';

const { default: LessonCheck } = await import('./LessonCheck.svelte');
const { Notices } = await import('../stores/notices.svelte');
const { OwnLessons: Own } = await import('../stores/own-lessons.svelte');
const words = WORDS.en.ownLessons;

const fault = (step: string | null, said: string, also: Partial<LessonFault> = {}): LessonFault => ({
  file: 'C:\\课\\lesson.yaml',
  line: 7,
  column: 3,
  message: textOf(() => said),
  suggestion: null,
  step,
  of: step === null ? 'homework' : 'ask.proof[0]',
  mend: null,
  ...also,
});

/** Comes to the question before the step `locked`. */
let lesson: LessonStore;
let own: OwnLessons;
const asked = vi.fn<typeof bridge.checkLesson>();

beforeEach(async () => {
  lesson = await lessonStoreAt('hunting', 'address');
  own = new Own(lesson, new Notices(), { follow: () => Promise.resolve(true) });
  asked.mockReset();
  bridge.checkLesson = asked;
});

const found = async (...faults: LessonFault[]): Promise<void> => {
  asked.mockResolvedValue({ ok: true, value: faults });
  if (lesson.opened) lesson.opened = { ...lesson.opened, isOwn: true };
  await own.check.check();
};

async function dialog(): Promise<HTMLElement> {
  (render(LessonCheck, { lesson, own, language: 'en' }).component as unknown as { toggle: () => void }).toggle();
  await tick();
  return screen.getByTestId('lesson-check');
}

const told = (): string[] => screen.queryAllByTestId('lesson-fault').map((each) => each.textContent ?? '');
const withheld = (): string | undefined => screen.queryByTestId('lesson-withheld')?.textContent ?? undefined;

test('a lesson in the other language only is marked: for the eyes beside its runs, for whoever is read to on all of its words and on none of the window’s', async () => {
  const pane = render(LessonPane, { app: lesson, language: 'en' });
  expect([screen.queryByTestId('lesson-only'), pane.container.querySelector('[lang]:not(code)')]).toEqual([null, null]);
  // Its texts stand in for the others.
  if (lesson.opened) lesson.opened = { ...lesson.opened, lesson: { ...lesson.opened.lesson, language: 'zh' } };
  await tick();
  expect(screen.getByTestId('lesson-only').textContent).toBe(words.only.zh);
  const said = (selector: string): (string | null)[] =>
    [...pane.container.querySelectorAll(selector)].map((each) => each.closest('[lang]:not(code)')?.getAttribute('lang') ?? null);
  const ofLesson = [...said('h1'), ...said('h2'), ...said('.story > span:not(.tag)'), ...said('.technical > span:not(.tag)')];
  expect([ofLesson.length, new Set(ofLesson)]).toEqual([4, new Set([WORDS.zh.language.tag])]);
  expect(new Set([...said('.tag'), ...said('footer button'), ...said('[data-testid=lesson-only]')])).toEqual(new Set([null]));
  await pane.rerender({ language: 'zh' });
  expect([screen.queryByTestId('lesson-only'), pane.container.querySelector('[lang]:not(code)')]).toEqual([null, null]);
});

test('below the title stands how many there are, once they are known; whatever the lesson says stands there, too', async () => {
  const opened = vi.fn<() => void>();
  const pane = render(LessonPane, { app: lesson, language: 'en', wrong: 0, onwrong: opened });
  expect(screen.queryByTestId('lesson-wrong')).toBeNull();
  await pane.rerender({ wrong: 1 });
  expect(pane.container.querySelector('.wrong')?.textContent).toContain(fill(words.wrong, { n: 1 }));
  expect(screen.getByTestId('lesson-step')).toBeTruthy();
  await fireEvent.click(screen.getByTestId('lesson-wrong'));
  expect(opened).toHaveBeenCalledTimes(1);
});

test('a step that has been passed is told with its title, its place, the likely word and how to mend it; of later ones only the line, until somebody prepares the lesson', async () => {
  await found(
    fault('address', 'P0 is idle', { suggestion: '_Psyscall', mend: textOf(() => 'write is: 3') }),
    fault('locked', 'the answer'),
    fault(null, 'four threads'),
  );
  const page = await dialog();
  expect(told()).toHaveLength(1);
  for (const part of ['lesson.yaml:7:3', 'ask.proof[0]', 'P0 is idle', 'did you mean _Psyscall', 'write is: 3'])
    expect(told()[0]).toContain(part);
  expect(told()[0]).not.toContain('C:');
  const index = lesson.steps.findIndex(({ id }) => id === 'address');
  expect(page.querySelector('h3')?.textContent).toBe(`${fill(words.ofStep, { n: index + 1 })}${lesson.steps[index]?.title.en ?? ''}`);
  expect(withheld()).toBe(fill(words.withheld, { n: 2 }));
  expect(page.textContent).not.toMatch(/the answer|four threads/);
  await fireEvent.click(screen.getByTestId('lesson-show-all'));
  expect(told().join()).toMatch(/the answer.*four threads/);
  expect(withheld()).toBeUndefined();
});

test('the title of a step that is in the other language only is marked with it, and nothing that the window says of it', async () => {
  if (lesson.opened) lesson.opened = { ...lesson.opened, lesson: { ...lesson.opened.lesson, language: 'zh' } };
  await found(fault('address', 'P0 is idle'), fault(null, 'four threads'));
  const page = await dialog();
  await fireEvent.click(screen.getByTestId('lesson-show-all'));
  const title = lesson.steps.find(({ id }) => id === 'address')?.title.en ?? '';
  const heads = [...page.querySelectorAll('h3')].map((each) => [each.textContent, each.querySelector('[lang]')?.textContent ?? '']);
  const n = lesson.steps.findIndex(({ id }) => id === 'address') + 1;
  expect(heads).toEqual([
    [`${fill(words.ofStep, { n })}${title}`, title],
    [words.ofLesson, ''],
  ]);
});

test('where none is listed, those that are kept back are no “more”', async () => {
  await found(fault('locked', 'the answer'), fault(null, 'four threads'));
  await dialog();
  expect([told().length, withheld()]).toEqual([0, fill(words.onlyWithheld, { n: 2 })]);
  expect(withheld()).not.toContain('more');
  expect(WORDS.zh.ownLessons.onlyWithheld).not.toContain('还有');
});

test('while the class is being asked nobody is told what would answer the question, not even at a press', async () => {
  await found(fault('address', 'passed'), fault('locked', 'the answer'));
  const page = await dialog();
  await fireEvent.click(screen.getByTestId('lesson-show-all'));
  await lesson.lessonNext();
  await eventually(() => {
    expect(lesson.isAsking).toBe(true);
  });
  await tick();
  expect(page.textContent).not.toContain('the answer');
  expect([told().length, withheld(), screen.queryByTestId('lesson-show-all')]).toEqual([1, fill(words.withheld, { n: 1 }), null]);
  // Answered, it is told without anybody's asking.
  lesson.reveal();
  await tick();
  expect(lesson.pending).not.toBeNull();
  expect(told().join()).toContain('the answer');
});

test('asked once for each opening, and for no lesson of the course; what is wrong with another one is not told of this one', async () => {
  await own.check.check();
  expect([asked.mock.calls.length, (await dialog()).textContent?.includes(words.notOwn)]).toEqual([0, true]);
  await found(fault('address', 'wrong'));
  await own.check.check();
  expect([asked.mock.calls, own.check.faults?.length]).toEqual([[[{ lesson: 'hunting' }]], 1]);
  if (lesson.opened) lesson.opened = { ...lesson.opened };
  expect(own.check.faults).toBeNull();
  await tick();
  expect(screen.getByTestId('lesson-check').textContent).toContain(words.checking);
  await found();
  await tick();
  expect(screen.getByTestId('lesson-right').textContent).toBe(words.right);
});

const lost = { zh: '从来没到过', en: 'never reached' };
const place = { file: '/lesson.yaml', line: 3, column: 5, message: lost, suggestion: null };

test('when a run of it cannot be shown any more, what is shown stays, and that is told with where in the file it lies', async () => {
  const notices = new Notices();
  const followed = new Own(lesson, notices, { follow: () => Promise.resolve(true) });
  const { opened } = lesson;
  if (!opened) throw new Error('no lesson');
  lesson.opened = { ...opened, lesson: { ...opened.lesson, id: 'hunting@01234567' } };
  const list = [{ key: '01234567', folder: '/课', card: null, refused: null }] as OwnLesson[];
  bridge.ownLessons = () => Promise.resolve({ ok: true, value: { lessons: list, moved: [] } });
  const reload = vi.spyOn(lesson, 'reload').mockImplementation(() => {
    notices.fail(lost, [place]);
    return Promise.resolve();
  });
  await followed.changed('01234567');
  expect(notices.shown?.faults).toEqual([place]);
  for (const language of ['zh', 'en'] as const) {
    expect(notices.shown?.message[language]).toContain(lost[language]);
    expect(notices.shown?.message[language]).toContain(WORDS[language].ownLessons.kept);
  }
  // Whoever has the dialog open does not see the notice: what the dialog tells is of the version before.
  render(LessonCheck, { lesson, own: followed, language: 'en' });
  expect(screen.getByTestId('lesson-outdated').textContent).toBe(words.outdated);
  lesson.opened = { ...lesson.opened };
  await tick();
  expect(screen.queryByTestId('lesson-outdated')).toBeNull();
  // A save that is right tells nothing.
  notices.close();
  reload.mockImplementation(() => Promise.resolve());
  await followed.changed('01234567');
  expect(notices.shown).toBeNull();
});

test('one that could not be opened is opened as soon as it can be, unless something else has been opened since', async () => {
  const notices = new Notices();
  const followed = new Own(lesson, notices, { follow: () => Promise.resolve(true) });
  const entry = (refused: OwnLesson['refused']): OwnLesson =>
    ({ key: '01234567', folder: '/课', card: refused ? null : { id: 'mine@01234567' }, refused }) as OwnLesson;
  const broken = entry({ message: lost, faults: [place] });
  const list = (each: OwnLesson): void => {
    bridge.ownLessons = () => Promise.resolve({ ok: true, value: { lessons: [each], moved: [] } });
  };
  bridge.chooseLessonFolder = () => Promise.resolve({ ok: true, value: { lessons: [broken], moved: [], key: '01234567' } });
  const open = vi.spyOn(lesson, 'openLesson').mockResolvedValue();
  await followed.open();
  expect([notices.shown?.faults, notices.shown?.message.zh.includes(WORDS.zh.ownLessons.awaited)]).toEqual([[place], true]);
  // Saved, and not right yet.
  notices.close();
  list(broken);
  await followed.changed('01234567');
  expect([notices.shown?.faults, open.mock.calls]).toEqual([[place], []]);
  list(entry(null));
  await followed.changed('01234567');
  expect(open.mock.calls).toEqual([['mine@01234567']]);
  // Once only: from then on it is followed as any other is.
  await followed.changed('01234567');
  expect(open).toHaveBeenCalledTimes(1);
  await followed.open();
  if (lesson.opened) lesson.opened = { ...lesson.opened };
  await followed.changed('01234567');
  expect(open).toHaveBeenCalledTimes(1);
});

test('when its folder goes, a lesson that is open can be taught on, and nobody is told to mend a file that is not there', async () => {
  const notices = new Notices();
  const followed = new Own(lesson, notices, { follow: () => Promise.resolve(true) });
  const gone = { key: '01234567', folder: '/课', card: null, refused: { message: { zh: '没了', en: 'gone' } } } as OwnLesson;
  bridge.ownLessons = () => Promise.resolve({ ok: true, value: { lessons: [gone], moved: [] } });
  const { opened } = lesson;
  if (!opened) throw new Error('no lesson');
  lesson.opened = { ...opened, lesson: { ...opened.lesson, id: 'mine@01234567' } };
  await followed.changed('01234567');
  expect(notices.shown?.message).toEqual({
    zh: `没了。${WORDS.zh.ownLessons.held}`,
    en: 'gone. The lesson is still open and can be taught.',
  });
  // One that could not be opened before either.
  lesson.opened = opened;
  bridge.chooseLessonFolder = () => Promise.resolve({ ok: true, value: { lessons: [gone], moved: [], key: '01234567' } });
  await followed.open();
  expect(notices.shown?.message).toEqual({ zh: '没了', en: 'gone' });
});
