/** The whole window, as it starts, and what a key, the menu and its size make of it. What its parts do stands beside them. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eventually } from '../../src-main/app/testdata/eventually';
import type { CommandId, LaneAsk, LinksAsk, MenuState, RowsAsk, StartUp } from '../../src-main/contract/index';
import { rememberCanvases } from '../testdata/canvas';
import { ORDINARY } from '../testdata/start-options';
import { allLessons, openedLesson, toldAt } from '../testdata/told';
import { bridge } from '../testdata/window-bridge';

rememberCanvases(readFileSync(join(import.meta.dirname, 'app.css'), 'utf8'));
Element.prototype.setPointerCapture = (): void => undefined;
/** What waits until nothing else is to be done. */
let idle: (() => void)[] = [];
globalThis.requestIdleCallback = ((then: () => void) => idle.push(then)) as unknown as typeof requestIdleCallback;
Object.defineProperty(document, 'fonts', { value: { ready: Promise.resolve(), addEventListener: vi.fn(), removeEventListener: vi.fn() } });

const { documentElement: root } = document;
const done = <T>(value: T): Promise<{ ok: true; value: T }> => Promise.resolve({ ok: true, value });
const { kept, run, lesson } = await toldAt('hunting', 'village');

/** What the page is told from outside, by the name of the request: the newest listener. */
const listeners = new Map<string, (told: never) => void>();
const fromMenu = (command: CommandId): void => {
  (listeners.get('onMenuCommand') as ((command: CommandId) => void) | undefined)?.(command);
};
// Whatever is asked besides is answered with nothing, as long as a test does not mind.
Object.setPrototypeOf(
  bridge,
  new Proxy(
    {},
    {
      get: (_, name: string) =>
        name.startsWith('on')
          ? (listener: (told: never) => void) => {
              listeners.set(name, listener);
              return () => undefined;
            }
          : () => done(null),
    },
  ),
);
Object.assign(bridge, {
  zoomFactor: () => 1,
  readSteps: ({ from, to }: { from: number; to: number }) => done(kept.read(from, to)),
  stateAt: ({ n }: { n: number }) => done(kept.stateAt(n)),
  lanes: (ask: LaneAsk) => done(kept.look(ask)),
  laneRows: (ask: RowsAsk) => done(kept.rows(ask)),
  links: (ask: LinksAsk) => done(kept.links(ask)),
  runLine: () => done(kept.line()),
  bookmarks: () => done([]),
  ownLessons: () => done({ lessons: [], moved: [] }),
  stepAnswers: ({ step }: { step: string }) => openedLesson('hunting').then((opened) => opened.answers(step, () => false)),
});
const { default: App } = await import('./App.svelte');
const { AppState } = await import('../stores/app.svelte');

async function startUp(settings: Partial<StartUp['settings']>): Promise<StartUp> {
  return {
    options: ORDINARY,
    settings: {
      language: 'en',
      theme: 'light',
      speed: 8,
      place: null,
      learner: 'me',
      layout: {},
      isInWords: false,
      isCourseFirst: false,
      hasLetterKeys: true,
      ...settings,
    },
    learners: { all: [], damaged: [] },
    lessons: { ok: true, value: { cards: [...(await allLessons())], units: [], misconceptions: [], broken: [] } },
    opened: { ok: true, value: lesson },
    run: { ok: true, value: run },
    steps: [],
    place: null,
  };
}

const wholeFont = vi.fn();
/** The newest thing that the menu was told. */
let menu: MenuState;

/** `told`: what it starts with, where that is more than settings. */
async function begun(told: StartUp): Promise<void> {
  bridge.startUp = () => done(told);
  const app = new AppState();
  render(App, { app, started: app.start(), wholeFont });
  await eventually(() => {
    expect(root.dataset.ready).toBe('true');
  });
}

async function started(settings: Partial<StartUp['settings']> = {}): Promise<void> {
  await begun(await startUp(settings));
  await eventually(() => {
    expect(root.dataset.whole).toBe('true');
  });
}

