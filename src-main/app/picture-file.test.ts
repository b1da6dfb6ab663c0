import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { FIRST_PICTURE, type PictureSettings } from '../contract/picture';
import { PictureFile, pictureSettingsFrom } from './picture-file';

const folder = mkdtempSync(join(tmpdir(), 'schedville-pictures-'));
afterEach(() => {
  rmSync(join(folder, 'pictures.json'), { force: true });
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
  expect(await file.read()).toBeNull();
  void file.keep(FIRST_PICTURE);
  void file.keep(OTHER);
  expect(await file.read()).toEqual(OTHER);
});

test('a damaged file is as good as none', async () => {
  writeFileSync(join(folder, 'pictures.json'), '{');
  expect(await new PictureFile(folder).read()).toBeNull();
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
