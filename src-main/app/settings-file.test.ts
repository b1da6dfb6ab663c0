import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
  const settings = { ...DEFAULT_SETTINGS, language: 'en' as const, place: { lesson: '01-hunting', run: 'home', n: 7 }, window: { xPx: -5, yPx: 0, widthPx: 1200, heightPx: 700, isMaximized: true } };
  await Promise.all([file.write(DEFAULT_SETTINGS), file.write({ ...settings, speed: 2 }), file.write(settings)]);
  expect((await new SettingsFile(folder).read()).settings).toEqual(settings);
  expect(readdirSync(folder)).toEqual(['settings.json']);
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
  ['window', { xPx: 0, yPx: 0, widthPx: 'wide', heightPx: 3 }],
])('%s %j falls back to the default, the rest stays', async (key, value) => {
  const { settings, warning } = await written(JSON.stringify({ ...DEFAULT_SETTINGS, [key]: value })).read();
  expect([settings, warning]).toEqual([DEFAULT_SETTINGS, null]);
});
