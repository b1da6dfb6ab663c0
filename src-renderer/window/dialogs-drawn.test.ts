/** What the window explains and asks in dialogs of its own: keys and signs, the program, the guides, exercises, and everybody in the village. */
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fill, WORDS } from '../../assets/words/index';
import { eventually } from '../../src-main/app/testdata/eventually';
import { type About, helpLines, MOST_FAULTS } from '../../src-main/contract/index';
import { LEGEND } from '../scene/legend';
import type { LessonStore } from '../stores/lesson.svelte';
import { Notices } from '../stores/notices.svelte';
import { bridge, lessonStoreAt } from '../testdata/window-bridge';
import { takeFocus } from './first-focus';
import { guideBlocks } from './guide-text';
import { guideText } from './guides';
import Notice from './Notice.svelte';

const { installed, window: words, exercises } = WORDS.en;
const ABOUT: About = {
  product: 'Schedville 1.0.0',
  electron: '33.2.1',
  chrome: '130',
  node: '20',
  standIn: false,
  isPackaged: false,
  dataFolder: '/home/me/data',
  isPortable: false,
  logFile: '/home/me/log',
  defaults: null,
};

afterEach(() => {
  vi.restoreAllMocks();
});

const texts = (part: Element, selector: string): string[] =>
  [...part.querySelectorAll(selector)].map((each) => each.textContent?.trim() ?? '');

