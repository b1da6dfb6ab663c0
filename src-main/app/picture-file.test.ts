import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FIRST_PICTURE, type PictureSettings } from '../contract/picture';
import { PictureFile, pictureSettingsFrom } from './picture-file';
import { done } from './refusal';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-pictures-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const OTHER: PictureSettings = {
  ...FIRST_PICTURE,
  parts: ['machine', 'text'],
  steps: 'lesson',
  scale: 4,
  theme: 'print',
  language: 'en',
  size: 'a4',
  isTransparent: true,
  hasTitle: false,
};

test('what was set last is there again', async () => {
  const file = new PictureFile(folder);
  expect(await file.read()).toEqual(done(null));
  void file.keep(FIRST_PICTURE);
  void file.keep(OTHER);
  expect(await file.read()).toEqual(done(OTHER));
});

test.each(['{', '[]', '7'])('a damaged file (%s) is set aside and told once, and a new one begins', async (text) => {
  writeFileSync(join(folder, 'pictures.json'), text);
  const file = new PictureFile(folder);
  const told = await file.read();
  const aside = readdirSync(folder).find((name) => name.startsWith('pictures.json.broken-')) ?? '';
  expect(readFileSync(join(folder, aside), 'utf8')).toBe(text);
  expect(told).toMatchObject({ ok: false, message: { zh: expect.stringContaining(join(folder, aside)) as string } });
  expect(await file.read()).toEqual(done(null));
  await file.keep(OTHER);
  expect(await new PictureFile(folder).read()).toEqual(done(OTHER));
});

test.each([
  ['an older one', { scale: 3 }, { ...FIRST_PICTURE, scale: 3 }],
  ['parts that are none', { parts: ['sky', 'text', 'village'] }, { ...FIRST_PICTURE, parts: ['village', 'text'] }],
  ['no part at all', { parts: [] }, FIRST_PICTURE],
  ['what nobody can set', { scale: 9, theme: 'pink', size: 3, language: 'tlh', hasTitle: 'no' }, FIRST_PICTURE],
  ['no object', 7, FIRST_PICTURE],
])('of %s only what is right is taken', (_, given, settings) => {
  expect(pictureSettingsFrom(given)).toEqual(settings);
});
