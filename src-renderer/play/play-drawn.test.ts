/** A page that plays: its lesson, views, keys and buttons, drawn over its own data as in a browser. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fill, WORDS } from '../../assets/words/index';
import { playFileOf } from '../../src-main/app/play-file';
import { eventually } from '../../src-main/app/testdata/eventually';
import type { PlayAsk, PlayFile } from '../../src-main/contract/index';
import { rememberCanvases } from '../testdata/canvas';
import { openedLesson } from '../testdata/told';
import '../testdata/window-bridge';
import { page } from './offline-bridge';
import type { PlayState } from './play-state.svelte';

vi.mock('../bridge', () => import('./offline-bridge'));
rememberCanvases('');

const { play: words, lesson: lessonWords, timeline: timelineWords } = { ...WORDS.en, play: WORDS.en.play.page };
const ASK: PlayAsk = {
  lesson: 'hunting',
  stem: 'page',
  kinds: ['html'],
  views: ['village', 'runtime', 'machine'],
  language: 'en',
  theme: 'light',
  range: null,
};
const { documentElement: root } = document;

async function fileOf(ask: Partial<PlayAsk> = {}): Promise<PlayFile> {
  const made = await playFileOf(
    await openedLesson('hunting'),
    { ...ASK, ...ask },
    () => undefined,
    () => false,
  );
  if (!made.ok) throw new Error(made.message.en);
  return made.value;
}

const WHOLE = await fileOf();

async function shown(file: PlayFile = WHOLE): Promise<PlayState> {
  const { PlayState } = await import('./play-state.svelte');
  const { default: PlayPage } = await import('./PlayPage.svelte');
  page.file = file;
  const play = new PlayState(file);
  render(PlayPage, { play });
  await eventually(() => {
    expect(root.dataset.ready).toBe('true');
  });
  // Motions take no time.
  play.lesson.playback.speed = 1_000;
  await tick();
  return play;
}

beforeEach(() => {
  delete root.dataset.ready;
  Object.assign(window, { innerWidth: 1366, innerHeight: 768 });
});
afterEach(cleanup);

const press = (key: string, code = key, more: KeyboardEventInit = {}): Promise<boolean> =>
  fireEvent.keyDown(document.body, { key, code, ...more });
const click = (id: string): Promise<boolean> => fireEvent.click(screen.getByTestId(id));
const views = (): string[] => [...document.querySelectorAll<HTMLElement>('.stage > section')].map(({ dataset }) => dataset.testid ?? '');
const at = (): number => Number(screen.getByTestId('status').dataset.step);
const status = (): string => screen.getByTestId('status').textContent?.trim() ?? '';

/** On to the first question of the lesson. */
async function asked({ lesson }: PlayState): Promise<void> {
  const index = lesson.steps.findIndex(({ ask }) => ask !== null);
  await lesson.goTo(index, 'jump');
  await eventually(() => {
    expect(lesson.isAsking).toBe(true);
  });
}

test('begins with its goals, language and light, and goes on by the button, the key and the slider', async () => {
  const play = await shown();
  expect([root.dataset.theme, root.lang, document.title]).toEqual(['light', WORDS.en.language.tag, play.title]);
  expect(screen.getByTestId('title').textContent).toBe(play.title);
  expect(at()).toBe(0);
  await press('ArrowRight');
  await eventually(() => {
    expect(at()).toBe(1);
  });
  await click('forward');
  await eventually(() => {
    expect(at()).toBe(2);
  });
  await press('ArrowLeft');
  await eventually(() => {
    expect(at()).toBe(1);
  });
  await fireEvent.input(screen.getByTestId('slider'), { target: { value: '9' } });
  await eventually(() => {
    expect(at()).toBe(9);
  });
  await press('Home');
  await eventually(() => {
    expect(at()).toBe(0);
  });
  expect(screen.getByTestId<HTMLButtonElement>('back').disabled).toBe(true);
});

test('a lesson in the other language only is marked: its title, the names of its steps and runs, and all that it tells', async () => {
  const { opened } = WHOLE;
  await shown({ ...WHOLE, opened: { ...opened, lesson: { ...opened.lesson, language: 'zh' } } });
  const own =
    '[data-testid=title], [data-testid=contents] option, nav button, [data-testid=story] li > *, [data-testid=story] p > span:not(.tag)';
  const langs = (): (string | null)[] => [...document.querySelectorAll(`:is(${own}):not(code)`)].map((each) => each.getAttribute('lang'));
  expect(langs().length).toBeGreaterThan(4);
  expect(new Set(langs())).toEqual(new Set([WORDS.zh.language.tag]));
  expect(screen.getByTestId('lesson-only').textContent).toBe(WORDS.en.ownLessons.only.zh);
  expect(document.querySelectorAll('footer [lang], .tools [lang]:not([data-testid=language])')).toHaveLength(0);
  await press('l', 'KeyL');
  expect([document.querySelector(`[lang]:not(html, code, [data-testid=language])`), screen.queryByTestId('lesson-only')]).toEqual([
    null,
    null,
  ]);
});

