/** The gallery and bookmarks in the real window: found by typing, opened by keys, the ending told when it is reached, and all of it kept. */
import { expect } from '@playwright/test';
import { axeFaults } from './axe';
import { startedEach, test } from './started-app';

const started = startedEach();

test('a scenario is found and opened by keys, its ending is told at the end and not before', async () => {
  const { page, complaints } = started;
  await page.keyboard.press('g');
  const gallery = page.getByTestId('gallery');
  await expect(gallery).toBeVisible();
  await expect(gallery.getByTestId('gallery-picture').first()).toBeVisible();
  await page.keyboard.type('golden-s2');
  const card = gallery.getByTestId('exhibit-no-house');
  await expect(gallery.locator('[data-card]')).toHaveCount(1);
  await expect(card).not.toContainText('结局');
  expect(await axeFaults(page, ['[data-testid=gallery]'])).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await expect(card).toBeFocused();
  await page.keyboard.press('Enter');

  await expect(gallery).toBeHidden();
  await expect(page.getByTestId('experiment')).toBeVisible();
  await expect(page.getByTestId('story')).toBeVisible();
  await expect(page.getByTestId('story-ending')).toHaveCount(0);
  // Its keys play it, without a press more.
  await page.keyboard.press('End');
  await expect(page.getByTestId('story-ending')).toBeVisible();
  await page.keyboard.press('g');
  await expect(gallery.getByTestId('ending-no-house')).toBeVisible();
  await page.keyboard.type('qqqq');
  await expect(gallery.getByTestId('gallery-none')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  expect(complaints).toEqual([]);
});

test('a step is marked with a note, gone to, deleted and brought back', async () => {
  const { page, complaints } = started;
  for (let n = 1; n <= 3; n++) {
    await page.keyboard.press('ArrowRight');
    await expect(page.locator('html')).toHaveAttribute('data-at-rest', 'true');
  }
  await page.keyboard.press('Control+d');
  const dialog = page.getByTestId('bookmarks');
  await expect(dialog.getByTestId('bookmark')).toHaveCount(1);
  await expect(dialog.locator('textarea')).toBeFocused();
  await page.keyboard.type('这里门锁上了');
  expect(await axeFaults(page, ['[data-testid=bookmarks]'])).toEqual([]);
  await dialog.getByTestId('bookmark-remove').click();
  await expect(dialog.getByTestId('bookmarks-none')).toBeVisible();
  await dialog.getByTestId('bookmark-undo').click();
  await expect(dialog.locator('textarea')).toHaveValue('这里门锁上了');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('bookmark-mark')).toHaveCount(1);
  expect(complaints).toEqual([]);
});
