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
