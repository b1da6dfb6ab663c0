import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GalleryFile } from './gallery-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-gallery-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('what has been seen is known at the next start, the last word counts', async () => {
  const file = new GalleryFile(folder);
  expect(await file.read()).toEqual({ last: null, reached: [] });
  await Promise.all([file.keep({ last: 'a', reached: [] }), file.keep({ last: 'b', reached: ['a'] })]);
  expect(await new GalleryFile(folder).read()).toEqual({ last: 'b', reached: ['a'] });
});

test.each(['', 'null', '[1', '"a"', '{"last":3,"reached":"a"}', '{"reached":[1,null]}'])(
  'of a damaged file (%s) nothing is left',
  async (text) => {
    writeFileSync(join(folder, 'gallery.json'), text);
    expect(await new GalleryFile(folder).read()).toEqual({ last: null, reached: [] });
  },
);
