/** The dialog that exports films: which part of the run it suggests and allows, what it asks for, and what it says. */
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { fill, WORDS } from '../../assets/words/index';
import { eventually } from '../../src-main/app/testdata/eventually';
import { filmLength, FIRST_FILM, MOST_FILM_FRAMES } from '../../src-main/contract/index';
import type { LessonStore } from '../stores/lesson.svelte';
import type { Notices } from '../stores/notices.svelte';
import { bridge, lessonStoreAt } from '../testdata/window-bridge';
import { likelyRange, stopsIn } from './film-range';

const { film: words, pictures } = WORDS.en;
const MADE = { ok: true as const, value: { path: '/x', bytes: 1_500_000, pictures: 9, lastsMs: 3_500 } };
const make = vi.fn<typeof bridge.makeFilm>();
const leave = vi.fn();
let tell: (now: { done: number; total: number }) => void;
let lesson: LessonStore;
let notices: Notices;
let page: { toggle: () => void };

beforeEach(async () => {
  make.mockReset().mockResolvedValue(MADE as never);
  leave.mockReset();
  bridge.makeFilm = make;
  bridge.onExportProgress = (listener) => {
    tell = listener as typeof tell;
    return leave;
  };
  lesson = await lessonStoreAt('hunting', 'birth');
  document.documentElement.dataset.theme = 'dark';
});

async function opened(): Promise<void> {
  notices = new (await import('../stores/notices.svelte')).Notices();
  const { component } = render((await import('./FilmDialog.svelte')).default, { lesson, notices, language: 'en' });
  page = component as unknown as typeof page;
  page.toggle();
  await tick();
}

const dialog = (): HTMLElement => screen.getByTestId('film');
const field = (id: 'from' | 'to'): HTMLInputElement => screen.getByTestId(`film-${id}`);
const said = (): string => screen.getByTestId('film-said').textContent ?? '';
const button = (): HTMLButtonElement => screen.getByTestId('make-film');
const submit = (): Promise<boolean> => fireEvent.submit(dialog().querySelector('form')!);
async function range(from: string, to: string): Promise<void> {
  await fireEvent.input(field('from'), { target: { value: from } });
  await fireEvent.input(field('to'), { target: { value: to } });
}

test('suggests the way to the step that is shown, in the window’s language and light, and says how long that is', async () => {
  await opened();
  const { stops, playback } = lesson;
  const suggested = likelyRange(playback.n, lesson.horizon ?? playback.stepCount, stops);
  const settings = { ...FIRST_FILM, language: 'en' as const, theme: 'dark' as const };
  expect(suggested.to).toBe(playback.n);
  const all = { ...suggested, stops: stopsIn(suggested, stops) };
  expect(said()).toMatch(new RegExp(`^${String(filmLength(all, settings))} pictures, [\\d.]+ s$`));
  await submit();
  expect(make).toHaveBeenCalledExactlyOnceWith({ ...all, lesson: 'hunting', run: 'home', stem: 'hunting', isVeiled: false, settings });
});

test('of a run that is there to be found out no picture of a film shows what lies behind its step', async () => {
  lesson['own'].show('', true, 7);
  lesson['own'].arrive();
  await lesson.playback.jump(7);
  await opened();
  await range('0', '5');
  await submit();
  expect(make.mock.lastCall?.[0]).toMatchObject({ to: 5, isVeiled: true });
});

test('a part has to lie in the run, forwards, before what an open question hides; otherwise nothing is made, and it says why', async () => {
  await opened();
  const last = lesson.horizon ?? 0;
  expect([last > 0, last < lesson.playback.stepCount]).toEqual([true, true]);
  for (const [from, to] of [
    ['-1', '3'],
    ['3', '2'],
    ['0.5', '3'],
    ['', '3'],
    ['0', String(last + 1)],
  ] as const) {
    await range(from, to);
    await submit();
    expect([button().disabled, said()], `${from} to ${to}`).toEqual([true, fill(words.wrongRange, { first: 0, last })]);
  }
  expect(make).not.toHaveBeenCalled();
  await range('2', String(last));
  await submit();
  expect(make.mock.lastCall?.[0]).toMatchObject({ from: 2, to: last });
});

