/** The keys that a lecturer's hand knows: they do the same wherever the focus happens to be. */
import { expect } from '@playwright/test';
import { atRest, shownStep, startedEach, test } from './started-app';

const started = startedEach();

test('the space bar plays after a click on any button, and does not press it again', async () => {
  const { page } = started;
  await page.getByTestId('language').click();
  await expect(page.getByTestId('lesson-title')).toContainText('Going hunting');
  await page.keyboard.press('Space');
  await expect.poll(() => shownStep(page)).toBeGreaterThan(0);
  await expect(page.getByTestId('lesson-title')).toContainText('Going hunting');
});

test('with the focus on the speed menu the keys still move through the run', async () => {
  const { page } = started;
  const speed = page.getByTestId('speed');
  await speed.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => shownStep(page)).toBe(1);
  // A lesson step may have several pages.
  await expect
    .poll(async () => {
      await page.keyboard.press('PageDown');
      await atRest(page);
      return shownStep(page);
    })
    .toBeGreaterThan(1);
  await expect(speed).toHaveValue('1');
  const before = await shownStep(page);
  await page.keyboard.press('Space');
  await expect.poll(() => shownStep(page)).toBeGreaterThan(before);
});

test('an open speed menu has its own keys, and gives the focus back after a choice', async () => {
  const { page } = started;
  const speed = page.getByTestId('speed');
  await speed.click();
  // While the list hangs open, the page hears no keys.
  await page.evaluate(() => {
    document.addEventListener('keydown', ({ key }) => (document.documentElement.dataset.heard = key));
  });
  await expect
    .poll(async () => {
      await page.evaluate(() => delete document.documentElement.dataset.heard);
      await page.keyboard.press('Shift');
      return page.locator('html').getAttribute('data-heard');
    })
    .toBeNull();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(speed).toHaveValue('2');
  await expect(speed).not.toBeFocused();
  expect(await shownStep(page)).toBe(0);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => shownStep(page)).toBe(1);
  await expect(speed).toHaveValue('2');
});

test('the help is a dialog of its own: it takes the focus, keeps the keys, and closes on Escape', async () => {
  const { page } = started;
  await page.getByTestId('speed').focus();
  await page.keyboard.press('?');
  const help = page.getByTestId('help');
  await expect(help).toBeVisible();
  await page.keyboard.press('ArrowRight');
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(
        () =>
          document.activeElement === document.body ||
          document.querySelector('[data-testid=help]')?.contains(document.activeElement) === true,
      ),
    ).toBe(true);
  }
  expect(await shownStep(page)).toBe(0);
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(page.getByTestId('speed')).toBeFocused();
});

test('the legend opens with C and its button, goes from card to card, needs no scrolling at 1366 × 768, and closes on Escape', async () => {
  const { page } = started;
  await page.keyboard.press('c');
  const cast = page.getByTestId('cast');
  await expect(cast).toBeVisible();
  await expect.poll(() => cast.locator('[data-cast]').count()).toBeGreaterThan(40);
  await expect.poll(() => cast.locator('.all').evaluate((all) => all.scrollHeight - all.clientHeight)).toBeLessThanOrEqual(1);
  const told = page.getByTestId('cast-told');
  const first = await told.textContent();
  await page.keyboard.press('ArrowRight');
  await expect(told).not.toHaveText(first ?? '');
  // Other keys are the window's again when it is closed.
  await page.keyboard.press('ArrowRight');
  expect(await shownStep(page)).toBe(0);
  await page.keyboard.press('Escape');
  await expect(cast).toBeHidden();
  await page.getByTestId('open-cast').click();
  await expect(cast).toBeVisible();
  await page.keyboard.press('c');
  await expect(cast).toBeHidden();
});

test('a dialog that is opened again before its closing was told of still has its content', async () => {
  const { page } = started;
  // Within one frame, which no hand of Playwright's does for sure.
  const press = (key: string, times: number): Promise<void> =>
    page.evaluate(
      async ([typed, count]) => {
        const open = (): boolean => document.querySelector('dialog[open]') !== null;
        for (let i = 0; i < count; i++) {
          const wasOpen = open();
          document.body.dispatchEvent(new KeyboardEvent('keydown', { key: typed, bubbles: true, cancelable: true }));
          // Its part is loaded: what is to come comes without a frame.
          for (let turns = 0; turns < 1000 && open() === wasOpen; turns++) await Promise.resolve();
        }
      },
      [key, times] as const,
    );
  for (const [key, dialog, content] of [
    ['m', 'course', 'course-first'],
    ['c', 'cast', 'cast-told'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByTestId(dialog)).toBeVisible();
    await press(key, 2);
    await expect(page.getByTestId(dialog)).toBeVisible();
    // Two frames: by then it has been told of.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await expect(page.getByTestId(content)).toBeVisible();
    await page.keyboard.press(key);
    await expect(page.getByTestId(dialog)).toBeHidden();
  }
});
