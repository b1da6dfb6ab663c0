/** The lesson pane as a person uses it: what stands in it, and what its buttons do. */
import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import { WORDS } from '../../assets/words/index';
import type { LessonStore } from '../stores/lesson.svelte';
import { lessonStoreAt } from '../testdata/window-bridge';
import LessonPane from './LessonPane.svelte';
import { eventually } from '../../src-main/app/testdata/eventually';

const words = WORDS.en.lesson;

/** A lesson at one of its steps; every state and every step can be had. */
async function shown(lesson: string, step: string): Promise<LessonStore> {
  const app = await lessonStoreAt(lesson, step);
  render(LessonPane, { app, language: 'en' });
  return app;
}

const pane = (): HTMLElement => screen.getByTestId('lesson-step');
const choices = (): HTMLButtonElement[] => [...pane().querySelectorAll<HTMLButtonElement>('.choices button')];
const next = (): Promise<boolean> => fireEvent.click(screen.getByTestId('lesson-next'));

/** Before the step `locked` of hunting, whose first answer is right. */
async function atQuestion(): Promise<LessonStore> {
  const app = await shown('hunting', 'address');
  await next();
  await screen.findByTestId('question');
  return app;
}

describe('a question', () => {
  test('comes before its step: nothing of the step is shown', async () => {
    const app = await atQuestion();
    const { pending } = app;
    expect(pane().dataset.lessonStep).toBe('locked');
    expect(choices().map((each) => each.querySelector('.said')?.textContent)).toEqual(pending?.ask?.choices.map(({ en }) => en));
    expect(pane().textContent).not.toContain(pending?.title.en);
    expect(pane().textContent).not.toContain(pending?.ask?.because.en);
    expect(screen.queryByText(words.right, { exact: false })).toBeNull();
  });

  test.each([
    [0, words.right, words.wrong],
    [1, words.wrong, words.right],
    [2, words.wrong, words.right],
  ])('answered with choice %i says “%s” and why, once', async (choice, said, unsaid) => {
    const app = await atQuestion();
    await fireEvent.click(choices()[choice] as HTMLButtonElement);
    const because = screen.getByRole('status').textContent;
    expect(because).toContain(said);
    expect(because).not.toContain(unsaid);
    // Backticks are the author's: what is between them is set as code.
    expect(because).toContain(app.pending?.ask?.because.en.replaceAll('`', ''));
    expect(choices().every(({ disabled }) => disabled)).toBe(true);
    expect(choices().map(({ classList }) => ['right', 'wrong'].find((name) => classList.contains(name)) ?? '')).toEqual(
      [0, 1, 2].map((i) => (i === 0 ? 'right' : i === choice ? 'wrong' : '')),
    );
  });

  test('answered, leads on to the step, which remembers the answer', async () => {
    const app = await atQuestion();
    await fireEvent.click(choices()[1] as HTMLButtonElement);
    const answer = app.pending?.ask?.choices[1]?.en ?? '';
    await fireEvent.click(within(pane()).getByText(new RegExp(words.see)));
    await eventually(() => {
      expect(app.current?.id).toBe('locked');
    });
    await tick();
    expect(screen.queryByTestId('question')).toBeNull();
    expect(pane().textContent).toContain(app.current?.title.en);
    expect(screen.getByTestId('asked').textContent).toContain(answer);
    expect(pane().querySelector('.because')?.textContent).toContain(words.wrong);
  });
});

describe('errata', () => {
  const headings = (name: string): string[] => screen.getAllByTestId(name).map((each) => each.querySelector('h3')?.textContent ?? '');

  test('those of the lesson’s own document stand apart from those of others, and each says of which class it is', async () => {
    const app = await shown('call', 'no-seventh');
    app.asksNothing = true;
    const { own, other } = WORDS.en.errata;
    expect(headings('erratum-own')).toEqual([`${own.wrong}E02`]);
    await app.goTo(
      app.steps.findIndex(({ id }) => id === 'thirteen'),
      'jump',
    );
    await tick();
    expect(headings('erratum-own')).toEqual([`${own.incomplete}E12`]);
    app.opened = { ...app.opened!, lesson: { ...app.opened!.lesson, sources: ['004'] } };
    await tick();
    expect(headings('erratum-other')).toEqual([`${other.incomplete}E12`]);
    expect(screen.queryByTestId('erratum-own')).toBeNull();
  });

  test('the document’s own words stand with their line before what is true instead', async () => {
    const app = await lessonStoreAt('hunting', 'forest');
    render(LessonPane, { app, language: 'zh' });
    const [box] = screen.getAllByTestId('erratum-own');
    expect(box?.querySelector('.said')?.textContent.trim()).toBe('《Linux系统调用》第 166 行：而P不会等待M,所以P和M相互解绑');
    expect(box?.querySelector('p:last-child')?.textContent).toBe(app.current?.errata[0]?.text.zh);
  });

  test('where something is left out nothing is quoted', async () => {
    await shown('hunting', 'adopted');
    const [box] = screen.getAllByTestId('erratum-own');
    expect([...(box?.querySelectorAll('.said') ?? [])].map((each) => each.querySelector('q') !== null)).toEqual([true, false, false]);
  });
});

