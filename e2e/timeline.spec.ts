/** The timeline used by hand: looked at nearer, moved, measured, and somebody picked in it. */
import { expect, type Page } from '@playwright/test';
import { atRest, shownStep, startedEach, test } from './started-app';

const started = startedEach();

interface Track {
  at: (share: number, down: number) => [number, number];
  part: () => Promise<[number, number]>;
  steps: number;
}

async function trackOf(page: Page): Promise<Track> {
  const track = page.getByTestId('timeline');
  const box = await track.boundingBox();
  if (!box) throw new Error('the timeline has no place');
  const number = (name: string): Promise<number> => track.getAttribute(`data-${name}`).then(Number);
  return {
    at: (share, down) => [box.x + box.width * share, box.y + box.height * down],
    // At one moment: between two questions a wheel may have turned.
    part: () => track.evaluate(({ dataset }) => [Number(dataset.from), Number(dataset.to)]),
    steps: await number('steps'),
  };
}

test('a wheel zooms at the pointer, a drag moves what is seen, and 0 shows everything again', async () => {
  const { page } = started;
  const { at, part } = await trackOf(page);
  // Up to the first question: of what comes after it only the beginning is there.
  const [, end] = await part();
  await page.mouse.move(...at(0.6, 0.6));
  // The page hears of a wheel some time later: each turn is waited for, and none comes when the next thing is done.
  for (let i = 0; i < 8; i++) {
    const before = await part();
    await page.mouse.wheel(0, -120);
    await expect.poll(part).not.toEqual(before);
  }
  await expect.poll(async () => (await part())[1] - (await part())[0]).toBeLessThan(end / 2);
  const [from, to] = await part();
  expect(Math.abs((from + (to - from) * 0.6) / end - 0.6)).toBeLessThan(0.1);
  const before = await shownStep(page);
  await page.mouse.move(...at(0.5, 0.6));
  await page.mouse.down();
  await page.mouse.move(...at(0.7, 0.6), { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await part())[0]).toBeLessThan(from);
  expect(await shownStep(page), 'moving what is seen is no jump').toBe(before);
  await page.getByTestId('timeline').focus();
  await page.keyboard.press('0');
  await expect.poll(part).toEqual([0, end]);
});

test('the map of the whole run chooses a part', async () => {
  const { page } = started;
  const { part, steps } = await trackOf(page);
  const map = await page.getByTestId('timeline-map').boundingBox();
  if (!map) throw new Error('there is no map');
  await page.mouse.move(map.x + map.width * 0.25, map.y + 12);
  await page.mouse.down();
  await page.mouse.move(map.x + map.width * 0.5, map.y + 12, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.abs((await part())[0] / steps - 0.25)).toBeLessThan(0.03);
  expect(Math.abs((await part())[1] / steps - 0.5)).toBeLessThan(0.03);
});

test('a drag along the axis measures, Escape ends it', async () => {
  const { page } = started;
  const { at } = await trackOf(page);
  await page.mouse.move(...at(0.3, 0.05));
  await page.mouse.down();
  await page.mouse.move(...at(0.8, 0.05), { steps: 4 });
  await page.mouse.up();
  await expect(page.getByTestId('timeline-measure')).toContainText(/\d 步/);
  await page.getByTestId('timeline').focus();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('timeline-measure')).toHaveCount(0);
});

test('a name picks its thread without a jump, in lanes of any kind; Escape lets go', async () => {
  const { page } = started;
  await page.keyboard.press('PageDown');
  await atRest(page);
  const before = await shownStep(page);
  const name = page.locator('[data-lane=M0]').first();
  await name.click();
  await expect(name).toHaveAttribute('aria-pressed', 'true');
  expect(await shownStep(page)).toBe(before);
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-lane=M0]').first()).toHaveAttribute('aria-pressed', 'false');
  await page.getByTestId('lanes-G').click();
  await page.getByTestId('lanes-M').click();
  await expect(page.locator('[data-lane=G1]').first()).toBeVisible();
  await expect(page.locator('[data-lane=M0]')).toHaveCount(0);
});