beforeEach(() => {
  delete root.dataset.ready;
  delete root.dataset.whole;
  idle = [];
  wholeFont.mockClear();
  size(1366, 768);
  bridge.tellMenu = vi.fn((told: MenuState) => {
    menu = told;
    return done(null);
  });
});
afterEach(async () => {
  // What a window says when it is whole would be taken for the next one's.
  await eventually(() => {
    expect(root.dataset.whole).toBe('true');
  });
  // Whoever has something to save does so, before the next test begins.
  dispatchEvent(new Event('pagehide'));
  cleanup();
});

function size(widthPx: number, heightPx: number): void {
  Object.assign(window, { innerWidth: widthPx, innerHeight: heightPx });
}

const press = (key: string, more: KeyboardEventInit = {}): Promise<boolean> => fireEvent.keyDown(document.body, { key, ...more });
const views = (): string[] => [...document.querySelectorAll<HTMLElement>('.view')].map(({ dataset }) => dataset.testid ?? '');
const shownStep = (): number => Number(screen.getByTestId('timeline').dataset.step);
const atStep = (n: number): Promise<void> =>
  eventually(() => {
    expect(shownStep()).toBe(n);
  });

test('it starts in the language and the light that were kept, at the lesson, with three views', async () => {
  await started({ theme: 'dark', language: 'zh' });
  expect([root.lang, root.dataset.theme, root.dataset.atRest]).toEqual(['zh-CN', 'dark', 'true']);
  expect(screen.getByTestId('lesson-title').textContent).toContain(lesson.lesson.title.zh);
  expect(views()).toEqual(['village', 'runtime', 'machine']);
  await press('l');
  await press('t');
  expect([root.lang, root.dataset.theme]).toEqual(['en', 'projector']);
  await press('t');
  expect(root.dataset.theme).toBe('light');
  await press('t');
  expect(root.dataset.theme).toBe('dark');
});

test('it is ready with the lesson and its village, which can be used; what stands beside them follows', async () => {
  let toldWhenReady = NaN;
  const observer = new MutationObserver(() => {
    if (root.dataset.ready === 'true' && Number.isNaN(toldWhenReady)) toldWhenReady = vi.mocked(bridge.tellMenu).mock.calls.length;
  });
  observer.observe(root, { attributes: true });
  await begun(await startUp({}));
  observer.disconnect();
  // The menu hears of it when the first picture is there.
  expect(toldWhenReady).toBe(0);
  expect(screen.getByTestId('lesson-title').textContent).toContain(lesson.lesson.title.en);
  expect(document.querySelectorAll('.view.village svg').length).toBeGreaterThan(3);
  expect(views()).toEqual(['village', 'runtime', 'machine']);
  expect(screen.queryByTestId('timeline')).toBeNull();
  await press('ArrowRight');
  await atStep(1);
  expect(root.dataset.whole).toBe('true');
});

test('a village that only a town has room for is there when it is ready', async () => {
  const told = await startUp({});
  await begun({ ...told, run: { ok: true, value: { ...run, most: { ...run.most, threads: 40 } } } });
  expect(document.querySelector('.view.village .body .houses')).not.toBeNull();
});

test('the tab that is shown is there when it is ready', async () => {
  size(800, 500);
  const [first, ...others] = lesson.lesson.steps;
  if (!first) throw new Error('the lesson has no step');
  const steps = [{ ...first, focus: ['P.P0'] }, ...others];
  await begun({ ...(await startUp({})), opened: { ok: true, value: { ...lesson, lesson: { ...lesson.lesson, steps } } } });
  expect(views()).toEqual(['runtime']);
  expect(document.querySelector('.view.runtime .body')?.childElementCount).toBeGreaterThan(0);
});

test('the whole font comes when the first picture is there and nothing else is to be done', async () => {
  await started();
  await eventually(() => {
    expect(idle.length).toBeGreaterThan(0);
  });
  expect(wholeFont).not.toHaveBeenCalled();
  for (const then of idle) then();
  expect(wholeFont).toHaveBeenCalledTimes(1);
});