test('a step without errata has no box for them', async () => {
  await shown('hunting', 'birth');
  expect([screen.queryByTestId('erratum-own'), screen.queryByTestId('erratum-other')]).toEqual([null, null]);
});

test('goals and sources stand at the first step, and only there', async () => {
  await shown('hunting', 'village');
  expect(within(screen.getByTestId('goals')).getAllByRole('listitem').length).toBeGreaterThan(0);
  expect(screen.getByTestId('sources').textContent).toContain(words.source);
  await next();
  await eventually(() => {
    expect(pane().dataset.lessonStep).toBe('birth');
  });
  expect([screen.queryByTestId('goals'), screen.queryByTestId('sources')]).toEqual([null, null]);
});

test('a document that the lesson brings has its own title, and where there are no errata nobody is told how to read them', async () => {
  const app = await shown('hunting', 'village');
  const { legend } = WORDS.en.errata;
  expect(screen.getByTestId('sources').textContent).toContain(legend);
  const { opened } = app;
  if (!opened) throw new Error('no lesson');
  const lesson = {
    ...opened.lesson,
    sources: ['mine'],
    documents: { mine: { title: { zh: '讲义', en: 'Notes' }, author: null, url: null } },
  };
  app.opened = { ...opened, lesson: { ...lesson, steps: lesson.steps.map((step) => ({ ...step, errata: [] })) } };
  await tick();
  expect(screen.getByTestId('sources').textContent).toContain('Notes');
  expect(screen.getByTestId('sources').textContent).not.toContain(legend);
});

describe('the list of contents', () => {
  const button = (): HTMLElement => screen.getByRole('button', { name: /\/ \d+$/ });

  test('opens, shows where we are, leads to a step and closes', async () => {
    const app = await shown('hunting', 'birth');
    expect(button().textContent).toBe(`2 / ${app.steps.length}`);
    expect(document.querySelector('.list')).toBeNull();
    await fireEvent.click(button());
    const entries = [...document.querySelectorAll<HTMLElement>('.list button:not(.who)')];
    expect(entries).toHaveLength(app.steps.length);
    expect(entries.filter((each) => each.classList.contains('on')).map((each) => each.textContent)).toEqual([
      // It has been seen.
      `✓2. ${app.current?.title.en ?? ''}`,
    ]);
    await fireEvent.click(entries[2] as HTMLElement);
    expect(document.querySelector('.list')).toBeNull();
    await eventually(() => {
      expect(app.current?.id).toBe('plan');
    });
  });

  test('closes with Escape', async () => {
    await shown('hunting', 'birth');
    await fireEvent.click(button());
    await fireEvent.keyDown(window, { key: 'Escape' });
    expect(document.querySelector('.list')).toBeNull();
  });
});

describe('a later run of the lesson', () => {
  const secondRun = ({ steps }: LessonStore): { at: number; id: string } => {
    const at = steps.findIndex((step) => step.run !== steps[0]?.run);
    return { at, id: steps[at]?.id ?? '' };
  };

  test('is a program of its own, which is said once', async () => {
    const app = await shown('hunting', 'birth');
    expect(screen.queryByText(words.anotherProgram)).toBeNull();
    const { id } = secondRun(app);
    cleanup();
    const there = await shown('hunting', id);
    expect(screen.getByText(words.anotherProgram)).toBeTruthy();
    cleanup();
    await shown('hunting', there.steps[secondRun(there).at + 1]?.id ?? '');
    expect(screen.queryByText(words.anotherProgram)).toBeNull();
  });

  test('before its first step says so, and counts that step', async () => {
    const app = await shown('hunting', 'birth');
    const { at, id } = secondRun(app);
    cleanup();
    const there = await shown('hunting', id);
    await there.playback.jump(0);
    await tick();
    if (there.stops.some(({ n }) => n === 0)) throw new Error('the run begins with its first step');
    expect(screen.getByTestId('before-run').textContent).toContain(String(at + 1));
    expect(screen.getByTestId('contents').textContent).toBe(`${at + 1} / ${there.steps.length}`);
    expect(screen.queryByText(words.goals)).toBeNull();
  });
});

