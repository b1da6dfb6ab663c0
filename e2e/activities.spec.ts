/** What is done at a lesson's step, in the real window: a table whose answers come out of the lesson's runs. */
import { expect } from '@playwright/test';
import { startedEach, test } from './started-app';

const started = startedEach();

test('a table is filled in over the views, checked against the runs, shown, and kept', async () => {
  const { page } = started;
  await page.locator('.contents').click();
  await page.locator('.list button').nth(22).click();
  await expect(page.getByTestId('lesson-step')).toHaveAttribute('data-lesson-step', 'summary');
  await page.getByTestId('open-activity').click();
  const dialog = page.getByTestId('activity');
  await expect(dialog.getByTestId('cell')).toHaveCount(9);
  // The second row counts how often a house was taken.
  for (const [i, times] of ['0', '1', '2'].entries()) await dialog.locator('input[data-cell]').nth(i).fill(times);
  await dialog.getByTestId('check').click();
  await expect(dialog.locator('footer [role=status]')).toContainText('3 / 9');
  // Keys are the activity's: what they do in the window behind it is not done.
  const step = await page.getByTestId('timeline').getAttribute('data-step');
  await page.keyboard.press('Home');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await page.getByTestId('timeline').getAttribute('data-step')).toBe(step);
  await page.getByTestId('open-activity').click();
  await expect(dialog.locator('input[data-cell]').nth(1)).toHaveValue('1');
  await dialog.getByTestId('reveal').click();
  await expect(dialog.locator('[data-cell]')).toHaveCount(0);
});
