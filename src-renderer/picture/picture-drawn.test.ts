/** The dialog that exports pictures: what it asks for, what it does not let be asked for, and what it says. And what is said of any long export. */
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fill, WORDS } from '../../assets/words/index';
import { eventually } from '../../src-main/app/testdata/eventually';
import { FIRST_PICTURE, type PicturePlace, type PictureSettings } from '../../src-main/contract/index';
import type { LessonStore } from '../stores/lesson.svelte';
import type { Notices } from '../stores/notices.svelte';
import { bridge, lessonStoreAt } from '../testdata/window-bridge';
import Writing from './Writing.svelte';

const words = WORDS.en.pictures;
const refused = { ok: false as const, message: { zh: '满', en: 'the disk is full' } };
const make = vi.fn<typeof bridge.makePictures>();
const preview = vi.fn<typeof bridge.previewPicture>();
const copy = vi.fn<typeof bridge.copyPicture>();
let lesson: LessonStore;
let notices: Notices;
let page: { toggle: () => Promise<void> };

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  make.mockReset().mockResolvedValue({ ok: true, value: { files: 2, asked: 2, path: '/x' } });
  preview.mockReset().mockResolvedValue({ ok: true, value: [1] as never });
  copy.mockReset().mockResolvedValue({ ok: true, value: null });
  Object.assign(bridge, { makePictures: make, previewPicture: preview, copyPicture: copy, onExportProgress: () => () => undefined });
  globalThis.createImageBitmap = vi.fn(() => Promise.resolve({ width: 40, height: 20 })) as never;
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({ drawImage: vi.fn() } as never);
  lesson = await lessonStoreAt('hunting', 'village');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** With what was set when pictures were made before. */
async function opened(before: Partial<PictureSettings> = {}): Promise<void> {
  bridge.pictureSettings = () => Promise.resolve({ ok: true, value: { ...FIRST_PICTURE, ...before } });
  notices = new (await import('../stores/notices.svelte')).Notices();
  const { component } = render((await import('./PictureDialog.svelte')).default, { lesson, notices, language: 'en' });
  page = component as unknown as typeof page;
  await page.toggle();
  await tick();
}

const dialog = (): HTMLElement => screen.getByTestId('pictures');
const box = (label: string): HTMLInputElement => within(dialog()).getByLabelText(label);
const press = (label: string): Promise<boolean> => fireEvent.click(box(label));
const button = (id: string): HTMLButtonElement => screen.getByTestId(id);
const submit = (): Promise<boolean> => fireEvent.submit(dialog().querySelector('form') as HTMLFormElement);
const said = (): string => screen.getByTestId('pictures-said').textContent?.trim() ?? '';
const asked = (): readonly PicturePlace[] => make.mock.lastCall?.[0].places ?? [];
/** On to the first question, which is open then. */
async function question(): Promise<number> {
  const at = lesson.steps.findIndex(({ ask }) => ask !== null);
  await lesson.goTo(at, 'jump');
  expect(lesson.isAsking).toBe(true);
  return at;
}

test('what was set before is set again, and what is set now is asked for: the step that is shown', async () => {
  await lesson.jump(7);
  await opened({ theme: 'print', parts: ['village'] });
  await press(words.part.text);
  await press(words.hasLegend);
  await fireEvent.change(button('picture-format'), { target: { value: 'svg' } });
  await submit();
  expect(make).toHaveBeenCalledExactlyOnceWith({
    lesson: 'hunting',
    stem: 'hunting',
    settings: { ...FIRST_PICTURE, theme: 'print', parts: ['village', 'text'], hasLegend: false, format: 'svg' },
    places: [{ run: 'home', stop: null, n: 7, isAsked: false }],
  });
});

test('a picture of nothing cannot be asked for: the last part stays, and stays ticked', async () => {
  await opened({ parts: ['machine'] });
  await press(words.part.machine);
  expect(box(words.part.machine).checked).toBe(true);
  await submit();
  expect(make.mock.lastCall?.[0].settings.parts).toEqual(['machine']);
});

test('chosen steps come in the lesson’s order, each in its run; when none is chosen there is nothing to be made', async () => {
  await opened({ steps: 'chosen' });
  const [first, second] = lesson.steps;
  const last = lesson.steps.at(-1)!;
  for (const { title } of [last, second!]) await press(title.en);
  await submit();
  expect(asked().map(({ stop, run }) => [stop, run])).toEqual([first, second, last].map((each) => [each?.id, each?.run]));
  for (const { title } of [first!, second!, last]) await press(title.en);
  expect(['make-pictures', 'copy-picture'].map((id) => button(id).disabled)).toEqual([true, true]);
});

test('while a question is open neither it nor what follows can be drawn, and it is said how much that is', async () => {
  const at = await question();
  await opened({ steps: 'lesson' });
  expect(dialog().textContent).toContain(fill(words.hidden, { n: lesson.steps.length - at }));
  await submit();
  expect(asked()).toHaveLength(at);
  await press(words.step.chosen);
  expect(dialog().querySelectorAll('ol li')).toHaveLength(at);
  await press(words.step.this);
  await submit();
  expect(asked().map(({ isAsked }) => isAsked)).toEqual([true]);
});

test('of a run that is there to be found out nothing is drawn that lies behind the step', async () => {
  lesson.opened = { ...lesson.opened!, lesson: { ...lesson.opened!.lesson, id: '', steps: [] } };
  await lesson.playback.jump(7);
  lesson['own'].show('', true, 7);
  lesson['own'].arrive();
  await opened();
  await submit();
  expect(asked().map(({ n, isAsked }) => [n, isAsked])).toEqual([[7, true]]);
  await lesson.playback.jump(lesson.playback.stepCount);
  await tick();
  await submit();
  expect(asked().map(({ isAsked }) => isAsked)).toEqual([false]);
});

