import { expect, test } from 'vitest';
import { CurrentSettings } from './current-settings';
import { DEFAULT_SETTINGS } from './settings-file';

const PAGE = new CurrentSettings(DEFAULT_SETTINGS, { language: null, theme: null }).ofPage;

test('what the command line asked for is shown and never stored', () => {
  const settings = new CurrentSettings(DEFAULT_SETTINGS, { language: 'en', theme: 'dark' });
  expect(settings.language).toBe('en');
  settings.change({ ...PAGE, language: 'en', theme: 'dark', speed: 2 });
  expect(settings.stored).toEqual({ ...DEFAULT_SETTINGS, speed: 2 });
  expect(settings.once).toEqual({ language: 'en', theme: 'dark' });
});

test('what the person changes is stored, and the command line forgotten', () => {
  const settings = new CurrentSettings(DEFAULT_SETTINGS, { language: 'en', theme: 'dark' });
  settings.change({ ...PAGE, language: 'zh', theme: 'dark' });
  expect([settings.language, settings.stored.language, settings.stored.theme]).toEqual(['zh', 'zh', 'system']);
  settings.change({ ...PAGE, language: 'en', theme: 'light' });
  expect([settings.language, settings.stored.language, settings.stored.theme]).toEqual(['en', 'en', 'light']);
  expect(settings.once).toEqual({ language: null, theme: null });
});

test('the window’s place, what the program knows of lessons and the page’s settings do not touch each other', () => {
  const settings = new CurrentSettings(DEFAULT_SETTINGS, { language: null, theme: null });
  const window = { xPx: 1, yPx: 2, widthPx: 1200, heightPx: 700, isMaximized: false };
  settings.move(window);
  const own = {
    ownFolders: ['/课'],
    ownKnown: [{ folder: '/课', id: 'a', title: '课' }],
    ownMoved: [{ from: 'a@00000001', to: 'a@00000002' }],
  };
  settings.setOwn(own.ownFolders);
  settings.setKnown(own.ownKnown);
  settings.setMoved(own.ownMoved);
  settings.change({ ...PAGE, language: 'en' });
  expect(settings.stored).toEqual({ ...DEFAULT_SETTINGS, language: 'en', window, ...own });
});