test('what would be too long is not made, and says how long it would be', async () => {
  lesson.asksNothing = true;
  const far = vi.spyOn(lesson.playback, 'stepCount', 'get').mockReturnValue(MOST_FILM_FRAMES);
  await opened();
  await range('0', String(MOST_FILM_FRAMES));
  expect([button().disabled, said().includes(String(MOST_FILM_FRAMES))]).toEqual([true, true]);
  await submit();
  expect(make).not.toHaveBeenCalled();
  await fireEvent.change(screen.getByTestId('film-per-step'), { target: { value: '1' } });
  await range('0', String(MOST_FILM_FRAMES / 2));
  expect(button().disabled).toBe(false);
  far.mockRestore();
});

test('a film of nothing cannot be asked for: the last part stays, and stays ticked', async () => {
  await opened();
  for (const part of FIRST_FILM.parts) await fireEvent.click(within(dialog()).getByLabelText(pictures.part[part]));
  await submit();
  expect(make.mock.lastCall?.[0].settings.parts).toEqual([FIRST_FILM.parts.at(-1)]);
  expect(within(dialog()).getByLabelText<HTMLInputElement>(pictures.part[FIRST_FILM.parts.at(-1)!]).checked).toBe(true);
});

test('a run of one’s own has no lesson steps: nothing is asked about them', async () => {
  lesson.opened = { ...lesson.opened!, lesson: { ...lesson.opened!.lesson, id: '', steps: [] } };
  lesson.openedRun = { ...lesson.openedRun!, stops: [] };
  await opened();
  expect([screen.queryByTestId('film-hold'), within(dialog()).queryByLabelText(pictures.hasStory)]).toEqual([null, null]);
});

test('while it is made nothing can be set, it says how far it is, and it can be stopped; opened again it is still that one', async () => {
  let finish: (made: unknown) => void = () => undefined;
  const stop = vi.fn();
  bridge.cancelPictures = stop;
  make.mockReturnValue(new Promise((resolve) => (finish = resolve as typeof finish)));
  await opened();
  await range('1', '4');
  await submit();
  page.toggle();
  page.toggle();
  tell({ done: 3, total: 9 });
  await tick();
  expect([said(), field('from').value, screen.queryByTestId('make-film')]).toEqual([fill(words.making, { done: 3, total: 9 }), '1', null]);
  expect([...dialog().querySelectorAll('fieldset')].every(({ disabled }) => disabled)).toBe(true);
  await fireEvent.click(screen.getByTestId('cancel-film'));
  finish({ ok: true, value: null });
  await eventually(() => {
    expect([said(), stop.mock.calls.length, leave.mock.calls.length]).toEqual([words.stopped, 1, 1]);
  });
  expect(within(dialog()).queryByText(pictures.show)).toBeNull();
});

test('where it is, how large and how long is said until something else is set; by the window when the dialog is closed', async () => {
  const show = vi.fn();
  bridge.showWritten = show;
  await opened();
  await submit();
  const told = fill(words.made, { path: '/x', size: '1.43 MiB', n: 9, s: 3.5 });
  await eventually(() => {
    expect(said()).toBe(told);
  });
  await fireEvent.click(within(dialog()).getByText(pictures.show));
  await range('0', '1');
  expect([said() === told, show.mock.calls.length, notices.shown]).toEqual([false, 1, null]);
  void submit();
  page.toggle();
  await eventually(() => {
    expect(notices.shown?.message.en).toBe(told);
  });
});

test('why it could not be made is said', async () => {
  make.mockResolvedValue({ ok: false, message: { zh: '满', en: 'the disk is full' } });
  await opened();
  await submit();
  await eventually(() => {
    expect(said()).toBe('the disk is full');
  });
});
