/** What a class must read from the last row, measured in the real window: sizes of type, and names that fit their labels. */
import { expect, type Page } from '@playwright/test';
import { atRest, resize, startedEach, test, visit } from './started-app';

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
        if (!holder || text === '' || !holder.checkVisibility() || holder.closest('.zzz, .strip, .ask, .seal, .flag, title')) continue;
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
    test.setTimeout(300_000);
    const { page } = started;
    await resize(started, widthPx, heightPx);
    await page.getByTestId('speed').selectOption('8');
    for (const language of ['zh', 'en']) {
      for (const index of [1, 5, 8, 16, 19, 22]) {
        await visit(page, index);
        await atRest(page);
        for (const part of ['.views', '.timeline']) {
          const found = await smallestType(page, part);
          expect(Number.isFinite(found.px), `${language}, step ${index}, ${part}: something is written`).toBe(true);
          expect(found.px, `${language}, step ${index}, ${part}: “${found.text}”`).toBeGreaterThanOrEqual(least);
        }
        await expect.poll(() => tooNarrow(page), `${language}, step ${index}`).toEqual([]);
        await expect.poll(async () => (await fit(page)).scrolling.slice(1), `${language}, step ${index}: what scrolls`).toEqual([]);
      }
      await page.keyboard.press('l');
    }
  });
}

test('a view alone in the window is written larger', async () => {
  const { page } = started;
  // A step at which a thread has run assembly, so that both views have something to say.
  while (!(await page.locator('.machine .registers dt').first().isVisible())) {
    await page.keyboard.press('PageDown');
    await atRest(page);
  }
  for (const [key, part] of [
    ['2', '.runtime .tables'],
    ['3', '.machine .registers dt'],
  ] as const) {
    const before = await smallestType(page, part);
    expect(Number.isFinite(before.px), part).toBe(true);
    await page.keyboard.press(key);
    await expect(page.locator('.view')).toHaveCount(1);
    await expect
      .poll(async () => {
        const { px } = await smallestType(page, part);
        return Number.isFinite(px) ? px : 0;
      }, part)
      .toBeGreaterThan(1.15 * before.px);
    await page.keyboard.press('0');
    await expect(page.locator('.view')).toHaveCount(3);
  }
});

test('what is said of a listing stands before its lines, however far they are scrolled', async () => {
  const { page } = started;
  const note = page.locator('.machine .listing:has(ol:not([hidden])) > .note');
  // A step that is no instruction, of a thread that has run some.
  while (!(await note.isVisible())) {
    await page.keyboard.press('ArrowRight');
    await atRest(page);
  }
  const seen = await note.evaluate((each) => {
    const listing = each.parentElement as Element;
    const scrolledPx = [1, 0.5].map((share) => {
      listing.scrollTop = share * listing.scrollHeight;
      return listing.scrollTop;
    });
    const { left, top, width, height } = each.getBoundingClientRect();
    const isOnTop = [0.1, 0.5, 0.9].map((at) => document.elementFromPoint(left + at * width, top + height / 2) === each);
    return { isScrolled: scrolledPx.every((px) => px > height), isOnTop };
  });
  expect(seen).toEqual({ isScrolled: true, isOnTop: [true, true, true] });
});

/** What scrolls down, what is cut off without a way to it, and how high the toolbar is. */
function fit(page: Page): Promise<{ scrolling: string[]; overflowPx: number; toolbarPx: number; textPx: number }> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const scrolling = [...document.querySelectorAll('.app *')].filter(
      (each) => each.checkVisibility() && /auto|scroll/.test(getComputedStyle(each).overflowY) && each.scrollHeight > each.clientHeight + 1,
    );
    const ends = [...document.querySelectorAll('.app > *, .pane, .view')].map((each) => each.getBoundingClientRect());
    const beyond = ends.map(({ right, bottom }) => Math.max(right - innerWidth, bottom - innerHeight));
    return {
      scrolling: scrolling.map((each) => each.className),
      overflowPx: Math.max(root.scrollWidth - innerWidth, root.scrollHeight - innerHeight, ...beyond),
      toolbarPx: document.querySelector('.toolbar')?.getBoundingClientRect().height ?? Infinity,
      textPx: Number.parseFloat(getComputedStyle(document.querySelector('.toolbar') ?? root).fontSize),
    };
  });
}

