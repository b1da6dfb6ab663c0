/** Where an export is written: asked of a person, or below the folder of --export. */
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Session } from './session';

const asked = vi.hoisted(() => vi.fn());
vi.mock('electron', () => ({ app: { getPath: () => '/home/me/papers' }, dialog: { showSaveDialog: asked } }));
const { target } = await import('./session');

const session = (exportTo: string | null, window: object | null = null): Session =>
  ({ window: () => window, options: { exportTo }, settings: { language: 'en' } }) as unknown as Session;
beforeEach(() => {
  asked.mockReset().mockResolvedValue({ canceled: false, filePath: '/chosen.csv' });
});

test('without a person it is the folder that was named, and nobody is asked', async () => {
  expect(await target(session('/out'), 'run.csv', 'csv')).toBe(join('/out', 'run.csv'));
  expect(asked).not.toHaveBeenCalled();
});

test('a person is asked, beside the window if there is one', async () => {
  expect(await target(session(null), 'run.csv', 'csv')).toBe('/chosen.csv');
  expect(asked.mock.lastCall).toMatchObject([
    { defaultPath: join('/home/me/papers', 'run.csv'), filters: [{ name: 'CSV', extensions: ['csv'] }] },
  ]);
  const window = {};
  await target(session(null, window), 'run.csv', 'csv');
  expect(asked.mock.lastCall?.[0]).toBe(window);
});

test.each([
  { canceled: true, filePath: '/typed.csv' },
  { canceled: false, filePath: '' },
])('whoever gives no file wants none: %j', async (answer) => {
  asked.mockResolvedValue(answer);
  expect(await target(session(null), 'run.csv', 'csv')).toBeNull();
});
