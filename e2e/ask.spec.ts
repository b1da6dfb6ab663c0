/** The run in words, its causes, and the cards of what is no figure, in the real window. */
import { expect } from '@playwright/test';
import { axeFaults } from './axe';
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
  expect(await axeFaults(page, ['[data-testid=why]'])).toEqual([]);

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

test('the key on a card asks of the thing and the step that the card is of, and the card makes room for the answer', async () => {
  const { page } = started;
  for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight');
  await expect.poll(() => shownStep(page)).toBe(12);
  const [lane, timeline] = [await page.locator('[data-lane=M0]').boundingBox(), await page.getByTestId('timeline').boundingBox()];
  if (!lane || !timeline) throw new Error('there is no timeline');
  const card = page.getByTestId('inspector');
  await expect
    .poll(async () => {
      for (const x of [0.2, 0.21]) await page.mouse.move(timeline.x + x * timeline.width, lane.y + lane.height / 2);
      await card.waitFor({ timeout: 5_000 }).catch(() => undefined);
      return card.count();
    })
    .toBe(1);
  const path = (await card.getAttribute('data-path-of')) ?? '';
  await page.keyboard.press('q');
  await expect(card).toHaveCount(0);
  await expect.poll(() => shownStep(page)).not.toBe(12);
  const question = page.getByTestId('why').locator('strong');
  await expect(question).toContainText(path.split('.')[1] ?? '');
  await expect(question).toContainText(String(await shownStep(page)));
  // Nobody points at anything new: the same key puts the answer away.
  await page.keyboard.press('q');
  await expect(page.getByTestId('why')).toHaveCount(0);
});

test('the other button on a thing opens its card at once, with the keys in it; a press elsewhere puts it away', async () => {
  const { page } = started;
  await page.keyboard.press('ArrowRight');
  const card = page.getByTestId('inspector');
  await page.locator('[data-testid=runtime] [data-path="P.P0"]').first().click({ button: 'right' });
  await expect(card).toHaveAttribute('data-path-of', /^P\.P0/);
  await expect(card).toBeFocused();
  await page.getByTestId('lesson-step').click();
  await expect(card).toHaveCount(0);
  // What has the focus has it by the menu key.
  await page.locator('[data-testid=figures] [data-path="M.M0"]').focus();
  await page.keyboard.press('Shift+F10');
  await expect(card).toHaveAttribute('data-path-of', 'M.M0');
});