for (const [widthPx, heightPx] of [
  [640, 360],
  [683, 384],
  [911, 512],
] as const) {
  test(`at ${widthPx}x${heightPx} one thing is shown at a time, by tabs, with the lesson at hand`, async () => {
    const { page } = started;
    await resize(started, widthPx, heightPx);
    // The keys choose tabs once they are there.
    await expect(page.getByTestId('tab-text')).toBeVisible();
    for (const language of ['zh', 'en']) {
      await page.keyboard.press('PageDown');
      for (const [key, tab] of [
        ['4', 'text'],
        ['1', 'village'],
        ['2', 'runtime'],
        ['3', 'machine'],
        ['5', 'timeline'],
      ] as const) {
        await page.keyboard.press(key);
        await atRest(page);
        await expect(page.getByTestId(`tab-${tab}`)).toHaveAttribute('aria-selected', 'true');
        const where = `${language}, ${tab}`;
        // What is laid out anew after it was measured is right a frame later.
        await expect
          .poll(async () => {
            const { scrolling, overflowPx, toolbarPx, textPx } = await fit(page);
            return { alsoScroll: scrolling.slice(1), isBeyond: overflowPx > 0.5, isBarHigh: toolbarPx >= 4 * textPx };
          }, where)
          .toEqual({ alsoScroll: [], isBeyond: false, isBarHigh: false });
        for (const id of ['play', 'step-forward', 'lesson-prev', 'lesson-next', 'more', `tab-${tab}`])
          await expect(page.getByTestId(id), `${where}: ${id}`).toBeInViewport({ ratio: 0.99 });
      }
      await page.keyboard.press('l');
    }
  });
}

test('zoomed to 200 percent everything is twice as large, and the village is no smaller', async () => {
  const { app, page } = started;
  const zoomTo = (factor: number): Promise<void> =>
    app.evaluate(
      ({ BrowserWindow }, to) =>
        BrowserWindow.getAllWindows()
          .find((each) => each.isVisible())
          ?.webContents.setZoomFactor(to),
      factor,
    );
  const textPx = (): Promise<number> => page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
  const before = { text: await textPx(), name: await smallestType(page, '.scene .name') };
  try {
    await zoomTo(2);
    await expect(page.getByTestId('tab-village')).toBeVisible();
    await page.keyboard.press('1');
    await expect(page.locator('.scene .name').first()).toBeVisible();
    expect(2 * (await textPx())).toBeCloseTo(2 * before.text, 1);
    await expect.poll(async () => 2 * (await smallestType(page, '.scene .name')).px).toBeGreaterThan(before.name.px);
  } finally {
    await zoomTo(1);
  }
  await expect(page.getByTestId('tab-village')).toHaveCount(0);
});

test('the tab is that of what the step is about until a person chooses one; a question is told on its tab', async () => {
  const { page } = started;
  await resize(started, 911, 512);
  await expect(page.getByTestId('tab-village')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('3');
  while (!(await page.getByTestId('question').count())) {
    await page.keyboard.press('PageDown');
    await atRest(page);
    await expect(page.getByTestId('tab-machine')).toHaveAttribute('aria-selected', 'true');
  }
  await expect(page.getByTestId('tab-text')).toContainText('?');
  await page.keyboard.press('0');
  await expect(page.getByTestId('question')).toBeInViewport();
});

test('in high contrast a chosen tab, the line that runs and a field that changed are more than a background', async () => {
  const { page } = started;
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  try {
    while (!(await page.locator('.cell.changed').count()) || !(await page.locator('.runtime .line.now').count())) {
      await page.keyboard.press('ArrowRight');
      await atRest(page);
    }
    const lines = await page.evaluate(() =>
      ['.cell.changed', '.runtime .line.now', '.row.touched'].map(
        (each) => getComputedStyle(document.querySelector(each) as Element).outlineStyle,
      ),
    );
    expect(lines).not.toContain('none');
    const [on, off] = await page.evaluate(() =>
      ['true', 'false'].map((each) => getComputedStyle(document.querySelector(`[aria-pressed=${each}]`) as Element).backgroundColor),
    );
    expect(on).not.toBe(off);
  } finally {
    await page.emulateMedia({ forcedColors: null, reducedMotion: 'reduce' });
  }
});
