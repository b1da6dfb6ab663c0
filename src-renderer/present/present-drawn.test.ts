/** The teacher's window as it is drawn, its keys and buttons; and what the projected window tells it and does for it. */
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { type Component, tick } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WORDS } from '../../assets/words/index';
import { eventually } from '../../src-main/app/testdata/eventually';
import { COMMANDS, type PresenterAct, type PresenterView } from '../../src-main/contract/index';
import type { LessonStore } from '../stores/lesson.svelte';
import { bridge, lessonStoreAt } from '../testdata/window-bridge';

const words = WORDS.en.presenter;
const NOW = 1_000_000;

const VIEW: PresenterView = {
  language: 'en',
  theme: 'light',
  lesson: { title: 'Hunting', language: null, minutes: 20, steps: 9 },
  step: { number: 2, title: 'The door', minutes: 3, notes: 'Ask who is at home.', plannedMinutes: 5 },
  question: null,
  next: { title: 'The forest', story: 'She goes out.', technical: 'entersyscall', question: null },
  clock: { elapsedMs: 60_000, stepMs: 5_000, sinceMs: NOW },
  isPlaying: false,
  isBlank: false,
  hasLetterKeys: true,
  page: { at: 0, count: 1 },
  status: 'step 12',
};
const QUESTION = {
  question: 'Who has the house?',
  choices: [
    { text: 'Nobody', why: 'It is kept.', hands: [3, 1] },
    { text: 'M0', why: null, hands: [2, 4] },
  ],
  answer: 1,
  because: 'oldp says so.',
  isOpen: true,
  isClass: true,
};

/** What was asked of the projected window, the latest last. */
let acts: PresenterAct[];
let tell: (view: PresenterView) => void;
let isLeft: boolean;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: NOW });
  [acts, isLeft] = [[], false];
  bridge.presenterAct = (act) => {
    acts.push(act);
    return Promise.resolve({ ok: true, value: null });
  };
  bridge.onPresenterView = (listener) => {
    tell = listener;
    return () => (isLeft = true);
  };
  bridge.presenterView = () => Promise.resolve({ ok: true, value: null });
});
afterEach(() => {
  vi.useRealTimers();
});

async function teacher(changes: Partial<PresenterView> = {}): Promise<() => void> {
  const { unmount } = render((await import('./Presenter.svelte')).default);
  tell({ ...VIEW, ...changes });
  await tick();
  return unmount;
}

const press = (key: string, more: KeyboardEventInit = {}): Promise<boolean> => fireEvent.keyDown(document.body, { key, ...more });
const texts = (selector: string): string[] => [...document.querySelectorAll(selector)].map((each) => each.textContent?.trim() ?? '');

test('before anything is told it says what it waits for, in the language that was served, then whatever was told meanwhile', async () => {
  bridge.presenterView = () => Promise.resolve({ ok: true, value: VIEW });
  render((await import('./Presenter.svelte')).default);
  expect(screen.getByRole('status').textContent).toBe(WORDS.zh.presenter.waiting);
  await eventually(() => {
    expect(screen.getByTestId('presented-step').textContent).toBe('The door');
  });
});

test('what was told while it asked is newer than the answer', async () => {
  let answer: (view: PresenterView) => void = () => undefined;
  bridge.presenterView = () => new Promise((resolve) => (answer = (value) => resolve({ ok: true, value })));
  const leave = await teacher();
  answer({ ...VIEW, step: null });
  await tick();
  await tick();
  expect(screen.getByTestId('presented-step').textContent).toBe('The door');
  leave();
  expect(isLeft).toBe(true);
});

