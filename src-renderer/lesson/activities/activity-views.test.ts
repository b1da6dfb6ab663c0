/** Activities as a person does them: opened from the pane, done by keys, checked, shown, and done again. */
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { WORDS } from '../../../assets/words/index';
import type { LessonStep, PlaygroundActivity } from '../../../src-main/contract/index';
import type { LessonStore } from '../../stores/lesson.svelte';
import { lessonStoreAt } from '../../testdata/window-bridge';
import LessonPane from '../LessonPane.svelte';
import ActivityDialog from './ActivityDialog.svelte';

const words = WORDS.en.activity;
const dialog = (): HTMLElement => screen.getByTestId('activity');
const said = (): string => dialog().querySelector('footer [role=status]')?.textContent?.trim() ?? '';
const press = (name: string): Promise<boolean> => fireEvent.click(within(dialog()).getByTestId(name));

/** What went to the playground. */
const tasks: PlaygroundActivity[] = [];

/** The step's activity, opened by its button. */
async function opened(lessonId: string, stepId: string): Promise<{ app: LessonStore; step: LessonStep }> {
  const app = await lessonStoreAt(lessonId, stepId);
  render(LessonPane, { app, language: 'en' });
  render(ActivityDialog, {
    lesson: app,
    language: 'en',
    onplayground: (task) => {
      tasks.push(task);
    },
  });
  await fireEvent.click(screen.getByTestId('open-activity'));
  const step = app.steps.find(({ id }) => id === stepId);
  if (!step) throw new Error(`no step ${stepId}`);
  return { app, step };
}

beforeEach(() => {
  tasks.length = 0;
});

describe('a table', () => {
  const inputs = (): (HTMLInputElement | HTMLSelectElement)[] => [...dialog().querySelectorAll<HTMLInputElement>('[data-cell]')];
  const table = async (): Promise<Awaited<ReturnType<typeof opened>>> => {
    const found = await opened('hunting', tableStep);
    await within(dialog()).findAllByTestId('cell');
    return found;
  };
  const tableStep = 'summary';

  test('stands empty, says how much of it is right, and keeps what was filled in', async () => {
    const { app, step } = await table();
    expect(inputs()).toHaveLength(9);
    expect(inputs().every(({ value }) => value === '')).toBe(true);
    expect(said()).toContain('9');
    const answers = app.activities.answers?.kind === 'had' ? app.activities.answers.answers.cells.flat() : [];
    for (const [i, cell] of answers.entries()) {
      const input = inputs()[i]!;
      const value = i === 8 ? '99' : String(cell?.value);
      await (input instanceof HTMLSelectElement
        ? fireEvent.change(input, { target: { value } })
        : fireEvent.input(input, { target: { value } }));
    }
    await press('check');
    expect(said()).toBe('8 of 9 right.');
    expect(dialog().querySelectorAll('.good .cell, .cell.good')).toHaveLength(8);
    expect(dialog().querySelectorAll('.cell.bad')).toHaveLength(1);
    app.activities.close();
    await tick();
    expect(screen.getByTestId('open-activity').textContent).toContain(words.isDone);
    await fireEvent.click(screen.getByTestId('open-activity'));
    expect(inputs()[8]?.value).toBe('99');
    app.activities.again(step);
    await tick();
    expect(inputs().every(({ value }) => value === '')).toBe(true);
  });

  test('shows one cell, then all of them', async () => {
    await table();
    await fireEvent.click(within(dialog()).getAllByTitle(words.showCell)[0]!);
    expect(inputs()).toHaveLength(8);
    await press('reveal');
    expect(inputs()).toHaveLength(0);
    expect(screen.getAllByTestId('cell').every((cell) => cell.textContent?.trim() !== '')).toBe(true);
  });
});

describe('an order', () => {
  const rows = (): HTMLElement[] => screen.getAllByTestId('order-row');

  test('an arrow key moves the row that has the focus, which stays on it; the right order is right', async () => {
    await opened('one-life', 'rounds');
    await within(dialog()).findAllByTestId('order-row');
    const second = rows()[1]!.querySelector('.text')?.textContent;
    rows()[1]!.focus();
    await fireEvent.keyDown(rows()[1]!, { key: 'ArrowUp' });
    await tick();
    expect(rows()[0]!.querySelector('.text')?.textContent).toBe(second);
    expect(document.activeElement).toBe(rows()[0]);
    await press('check');
    expect(said()).toMatch(/^\d of 6 right\.$/);
    await press('reveal');
    const right = rows().map((row) => row.querySelector('.text')?.textContent?.trim());
    expect(right[0]).toBe('Look at his own stool and bench');
    expect(right.at(-1)).toBe('Lie down in the nursing home');
    await press('again');
    // By its keys, from the top: each row is brought to its place.
    for (const [place, text] of right.entries()) {
      for (let at = rows().findIndex((row) => row.querySelector('.text')?.textContent?.trim() === text); at > place; at--) {
        await fireEvent.keyDown(rows()[at]!, { key: 'ArrowUp' });
        await tick();
      }
    }
    await press('check');
    expect(said()).toContain(words.all);
  });
});

