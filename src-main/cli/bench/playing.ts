/** Frames while a lesson plays: what people look at for most of the time. */
import type { Page } from '@playwright/test';
import { inFolder, launched, launchedEmpty, productFolder } from './electron';
import { type BenchRow, type Measured, percentile } from './table';

const FRAMES = 240;
/** The first ones compile the page's code. */
const WARM_FRAMES = 40;

interface Frames {
  /** What the page's main thread works from one frame to the next, ms. */
  worked: number[];
  /** From one frame to the next, ms. */
  apart: number[];
}

async function frames(page: Page): Promise<Frames> {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Performance.enable');
  const found: Frames = { worked: [], apart: [] };
  let before = { worked: NaN, at: NaN };
  for (let i = 0; i < FRAMES; i++) {
    const at = await page.evaluate<number>('new Promise((done) => requestAnimationFrame((at) => setTimeout(() => done(at))))');
    const { metrics } = await protocol.send('Performance.getMetrics');
    const worked = (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000;
    if (i > WARM_FRAMES) {
      found.worked.push(worked - before.worked);
      found.apart.push(at - before.at);
    }
    before = { worked, at };
  }
  return found;
}

async function playing(): Promise<Measured> {
  const ours = await inFolder((folder) =>
    launched(productFolder(), folder, async ({ page }) => {
      const step = (): Promise<number> => page.getByTestId('timeline').getAttribute('data-step').then(Number);
      const before = await step();
      await page.keyboard.press('Space');
      const found = await frames(page);
      if ((await step()) <= before) throw new Error('the lesson does not play');
      return found;
    }),
  );
  const empty = await launchedEmpty(({ page }) => frames(page));
  const each = ({ worked, apart }: Frames): string =>
    `${percentile(worked, 0.5).toFixed(1)} ms, frames ${percentile(apart, 0.5).toFixed(1)} ms apart (95th percentile ${percentile(apart, 0.95).toFixed(1)})`;
  return { figures: [percentile(ours.worked, 0.95)], detail: `median ${each(ours)}; an empty page ${each(empty)}` };
}

export const PLAYING_ROWS: readonly BenchRow[] = [
  {
    name: 'window: playing',
    figure: '95th percentile of the page’s main thread for a frame while the first lesson plays',
    limit: 16,
    kind: 'ms',
    why: 'one frame',
    measure: playing,
  },
];
