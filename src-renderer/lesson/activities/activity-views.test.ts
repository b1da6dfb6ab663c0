/** Activities as a person does them: opened from the pane, done by keys, checked, shown, and done again. */
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, test } from 'vitest';
import { WORDS } from '../../../assets/words/index';
import type { LessonStep } from '../../../src-main/contract/index';
import type { LessonStore } from '../../stores/lesson.svelte';
import { lessonStoreAt } from '../../testdata/window-bridge';
import LessonPane from '../LessonPane.svelte';
import ActivityDialog from './ActivityDialog.svelte';

const words = WORDS.en.activity;
const dialog = (): HTMLElement => screen.getByTestId('activity');
const said = (): string => dialog().querySelector('footer [role=status]')?.textContent?.trim() ?? '';
const press = (name: string): Promise<boolean> => fireEvent.click(within(dialog()).getByTestId(name));

/** The step's activity, opened by its button. */
async function opened(lessonId: string, stepId: string): Promise<{ app: LessonStore; step: LessonStep }> {
  const app = await lessonStoreAt(lessonId, stepId);
  render(LessonPane, { app, language: 'en' });
  render(ActivityDialog, { lesson: app, language: 'en' });
  await fireEvent.click(screen.getByTestId('open-activity'));
  const step = app.steps.find(({ id }) => id === stepId);
  if (!step) throw new Error(`no step ${stepId}`);
  return { app, step };
}

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
