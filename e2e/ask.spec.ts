/** The run in words, its causes, and the cards of what is no figure, in the real window. */
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { shownStep, startedEach, test } from './started-app';

const started = startedEach();

test('an event is gone to, its reasons are asked for, and what the model had read is a step to go to', async () => {
  const { page } = started;
  await page.keyboard.press('ArrowRight');
  // Who does not see the window is told the event.
  await expect(page.getByTestId('spoken')).toHaveAttribute('data-told-at', '1');
  await page.keyboard.press('v');
  await page.getByTestId('voice-go').click();
  await page.getByTestId('event-find').fill('P0');
  const taken = page.getByRole('option').filter({ hasText: 'P0' });
  await expect(taken.first()).toBeVisible();
  await taken.last().click();
  await expect.poll(() => shownStep(page)).toBeGreaterThan(1);
  const at = await shownStep(page);

  await page.locator('[data-testid=figures] [data-path="G.G2"]').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('q');
  const reads = page.getByTestId('why-reads');
  await expect(reads.first()).toBeVisible();
  const axe = await new AxeBuilder({ page }).setLegacyMode().include('[data-testid=why]').analyze();
  expect(axe.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

  // By the keys: to what was read, and there.
  const list = page.getByTestId('why').getByRole('listbox');
  await list.focus();
  for (let i = 0; i < 12 && (await page.locator('.why .active .read').count()) === 0; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.why .read.active')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect.poll(() => shownStep(page)).not.toBe(at);
  await page.getByTestId('why-back').click();
  await expect.poll(() => shownStep(page)).toBe(at);
});
