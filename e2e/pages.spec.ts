/** Every step of every lesson, in the real window: its text is in whole pages, and nothing of it is cut. */
import { expect, type Page } from '@playwright/test';
import { atRest, startedEach, test } from './started-app';

const started = startedEach();

/** What is wrong with the text that is shown: type below 14 px, lines that no page shows whole, pages without a word. */
function faults(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    await new Promise((resolve) => {
      requestAnimationFrame(() => requestAnimationFrame(resolve));
    });
    const frame = document.querySelector('[data-testid=lesson-step]') as HTMLElement;
    const flow = frame.firstElementChild as HTMLElement;
    const [{ top, bottom }, { left }, wide] = [frame.getBoundingClientRect(), flow.getBoundingClientRect(), flow.clientWidth];
    const pages = /\d+$/.exec(document.querySelector('[data-testid=pages]')?.textContent ?? '1');
    const count = Number(pages?.[0] ?? 1);
    const found: string[] = frame.scrollHeight > frame.clientHeight ? ['the frame scrolls'] : [];
    const worded = new Set<number>();
    const walker = document.createTreeWalker(flow, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      if (text === '' || !node.parentElement?.checkVisibility()) continue;
      if (Number.parseFloat(getComputedStyle(node.parentElement).fontSize) < 13.99) found.push(`small: ${text}`);
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const line of range.getClientRects()) {
        const on = Math.floor((line.left - left) / wide);
        worded.add(on);
        const isWhole =
          line.top >= top - 0.5 && line.bottom <= bottom + 0.5 && line.left >= left + on * wide && line.right <= left + (on + 1) * wide;
        if (!isWhole || on >= count) found.push(`cut: ${text}`);
      }
    }
    for (let each = 0; each < count; each++) if (!worded.has(each)) found.push(`page ${each + 1} of ${count} is empty`);
    return found;
  });
}

test('at 1366x768 no text of a lesson is cut, in either language', async () => {
  test.setTimeout(600_000);
  const { page } = started;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const step = page.getByTestId('lesson-step');
  const options = await page.locator('.toolbar .lessons option').evaluateAll((all) => all.map((each) => (each as HTMLOptionElement).value));
  // The last one is no lesson: it opens the choice of exercises.
  const lessons = options.slice(0, -1);
  expect(lessons.length).toBeGreaterThan(1);
  for (const lesson of lessons) {
    await page.locator('.toolbar .lessons').selectOption(lesson);
    await expect(page.getByTestId('contents')).toContainText(/^[01] \//);
    await atRest(page);
    const seen = new Set<string>();
    // Pages and questions on the way are pressed through, too.
    for (let i = 0; i < 400 && (await page.getByTestId('lesson-next').isEnabled()); i++) {
      for (const language of ['zh', 'en']) {
        const where = `${lesson}, ${(await step.getAttribute('data-lesson-step')) ?? ''}, ${language}`;
        // Polled: the whole font comes after the first picture, and the pages are laid out once more.
        if (!seen.has(where)) await expect.poll(() => faults(page), where).toEqual([]);
        seen.add(where);
        await page.keyboard.press('l');
      }
      await page.keyboard.press('PageDown');
      await atRest(page);
    }
    expect(seen.size, lesson).toBeGreaterThan(10);
  }
});

test('a step with more than one page turns them before it goes on, by keys and buttons', async () => {
  const { page } = started;
  await page.keyboard.press('l');
  const [pages, step] = [page.getByTestId('pages'), page.getByTestId('lesson-step')];
  await expect(pages).toHaveText(/^1\/[2-9]$/);
  const count = Number((await pages.textContent())?.slice(2));
  for (let at = 2; at <= count; at++) {
    await page.keyboard.press('PageDown');
    await expect(pages).toHaveText(`${at}/${count}`);
  }
  await expect(step).toHaveAttribute('data-lesson-step', 'village');
  await expect(page.getByTestId('sources')).toBeInViewport({ ratio: 0.99 });
  await expect(page.locator('.story')).not.toBeInViewport();
  for (let at = count - 1; at >= 1; at--) await page.getByTestId('lesson-prev').click();
  await expect(pages).toHaveText(`1/${count}`);
  await expect(page.locator('.story')).toBeInViewport({ ratio: 0.99 });
  for (let at = 1; at <= count; at++) await page.keyboard.press('Shift+ArrowRight');
  await expect(step).toHaveAttribute('data-lesson-step', 'birth');
});

test('pages follow the type, the language and the place that the text has', async () => {
  const { page } = started;
  const pages = page.getByTestId('pages');
  await expect(pages).toHaveText(/^1\//);
  const zh = await pages.textContent();
  await page.keyboard.press('l');
  await expect(pages).not.toHaveText(zh ?? '');
  const before = Number((await pages.textContent())?.slice(2));
  // The higher the timeline, the less room for the text.
  await page.getByRole('separator', { name: /timeline/i }).focus();
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowUp');
  await expect.poll(async () => Number((await pages.textContent())?.slice(2))).toBeGreaterThan(before);
  expect(await faults(page)).toEqual([]);
});