test('step, page and place in one line; notes or why there are none; what comes next or that this is the end', async () => {
  await teacher();
  expect(texts('.where .soft')).toEqual(['Step 2 / 9 · step 12']);
  expect(screen.getByTestId('notes').textContent).toContain('Ask who is at home.');
  expect(texts('[data-testid=next] h2, [data-testid=next] h3')).toEqual([words.next, 'The forest']);
  tell({ ...VIEW, page: { at: 1, count: 3 }, step: { ...VIEW.step!, notes: null }, next: null });
  await tick();
  expect(texts('.where .soft')).toEqual(['Step 2 / 9 · step 12 · Text page 2 / 3']);
  expect([texts('[data-testid=notes] .soft'), texts('[data-testid=next] .soft')]).toEqual([[words.noNotes], [words.nothing]]);
  tell({ ...VIEW, step: null, status: '', next: null });
  await tick();
  expect([texts('.where .soft'), texts('[data-testid=notes] .soft')]).toEqual([[''], [words.noStep]]);
  // A scenario has neither steps nor an end of a lesson.
  tell({ ...VIEW, step: null, next: null, lesson: { title: 'a.yaml', language: null, minutes: null, steps: 0 } });
  await tick();
  expect([texts('[data-testid=notes] .soft'), texts('[data-testid=next] .soft')]).toEqual([[words.noSteps], []]);
});

test('the texts of a lesson in the other language only are marked with it, and none of the window’s own', async () => {
  const marked = (): string[] =>
    [...document.querySelectorAll(`[lang="${WORDS.zh.language.tag}"]`)].map((each) => each.textContent?.trim() ?? '');
  await teacher({ question: QUESTION });
  expect(marked()).toEqual([]);
  tell({ ...VIEW, question: QUESTION, lesson: { ...VIEW.lesson, language: 'zh' } });
  await tick();
  const said = [...QUESTION.choices.flatMap(({ text }, i) => [text, i === QUESTION.answer ? QUESTION.because : 'It is kept.'])];
  expect(marked()).toEqual([
    ...['Hunting', 'The door', 'Ask who is at home.', QUESTION.question, ...said],
    ...['The forest', 'She goes out.', 'entersyscall'],
  ]);
  tell({ ...VIEW, lesson: { ...VIEW.lesson, language: 'en' } });
  await tick();
  expect(marked()).toEqual([]);
});

test('the large buttons say what they do next: turn a page, tell the answer, or go on to another step', async () => {
  const { lesson, question } = WORDS.en;
  await teacher();
  const said = (): string[] => texts('[data-testid=presenter-back], [data-testid=presenter-next]');
  expect(said()).toEqual([`← ${words.back}`, `${words.forward} →`]);
  const changes: [Partial<PresenterView>, string, string][] = [
    [{ page: { at: 0, count: 2 } }, words.back, lesson.nextPage],
    [{ page: { at: 1, count: 2 } }, lesson.previousPage, words.forward],
    [{ question: QUESTION }, words.back, question.reveal],
    [{ question: QUESTION, page: { at: 0, count: 2 } }, words.back, lesson.nextPage],
    [{ question: { ...QUESTION, isOpen: false } }, words.back, words.forward],
  ];
  for (const [change, back, forward] of changes) {
    tell({ ...VIEW, ...change });
    await tick();
    expect(said()).toEqual([`← ${back}`, `${forward} →`]);
  }
});

test('the clock goes on by itself, and says when a step takes longer than was planned', async () => {
  await teacher();
  const times = (): string[] => [screen.getByTestId('elapsed').textContent ?? '', screen.getByTestId('on-step').textContent ?? ''];
  const isLate = (): boolean => screen.getByTestId('on-step').classList.contains('late');
  expect([times(), isLate()]).toEqual([['1:00', '0:05'], false]);
  await vi.advanceTimersByTimeAsync(175_000);
  await tick();
  expect([times(), isLate()]).toEqual([['3:55', '3:00'], false]);
  await vi.advanceTimersByTimeAsync(1_000);
  await tick();
  expect([times(), isLate()]).toEqual([['3:56', '3:01'], true]);
  tell({ ...VIEW, clock: { ...VIEW.clock, sinceMs: null } });
  await tick();
  expect([times(), screen.getByTestId('clock-toggle').textContent]).toEqual([['1:00', '0:05'], words.start]);
  await fireEvent.click(screen.getByTestId('clock-toggle'));
  await fireEvent.click(screen.getByTestId('clock-reset'));
  expect(acts).toEqual([
    { kind: 'clock', what: 'toggle' },
    { kind: 'clock', what: 'reset' },
  ]);
});

