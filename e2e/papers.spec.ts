/** Pictures for files: from the dialog, the same whatever the window is like. */
import { expect } from '@playwright/test';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerDialogs, resize, startedEach, test } from './started-app';

const started = startedEach();

/** Width and height, as a PNG's head names them. */
function sizeOf(png: Buffer): number[] {
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

async function made(path: string): Promise<string> {
  const { app, page } = started;
  await answerDialogs(app, path);
  await page.getByTestId('make-pictures').click();
  await expect(page.getByTestId('pictures-said')).toContainText(path);
  return (await page.getByTestId('pictures-said').textContent()) ?? '';
}

test('the same step is the same picture from any window, and several go into a folder', async () => {
  const { page, folder } = started;
  await page.keyboard.press('e');
  const preview = page.getByTestId('picture-preview');
  await expect(preview).toHaveAttribute('data-drawn', /\d/);
  expect(await preview.evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height])).toEqual([1366, 768]);
  await page.getByTestId('picture-size').selectOption('slide');
  const [one, two] = [join(folder, '图.png'), join(folder, 'two.png')];
  await made(one);
  await page.keyboard.press('Escape');
  await resize(started, 1_040, 640);
  await page.keyboard.press('t');
  await page.keyboard.press('e');
  // What was set is still set.
  await expect(page.getByTestId('picture-size')).toHaveValue('slide');
  await made(two);
  const png = readFileSync(one);
  expect(sizeOf(png)).toEqual([2_560, 1_440]);
  expect(readFileSync(two).equals(png)).toBe(true);

  await page.getByTestId('pictures').getByText('挑几段').click();
  await page.getByTestId('pictures').locator('ol input').nth(1).check();
  const several = join(folder, 'several');
  mkdirSync(several);
  expect(await made(several)).toContain('2 张');
  expect(readdirSync(several)).toHaveLength(2);
  for (const name of readdirSync(several)) expect(name).toMatch(/^hunting-[a-z-]+-\d{4}-zh\.png$/);
});