test('views are chosen by button and digit; none can be left out that is the last one', async () => {
  await shown();
  expect(views()).toEqual(['village', 'runtime', 'machine']);
  await click('show-runtime');
  expect([views(), screen.getByTestId('show-runtime').getAttribute('aria-pressed')]).toEqual([['village', 'machine'], 'false']);
  await press('3', 'Digit3');
  expect(views()).toEqual(['village']);
  await press('1', 'Digit1');
  expect(views()).toEqual(['village']);
  await press('5', 'Digit5');
  expect(screen.queryByTestId('play-timeline')).toBeNull();
  await click('show-timeline');
  expect(screen.getByTestId('play-timeline').getAttribute('aria-label')).toBe(timelineWords.title);
});

test('a page with one view offers no choice of views', async () => {
  await shown(await fileOf({ views: ['machine'] }));
  expect([views(), screen.queryByTestId('show-machine')]).toEqual([['machine'], null]);
});

test('a narrow window shows one view and no timeline', async () => {
  Object.assign(window, { innerWidth: 390 });
  await shown();
  expect([views(), screen.queryByTestId('play-timeline'), screen.queryByTestId('show-timeline')]).toEqual([['village'], null, null]);
  await click('show-machine');
  expect(views()).toEqual(['machine']);
  Object.assign(window, { innerWidth: 1366 });
  await fireEvent(window, new Event('resize'));
  expect(views()).toEqual(['village', 'runtime', 'machine']);
});

test('language, light and size by button and key', async () => {
  await shown();
  await press('l', 'KeyL');
  expect([root.lang, screen.getByTestId('title').textContent]).toEqual([WORDS.zh.language.tag, document.title]);
  await click('language');
  await press('t', 'KeyT');
  expect([root.lang, root.dataset.theme]).toEqual([WORDS.en.language.tag, 'dark']);
  await click('theme');
  expect(root.dataset.theme).toBe('light');
  const size = (): string => screen.getByTestId('zoom').textContent ?? '';
  await press('+', 'Equal', { ctrlKey: true });
  const larger = size();
  await click('smaller');
  expect([larger === '100%', size()]).toEqual([false, '100%']);
  await click('bigger');
  await press('0', 'Digit0', { ctrlKey: true });
  expect(size()).toBe('100%');
});

test('an open question hides what comes; a digit answers it, and reasons follow', async () => {
  const play = await shown();
  await asked(play);
  const step = play.lesson.pending!;
  const { ask } = step;
  expect(screen.getByTestId('question').textContent).toBe(ask?.question.en.replaceAll('`', ''));
  // Neither how far the run goes, nor what later steps are called.
  expect(status()).not.toContain(`of ${play.lesson.playback.stepCount}`);
  expect(screen.getByTestId('contents').querySelectorAll('option')).toHaveLength(play.lesson.steps.indexOf(step));
  expect(screen.getByTestId('lesson-next').textContent).toContain(words.skip);
  const wrong = ask?.answer === 0 ? 1 : 0;
  await press(String(wrong + 1), `Digit${String(wrong + 1)}`);
  await tick();
  const choices = screen.getAllByTestId<HTMLButtonElement>('choice');
  expect(choices.map(({ disabled }) => disabled)).toEqual(choices.map(() => true));
  expect(choices.map(({ className }) => /right|wrong/.exec(className)?.[0] ?? '')).toEqual(
    choices.map((_, i) => (i === ask?.answer ? 'right' : i === wrong ? 'wrong' : '')),
  );
  expect(screen.getByTestId('lesson-next').textContent).toContain(words.see);
  await press('PageDown');
  await eventually(() => {
    expect(screen.getByTestId('story').dataset.step).toBe(step.id);
  });
  expect(screen.queryByTestId('question')).toBeNull();
});