test('the teacher sees the answer and each vote before the class does, and counts hands by buttons and digits', async () => {
  await teacher({ question: QUESTION });
  const asked = within(screen.getByTestId('presented-question'));
  expect(texts('[data-testid=presented-question] li.right .text')).toEqual(['M0']);
  expect(texts('[data-testid=presented-question] .why')).toEqual(['It is kept.', 'oldp says so.']);
  expect(texts('[data-testid=presented-hands]')).toEqual(['3 hands → 1 hand', '2 hands → 4 hands']);
  expect(texts('[data-testid=next] h2')).toEqual([words.afterAnswer]);
  await fireEvent.click(asked.getByLabelText('One more for B'));
  await press('1', { code: 'Digit1' });
  await press('!', { code: 'Digit1', shiftKey: true });
  // There are two choices: the third digit is a view's again.
  await press('3', { code: 'Digit3' });
  expect(acts).toEqual([
    { kind: 'hand', choice: 1, by: 1 },
    { kind: 'hand', choice: 0, by: 1 },
    { kind: 'hand', choice: 0, by: -1 },
    { kind: 'command', command: 'machine' },
  ]);
});

test('only an open question can be revealed; after it, and by a learner alone, no hands are counted', async () => {
  await teacher({ question: QUESTION });
  const reveal = screen.getByTestId<HTMLButtonElement>('presenter-reveal');
  expect(reveal.disabled).toBe(false);
  await fireEvent.click(reveal);
  expect(acts).toEqual([{ kind: 'reveal' }]);
  tell({ ...VIEW, question: { ...QUESTION, isOpen: false } });
  await tick();
  expect([reveal.disabled, screen.queryByLabelText('One more for B')]).toEqual([true, null]);
  await press('1', { code: 'Digit1' });
  expect(acts.at(-1)).toEqual({ kind: 'command', command: 'village' });
  tell({ ...VIEW, question: { ...QUESTION, isClass: false } });
  await tick();
  expect(screen.queryByLabelText('One more for B')).toBeNull();
});

test('a question that comes next is announced with its words', async () => {
  await teacher({ next: { ...VIEW.next!, question: 'Who will wake?' } });
  expect([texts('[data-testid=next] h2'), texts('[data-testid=next] .asked')]).toEqual([[words.nextQuestion], ['Who will wake?']]);
});

test('a clicker’s keys are those of the projected window; a held space bar plays once, and a letter only where letters are commands', async () => {
  await teacher();
  await press('PageDown');
  await press('PageUp');
  await press(' ');
  await press(' ', { repeat: true });
  await press('k');
  // Commands of the other window alone.
  await press('F1');
  const commands = ['lessonNext', 'lessonPrevious', 'play', 'spotlight'];
  expect(acts).toEqual(commands.map((command) => ({ kind: 'command', command })));
  tell({ ...VIEW, hasLetterKeys: false, question: QUESTION });
  await tick();
  await press('k');
  await press('1', { code: 'Digit1' });
  expect(acts).toHaveLength(commands.length);
});

test('language, light and what its buttons say are as projected', async () => {
  await teacher({ theme: 'projector', language: 'zh', isPlaying: true, isBlank: true });
  const { documentElement: root } = document;
  const said = WORDS.zh.presenter;
  expect([root.dataset.theme, root.lang, document.title]).toEqual(['projector', WORDS.zh.language.tag, said.title]);
  expect(screen.getByText(said.pausePlay)).toBeTruthy();
  expect(screen.getByText(said.unblank).getAttribute('aria-pressed')).toBe('true');
});

interface Projected {
  lesson: LessonStore;
  act: (asked: PresenterAct) => void;
  actions: Record<string, ReturnType<typeof vi.fn>>;
  onhand: ReturnType<typeof vi.fn>;
  redraw: (changes: Record<string, unknown>) => Promise<void>;
}

