/** What a class must read from the last row, measured in the real window: sizes of type, and names that fit their labels. */
import { expect, type Page } from '@playwright/test';
import { atRest, resize, startedEach, test } from './started-app';

const started = startedEach();

// Sizes are measured where everybody stands.
test.beforeEach(() => started.page.emulateMedia({ reducedMotion: 'reduce' }));

/** The smallest type in a part of the window, as it is on the screen, with what it says. Letters that are drawings are left out. */
function smallestType(page: Page, part: string): Promise<{ px: number; text: string }> {
  return page.evaluate((selector) => {
    let least = { px: Infinity, text: '' };
    for (const root of document.querySelectorAll(selector)) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const holder = node.parentElement;
        const text = node.textContent?.trim() ?? '';
        if (!holder || text === '' || !holder.checkVisibility() || holder.closest('.zzz, .strip, .ask, title')) continue;
        const drawing = holder.closest('svg');
        const scale =
          drawing && holder instanceof SVGGraphicsElement ? Math.hypot(holder.getScreenCTM()?.a ?? 1, holder.getScreenCTM()?.b ?? 0) : 1;
        const px = Number.parseFloat(getComputedStyle(holder).fontSize) * scale;
        if (px < least.px) least = { px, text };
      }
    }
    return least;
  }, part);
}

/** Labels in the village whose words are wider than their boxes. */
function tooNarrow(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('[data-label]')].flatMap((label) => {
      const box = label.querySelector('rect')?.getBBox();
      const text = label.querySelector('text')?.getBBox();
      return box && text && text.width <= box.width ? [] : [label.textContent];
    }),
  );
}

for (const [widthPx, heightPx, least] of [
  [1366, 768, 12.95],
  [1920, 1080, 16.5],
] as const) {
  test(`at ${widthPx}x${heightPx} nothing is smaller than ${least} px, and every name fits its label`, async () => {
    test.setTimeout(120_000);
    const { page } = started;
    await resize(started, widthPx, heightPx);
    await page.getByTestId('speed').selectOption('8');
    for (const language of ['zh', 'en']) {
      for (const index of [1, 5, 8, 16, 19, 24, 26]) {
        await page.locator('.contents').click();
        await page.locator('.list button').nth(index).click();
        await expect(page.locator('.contents')).toContainText(`${index + 1} / `);
        await atRest(page);
        for (const part of ['.views', '.timeline']) {
          const found = await smallestType(page, part);
          expect(Number.isFinite(found.px), `${language}, step ${index}, ${part}: something is written`).toBe(true);
          expect(found.px, `${language}, step ${index}, ${part}: “${found.text}”`).toBeGreaterThanOrEqual(least);
        }
        expect(await tooNarrow(page), `${language}, step ${index}`).toEqual([]);
      }
      await page.keyboard.press('l');
    }
  });
}

test('a view alone in the window is written larger', async () => {
  const { page } = started;
  // A step at which a thread has run assembly, so that both views have something to say.
  while (!(await page.locator('.machine h4').first().isVisible())) {
    await page.keyboard.press('PageDown');
    await atRest(page);
  }
  for (const [key, part] of [
    ['2', '.runtime .tables'],
    ['3', '.machine h4'],
  ] as const) {
    const before = await smallestType(page, part);
    expect(Number.isFinite(before.px), part).toBe(true);
    await page.keyboard.press(key);
    await expect(page.locator('.view')).toHaveCount(1);
    const after = await smallestType(page, part);
    expect(Number.isFinite(after.px), part).toBe(true);
    expect(after.px, part).toBeGreaterThan(1.15 * before.px);
    await page.keyboard.press('0');
    await expect(page.locator('.view')).toHaveCount(3);
  }
});
