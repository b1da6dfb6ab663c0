/** The toolbar: what its buttons say and do at a place of the run, and what a narrow one keeps in its menu. */
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect, test, vi } from 'vitest';
import { WORDS } from '../../assets/words/index';
import { eventually } from '../../src-main/app/testdata/eventually';
import type { LessonStore } from '../stores/lesson.svelte';
import { lessonStoreAt } from '../testdata/window-bridge';
import type { Actions } from './keyboard';

const words = WORDS.en.window;

async function toolbar(
  room: 'all' | 'often' | 'least',
  change: (lesson: LessonStore) => unknown = () => undefined,
  more: { isPainted?: boolean } = {},
): Promise<{ lesson: LessonStore; did: ReturnType<typeof vi.fn>; redraw: (more: { isPainted?: boolean }) => Promise<void> }> {
  const lesson = await lessonStoreAt('hunting', 'birth');
  await change(lesson);
  const { SettingsStore } = await import('../stores/settings.svelte');
  const { Notices } = await import('../stores/notices.svelte');
  const settings = new SettingsStore(new Notices(), () => ({ speed: 1, place: null, learner: 'me', layout: {} }));
  settings.language = 'en';
  const did = vi.fn();
  const actions = new Proxy({}, { get: (_, id) => () => void did(id) }) as Actions;
  const props = { lesson, settings, status: 'step 3', actions, room };
  const { rerender } = render((await import('./Toolbar.svelte')).default, { ...props, ...more });
  return { lesson, did, redraw: (changed) => rerender({ ...props, ...changed }) };
}

const button = (id: string): HTMLButtonElement => screen.getByTestId(id);
const lessons = (): HTMLSelectElement => screen.getByLabelText(words.lessons);

test('at the beginning there is no step back, at the end neither a step on nor anything to play', async () => {
  const { lesson } = await toolbar('all', ({ playback }) => playback.jump(0));
  const disabled = (): string[] => ['step-back', 'play', 'step-forward'].filter((id) => button(id).disabled);
  expect(disabled()).toEqual(['step-back']);
  await lesson.playback.jump(5);
  await tick();
  expect(disabled()).toEqual([]);
  await lesson.playback.jump(lesson.playback.stepCount);
  await tick();
  expect(disabled()).toEqual(['play', 'step-forward']);
});

test('before the first picture the list of lessons has the open one alone, and stays at it when the others come', async () => {
  const { lesson, redraw } = await toolbar('all', undefined, { isPainted: false });
  const names = (): string[] => [...lessons().querySelectorAll('option')].map(({ value }) => value);
  expect([names(), lessons().value]).toEqual([['hunting', '…'], 'hunting']);
  await redraw({ isPainted: true });
  expect([names(), lessons().value]).toEqual([[...lesson.cards.map(({ id }) => id), '…'], 'hunting']);
});

test('the button that plays says what it would do', async () => {
  const { lesson, did } = await toolbar('all', ({ playback }) => playback.jump(0));
  expect(button('play').textContent).toContain(words.play);
  await fireEvent.click(button('play'));
  expect(did.mock.calls).toEqual([['play']]);
  lesson.playback.speed = 0.01;
  const playing = lesson.playback.play();
  await tick();
  expect(button('play').textContent).toContain(words.pause);
  lesson.playback.pause();
  await playing;
});

test.each([
  ['all', true, []],
  ['often', true, ['open-scenario', 'export-trace']],
  ['least', false, ['open-scenario', 'export-trace', 'restart', 'speed', 'language']],
] as const)('with room for %s the rest is in a menu', async (room, hasBrand, inMenu) => {
  await toolbar(room);
  const menu = document.getElementById('more');
  expect(menu === null).toBe(room === 'all');
  expect(document.querySelector('.brand') !== null).toBe(hasBrand);
  const all = ['open-scenario', 'export-trace', 'restart', 'speed', 'language', 'play', 'step-back'];
  expect(all.filter((id) => menu && within(menu).queryByTestId(id) !== null)).toEqual(inMenu);
  // Nothing is lost, and nothing there twice.
  for (const id of all) expect(screen.getAllByTestId(id), id).toHaveLength(1);
});

test('where there is room for all of them, files have a short word beside their sign; whole words are their names', async () => {
  await toolbar('all');
  for (const [id, command] of [
    ['open-scenario', 'openScenario'],
    ['export-picture', 'exportPicture'],
    ['export-trace', 'exportTrace'],
  ] as const) {
    expect(button(id).textContent.trim()).toBe(words.short[command]);
    expect(button(id).getAttribute('aria-label')).toBe(words[command]);
  }
});

test('the list opens a lesson; its last entry asks for exercises, and the lesson stays chosen', async () => {
  const { lesson, did } = await toolbar('all');
  const opened = vi.spyOn(lesson, 'openLesson').mockResolvedValue();
  const options = [...lessons().options].map(({ value }) => value);
  expect(options.slice(0, -1)).toEqual(lesson.cards.map(({ id }) => id));
  await fireEvent.change(lessons(), { target: { value: 'call' } });
  expect(opened.mock.calls).toEqual([['call']]);
  await fireEvent.change(lessons(), { target: { value: options.at(-1) } });
  expect(did.mock.calls).toEqual([['exercises']]);
  expect([opened.mock.calls.length, lessons().value]).toEqual([1, 'hunting']);
});

test('lessons of one’s own stand apart, and one that is in no list is named while it is open', async () => {
  const { lesson } = await toolbar('all');
  const [first] = lesson.cards;
  if (!first) throw new Error('there are no lessons');
  lesson.ownCards = [{ ...first, id: 'mine@1' }];
  await tick();
  expect([...lessons().querySelectorAll('optgroup option')].map((each) => (each as HTMLOptionElement).value)).toEqual(['mine@1']);
  lesson.cards = lesson.cards.slice(1);
  await tick();
  expect(lessons().selectedOptions[0]?.textContent).toBe(lesson.opened?.lesson.title.en);
});

test('the speed that is chosen is the run’s', async () => {
  const { lesson } = await toolbar('all', ({ playback }) => (playback.speed = 1));
  await fireEvent.change(screen.getByTestId('speed'), { target: { value: '4' } });
  await eventually(() => {
    expect(lesson.playback.speed).toBe(4);
  });
  expect(screen.getByTestId<HTMLSelectElement>('speed').value).toBe('4');
});

test('the button of the language names the one that it brings', async () => {
  await toolbar('all');
  expect(button('language').textContent).toBe(WORDS.zh.language.short);
});