/** What the teacher's window was told, the latest last. */
let told: PresenterView[];

async function projected(step: string, changes: Record<string, unknown> = {}): Promise<Projected> {
  const lesson = await lessonStoreAt('hunting', step);
  told = [];
  let act: (asked: PresenterAct) => void = () => undefined;
  bridge.tellPresenter = (view) => {
    told.push(view);
    return Promise.resolve({ ok: true, value: null });
  };
  bridge.onPresenterAct = (listener) => {
    act = listener;
    return () => undefined;
  };
  const actions = Object.fromEntries(Object.keys(COMMANDS).map((id) => [id, vi.fn()]));
  const onhand = vi.fn();
  const settings = { language: 'en', shownTheme: 'light', hasLetterKeys: true };
  const props = { lesson, settings, status: 'step 1', isOpen: true, isBlank: false, actions, onhand, ...changes };
  const Presenting = (await import('./Presenting.svelte')).default as unknown as Component<Record<string, unknown>>;
  const { rerender } = render(Presenting, props);
  await tick();
  return { lesson, act: (asked) => act(asked), actions, onhand, redraw: (more) => rerender({ ...props, ...more }) };
}

test('the other window is told only while it is open, and the clock of a step begins with it', async () => {
  const { lesson, redraw } = await projected('village', { isOpen: false });
  expect(told).toEqual([]);
  vi.setSystemTime(NOW + 90_000);
  await redraw({ isOpen: true });
  expect(told.at(-1)).toMatchObject({ step: { number: 1 }, clock: { elapsedMs: 0, stepMs: 0, sinceMs: NOW }, status: 'step 1' });
  await lesson.goTo(1, 'jump');
  await tick();
  expect(told.at(-1)).toMatchObject({ step: { number: 2 }, clock: { elapsedMs: 90_000, stepMs: 0, sinceMs: NOW + 90_000 } });
});

test('the clock is stopped, goes on, and begins anew from the other window', async () => {
  const { act } = await projected('village');
  vi.setSystemTime(NOW + 10_000);
  act({ kind: 'clock', what: 'toggle' });
  await tick();
  expect(told.at(-1)?.clock).toEqual({ elapsedMs: 10_000, stepMs: 10_000, sinceMs: null });
  act({ kind: 'clock', what: 'reset' });
  await tick();
  expect(told.at(-1)?.clock).toEqual({ elapsedMs: 0, stepMs: 0, sinceMs: null });
});

test('who goes on in the other window is done with whatever lies over the lesson; looks alone leave it open', async () => {
  const { act, actions, onhand, lesson } = await projected('village');
  const reveal = vi.spyOn(lesson, 'reveal').mockImplementation(() => undefined as never);
  const dialog = document.body.appendChild(document.createElement('dialog'));
  dialog.showModal();
  act({ kind: 'command', command: 'theme' });
  act({ kind: 'hand', choice: 1, by: -1 });
  expect([dialog.open, actions.theme?.mock.calls.length, onhand.mock.calls]).toEqual([true, 1, [[1, -1]]]);
  act({ kind: 'command', command: 'lessonNext' });
  expect([dialog.open, actions.lessonNext?.mock.calls.length]).toEqual([false, 1]);
  act({ kind: 'reveal' });
  expect(reveal).toHaveBeenCalledOnce();
  dialog.remove();
});

test('from a blank screen the first thing asked for brings the picture back, and does nothing else', async () => {
  const { act, actions, onhand } = await projected('village', { isBlank: true });
  act({ kind: 'command', command: 'lessonNext' });
  act({ kind: 'hand', choice: 0, by: 1 });
  expect([actions.blank?.mock.calls.length, actions.lessonNext?.mock.calls.length, onhand.mock.calls.length]).toEqual([2, 0, 0]);
  act({ kind: 'command', command: 'language' });
  expect([actions.blank?.mock.calls.length, actions.language?.mock.calls.length]).toEqual([2, 1]);
});