test('the run that is played is marked, and another one can be chosen', async () => {
  const app = await shown('hunting', 'birth');
  const runs = within(screen.getByRole('navigation', { name: words.runs })).getAllByRole('button');
  expect(runs.map((each) => each.classList.contains('on'))).toEqual([true, false, false]);
  await fireEvent.click(runs[2] as HTMLElement);
  await eventually(() => {
    expect([app.run, app.current?.run]).toEqual(['noroom', 'noroom']);
  });
});

test('back is shut at the very beginning; at the last step the outcome is told and next is shut at the run’s end', async () => {
  const app = await shown('hunting', 'village');
  await app.jump(0);
  await tick();
  expect(screen.getByTestId<HTMLButtonElement>('lesson-prev').disabled).toBe(true);
  expect(pane().querySelector('.outcome')).toBeNull();
  await app.goTo(app.steps.length - 1, 'jump');
  await app.playback.jump(app.playback.stepCount);
  await tick();
  expect(screen.getByTestId<HTMLButtonElement>('lesson-prev').disabled).toBe(false);
  expect(screen.getByTestId<HTMLButtonElement>('lesson-next').disabled).toBe(true);
  expect(pane().querySelector('.outcome')?.textContent).toContain(words.outcome);
});

describe('a scenario of one’s own', () => {
  async function own(): Promise<LessonStore> {
    const app = await shown('hunting', 'birth');
    const { place } = app;
    app.opened = {
      lesson: { ...app.opened!.lesson, id: '', title: { zh: '我的', en: 'Mine' }, steps: [], goals: [] },
      runs: app.opened!.runs.slice(0, 1),
      hints: [],
    };
    app.wayBack = place;
    await tick();
    return app;
  }

  test('has a way back to where the lesson was left', async () => {
    const app = await own();
    const n = app.wayBack?.n;
    const back = screen.getByTestId('back-to-lesson');
    expect(back.textContent).toContain(app.cards[0]?.title.en);
    await fireEvent.click(back);
    await eventually(() => {
      expect(app.opened?.lesson.id).toBe('hunting');
    });
    await eventually(() => {
      expect(app.isOpening).toBe(false);
    });
    expect([app.playback.n, app.current?.id]).toEqual([n, 'birth']);
    await tick();
    expect(screen.queryByTestId('back-to-lesson')).toBeNull();
  });

  test('has its pages turned by buttons, which are shut where there are no more', async () => {
    const app = await own();
    app.pages.measured(2);
    await tick();
    const shut = (): boolean[] => ['lesson-prev', 'lesson-next'].map((id) => screen.getByTestId<HTMLButtonElement>(id).disabled);
    expect(shut()).toEqual([true, false]);
    await fireEvent.click(screen.getByTestId('lesson-next'));
    expect([app.pages.at, ...shut()]).toEqual([1, false, true]);
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  test('has no steps to go through, but all lessons to choose from', async () => {
    const app = await own();
    expect(screen.queryByTestId('lesson-next')).toBeNull();
    expect([...pane().querySelectorAll('.lessons button')].map((each) => each.textContent)).toEqual(app.cards.map(({ title }) => title.en));
  });
});

test.each(['zh', 'en'] as const)('code is marked as English in every language', async (language) => {
  const app = await lessonStoreAt('hunting', 'locked');
  render(LessonPane, { app, language });
  const code = [...pane().querySelectorAll('code')];
  expect(code.length).toBeGreaterThan(0);
  expect(code.map(({ lang }) => lang)).toEqual(code.map(() => 'en'));
});

test('a step that names another run has a button for both beside each other', async () => {
  const app = await lessonStoreAt('without-notice', 'at-last');
  const onbeside = vi.fn();
  render(LessonPane, { app, language: 'en', onbeside });
  const button = screen.getByTestId('open-beside');
  expect(button.textContent).toBe('Beside “1 With notice”');
  await fireEvent.click(button);
  expect(onbeside).toHaveBeenCalledWith(expect.objectContaining({ id: 'at-last', beside: 'told' }));
});
