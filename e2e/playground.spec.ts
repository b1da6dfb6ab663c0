/** The playground: a listing is edited, run and stepped through, and nothing that was typed is lost. */
import { expect, type Page } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { axeFaults } from './axe';
import { answerDialogs, startedEach, test } from './started-app';

const started = startedEach();

const text = (page: Page) => page.locator('[data-testid=listing-text]:visible');
const status = (page: Page) => page.getByTestId('pg-status');

async function ran(page: Page): Promise<void> {
  await page.getByTestId('run').click();
  await atFirst(page);
}

/** Where a run begins: 0 of its steps are done, which “10 / 12” only seems to say. */
async function atFirst(page: Page): Promise<void> {
  await expect(status(page)).toContainText(/(?<!\d)0 \/ /);
}

async function enter(page: Page): Promise<void> {
  await page.keyboard.press('p');
  await expect(page.getByTestId('playground')).toBeVisible();
  await expect(page.getByTestId('entry')).toHaveValue('syscall.Syscall');
}

test('a call is picked, run and stepped through, forward and back', async () => {
  const { page } = started;
  await enter(page);
  await ran(page);
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowRight');
  await expect(status(page)).toContainText('SYSCALL');
  await expect(status(page)).toHaveClass(/inside/);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('strace')).toContainText('read(3, "hello, village\\n", 32) = 15');
  await expect(page.getByTestId('registers').locator('.registers .changed').first()).toHaveText(/AX\s*0xf\s*15/);
  await page.keyboard.press('ArrowLeft');
  await expect(status(page)).toHaveClass(/inside/);
  await page.keyboard.press('Home');
  await atFirst(page);
  await page.keyboard.press('End');
  await expect(page.getByTestId('pg-end')).toContainText('回到 main');
});

test('the −4095 corner: success on amd64, an error on arm64', async () => {
  const { page } = started;
  await enter(page);
  await page.getByTestId('returns').fill('-4095');
  await page.keyboard.press('Control+Enter');
  await atFirst(page);
  for (let i = 0; i < 7; i++) await page.keyboard.press('Alt+ArrowRight');
  await expect(page.getByTestId('verdict-amd64')).toHaveClass(/ok.*here/);
  await expect(page.getByTestId('verdict-arm64')).toHaveClass(/error/);
  await ran(page);
  await page.keyboard.press('End');
  await expect(page.getByTestId('registers')).toContainText('0xfffffffffffff001');
  await page.getByText('arm64', { exact: true }).first().click();
  await ran(page);
  await page.keyboard.press('End');
  await expect(page.getByTestId('registers').locator('tr', { hasText: 'err+48(FP)' })).toContainText('4095');
});

test('all faults are shown at once, and a click goes to the line', async () => {
  const { page } = started;
  await enter(page);
  await text(page).fill('TEXT ·f(SB),NOSPLIT,$0-0\n\tMOVE AX, BX\n\tADDQ $1, EAX\n\tRET\n');
  const faults = page.getByTestId('pg-faults');
  await expect(faults).toContainText('2:2');
  await expect(faults).toContainText('MOVQ');
  await faults.getByRole('button').nth(1).click();
  await expect
    .poll(() => text(page).evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd)))
    .toBe('EAX');
  await page.keyboard.type('AX');
  await expect(faults.getByRole('button')).toHaveCount(1);
});

test('a sample replaces the text, and undo brings it back', async () => {
  const { page } = started;
  await enter(page);
  const before = await text(page).inputValue();
  await page.getByTestId('sample').selectOption('sum');
  await expect(text(page)).toHaveValue(/·sum\(SB\)/);
  await ran(page);
  await page.keyboard.press('End');
  await expect(page.getByTestId('registers').locator('tr', { hasText: 'total+8(FP)' })).toContainText('55');
  await text(page).focus();
  await page.keyboard.press('Control+z');
  await expect(text(page)).toHaveValue(before);
});

test('a program that dies says how, and one without end is stopped', async () => {
  const { page } = started;
  await enter(page);
  await page.getByTestId('sample').selectOption('crash');
  await ran(page);
  await page.keyboard.press('End');
  await expect(page.getByTestId('pg-end')).toContainText('SIGSEGV');
  await text(page).fill('TEXT ·f(SB),NOSPLIT,$0-0\ntop:\n\tJMP top\n');
  await page.keyboard.press('Control+Enter');
  await expect(status(page)).toContainText(/(?<!\d)0 \/ 9999/);
  await page.getByTestId('pg-last').click();
  await expect(page.getByTestId('pg-end')).toContainText('死循环');
});

test('inside CALL runtime·entersyscall the scheduler can be stepped, too', async () => {
  const { page } = started;
  await enter(page);
  await page.getByTestId('fine').check();
  await ran(page);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(status(page)).toContainText('reentersyscall');
});

test('a listing is saved to a file and opened again', async () => {
  const { app, page, folder } = started;
  const file = join(folder, 'mine.s');
  await enter(page);
  await answerDialogs(app, file);
  await page.getByTestId('save-listing').click();
  await expect(page.getByTestId('pg-message')).toContainText('mine.s');
  expect(readFileSync(file, 'utf8')).toBe(await text(page).inputValue());
  writeFileSync(file, 'TEXT ·other(SB),NOSPLIT,$0-0\r\n\tRET\r\n');
  await page.getByTestId('open-listing').click();
  await expect(text(page)).toHaveValue('TEXT ·other(SB),NOSPLIT,$0-0\n\tRET\n');
});

// Either language with one theme: names depend on the one, contrast on the other.
test.describe('accessible', () => {
  for (const [theme, language] of [
    ['light', 'zh'],
    ['dark', 'en'],
  ] as const) {
    test(`${theme}, ${language}`, async () => {
      const { page } = started;
      await page.evaluate(() => document.fonts.ready);
      if (language === 'en') await page.keyboard.press('l');
      await expect(page.locator('html')).toHaveAttribute('lang', language === 'en' ? 'en' : 'zh-CN');
      if ((await page.locator('html').getAttribute('data-theme')) !== theme) await page.keyboard.press('t');
      await enter(page);
      const violations = (): Promise<unknown[]> => axeFaults(page, ['[data-testid=playground]']);
      expect(await violations()).toEqual([]);
      await page.getByTestId('returns').fill('-4095');
      await ran(page);
      for (let i = 0; i < 7; i++) await page.keyboard.press('ArrowRight');
      expect(await violations()).toEqual([]);
      await page.keyboard.press('End');
      expect(await violations()).toEqual([]);
      await text(page).fill('TEXT ·f(SB),NOSPLIT,$0-0\n\tMOVE AX, BX\n\tRET\n');
      await expect(page.getByTestId('pg-faults')).toBeVisible();
      expect(await violations()).toEqual([]);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('[data-testid=playground] *')]
          .filter(
            (each) =>
              each.checkVisibility() &&
              [...each.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '') &&
              Number.parseFloat(getComputedStyle(each).fontSize) < 14,
          )
          .map((each) => each.outerHTML.slice(0, 80)),
      );
      expect(small).toEqual([]);
    });
  }
});
