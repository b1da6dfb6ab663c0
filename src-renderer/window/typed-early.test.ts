import { fireEvent } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { keepingTyped } from './typed-early';

test('keys that come before the field are its text, and nobody else’s', async () => {
  const others = vi.fn();
  addEventListener('keydown', others);
  let loaded = (): void => undefined;
  const put = vi.fn();
  const opening = keepingTyped(() => new Promise((resolve) => (loaded = resolve)), put);
  for (const key of ['P', '0', '.', ' ', 'x']) await fireEvent.keyDown(document.body, { key });
  expect(others).not.toHaveBeenCalled();
  await fireEvent.keyDown(document.body, { key: 'Escape' });
  await fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
  expect(others).toHaveBeenCalledTimes(2);
  loaded();
  await opening;
  expect(put).toHaveBeenCalledExactlyOnceWith('P0. x');
  await fireEvent.keyDown(document.body, { key: 'p' });
  expect(others).toHaveBeenCalledTimes(3);
  removeEventListener('keydown', others);
});

test('where opening fails the keys are the window’s again', async () => {
  const others = vi.fn();
  addEventListener('keydown', others);
  const put = vi.fn();
  await expect(keepingTyped(() => Promise.reject(new Error('no such part')), put)).rejects.toThrow('no such part');
  await fireEvent.keyDown(document.body, { key: 'p' });
  expect(others).toHaveBeenCalledOnce();
  expect(put).not.toHaveBeenCalled();
  removeEventListener('keydown', others);
});