test('a click on a bar leads to its step and selects whose it is, as Enter does; beside a card the timeline says nothing more', async () => {
  const { page } = started;
  const track = page.getByTestId('timeline');
  const [box, lane] = [await track.boundingBox(), await page.locator('[data-lane=M0]').boundingBox()];
  if (!box || !lane) throw new Error('there are no lanes');
  const [x, y] = [box.x + box.width * 0.02, lane.y + lane.height / 2];
  await page.mouse.move(x, y);
  await expect(track.locator('.tip')).toHaveCount(2);
  await expect(page.getByTestId('inspector')).toBeVisible();
  await expect(track.locator('.tip')).toHaveCount(0);
  await page.mouse.click(x, y);
  await expect.poll(() => shownStep(page)).toBeGreaterThan(0);
  const own = page.locator('[data-lane=G1]').first();
  await expect(own).toHaveAttribute('aria-pressed', 'true');
  await page.mouse.move(box.x, 100);
  await page.keyboard.press('Escape');
  await expect(own).toHaveCount(0);
  await track.focus();
  await page.keyboard.press('Enter');
  await expect(own).toHaveAttribute('aria-pressed', 'true');
});

test('the legend is at hand', async () => {
  const { page } = started;
  await page.getByTestId('timeline-legend-button').click();
  await expect(page.getByTestId('timeline-legend')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('timeline-legend')).not.toBeVisible();
});

/** What a part of the page is painted into, as Chromium tells it. */
interface Layer {
  layerId: string;
  height: number;
  drawsContent: boolean;
}

interface Paint {
  layerId: string;
  clip: { y: number; height: number };
}

/** Resolves when the page has painted what it was asked to. */
const twoFrames = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

test('while a hand moves the lanes nothing is painted but they and the map', async () => {
  const { page } = started;
  const { at, part } = await trackOf(page);
  const whole = await part();
  await page.mouse.move(...at(0.3, 0.6));
  await page.mouse.wheel(0, -360);
  await expect.poll(part).not.toEqual(whole);
  await atRest(page);

  const protocol = await page.context().newCDPSession(page);
  let layers: readonly Layer[] = [];
  let painted: Paint[] = [];
  protocol.on('LayerTree.layerTreeDidChange', (change) => (layers = change.layers ?? layers));
  protocol.on('LayerTree.layerPainted', (paint) => painted.push(paint));
  await protocol.send('DOM.enable');
  await protocol.send('LayerTree.enable');
  /** Those with anything in them: the one of the page, and those of the timeline. */
  const drawn = (): Layer[] => layers.filter(({ drawsContent, height }) => drawsContent && height > 0);
  await page.mouse.down();
  await page.mouse.move(...at(0.32, 0.6), { steps: 4 });
  await twoFrames(page);
  // Whoever begins to listen is told of everything as if it were new.
  painted = [];
  const before = await part();
  await page.mouse.move(...at(0.5, 0.6), { steps: 8 });
  await expect.poll(part).not.toEqual(before);
  await twoFrames(page);
  await page.mouse.up();

  const windowPx = await page.evaluate(() => innerHeight);
  const ofPage = drawn().filter(({ height }) => height >= windowPx);
  const ofLanes = drawn().filter(({ height }) => height < windowPx);
  expect(ofPage, 'the window is one layer').toHaveLength(1);
  expect(ofLanes, 'the ground of the lanes is one, what moves over it another').toHaveLength(2);
  const paintedIn = (some: readonly Layer[]): Paint[] => painted.filter(({ layerId }) => some.some((layer) => layer.layerId === layerId));
  expect(new Set(paintedIn(ofLanes).map(({ layerId }) => layerId)).size, 'the ground stays as it was painted').toBe(1);
  const map = await page.getByTestId('timeline-map').boundingBox();
  for (const { clip } of paintedIn(ofPage)) {
    expect(clip.y, 'above the map nothing is painted').toBeGreaterThanOrEqual((map?.y ?? Infinity) - 3);
    expect(clip.y + clip.height, 'nor below it').toBeLessThanOrEqual((map?.y ?? 0) + (map?.height ?? 0) + 3);
  }
  await protocol.detach();
});

test('what stands beside the timeline is painted by itself, so that a frame of the lanes need not go through it', async () => {
  const { page } = started;
  for (const part of ['.top', 'main']) await expect(page.locator(part), part).toHaveCSS('isolation', 'isolate');
});
