import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, SettingsFile } from './settings-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-settings-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const written = (text: string): SettingsFile => {
  writeFileSync(join(folder, 'settings.json'), text);
  return new SettingsFile(folder);
};

test('no file: the defaults, without a word', async () => {
  expect(await new SettingsFile(folder).read()).toEqual({ settings: DEFAULT_SETTINGS, warning: null });
});

test('what was written is read again, the last of many', async () => {
  const file = new SettingsFile(folder);
  const settings = {
    ...DEFAULT_SETTINGS,
    language: 'en' as const,
    place: { lesson: '01-hunting', run: 'home', n: 7 },
    isInWords: true,
    isCourseFirst: false,
    hasLetterKeys: false,
    layout: { 'middle.village': 62.5, 'huge.timeline': 80 },
    window: { xPx: -5, yPx: 0, widthPx: 1200, heightPx: 700, isMaximized: true },
    ownMoved: [{ from: 'a@00000001', to: 'a@00000002' }],
  };
  await Promise.all([file.write(DEFAULT_SETTINGS), file.write({ ...settings, speed: 2 }), file.write(settings)]);
  expect((await new SettingsFile(folder).read()).settings).toEqual(settings);
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

test.each(['light', 'dark', 'projector', 'system'] as const)('the theme %s is kept', async (theme) => {
  await new SettingsFile(folder).write({ ...DEFAULT_SETTINGS, theme });
  expect(await new SettingsFile(folder).read()).toEqual({ settings: { ...DEFAULT_SETTINGS, theme }, warning: null });
});

test.each(['{', '[]', '"settings"', 'null', ''])('%j is set aside, whole', async (text) => {
  const { settings, warning } = await written(text).read();
  expect(settings).toEqual(DEFAULT_SETTINGS);
  const [aside = '', ...more] = readdirSync(folder);
  expect(more).toEqual([]);
  expect(warning?.en).toContain(aside);
  expect(readFileSync(join(folder, aside), 'utf8')).toBe(text);
});

test.each([
  ['language', 'fr'],
  ['theme', 7],
  ['speed', 1e9],
  ['speed', '2'],
  ['place', { lesson: '01-hunting', run: 'home', n: -1 }],
  ['place', 'home'],
  ['isInWords', 1],
  ['isCourseFirst', 0],
  ['layout', [50]],
  ['layout', { 'middle.village': 101, village: 50, 'low.timeline': '60' }],
  ['window', { xPx: 0, yPx: 0, widthPx: 'wide', heightPx: 3 }],
])('%s %j falls back to the default, the rest stays', async (key, value) => {
  const { settings, warning } = await written(JSON.stringify({ ...DEFAULT_SETTINGS, [key]: value })).read();
  expect([settings, warning]).toEqual([DEFAULT_SETTINGS, null]);
});

test('what the window may not store is left out: else nothing could be stored any more', async () => {
  const long = 'x'.repeat(201);
  const place = { lesson: long, run: 'home', n: 1 };
  const { settings } = await written(JSON.stringify({ ...DEFAULT_SETTINGS, learner: '../me', place })).read();
  expect(settings).toEqual(DEFAULT_SETTINGS);
});

test('a byte order mark in front, as an editor leaves it, is no damage', async () => {
  const { settings, warning } = await written(`\ufeff${JSON.stringify({ ...DEFAULT_SETTINGS, speed: 2 })}`).read();
  expect([settings.speed, warning]).toEqual([2, null]);
});

test('what cannot be read at all is set aside, too: it may be somebody’s settings', async () => {
  mkdirSync(join(folder, 'settings.json'));
  const file = new SettingsFile(folder);
  const { settings, warning } = await file.read();
  expect(settings).toEqual(DEFAULT_SETTINGS);
  const [aside = ''] = readdirSync(folder);
  expect(warning?.en).toContain(`renamed to ${join(folder, aside)}`);
  await file.write({ ...DEFAULT_SETTINGS, speed: 2 });
  expect((await file.read()).settings.speed).toBe(2);
});

test('where nobody would be told, a damaged file stays where it is', async () => {
  const file = written('{ half');
  expect(await file.read(false)).toEqual({ settings: DEFAULT_SETTINGS, warning: null });
  expect((await file.read()).warning?.en).toContain('renamed to');
});

test('what can be neither read nor moved is left alone', async () => {
  vi.spyOn(Date, 'now').mockReturnValue(7);
  writeFileSync(join(folder, 'settings.json'), '{ half');
  // A rename onto a folder with something in it fails, for root as well.
  mkdirSync(join(folder, 'settings.json.broken-7', 'full'), { recursive: true });
  const file = new SettingsFile(folder);
  const { warning } = await file.read();
  expect(warning?.en).toContain('The file could not be renamed either');
  expect(warning?.zh).not.toContain('已改名');
  await file.write(DEFAULT_SETTINGS);
  expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toBe('{ half');
  vi.restoreAllMocks();
});

test('the end of all writing can be waited for', async () => {
  const file = new SettingsFile(folder);
  void file.write({ ...DEFAULT_SETTINGS, speed: 4 });
  await file.written();
  expect((await new SettingsFile(folder).read()).settings.speed).toBe(4);
});

test('settings that are a folder are told in the reader’s language alone', async () => {
  const place = mkdtempSync(join(tmpdir(), 'schedville-settings-'));
  try {
    mkdirSync(join(place, 'settings.json'));
    const { warning } = await new SettingsFile(place).read();
    expect(warning?.zh).toContain('是文件夹');
    expect(warning?.zh).not.toContain('is a folder');
    expect(warning?.en).toContain('is a folder');
  } finally {
    rmSync(place, { recursive: true });
  }
});
