/** Good news leaves by itself; bad news stays. Time is the test's own. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Text } from '../../src-main/contract/index';
import { Notices } from './notices.svelte';

const said = (en: string): Text => ({ zh: en, en });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('good news is gone after a while, bad news only when it is closed', () => {
  const notices = new Notices();
  notices.good(said('saved'));
  vi.advanceTimersByTime(60_000);
  expect(notices.shown).toBeNull();
  notices.fail(said('broken'));
  vi.advanceTimersByTime(60_000);
  expect(notices.shown?.message.en).toBe('broken');
  notices.close();
  expect(notices.shown).toBeNull();
});

test('bad news that comes after good news is not taken away with it', () => {
  const notices = new Notices();
  notices.good(said('saved'));
  vi.advanceTimersByTime(1_000);
  notices.warn(said('too long'));
  vi.advanceTimersByTime(60_000);
  expect(notices.shown).toMatchObject({ kind: 'bad', message: { en: 'too long' } });
  // A warning is nobody's failure.
  expect(notices.failures).toEqual([]);
});

test('what must be read waits for its turn, and nothing takes its place for good', () => {
  const notices = new Notices();
  const shown = (): string | undefined => notices.shown?.message.en;
  notices.mustRead(said('class a is damaged'));
  notices.mustRead(said('class b is damaged'));
  notices.warn(said('settings are damaged'));
  expect(shown()).toBe('settings are damaged');
  notices.mustRead(said('bookmarks are damaged'));
  const order: (string | undefined)[] = [];
  for (let i = 0; i < 5; i++) {
    order.push(shown());
    notices.close();
  }
  expect(order).toEqual(['settings are damaged', 'class a is damaged', 'class b is damaged', 'bookmarks are damaged', undefined]);
});

test('good news stands before what must be read only as long as it stays', () => {
  const notices = new Notices();
  notices.mustRead(said('bookmarks are damaged'));
  notices.good(said('saved'));
  notices.good(said('saved again'));
  expect(notices.shown?.message.en).toBe('saved again');
  vi.advanceTimersByTime(60_000);
  expect(notices.shown?.message.en).toBe('bookmarks are damaged');
  notices.close();
  vi.advanceTimersByTime(60_000);
  expect(notices.shown).toBeNull();
});

test('whatever is opened takes away what was said before, but not what must be read', () => {
  const notices = new Notices();
  const shown = (): string | undefined => notices.shown?.message.en;
  notices.mustRead(said('bookmarks are damaged'));
  notices.moveOn();
  expect(shown()).toBe('bookmarks are damaged');
  notices.warn(said('too long'));
  notices.moveOn();
  expect(shown()).toBe('bookmarks are damaged');
  notices.close();
  notices.warn(said('too long'));
  notices.moveOn();
  expect(shown()).toBeUndefined();
});