test('what a step gives to do stands behind its question', async () => {
  const { lesson } = await shown();
  const activity = lesson.steps.find((step) => step.activity !== null)?.activity;
  const index = lesson.steps.findIndex(({ ask }) => ask !== null);
  const { opened } = lesson;
  if (!opened || !activity) throw new Error('the lesson gives nothing to do');
  const steps = lesson.steps.map((step, i) => (i === index ? { ...step, activity } : step));
  lesson.opened = { ...opened, lesson: { ...opened.lesson, steps } };
  await lesson.goTo(index, 'jump');
  await eventually(() => {
    expect([lesson.isAsking, screen.queryByTestId('open-activity')]).toEqual([true, null]);
  });
  await press('1', 'Digit1');
  await press('PageDown');
  await screen.findByTestId('open-activity');
});

test('whoever does not guess is told without a mark against a choice', async () => {
  const play = await shown();
  await asked(play);
  await click('skip');
  await tick();
  expect(screen.getAllByTestId('choice').filter(({ className }) => className.includes('wrong'))).toEqual([]);
});

test('the end says how it went and what is still open, and begins again from there', async () => {
  const play = await shown(await fileOf({ range: { from: 1, to: 2 } }));
  const { lesson } = play;
  await lesson.goTo(lesson.steps.length - 1, 'jump');
  for (let i = 0; i < 4 && !screen.queryByTestId('end'); i++) {
    if (lesson.isAsking) lesson.reveal();
    await click('lesson-next');
    await tick();
  }
  await eventually(() => {
    expect(screen.getByTestId('end').textContent).toContain(words.over);
  });
  const { questions } = play.score;
  expect(screen.queryByTestId('score') === null).toBe(questions === 0);
  await click('again');
  await eventually(() => {
    expect([at(), screen.queryByTestId('end')]).toEqual([0, null]);
  });
});

test('the list of keys opens and has the keys until it is closed', async () => {
  await shown();
  await press('?', 'Slash', { shiftKey: true });
  expect(screen.getByTestId<HTMLDialogElement>('keys-dialog').open).toBe(true);
  await press('ArrowRight');
  await tick();
  expect(at()).toBe(0);
  await press('?', 'Slash', { shiftKey: true });
  expect(screen.getByTestId<HTMLDialogElement>('keys-dialog').open).toBe(false);
});

test('keys of a list are the list’s own, and the browser’s are the browser’s', async () => {
  await shown();
  const list = screen.getByTestId('contents');
  await fireEvent.keyDown(list, { key: 'Home', code: 'Home' });
  await press('ArrowRight', 'ArrowRight', { altKey: true });
  await press('ArrowRight', 'ArrowRight', { isComposing: true });
  await tick();
  expect(at()).toBe(0);
});

test('a held space bar plays once; the button says what it will do', async () => {
  const play = await shown();
  play.lesson.playback.speed = 0.125;
  const toggled = vi.spyOn(play.lesson, 'togglePlay');
  await press(' ', 'Space');
  await press(' ', 'Space', { repeat: true });
  expect(toggled).toHaveBeenCalledOnce();
  await tick();
  expect(screen.getByTestId('play').getAttribute('aria-label')).toBe(words.pause);
  await click('play');
  expect(screen.getByTestId('play').getAttribute('aria-label')).toBe(words.play);
});

test('a part says which step of the whole run it shows', async () => {
  const play = await shown(await fileOf({ range: { from: 3, to: 4 } }));
  expect(play.base).toBeGreaterThan(0);
  expect(status()).toContain(fill(words.ofWhole, { n: play.base + at() }));
});

test('a package outside of a learning platform says that nothing is recorded', async () => {
  await shown({ ...WHOLE, platform: 'scorm12' });
  expect(document.body.textContent).toContain(words.noPlatform);
});

test('a run without a story tells itself event by event, and goes to one that is pressed', async () => {
  const { opened } = WHOLE;
  const [name = ''] = Object.keys(WHOLE.runs);
  const run = { ...WHOLE.runs[name]!, stops: [] };
  const own: PlayFile = { ...WHOLE, opened: { ...opened, lesson: { ...opened.lesson, id: '', steps: [] } }, runs: { [name]: run } };
  const play = await shown(own);
  expect(screen.queryByTestId('contents')).toBeNull();
  const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.text ol button')];
  await eventually(() => {
    expect(rows().length).toBeGreaterThan(3);
  });
  const last = rows()[3]!;
  await fireEvent.click(last);
  await eventually(() => {
    expect(at()).toBeGreaterThan(0);
  });
  await eventually(() => {
    expect(document.querySelectorAll('.text ol [aria-current=true]')).toHaveLength(1);
  });
  expect(document.querySelectorAll('.text p .tag')).toHaveLength(2);
  await play.lesson.jump(play.lesson.playback.stepCount);
  await eventually(() => {
    expect(document.body.textContent).toContain(lessonWords.outcome);
  });
});
