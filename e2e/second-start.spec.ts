/** A file given at the start, and a second start, which hands its file over to the window that is open. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { newFolder, removeFolder, ROOT, start } from './started-app';

const scenario = (zh: string): string =>
  `schedville: 1\nkind: scenario\nid: own\ntitle: { zh: ${zh}, en: own }\ngoroutines:\n  main:\n    - compute: 5.22 µs\n`;

/** 两座房子 as Notepad on a Chinese Windows saves it. */
const GBK = Buffer.concat([
  Buffer.from('schedville: 1\nkind: scenario\nid: own\ntitle: { zh: '),
  Buffer.from('c1bdd7f9b7bfd7d3', 'hex'),
  Buffer.from(', en: own }\ngoroutines:\n  main:\n    - compute: 5us\n'),
]);

test('the file is played, and a second start brings its own into the same window', async () => {
  const folder = newFolder();
  const [first, second] = [join(folder, '一 座.yaml'), join(folder, 'gbk.yaml')];
  writeFileSync(first, scenario('一座房子'));
  writeFileSync(second, GBK);
  const { app, page } = await start(folder, [`--open=${first}`]);
  try {
    await expect(page.getByTestId('lesson-title')).toHaveText('一座房子');
    const { stdout } = await promisify(execFile)(process.env.ELECTRON_EXEC_PATH ?? '', [
      ROOT,
      '--disable-gpu',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${join(folder, 'data')}`,
      '--lang=en',
      second,
    ]);
    expect(stdout).toContain('Schedville is open already');
    await expect(page.getByTestId('lesson-title')).toHaveText('两座房子');
    expect(app.windows()).toHaveLength(1);
  } finally {
    await app.close();
    removeFolder(folder);
  }
});
