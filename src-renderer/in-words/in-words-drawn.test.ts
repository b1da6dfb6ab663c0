import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { applied } from '../../src-main/contract/index';
import type { LessonStore } from '../stores/lesson.svelte';
import { goldenRun } from '../testdata/runs';
import InWords from './InWords.svelte';

afterEach(cleanup);

const run = goldenRun('S2');
const N = 40;
const lesson = {
  playback: { after: applied(run.first, ...run.steps.slice(0, N)), step: run.steps[N - 1] },
  scenario: { cast: { M: [], P: [], G: {} }, runtime: { go: '1.14', arch: 'amd64' } },
  ended: null,
} as unknown as LessonStore;
let onselect: ReturnType<typeof vi.fn<(path: string) => void>>;

beforeEach(() => {
  onselect = vi.fn();
  render(InWords, { lesson, language: 'en', selected: 'P.P0', onselect });
});

test('it is a region with headings, and each house one of its own', () => {
  expect(screen.getByRole('region', { name: 'In words' }).tabIndex).toBe(0);
  expect(screen.getAllByRole('heading', { level: 2 }).map((each) => each.textContent?.trim())).toEqual(
    expect.arrayContaining(['Now', 'Village']),
  );
  expect(screen.getByRole('heading', { level: 3, name: /P0/ })).toBeTruthy();
  expect(screen.getByRole('button', { name: /P0.*_P/, pressed: true })).toBeTruthy();
});

test('one stop of the tabulator; arrows go from line to line, and mean nothing else there', async () => {
  const buttons = screen.getAllByRole('button');
  expect(buttons.length).toBeGreaterThan(4);
  expect(buttons.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  buttons[0]?.focus();
  const around = vi.fn();
  addEventListener('keydown', around);
  expect(await fireEvent.keyDown(buttons[0] as HTMLElement, { key: 'ArrowDown' })).toBe(false);
  expect(document.activeElement).toBe(buttons[1]);
  // A step forward stays one.
  expect(await fireEvent.keyDown(buttons[1] as HTMLElement, { key: 'ArrowRight' })).toBe(true);
  removeEventListener('keydown', around);
  expect(around).toHaveBeenCalledTimes(1);
});

test('a line that is pressed is selected', async () => {
  const line = screen.getAllByRole('button').find(({ dataset }) => dataset.path === 'M.M0');
  await fireEvent.click(line as HTMLElement);
  expect(onselect).toHaveBeenCalledExactlyOnceWith('M.M0');
});