describe('help', () => {
  async function help(about: Partial<About> | null = {}): Promise<HTMLElement> {
    bridge.about = () =>
      Promise.resolve(about ? { ok: true, value: { ...ABOUT, ...about } } : { ok: false, message: { zh: '不', en: 'no' } });
    const page = render((await import('./Help.svelte')).default, { language: 'en' }).component as unknown as {
      toggle: () => Promise<void>;
    };
    await page.toggle();
    await tick();
    return screen.getByTestId('help');
  }

  test('every key and every sign stands in it, with or without the program’s own particulars', async () => {
    const dialog = await help(null);
    const [keys, signs] = dialog.querySelectorAll('dl') as unknown as [Element, Element];
    expect(texts(keys, 'dt')).toEqual(helpLines().map((each) => each.keys));
    expect(texts(keys, 'dd')).toEqual(helpLines().map((each) => WORDS.en.keys[each.words]));
    expect(texts(signs, 'dt')).toEqual(LEGEND.map(({ en }) => en[0]));
    expect(within(dialog).queryByTestId('about')).toBeNull();
  });

  test('where settings lie, and whether they travel with the program', async () => {
    await help();
    expect(screen.getByTestId('data-folder').textContent).toBe(fill(installed.data, { folder: '/home/me/data' }));
    expect(['machine-defaults', 'stand-in'].map((id) => screen.queryByTestId(id))).toEqual([null, null]);
    document.body.replaceChildren();
    await help({ isPortable: true });
    expect(screen.getByTestId('data-folder').textContent).toBe(fill(installed.portable, { folder: '/home/me/data' }));
  });

  test('only a package that was built on a stand-in of the runtime is warned of; a package says where Chromium’s licences are', async () => {
    for (const [standIn, isPackaged] of [
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      const dialog = await help({ standIn, isPackaged });
      expect(screen.queryByTestId('stand-in') !== null).toBe(standIn && isPackaged);
      expect(dialog.textContent?.includes(installed.chromium)).toBe(isPackaged);
      document.body.replaceChildren();
    }
  });

  test('what the machine’s administrator has set is told, and what is wrong with it; signs that would turn the line are shown by number', async () => {
    await help({ defaults: { file: '/etc/\u202Ex', set: { language: 'en', speed: 2 }, faults: [{ zh: '不识', en: 'theme is odd' }] } });
    const said = screen.getByTestId('machine-defaults').textContent ?? '';
    expect([said.includes('language: en · speed: 2'), said.includes('\u202E')]).toEqual([true, false]);
    expect(texts(screen.getByTestId('about'), '.warning')).toEqual(['theme is odd']);
    document.body.replaceChildren();
    await help({ defaults: { file: '/etc/x', set: {}, faults: [] } });
    expect(screen.getByTestId('machine-defaults').textContent).toContain(installed.defaultsNothing);
  });

  test('licences open and close at their button, and say why they cannot be had', async () => {
    bridge.licences = vi
      .fn()
      .mockResolvedValueOnce({ ok: true, value: 'MIT …' })
      .mockResolvedValue({ ok: false, message: { zh: '', en: 'gone' } });
    await help();
    const told: (string | null | undefined)[] = [];
    for (let i = 0; i < 3; i++) {
      await fireEvent.click(screen.getByTestId('show-licences'));
      await tick();
      told.push(screen.queryByTestId('licence-texts')?.textContent);
    }
    expect(told).toEqual(['MIT …', undefined, 'gone']);
  });

  test('the teacher’s guide leads to how lessons are written, a long page with its contents, which lead to its parts', async () => {
    await help();
    await fireEvent.click(screen.getByText(installed.docsTeacher));
    const guide = await screen.findByTestId('guide');
    await eventually(() => {
      expect(guide.dataset.guide).toBe('teacher');
    });
    expect(guide.querySelector('nav')).toBeNull();
    await fireEvent.click(await within(guide).findByText(installed.docsFormats));
    await eventually(() => {
      expect([guide.dataset.guide, texts(guide, 'h2')]).toEqual(['formats', ['How scenarios and lessons are written']]);
    });
    // Whoever is read to is at its beginning.
    expect(document.activeElement?.tagName).toBe('H2');
    const parts = within(within(guide).getByRole('navigation', { hidden: true })).getAllByRole('button', { hidden: true });
    expect(parts.map((each) => each.textContent)).toEqual(texts(guide, 'h3, h4'));
    expect(texts(guide, 'h3')).toEqual(['Scenario', 'Lesson']);
    await fireEvent.click(within(guide).getByText('Limits', { selector: 'nav button' }));
    expect(document.activeElement?.textContent).toBe('Limits');
  });

  test('a guide opens over it, whole, and another in its place', async () => {
    await help();
    for (const [id, name] of [
      ['student', installed.docsStudent],
      ['teacher', installed.docsTeacher],
    ] as const) {
      await fireEvent.click(screen.getByText(name));
      await eventually(() => {
        expect(screen.getByTestId<HTMLDialogElement>('guide')).toMatchObject({ open: true, dataset: { guide: id } });
      });
      const blocks = guideBlocks(await guideText(id, 'en'));
      const count = (selector: string): number => screen.getByTestId('guide').querySelectorAll(selector).length;
      const of = (holds: (block: (typeof blocks)[number]) => boolean): number => blocks.filter(holds).length;
      await eventually(() => {
        expect([count('h2'), count('h3'), count('p'), count('ol'), count('ul'), count('pre'), count('table')]).toEqual([
          of((block) => block.kind === 'heading' && block.level === 1),
          of((block) => block.kind === 'heading' && block.level === 2),
          of(({ kind }) => kind === 'paragraph'),
          of((block) => block.kind === 'list' && block.isNumbered),
          of((block) => block.kind === 'list' && !block.isNumbered),
          of(({ kind }) => kind === 'code'),
          of(({ kind }) => kind === 'table'),
        ]);
      });
    }
  });
});

describe('exercises', () => {
  const openLesson = vi.fn(() => Promise.resolve());
  let page: { toggle: () => void; isOpen: () => boolean };
  const seed = (): HTMLInputElement => screen.getByTestId('exercise-seed');
  const box = (name: string): HTMLInputElement => screen.getByLabelText(name);
  const start = (): Promise<boolean> => fireEvent.submit(screen.getByTestId('exercises').querySelector('form')!);

  /** `id`: of the lesson that is open. */
  async function asked(id: string): Promise<void> {
    openLesson.mockClear();
    const lesson = { opened: { lesson: { id } }, openLesson } as unknown as LessonStore;
    page = render((await import('./Exercises.svelte')).default, { lesson, language: 'en' }).component as unknown as typeof page;
    page.toggle();
    await tick();
  }

  test('begins with all kinds and the easiest, or with those that are on the table; each time with a new seed that can be read out', async () => {
    const draws = vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
      (array as Uint32Array)[0] = 4_000_000_000 + draws.mock.calls.length;
      return array;
    });
    await asked('hunting');
    expect([box(exercises.all).checked, box(exercises.levels[1]).checked, seed().value]).toEqual([true, true, '1']);
    await fireEvent.click(screen.getByText(exercises.another));
    expect(seed().value).toBe('2');
    document.body.replaceChildren();
    await asked('exercise-steal-3-77');
    expect([box(exercises.mechanisms.steal).checked, box(exercises.levels[3]).checked, seed().value]).toEqual([true, true, '3']);
  });

  test('what is chosen is opened, with the seed that a class was told', async () => {
    await asked('hunting');
    await fireEvent.click(box(exercises.mechanisms.tick));
    await fireEvent.click(box(exercises.levels[2]));
    await fireEvent.input(seed(), { target: { value: '77' } });
    await start();
    expect([openLesson.mock.calls, page.isOpen()]).toEqual([[['exercise-tick-2-77']], false]);
  });

  test('a seed that is none opens nothing', async () => {
    await asked('hunting');
    for (const value of ['-1', '1.5', '', '1000000000']) {
      await fireEvent.input(seed(), { target: { value } });
      await start();
      expect(screen.getByTestId<HTMLButtonElement>('start-exercises').disabled, value).toBe(true);
    }
    expect(openLesson).not.toHaveBeenCalled();
  });
});