const group = (name: string): HTMLElement => within(dialog()).getByRole('radiogroup', { name });
const digit = (name: string, n: number): Promise<boolean> => fireEvent.keyDown(group(name), { code: `Digit${n}` });
const chosenIn = (name: string): number => [...group(name).querySelectorAll('input')].findIndex(({ checked }) => checked);

test('a match is chosen by digits, by what reads the same, and shown', async () => {
  const { step } = await opened('call', 'summary');
  if (step.activity?.kind !== 'match') throw new Error('no match');
  const { pairs } = step.activity;
  const rights = [...dialog().querySelectorAll('ol li')].map((each) => each.textContent?.trim());
  for (const [i, { left, right }] of pairs.entries()) {
    const place = rights.indexOf(right.en);
    await digit(left.en, i === 0 ? ((place + 1) % rights.length) + 1 : place + 1);
  }
  await press('check');
  expect(said()).toBe(`${pairs.length - 1} of ${pairs.length} right.`);
  await press('reveal');
  expect(chosenIn(pairs[0]?.left.en ?? '')).toBe(rights.indexOf(pairs[0]?.right.en ?? ''));
});

test('cards go into boxes; a wrong one is told its own', async () => {
  const { step } = await opened('book', 'socket');
  if (step.activity?.kind !== 'sort') throw new Error('no cards');
  await digit('close', 1);
  await digit('getpid', 1);
  await press('check');
  expect(said()).toBe(`1 of ${step.activity.calls.length} right.`);
  const card = within(dialog()).getAllByTestId('card')[1];
  expect(card?.textContent).toContain('it is 5');
});

test('a claim is quoted with its place, judged with a run, and then explained', async () => {
  const { step } = await opened('watchman', 'limit');
  if (step.activity?.kind !== 'claim') throw new Error('no claim');
  const { places, text } = step.activity;
  expect(dialog().querySelector('blockquote')?.textContent).toContain(places[0]?.words?.en.replaceAll('`', ''));
  expect(dialog().querySelector('cite')?.textContent).toContain(places[0]?.lines);
  expect(dialog().textContent).not.toContain(text.en.replaceAll('`', ''));
  await digit(words.verdict, 4);
  await digit(words.evidence, 2);
  await press('check');
  expect(said()).toBe('1 of 2 right.');
  expect(screen.getByTestId('because').textContent).toContain(text.en.replaceAll('`', ''));
  await digit(words.evidence, 1);
  await press('check');
  expect(said()).toContain(words.all);
});

test('a task goes to the playground and is ticked by a run that gives what it asks for', async () => {
  const { app, step } = await opened('line-by-line', 'negated');
  await fireEvent.click(within(dialog()).getByTestId('to-playground'));
  expect(tasks).toEqual([step.activity]);
  expect(app.activities.ran({ arch: 'amd64', call: 'read', r1: 3n, r2: 0n, err: 0n })).toBe(false);
  await tick();
  expect(dialog().textContent).toContain(words.notMet);
  expect(app.activities.ran({ arch: 'amd64', call: 'read', r1: 0xffff_ffff_ffff_ffffn, r2: 0n, err: 9n })).toBe(true);
  await tick();
  expect(dialog().textContent).toContain(words.met);
});

test('an open question keeps its answer until it is asked for', async () => {
  const { app, step } = await opened('line-by-line', 'negated');
  const open: LessonStep = {
    ...step,
    id: 'open',
    activity: { kind: 'open', question: { zh: '问', en: 'Why?' }, answer: { zh: '答', en: 'So.' } },
  };
  await app.activities.open(app.opened!, open);
  await tick();
  expect(dialog().textContent).toContain('Why?');
  expect(dialog().textContent).not.toContain('So.');
  await press('reveal');
  expect(dialog().textContent).toContain('So.');
});