test('a view’s key gives it all the room; the same key, 0 and Escape give the room back', async () => {
  await started();
  for (const back of ['2', '0', 'Escape']) {
    await press('2');
    expect(views()).toEqual(['runtime']);
    expect(menu.checked).toContain('runtime');
    await press(back);
    expect(views()).toEqual(['village', 'runtime', 'machine']);
    expect(menu.checked).not.toContain('runtime');
  }
});

test('a key, a button and the menu do the same, and the menu says what would do nothing', async () => {
  await started();
  expect(menu.disabled).toContain('stepBack');
  await press('ArrowRight');
  await atStep(1);
  expect(menu.disabled).not.toContain('stepBack');
  fromMenu('stepForward');
  await atStep(2);
  await fireEvent.click(screen.getByTestId('step-back'));
  await atStep(1);
  await press('End');
  await atStep(run.stepCount);
  expect(menu.disabled).toEqual(expect.arrayContaining(['stepForward', 'toEnd']));
  await press('Home');
  await atStep(0);
});

test('while a question is open the window does not say how many steps the run has', async () => {
  await started();
  const said = (): string => screen.getByTestId('status').textContent ?? '';
  expect(said()).toContain(` / ${run.stepCount}`);
  for (let i = 0; i < 20 && !screen.queryByTestId('question'); i++) {
    await press('PageDown');
    await tick();
  }
  await screen.findByTestId('question');
  await tick();
  expect(said()).not.toContain(String(run.stepCount));
  expect(said()).toContain(`${shownStep()}`);
});

test('a blank screen is taken away by any key, which does nothing else', async () => {
  await started();
  await press('b');
  expect(screen.queryByTestId('blank')).not.toBeNull();
  await press('ArrowRight');
  expect(screen.queryByTestId('blank')).toBeNull();
  await tick();
  expect(shownStep()).toBe(0);
});

test('the text alone takes the views’ room, and Escape gives it back before anything else is closed', async () => {
  await started();
  await press('2');
  await press('y');
  expect(views()).toEqual([]);
  await press('Escape');
  expect(views()).toEqual(['runtime']);
  await press('Escape');
  expect(views()).toEqual(['village', 'runtime', 'machine']);
});

test('a small window has tabs, one of which is shown, and a large one has none', async () => {
  await started();
  expect(screen.queryByTestId('tab-runtime')).toBeNull();
  size(800, 500);
  await fireEvent(window, new Event('resize'));
  expect(views()).toHaveLength(1);
  await press('2');
  expect(views()).toEqual(['runtime']);
  // Of tabs one is always shown: the same key once more takes nothing away.
  await press('2');
  expect(views()).toEqual(['runtime']);
  await press('5');
  expect(screen.getByTestId('tab-timeline').getAttribute('aria-selected')).toBe('true');
  expect(views()).toEqual([]);
  size(1366, 768);
  await fireEvent(window, new Event('resize'));
  expect(screen.queryByTestId('tab-runtime')).toBeNull();
});

test('digits are choices while a question is open, and views before and after', async () => {
  await started();
  await eventually(async () => {
    if (screen.queryByTestId('question') === null) await press('PageDown');
    expect(screen.queryByTestId('question')).not.toBeNull();
  });
  const choices = (): HTMLButtonElement[] => [...document.querySelectorAll<HTMLButtonElement>('.choices button')];
  expect(choices().length).toBeGreaterThan(1);
  await press('2', { code: 'Digit2' });
  expect(views()).toEqual(['village', 'runtime', 'machine']);
  expect(choices().every(({ disabled }) => disabled)).toBe(true);
  await press('2', { code: 'Digit2' });
  expect(views()).toEqual(['runtime']);
});

test('in words there are no pictures, and what is read next has the keyboard', async () => {
  await started({ isInWords: true });
  await screen.findByTestId('in-words');
  expect(views()).toEqual([]);
  await press('PageDown');
  await eventually(() => {
    expect(document.activeElement).toBe(screen.getByTestId('lesson-step'));
  });
  await press('h');
  expect(views()).toEqual(['village', 'runtime', 'machine']);
});