describe('everybody in the village', () => {
  let lesson: LessonStore;
  let page: { toggle: () => void };

  async function cast(): Promise<HTMLElement> {
    lesson = await lessonStoreAt('hunting', 'village');
    page = render((await import('./Cast.svelte')).default, { lesson, language: 'en' }).component as unknown as typeof page;
    page.toggle();
    await tick();
    return screen.getByTestId('cast');
  }
  const card = (id: string): HTMLElement => screen.getByTestId('cast').querySelector<HTMLElement>(`[data-cast="${id}"]`)!;
  const told = (): string => screen.getByTestId('cast-told').textContent?.trim() ?? '';
  const isHere = (id: string): boolean => card(id).classList.contains('here');

  test('says who is there now, also in words, and follows the step', async () => {
    const dialog = await cast();
    const { step } = lesson.playback;
    expect([isHere('child.raised'), card('child.raised').textContent?.includes(words.legendHere)]).toEqual([true, true]);
    expect(dialog.querySelectorAll('.here').length).toBeLessThan(dialog.querySelectorAll('[data-cast]').length);
    // On to where the door has been locked.
    const before = isHere('padlock');
    while (lesson.playback.n < lesson.playback.stepCount && !isHere('padlock')) {
      await lesson.playback.jump(lesson.playback.n + 1);
      await tick();
    }
    expect([before, isHere('padlock'), lesson.playback.step === step]).toEqual([false, true, false]);
  });

  test('tells of the first that is there, then of whoever is pointed at or gone to by arrows, around the end', async () => {
    const dialog = await cast();
    const all = [...dialog.querySelectorAll<HTMLElement>('[data-cast]')];
    const tabbed = (): HTMLElement[] => all.filter(({ tabIndex }) => tabIndex === 0);
    expect(tabbed()).toEqual([all.find(({ classList }) => classList.contains('here'))]);
    await fireEvent.pointerEnter(card('padlock'));
    expect(told().startsWith(card('padlock').querySelector('strong')!.firstChild!.textContent!)).toBe(true);
    await fireEvent.pointerEnter(all[0]!);
    await fireEvent.keyDown(dialog, { key: 'ArrowLeft' });
    expect([document.activeElement === all.at(-1), tabbed()[0] === all.at(-1)]).toEqual([true, true]);
    await fireEvent.keyDown(dialog, { key: 'ArrowDown' });
    expect(document.activeElement === all[0]).toBe(true);
  });

  test('is made when it is opened, and forgets who was pointed at when it has been closed', async () => {
    const dialog = await cast();
    const first = told();
    await fireEvent.pointerEnter(card('padlock'));
    page.toggle();
    await fireEvent(dialog, new Event('close'));
    expect(screen.queryByTestId('cast-told')).toBeNull();
    page.toggle();
    await tick();
    expect(told()).toBe(first);
  });
});

test('of radio buttons the chosen one takes the focus, so that arrows go on from there; else the first that can be used', () => {
  const dialog = document.body.appendChild(document.createElement('dialog'));
  const opened = (inside: string): string => {
    dialog.innerHTML = `<button data-close>x</button>${inside}`;
    dialog.open = true;
    dialog.querySelector<HTMLElement>('[data-close]')?.focus();
    takeFocus();
    return document.activeElement?.id ?? '';
  };
  const radio = (id: string, more = ''): string => `<input type="radio" name="part" id="${id}" ${more}>`;
  expect(opened(`${radio('a')}${radio('b', 'checked')}`)).toBe('b');
  expect(opened(`${radio('a')}${radio('b')}`)).toBe('a');
  expect(opened(`<button disabled id="off"></button><input id="one">${radio('b', 'checked')}`)).toBe('one');
  // What has taken it already keeps it.
  dialog.querySelector<HTMLElement>('#b')?.focus();
  takeFocus();
  expect(document.activeElement?.id).toBe('b');
  dialog.remove();
});

test('a file with what may be mistakes is not said to have been refused', () => {
  const fault = { file: '/课/lesson.yaml', line: 3, column: 5, message: { zh: '看看', en: 'look here' }, suggestion: null };
  const notices = new Notices();
  const said = (): string | null => {
    const drawn = render(Notice, { notice: notices.shown!, language: 'en', onclose: () => undefined });
    const { textContent } = screen.getByTestId('notice');
    drawn.unmount();
    return textContent;
  };
  notices.hint({ zh: '可以用', en: 'can be used' }, [fault]);
  expect(said()).toContain('look here');
  expect(said()).not.toContain(WORDS.en.window.faults);
  notices.hint(
    { zh: '可以用', en: 'can be used' },
    Array.from({ length: MOST_FAULTS + 2 }, () => fault),
  );
  expect(said()).toContain('2 more');
  expect(said()).not.toContain('error');
  notices.warn({ zh: '不行', en: 'no' }, [fault]);
  expect(said()).toContain(WORDS.en.window.faults);
});
