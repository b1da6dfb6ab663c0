/** Frames while a run plays: what people look at for most of the time; and how soon a step among ten thousand is seen. */
import type { Page } from '@playwright/test';
import { inFolder, type Launched, launched, launchedEmpty, openScenario, productFolder, timelineWhole } from './electron';
import { busy, village, VILLAGE_STEPS } from './runs';
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

/** `open`: goes where it is to play from. */
async function playing(open: (window: Launched, folder: string) => Promise<unknown>): Promise<Measured> {
  const ours = await inFolder((folder) =>
    launched(productFolder(), folder, async (window) => {
      const { page } = window;
      await open(window, folder);
      const step = (): Promise<number> => page.getByTestId('timeline').getAttribute('data-step').then(Number);
      const before = await step();
      await page.keyboard.press('Space');
      const found = await frames(page);
      if ((await step()) <= before) throw new Error('nothing plays');
      return found;
    }),
  );
  const empty = await launchedEmpty(({ page }) => frames(page));
  const each = ({ worked, apart }: Frames): string =>
    `${percentile(worked, 0.5).toFixed(1)} ms, frames ${percentile(apart, 0.5).toFixed(1)} ms apart (95th percentile ${percentile(apart, 0.95).toFixed(1)})`;
  return { figures: [percentile(ours.worked, 0.95)], detail: `median ${each(ours)}; an empty page ${each(empty)}` };
}

/** Where everybody is there; a twentieth of the run before its end. */
async function nearTheEnd({ page }: Launched, steps: number): Promise<void> {
  await timelineWhole(page, steps);
  await page.keyboard.press('End');
  await page.waitForTimeout(1_000);
  await page.getByTestId('timeline').press('ArrowDown');
  // Else the timeline has the keys.
  await page.evaluate('document.activeElement.blur()');
  await page.waitForTimeout(2_000);
}

const inVillage =
  (gomaxprocs: number) =>
  async (window: Launched, folder: string): Promise<void> => {
    await openScenario(window, folder, village(gomaxprocs));
    await nearTheEnd(window, VILLAGE_STEPS);
  };

const CROWD = 10_000;
const CROWD_STEPS = 200_000;
const STEPS_ON = 70;
/** The first ones compile the page's code. */
const WARM_STEPS = 10;

/** From the press to the end of the frame that shows the step, by the page's clock; then until nothing moves. (Code for the page is text here.) */
const TO_PICTURE = `globalThis.picture = new Promise((done) => {
  const timeline = document.querySelector('[data-testid=timeline]');
  let pressed = NaN;
  addEventListener('keydown', (event) => (pressed = event.timeStamp), { once: true, capture: true });
  const observer = new MutationObserver(() => {
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => {
      const took = performance.now() - pressed;
      const rest = () => (document.documentElement.dataset.atRest === 'true' ? done(took) : setTimeout(rest, 20));
      rest();
    }));
  });
  observer.observe(timeline, { attributes: true, attributeFilter: ['data-step'] });
}), null`;

async function stepInCrowd(): Promise<Measured> {
  const took = await inFolder((folder) =>
    launched(productFolder(), folder, async (window) => {
      const { page } = window;
      await openScenario(window, folder, busy(CROWD, CROWD_STEPS));
      await nearTheEnd(window, CROWD_STEPS);
      const found: number[] = [];
      for (let i = 0; i < STEPS_ON; i++) {
        // Two questions: a key that is pressed may overtake one that still waits for its answer.
        await page.evaluate(TO_PICTURE);
        await page.keyboard.press('ArrowRight');
        found.push(await page.evaluate<number>('globalThis.picture'));
      }
      return found.slice(WARM_STEPS);
    }),
  );
  return {
    figures: [percentile(took, 0.95)],
    detail: `${took.length} steps, median ${percentile(took, 0.5).toFixed(1)} ms, at most ${Math.max(...took).toFixed(1)} ms`,
  };
}

export const PLAYING_ROWS: readonly BenchRow[] = [
  {
    name: 'window: playing',
    figure: '95th percentile of the page’s main thread for a frame while the first lesson plays',
    limit: 16,
    kind: 'ms',
    why: 'one frame',
    measure: () => playing(() => Promise.resolve()),
  },
  ...[8, 256].map((gomaxprocs): BenchRow => ({
    name: `window: playing at ${gomaxprocs} P`,
    figure: `95th percentile of the page’s main thread for a frame while a run of ${gomaxprocs} P, 40 M, 500 G plays`,
    limit: 8,
    kind: 'ms',
    why: 'half a frame, so that motion is smooth on a machine half as fast',
    measure: () => playing(inVillage(gomaxprocs)),
  })),
  {
    name: 'window: a step at 10,000 goroutines',
    figure: '95th percentile from the press to the picture of the next step at 10,000 G',
    limit: 50,
    kind: 'ms',
    why: 'what follows a press so soon is felt to follow at once',
    measure: stepInCrowd,
  },
];
