import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import Splitter from './Splitter.svelte';

afterEach(cleanup);

const within = (wanted: number): number => Math.min(75, Math.max(50, wanted));

function splitter(percent: number): { handle: HTMLElement; onmove: ReturnType<typeof vi.fn> } {
  const onmove = vi.fn();
  render(Splitter, { percent, label: 'Height of the village', within, onmove });
  return { handle: screen.getByRole('separator', { name: 'Height of the village' }), onmove };
}

test('its value and its limits are told', () => {
  const { handle } = splitter(90);
  const told = ['aria-orientation', 'aria-valuenow', 'aria-valuemin', 'aria-valuemax', 'tabindex'].map((name) => handle.getAttribute(name));
  expect(told).toEqual(['horizontal', '75', '50', '75', '0']);
});

test.each([
  ['ArrowUp', 57],
  ['ArrowDown', 63],
  ['Home', 50],
  ['End', 75],
])('%s puts it at %d, and means nothing else', async (key, percent) => {
  const { handle, onmove } = splitter(60);
  const around = vi.fn();
  addEventListener('keydown', around);
  expect(await fireEvent.keyDown(handle, { key })).toBe(false);
  removeEventListener('keydown', around);
  expect(onmove).toHaveBeenCalledExactlyOnceWith(percent);
  expect(around).not.toHaveBeenCalled();
});

test.each([{ key: 'PageDown' }, { key: 'ArrowUp', altKey: true }, { key: 'End', ctrlKey: true }])('%j is not for it', async (event) => {
  const { handle, onmove } = splitter(60);
  expect(await fireEvent.keyDown(handle, event)).toBe(true);
  expect(onmove).not.toHaveBeenCalled();
});

test('a double click puts it back where it stood at first', async () => {
  const { handle, onmove } = splitter(60);
  await fireEvent.dblClick(handle);
  expect(onmove).toHaveBeenCalledExactlyOnceWith(null);
});
