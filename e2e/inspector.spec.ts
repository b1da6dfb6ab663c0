import { expect } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { axeFaults } from './axe';
import { answerDialogs, atRest, startedEach, test } from './started-app';

const started = startedEach();

/** Puts the mouse to rest on a thing, of the runtime unless said, and waits for its card. Once more where the thing has moved away meanwhile. */
async function pointAt(path: string, thing = `[data-testid=runtime] [data-path="${path}"]`): Promise<void> {
  const { page } = started;
  const card = page.locator(`[data-testid=inspector][data-path-of="${path}"][data-told=true]`);
  await expect
    .poll(async () => {
      const box = await page.locator(thing).first().boundingBox();
      if (!box) return 0;
      await page.mouse.move(box.x + 4, box.y + box.height / 2 + 3);
      await page.mouse.move(box.x + 8, box.y + box.height / 2);
      await card.waitFor({ timeout: 5_000 }).catch(() => undefined);
      return card.count();
    })
    .toBe(1);
}

/** The card neither covers the thing nor leaves the window. */
async function expectBeside(path: string): Promise<void> {
  const { page } = started;
  await expect(page.getByTestId('inspector')).toHaveAttribute('data-path-of', path);
  // Its place follows its words, a moment later.
  await expect
    .poll(async () => {
      const [card, ring] = [await page.getByTestId('inspector').boundingBox(), await page.getByTestId('inspected').boundingBox()];
      if (!card || !ring) return 'the card or its thing is nowhere';
      const isApart =
        card.x >= ring.x + ring.width || ring.x >= card.x + card.width || card.y >= ring.y + ring.height || ring.y >= card.y + card.height;
      const isInside = card.x >= 0 && card.y >= 0 && card.x + card.width <= 1366 && card.y + card.height <= 768;
      return `${isApart ? 'beside' : 'over'} it, ${isInside ? 'inside' : 'outside'}`;
    }, path)
    .toBe('beside it, inside');
}

test('whatever is pointed at says what it is, and is selected in all views until Escape', async () => {
  const { page } = started;
  for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('timeline')).toHaveAttribute('data-step', '12');
  await atRest(page);
  for (const path of ['M.M0', 'P.P0.status']) {
    await pointAt(path);
    await expectBeside(path);
  }
  await page.keyboard.press('l');
  await pointAt('M.M0');
  await expectBeside('M.M0');
  await page.getByTestId('inspector-select').click();
  await expect(page.locator('[data-lane=M0]')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('[data-testid=figures] [data-path="M.M0"]')).toHaveAttribute('aria-pressed', 'true');
  // To the change before, where it was set, and back by the key.
  await page.keyboard.press('[');
  await expect(page.getByTestId('timeline')).toHaveAttribute('data-step', '10');
  await expect(page.getByTestId('inspector')).toBeVisible();
  expect(await axeFaults(page, ['[data-testid=inspector]', '[data-testid=figures]'])).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('inspector')).toHaveCount(0);
  await expect(page.locator('[data-lane=M0]')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-lane=M0]')).toHaveAttribute('aria-pressed', 'false');
});

test('the keyboard reaches every figure of the village', async () => {
  const { page } = started;
  const figures = page.getByTestId('figures').getByRole('button');
  await page.locator('[data-testid=figures] [tabindex="0"]').focus();
  const count = await figures.count();
  expect(count).toBeGreaterThan(4);
  for (let i = 1; i < count; i++) await page.keyboard.press('ArrowDown');
  await expect(figures.last()).toBeFocused();
  await expect(page.getByTestId('inspector')).toHaveAttribute('data-told', 'true');
  const path = (await figures.last().getAttribute('data-path')) ?? '';
  await expectBeside(path);
  await page.keyboard.press('Enter');
  await expect(figures.last()).toHaveAttribute('aria-pressed', 'true');
});

test('marks of the timeline, events and the red line have cards that tell of their own step', async () => {
  const { page } = started;
  const card = page.getByTestId('inspector');
  const pathOf = async (selector: string): Promise<string> => (await page.locator(selector).first().getAttribute('data-path')) ?? '';
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('timeline')).toHaveAttribute('data-step', '1');
  const stop = '[data-testid=timeline] .stop[data-path]';
  await pointAt(await pathOf(stop), stop);
  await expectBeside(await pathOf(stop));
  await expect(page.getByTestId('inspector-about')).not.toBeEmpty();
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);

  await page.keyboard.press('v');
  const line = '[data-testid=event-list] [role=option][data-path]';
  await expect(page.locator(line).nth(2)).toBeVisible();
  await pointAt(await pathOf(line), line);
  await expectBeside(await pathOf(line));
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);

  // By the keys: the card of the line that they are at, and of where the timeline stands.
  for (const place of [page.getByTestId('event-list').getByRole('listbox'), page.getByTestId('timeline')]) {
    await place.focus();
    await page.keyboard.press('i');
    await expect(card).toHaveAttribute('data-told', 'true');
    await page.keyboard.press('Escape');
    await expect(card).toHaveCount(0);
  }
});

test('in a large village a click on a name below a house selects whoever bears it', async () => {
  const { app, page, folder } = started;
  const file = join(folder, 'many.yaml');
  writeFileSync(
    file,
    `schedville: 1
kind: scenario
id: many
title: { zh: 很多房子, en: Many houses }
runtime: { gomaxprocs: 8 }
goroutines:
  main:
    - go: { name: w, times: 20 }
    - sleep: 1ms
  w:
    - compute: 200us
`,
  );
  await answerDialogs(app, file);
  await page.keyboard.press('o');
  const name = page.locator('.houses text[data-writing="P0 who"]');
  await expect(name).toHaveText('M0 · G1');
  await atRest(page);
  // The ring is around whoever is selected, at the window or the name: the parent is left, the child right.
  const ring = page.locator('.ring.selected');
  const middleOf = (box: { x: number; width: number } | null): number => (box ? box.x + box.width / 2 : Number.NaN);
  const found: number[] = [];
  for (const share of [0.15, 0.85]) {
    const box = await name.boundingBox();
    if (!box) throw new Error('the name is nowhere');
    await page.mouse.click(box.x + share * box.width, box.y + box.height / 2);
    await expect.poll(async () => found.includes(middleOf(await ring.boundingBox())) || (await ring.count()) === 0).toBe(false);
    found.push(middleOf(await ring.boundingBox()));
  }
  expect(found[0]).toBeLessThan(found[1] ?? Number.NaN);
});
