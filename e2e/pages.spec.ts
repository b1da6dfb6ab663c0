/** Every step of every lesson, in the real window: its text is in whole pages, and nothing of it is cut. */
import { expect, type Page } from '@playwright/test';
import { atRest, resize, startedEach, test } from './started-app';

const started = startedEach();

/** A fault of the text that is shown, and where. */
interface Walked {
  /** Lesson steps seen: with their question open, answered, and by themselves, each in both languages. */
  seen: string[];
  faults: string[];
}

/**
 * From the first step of the open lesson to its end, inside of the page: a press costs a frame there, and a round trip of the test's many.
 * Everything is looked at in both languages: type below 14 px, lines that no page shows whole, pages without a word.
 */
function walk(page: Page, isWalked: boolean): Promise<Walked> {
  return page.evaluate(async (toTheEnd) => {
    const named = (id: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-testid=${id}]`);
    const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
    const root = document.documentElement;
    const press = async (key: string): Promise<void> => {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await frame();
      for (let i = 0; root.dataset.atRest !== 'true' && i < 1_000; i++) await frame();
    };
    /** Of the text as it is laid out now. */
    const look = (): string[] => {
      const [box, flow] = [named('lesson-step'), named('lesson-step')?.firstElementChild];
      if (!box || !flow) return ['there is no text'];
      const [{ top, bottom }, { left }, wide] = [box.getBoundingClientRect(), flow.getBoundingClientRect(), flow.clientWidth];
      const count = Number(/\d+$/.exec(named('pages')?.textContent ?? '1')?.[0] ?? 1);
      const found: string[] = box.scrollHeight > box.clientHeight ? ['the frame scrolls'] : [];
      const worded = new Set<number>();
      const walker = document.createTreeWalker(flow, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.textContent?.trim() ?? '';
        if (text === '' || !node.parentElement?.checkVisibility()) continue;
        if (Number.parseFloat(getComputedStyle(node.parentElement).fontSize) < 13.99) found.push(`small: ${text}`);
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
      // Whoever turns the page of a question finds more there than how it is answered.
      const how = named('reveal') && count > 1 ? flow.querySelector('.quiet') : null;
      if (how?.checkVisibility()) found.push('how it is answered stands on a page of its own');
      return found;
    };
    const seen = new Set<string>();
    const faults: string[] = [];
    const check = async (what: string): Promise<void> => {
      const where = `${what}, ${root.lang}`;
      if (seen.has(where)) return;
      seen.add(where);
      await frame();
      let found = look();
      // The whole font comes after the first picture, and the pages are laid out once more.
      for (let i = 0; found.length > 0 && i < 60; i++) {
        await frame();
        found = look();
      }
      faults.push(...found.map((fault) => `${where}: ${fault}`));
    };
    const next = (): HTMLButtonElement | null => named('lesson-next') as HTMLButtonElement | null;
    // Pages are pressed through, too; a press that does nothing any more would never end.
    for (let i = 0; i < 600; i++) {
      const step = named('lesson-step')?.dataset.lessonStep ?? '';
      const what = `${step}${named('reveal') ? '?' : named('question') ? '!' : ''}`;
      if (!seen.has(`${what}, ${root.lang}`)) {
        await check(what);
        await press('l');
        await check(what);
      }
      if (!toTheEnd || next()?.disabled !== false) break;
      await press('PageDown');
    }
    return { seen: [...seen], faults };
  }, isWalked);
}

/** The number of pages, once the text has been laid out for good: the count has stayed for so many frames. */
function settled(page: Page): Promise<number> {
  return page.evaluate(async () => {
    await document.fonts.ready;
    const count = (): number => Number(document.querySelector('[data-testid=pages]')?.textContent?.slice(2));
    let [last, frames] = [count(), 0];
    while (frames < 10) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      frames = count() === last ? frames + 1 : 0;
      last = count();
    }
    return last;
  });
}

const faults = async (page: Page): Promise<string[]> => (await walk(page, false)).faults;

/** Where the run has got to stands in the toolbar whole, and the toolbar in the window. */
const toolbar = (page: Page): Promise<{ isWhole: boolean; isInside: boolean }> =>
  page.evaluate(() => {
    const fits = (one: Element | null): boolean => one !== null && one.scrollWidth <= one.clientWidth;
    return { isWhole: fits(document.querySelector('[data-testid=status]')), isInside: fits(document.querySelector('.toolbar')) };
  });

/** Where text lies is known without anything being painted, and nobody looks at the views here; the text keeps its room. */
async function unpainted(page: Page): Promise<void> {
  const room = (): ReturnType<ReturnType<Page['locator']>['boundingBox']> => page.locator('main > .pane').boundingBox();
  const before = await room();
  await page.keyboard.press('3');
  await expect(page.locator('.view')).toHaveCount(1);
  await page.evaluate(() => {
    document.body.style.opacity = '0';
    for (const each of document.querySelectorAll<HTMLElement>('.views > *')) each.style.display = 'none';
  });
  expect(await room()).toEqual(before);
}

/** Every lesson of the course, from its first step to its last. */
async function walkAll(page: Page, stepsOf: Map<string, number>): Promise<void> {
  await unpainted(page);
  const lessons = page.locator('.toolbar .lessons');
  const options = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLOptionElement>('.toolbar .lessons option')].map(({ value }) => value),
  );
  // The last one is no lesson: it opens the choice of exercises.
  const all = options.slice(0, -1);
  expect(all.length).toBeGreaterThan(1);
  for (const lesson of all) {
    await lessons.selectOption(lesson);
    await expect(page.getByTestId('contents'), lesson).toContainText(/^[01] \//);
    await atRest(page);
    const { seen, faults: found } = await walk(page, true);
    expect(found, lesson).toEqual([]);
    expect(await toolbar(page), `${lesson}: step and time are whole`).toEqual({ isWhole: true, isInside: true });
    const steps = new Set(seen.filter((each) => !/[?!],/.test(each)).map((each) => each.split(',')[0]));
    const total = Number(/\/ (\d+)/.exec((await page.getByTestId('contents').textContent()) ?? '')?.[1]);
    expect(steps.size, `${lesson}: every step`).toBe(total);
    expect(seen.filter((each) => each.endsWith('zh-CN')).length, `${lesson}: both languages`).toBe(seen.length / 2);
    stepsOf.set(lesson, seen.length);
  }
}

test('at 1366x768 no text of a lesson is cut: steps, questions and answers, in either language', async () => {
  test.setTimeout(600_000);
  const { page } = started;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const seen = new Map<string, number>();
  await walkAll(page, seen);
  for (const [lesson, count] of seen) expect(count, lesson).toBeGreaterThan(20);
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
  const before = await settled(page);
  // The higher the timeline, the less room for the text.
  await page.getByRole('separator', { name: /timeline/i }).focus();
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowUp');
  await expect.poll(async () => Number((await pages.textContent())?.slice(2))).toBeGreaterThan(before);
  expect(await faults(page)).toEqual([]);
});

test('large type stays in front when the window becomes so small that it has tabs', async () => {
  const { page } = started;
  await page.keyboard.press('y');
  await expect(page.getByTestId('village')).toHaveCount(0);
  await resize(started, 911, 512);
  await expect(page.getByTestId('lesson-step')).toBeInViewport();
  await expect.poll(() => faults(page)).toEqual([]);
});
