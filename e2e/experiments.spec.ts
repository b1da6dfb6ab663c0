/** Numbers, text and comparison of a run, in the real window under its policy. */
import { expect } from '@playwright/test';
import { axeFaults } from './axe';
import { startedEach, test } from './started-app';

const started = startedEach();

test('“and with eight houses?”: a number, the text beside it, and both runs beside each other', async () => {
  const { app, page, complaints } = started;
  // Nobody is there to say whether a text that is not saved may be left.
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBoxSync = () => 1;
  });
  await page.keyboard.press('j');
  const houses = page.locator('[data-knob="runtime.gomaxprocs"] input');
  // Rows are seen whole or not at all, also where there are more of them than there is room for.
  const rows = await page.locator('.knobs').evaluate((box: HTMLElement) => {
    box.style.maxWidth = '420px';
    const { bottom } = box.getBoundingClientRect();
    const knobs = [...box.querySelectorAll('.knob')].map((knob) => knob.getBoundingClientRect());
    box.style.maxWidth = '';
    return {
      cut: knobs.filter((knob) => knob.top < bottom && knob.bottom > bottom).length,
      isMore: knobs.some((knob) => knob.top >= bottom),
    };
  });
  expect(rows).toEqual({ cut: 0, isMore: true });
  await houses.fill('8');
  await expect(page.locator('.turned')).toHaveCount(1);
  await expect(page.getByTestId('back-to-lesson')).toBeVisible();

  await page.getByTestId('experiment-text').click();
  const text = page.getByTestId('editor-text').locator('.cm-content');
  await expect(text).toContainText('gomaxprocs: 8');
  // Styles of the editor are there under the page's policy.
  expect(await text.evaluate((element) => getComputedStyle(element).whiteSpace)).not.toBe('normal');

  await page.getByTestId('editor-text').locator('.cm-line', { hasText: 'go: worker' }).click();
  await page.keyboard.press('End');
  await page.keyboard.type('s');
  await expect(page.getByTestId('editor-said')).toContainText('workers');
  await expect(page.getByTestId('editor-text').locator('.cm-lint-marker-error')).toHaveCount(1);
  await page.keyboard.press('Backspace');
  await expect(page.locator('[data-testid=editor-said].bad')).toHaveCount(0);
  expect(await axeFaults(page, ['[data-testid=editor]', '[data-testid=experiment]'])).toEqual([]);

  // Numbers that are turned are written into the text.
  await houses.fill('4');
  await expect(text).toContainText('gomaxprocs: 4');
  await page.keyboard.press('Escape');
  await page.getByTestId('experiment-reset').click();
  await expect(text).toContainText('gomaxprocs: 1');
  await page.getByTestId('editor-close').click();
  await expect(page.getByTestId('back-to-lesson')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('back-to-lesson')).toHaveCount(0);
  expect(complaints).toEqual([]);
});
