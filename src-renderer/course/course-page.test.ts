/** The course page as a person uses it: what leads on, what is marked as seen, and what is drawn for nobody. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { eventually } from '../../src-main/app/testdata/eventually';
import { WORDS } from '../../assets/words/index';
import type { LessonStore } from '../stores/lesson.svelte';
import type { SettingsStore } from '../stores/settings.svelte';
import { lessonStoreAt } from '../testdata/window-bridge';
import type { OwnLessons } from '../stores/own-lessons.svelte';

const { default: CoursePage } = await import('./CoursePage.svelte');
const { default: LessonPane } = await import('../lesson/LessonPane.svelte');

const words = WORDS.en.course;
let lesson: LessonStore;
let page: { toggle: () => void; isOpen: () => boolean };
const setCourseFirst = vi.fn();

beforeEach(async () => {
  lesson = await lessonStoreAt('hunting', 'village');
  lesson.isCovered = true;
  const settings = { isCourseFirst: true, setCourseFirst } as unknown as SettingsStore;
  const own = { all: [], refresh: vi.fn() } as unknown as OwnLessons;
  page = render(CoursePage, { lesson, settings, own, language: 'en' }).component as unknown as typeof page;
});

const dialog = (): HTMLDialogElement => screen.getByTestId('course');
/** The browser tells that a dialog was closed some time after it was. */
const closingIsTold = (): Promise<boolean> => fireEvent(dialog(), new Event('close'));
const seen = (): readonly string[] => lesson.learners.current.lessons.hunting?.seen ?? [];

test('nothing is drawn before it is opened; then it says where to begin, and that has the focus', async () => {
  expect(dialog().querySelector('[data-lesson]')).toBeNull();
  page.toggle();
  await tick();
  expect(dialog().querySelectorAll('[data-lesson]')).toHaveLength(lesson.cards.length);
  expect(screen.getByTestId('go-on').textContent).toContain(lesson.cards[0]?.title.en);
  expect(document.activeElement).toBe(screen.getByTestId('go-on'));
});

test('what lies behind it has been seen once it is closed, and not before', async () => {
  render(LessonPane, { app: lesson, language: 'en' });
  page.toggle();
  await tick();
  expect(seen()).toEqual([]);
  await fireEvent.click(screen.getByTestId('go-on'));
  await closingIsTold();
  await tick();
  expect([page.isOpen(), seen()]).toEqual([false, ['village']]);
});

test('opened again before its closing was told, it counts what was to be seen meanwhile', async () => {
  page.toggle();
  await tick();
  await fireEvent.click(screen.getByTestId('go-on'));
  page.toggle();
  await closingIsTold();
  await tick();
  expect([page.isOpen(), lesson.isCovered]).toEqual([true, false]);
  expect(dialog().querySelectorAll('[data-lesson]')).toHaveLength(lesson.cards.length);
});

test('another lesson is opened by its card, and is covered until it is there', async () => {
  const opened = vi.spyOn(lesson, 'openLesson').mockResolvedValue();
  page.toggle();
  await tick();
  await fireEvent.click(dialog().querySelector('[data-lesson=call]') as HTMLElement);
  expect(opened).toHaveBeenCalledExactlyOnceWith('call', null);
  expect(page.isOpen()).toBe(false);
  await eventually(() => {
    expect(lesson.isCovered).toBe(false);
  });
});

test('a clicker’s key leads on as Enter does, and turns no page behind', async () => {
  page.toggle();
  await tick();
  const behind = vi.fn();
  window.addEventListener('keydown', behind);
  await fireEvent.keyDown(screen.getByTestId('go-on'), { key: 'PageDown' });
  expect(page.isOpen()).toBe(false);
  page.toggle();
  await fireEvent.keyDown(screen.getByTestId('go-on'), { key: 'a' });
  window.removeEventListener('keydown', behind);
  expect([page.isOpen(), behind.mock.calls.length]).toEqual([true, 1]);
});

test('an arrow leads from where it opens into the map, to the lesson that is told of', async () => {
  page.toggle();
  await tick();
  const goOn = screen.getByTestId('go-on');
  await fireEvent.keyDown(goOn, { key: 'ArrowRight', altKey: true });
  expect(document.activeElement).toBe(goOn);
  await fireEvent.keyDown(goOn, { key: 'ArrowDown' });
  expect((document.activeElement as HTMLElement).dataset.lesson).toBe('hunting');
  await fireEvent.keyDown(document.activeElement as HTMLElement, { key: 'ArrowDown' });
  expect((document.activeElement as HTMLElement).dataset.lesson).toBe('call');
  await fireEvent.click(screen.getByTestId('course-tab-glossary'));
  goOn.focus();
  await fireEvent.keyDown(goOn, { key: 'ArrowDown' });
  expect(document.activeElement).toBe(goOn);
});

test('what goes on behind it is what is to be seen: it closes', async () => {
  page.toggle();
  await tick();
  await lesson.goTo(3, 'jump');
  await tick();
  expect(page.isOpen()).toBe(false);
});

test('each tab has its own, and one of them is pressed', async () => {
  page.toggle();
  await tick();
  for (const [id, title] of [
    ['own', WORDS.en.ownLessons.title],
    ['glossary', WORDS.en.glossary.title],
    ['misconceptions', WORDS.en.misconceptions.title],
    ['map', words.map],
  ] as const) {
    await fireEvent.click(screen.getByTestId(`course-tab-${id}`));
    const pressed = [...dialog().querySelectorAll('.tabs [aria-pressed=true]')].map((each) => each.textContent);
    expect(pressed).toEqual([title]);
    expect(dialog().querySelectorAll('[data-lesson]').length > 0, id).toBe(id === 'map');
  }
});
