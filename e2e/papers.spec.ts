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

  await page.getByTestId('picture-format').selectOption('svg');
  const drawing = join(folder, 'three.svg');
  await made(drawing);
  const svg = readFileSync(drawing, 'utf8');
  for (const part of ['<svg', '@font-face', '张三', '天字一号房', '</text>']) expect(svg).toContain(part);
  await page.getByTestId('picture-format').selectOption('png');

  await page.getByTestId('pictures').getByText('挑几段').click();
  await page.getByTestId('pictures').locator('ol input').nth(1).check();
  const several = join(folder, 'several');
  mkdirSync(several);
  expect(await made(several)).toContain('2 张');
  expect(readdirSync(several)).toHaveLength(2);
  for (const name of readdirSync(several)) expect(name).toMatch(/^hunting-[a-z-]+-\d{4}-zh\.png$/);
});

test('a sheet is given out as PDF and as a page, and its key is another file', async () => {
  const { app, page, folder } = started;
  const target = join(folder, 'papers');
  mkdirSync(target);
  await answerDialogs(app, target);
  await page.keyboard.press('u');
  const dialog = page.getByTestId('papers');
  await dialog.getByText('连环画', { exact: true }).click();
  await dialog.getByText('一个网页文件').click();
  await page.getByTestId('make-papers').click();
  await expect(page.getByTestId('papers-said')).toContainText('4 个文件');
  expect(readdirSync(target).sort()).toEqual([
    'hunting-sheet-key-zh.html',
    'hunting-sheet-key-zh.pdf',
    'hunting-sheet-zh.html',
    'hunting-sheet-zh.pdf',
  ]);
  for (const stem of ['hunting-sheet', 'hunting-sheet-key']) {
    const pdf = readFileSync(join(target, `${stem}-zh.pdf`), 'latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
  }
  const html = readFileSync(join(target, 'hunting-sheet-zh.html'), 'utf8');
  expect(html).toContain('<svg role="img"');
  expect(html).not.toContain('答案：');
  expect(readFileSync(join(target, 'hunting-sheet-key-zh.html'), 'utf8')).toContain('答案：');
  expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script/);
});