test('a run of one’s own has no lesson steps: this step is drawn, whatever was drawn of a lesson before', async () => {
  lesson.opened = { ...lesson.opened!, lesson: { ...lesson.opened!.lesson, id: '', steps: [] } };
  for (const steps of ['lesson', 'chosen'] as const) {
    await opened({ steps });
    expect(within(dialog()).queryByLabelText(words.step[steps])).toBeNull();
    expect([box(words.step.this).checked, button('make-pictures').disabled]).toEqual([true, false]);
    document.body.replaceChildren();
  }
});

test('of a kind of event there are as many pictures as steps at which it is told, none behind the question', async () => {
  await question();
  const { horizon } = lesson;
  bridge.events = ({ groups, horizon: until }) => {
    const at = groups[0] === 'schedule' ? [3, 1, 3] : [until! + 1];
    return Promise.resolve({ ok: true, value: { events: at.map((n) => ({ n })), isComplete: true, total: at.length } as never });
  };
  await opened({ steps: 'events' });
  await tick();
  expect(screen.getByTestId('picture-event-count').textContent).toMatch(/^2 pictures/);
  await submit();
  expect([horizon === null, asked().map(({ n }) => n)]).toEqual([false, [1, 3]]);
  await fireEvent.change(button('picture-events'), { target: { value: 'threads' } });
  await tick();
  expect([screen.getByTestId('picture-event-count').textContent?.slice(0, 2), button('make-pictures').disabled]).toEqual(['0 ', true]);
});

test('whoever goes through the settings waits for one preview, of what was set last', async () => {
  await opened();
  const area = (): string | null | undefined => dialog().querySelector('.preview')?.getAttribute('aria-busy');
  await fireEvent.change(button('picture-size'), { target: { value: 'slide' } });
  await vi.advanceTimersByTimeAsync(200);
  await fireEvent.change(button('picture-size'), { target: { value: 'a4' } });
  await vi.advanceTimersByTimeAsync(200);
  expect([preview.mock.calls.length, area()]).toEqual([0, 'true']);
  await vi.advanceTimersByTimeAsync(100);
  await tick();
  expect(preview.mock.calls.map(([{ settings }]) => settings.size)).toEqual(['a4']);
  expect([area(), screen.getByTestId<HTMLCanvasElement>('picture-preview').width]).toEqual(['false', 40]);
});

test('a preview that comes late does not take the newer one’s place', async () => {
  await opened();
  let late: () => void = () => undefined;
  preview.mockReturnValueOnce(new Promise((resolve) => (late = () => resolve(refused))));
  await vi.advanceTimersByTimeAsync(300);
  await press(words.hasTitle);
  await vi.advanceTimersByTimeAsync(300);
  late();
  await vi.advanceTimersByTimeAsync(1);
  expect([preview.mock.calls.length, said()]).toEqual([2, '']);
});

test('it says how far it is and can be stopped, then how many there are and where, and shows them', async () => {
  let tell: (now: { done: number; total: number }) => void = () => undefined;
  let finish: () => void = () => undefined;
  const leave = vi.fn();
  const [stop, show] = [vi.fn(), vi.fn()];
  Object.assign(bridge, { cancelPictures: stop, showWritten: show });
  bridge.onExportProgress = (listener) => {
    tell = listener as typeof tell;
    return leave;
  };
  make.mockReturnValue(new Promise((resolve) => (finish = () => resolve({ ok: true, value: { files: 1, asked: 3, path: '/x' } }))));
  await opened();
  await submit();
  tell({ done: 1, total: 3 });
  await tick();
  expect([said(), screen.queryByTestId('make-pictures')]).toEqual([fill(words.making, { done: 1, total: 3 }), null]);
  await fireEvent.click(button('cancel-pictures'));
  finish();
  await eventually(() => {
    expect(said()).toBe(fill(words.stopped, { n: 1, asked: 3, path: '/x' }));
  });
  await fireEvent.click(within(dialog()).getByText(words.show));
  expect([stop, show, leave].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1]);
});

test('what is made while the dialog is closed is told by the window; what failed can be tried again', async () => {
  await opened();
  make.mockResolvedValueOnce(refused);
  await submit();
  await eventually(() => {
    expect([said(), within(dialog()).queryByText(words.show)]).toEqual(['the disk is full', null]);
  });
  void submit();
  await page.toggle();
  await eventually(() => {
    expect(notices.shown?.message.en).toBe(fill(words.made, { n: 2, path: '/x' }));
  });
});

test('copying is of the step that is shown, and is said', async () => {
  await lesson.jump(5);
  await opened();
  await fireEvent.click(button('copy-picture'));
  await tick();
  expect([copy.mock.lastCall?.[0].place.n, said()]).toEqual([5, words.copied]);
});

test('a long export says how far it is, and is stopped by its button', async () => {
  const oncancel = vi.fn();
  render(Writing, { kind: 'csv', done: 1_500, total: 3_000, language: 'en', oncancel });
  expect(screen.getByTestId('writing-export').textContent).toContain('1,500 of 3,000');
  const bar = screen.getByRole<HTMLProgressElement>('progressbar');
  // Whatever it is called in the menu, without the dots of a menu.
  expect([bar.position, bar.getAttribute('aria-label')?.endsWith('…')]).toEqual([0.5, false]);
  await fireEvent.click(screen.getByTestId('cancel-export'));
  expect(oncancel).toHaveBeenCalledOnce();
});
