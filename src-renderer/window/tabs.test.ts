import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import type { Actions } from './keyboard';
import type { Tab } from './layout';
import Tabs from './Tabs.svelte';

afterEach(cleanup);

function tabs(shown: Tab, isAsked: boolean): { go: ReturnType<typeof vi.fn> } {
  const go = vi.fn();
  const actions = new Proxy({}, { get: (_, id) => () => void go(id) }) as Actions;
  render(Tabs, { shown, isAsked, language: 'en', actions });
  return { go };
}

test('a question that waits behind another tab is told on that of the text, and nowhere once the text is shown', () => {
  tabs('village', true);
  expect(screen.getByTestId('tab-text').querySelector('b')?.textContent).toBe('?');
  cleanup();
  tabs('text', true);
  expect(screen.getByTestId('tab-text').querySelector('b')).toBeNull();
  cleanup();
  tabs('village', false);
  expect(screen.getByTestId('tab-text').querySelector('b')).toBeNull();
});

test('a tab does what its command does, and the one that is shown says so', async () => {
  const { go } = tabs('machine', false);
  await fireEvent.click(screen.getByTestId('tab-runtime'));
  await fireEvent.click(screen.getByTestId('tab-text'));
  expect(go.mock.calls).toEqual([['runtime'], ['lessonText']]);
  expect(screen.getAllByRole('tab', { selected: true }).map((each) => each.dataset.testid)).toEqual(['tab-machine']);
});
