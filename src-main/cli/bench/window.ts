/** Rows on the window: start, opening a long run, memory, stepping, pictures. */
import type { Page } from '@playwright/test';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { codeCacheOf } from '../../app/code-cache';
import {
  inFolder,
  type Launched,
  launched,
  launchedEmpty,
  makeEmptyApp,
  openScenario,
  paintedMs,
  productFolder,
  runToEndMs,
  timelineWhole,
} from './electron';
import { busy, makeMs, MANY, simulationOf, village, VILLAGE_STEPS } from './runs';
import { type BenchRow, type Measured, percentile, ratios } from './table';

const STARTS = 7;

/** Ours and what it is held against, measured one after the other. */
interface Pair {
  a: number;
  b: number;
}

const measuredPairs = (found: readonly Pair[], unit: 'ms' | 'MiB'): Measured => ({
  figures: ratios(found),
  detail: `${unit}: ${found.map(({ a, b }) => `${a.toFixed(0)}/${b.toFixed(0)}`).join(', ')}`,
});

/** Begins with nothing of its own, but with what a package brings along. */
async function start(): Promise<Measured> {
  return bringingCode(async () => {
    const found: Pair[] = [];
    for (let i = 0; i < STARTS; i++) {
      const a = await inFolder((folder) => paintedMs(productFolder(), folder));
      const b = await inFolder((folder) => {
        makeEmptyApp(folder);
        return paintedMs(folder, folder);
      });
      found.push({ a, b });
    }
    return measuredPairs(found, 'ms');
  });
}

/** While `work` is done the product brings along what V8 has made of its scripts, as a package does (.ci/code-cache.mjs). */
function bringingCode<T>(work: () => Promise<T>): Promise<T> {
  const brought = join(productFolder(), 'out', 'code-cache');
  return inFolder(async (folder) => {
    for (let i = 0; i < STARTS_BEFORE - 1; i++) await paintedMs(productFolder(), folder, USED_MS);
    const kept = codeCacheOf(join(folder, 'data'));
    mkdirSync(brought, { recursive: true });
    try {
      for (const name of readdirSync(kept)) if (name.endsWith('_0')) copyFileSync(join(kept, name), join(brought, name));
      return await work();
    } finally {
      rmSync(brought, { recursive: true, force: true });
    }
  });
}

/** So many, because the second start keeps what V8 has made of the scripts, and the third one finds it. */
const STARTS_BEFORE = 3;
/** The program goes on for so long in each of them: meanwhile it writes what it keeps. */
const USED_MS = 5_000;

/** As whoever has used the program before starts it: each program has the data of its own earlier starts. */
async function startAgain(): Promise<Measured> {
  return inFolder((ours) =>
    inFolder(async (theirs) => {
      makeEmptyApp(theirs);
      for (let i = 0; i < STARTS_BEFORE; i++) {
        await paintedMs(productFolder(), ours, USED_MS);
        await paintedMs(theirs, theirs, USED_MS);
      }
      const found: Pair[] = [];
      for (let i = 0; i < STARTS; i++) found.push({ a: await paintedMs(productFolder(), ours), b: await paintedMs(theirs, theirs) });
      return measuredPairs(found, 'ms');
    }),
  );
}

async function opening(): Promise<Measured> {
  const found: Pair[] = [];
  for (let i = 0; i < 3; i++) {
    const a = await inFolder((folder) =>
      launched(productFolder(), folder, async (window) => {
        const began = await window.page.evaluate<number>('performance.now()');
        await openScenario(window, folder, busy(20, MANY));
        return (await timelineWhole(window.page, MANY)) - began;
      }),
    );
    found.push({ a, b: makeMs(simulationOf(busy(20, MANY))).ms });
  }
  return measuredPairs(found, 'ms');
}

/** Memory of all processes of a program that has come to rest, MiB. */
async function restingMiB({ app, page }: Launched): Promise<number> {
  await page.waitForTimeout(3_000);
  const kib = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
  );
  return kib / 1024;
}

async function againstEmpty(use: (window: Launched, folder: string) => Promise<number>): Promise<Measured> {
  const found: Pair[] = [];
  for (let i = 0; i < 3; i++) {
    const a = await inFolder((folder) => launched(productFolder(), folder, (window) => use(window, folder)));
    found.push({ a, b: await launchedEmpty(restingMiB) });
  }
  return measuredPairs(found, 'MiB');
}

/** As it has opened: the first lesson, and nobody does anything. */
const atRest = (window: Launched): Promise<number> => restingMiB(window);

const IDLE_S = 10;

/** What the page's main thread works in so many seconds in which nobody does anything and nothing plays, ms. */
async function idleMs({ page }: Launched): Promise<number> {
  // What follows the first picture is over then: other runs, the whole font, and V8, which gives back what the start has taken.
  await page.waitForTimeout(70_000);
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Performance.enable');
  const worked = async (): Promise<number> => {
    const { metrics } = await protocol.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
  };
  const before = await worked();
  await page.waitForTimeout(IDLE_S * 1_000);
  return (await worked()) - before;
}

/** Wake-ups of all processes a second while nobody does anything, as Chromium counts them. */
async function wakeUps({ app, page }: Launched): Promise<number> {
  const count = (): Promise<number> =>
    app.evaluate(({ app: electron }) => electron.getAppMetrics().reduce((sum, { cpu }) => sum + cpu.idleWakeupsPerSecond, 0));
  // The first question only begins to count.
  await count();
  await page.waitForTimeout(IDLE_S * 1_000);
  return count();
}

async function idle(): Promise<Measured> {
  const both = async (window: Launched): Promise<{ ms: number; wakes: number }> => ({
    ms: await idleMs(window),
    wakes: await wakeUps(window),
  });
  const ours = await inFolder((folder) => launched(productFolder(), folder, both));
  const empty = await launchedEmpty(both);
  return {
    figures: [ours.ms],
    detail: `an empty page ${empty.ms.toFixed(1)} ms; wake-ups of all processes a second ${ours.wakes.toFixed(1)}, an empty window’s ${empty.wakes.toFixed(1)}`,
  };
}

const longRun = async (window: Launched, folder: string): Promise<number> => {
  await openScenario(window, folder, busy(20, MANY));
  await timelineWhole(window.page, MANY);
  return restingMiB(window);
};

const CROWD_STEPS = 200_000;
const SCRUBS = 60;

const crowd = async (window: Launched, folder: string): Promise<number> => {
  const { page } = window;
  await openScenario(window, folder, busy(10_000, CROWD_STEPS));
  await timelineWhole(page, CROWD_STEPS);
  const box = await page.getByTestId('timeline').boundingBox();
  if (!box) throw new Error('the timeline is not to be seen');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.1, y);
  await page.mouse.down();
  for (let i = 0; i <= SCRUBS; i++) {
    await page.mouse.move(box.x + box.width * (0.1 + (0.85 * i) / SCRUBS), y);
    await page.waitForTimeout(50);
  }
  await page.mouse.up();
  return restingMiB(window);
};

const KEY_PRESSES = 120;
/** The first ones compile the page's code. */
const WARM_PRESSES = 20;

/** What the page's main thread works for one press of a key until two frames later, ms, press by press. */
async function taskMs(page: Page): Promise<number[]> {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Performance.enable');
  const worked = async (): Promise<number> => {
    const { metrics } = await protocol.send('Performance.getMetrics');
    const found = metrics.find(({ name }) => name === 'TaskDuration');
    if (!found) throw new Error('Chromium says nothing of TaskDuration');
    return found.value * 1000;
  };
  const took: number[] = [];
  for (let i = 0; i < KEY_PRESSES; i++) {
    const before = await worked();
    await page.keyboard.press('ArrowLeft');
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))');
    took.push((await worked()) - before);
  }
  return took.slice(WARM_PRESSES);
}

async function stepping(): Promise<Measured> {
  const took = await inFolder((folder) =>
    launched(productFolder(), folder, async (window) => {
      await openScenario(window, folder, village());
      await timelineWhole(window.page, VILLAGE_STEPS);
      await window.page.keyboard.press('End');
      await window.page.waitForTimeout(2_000);
      const before = await window.page.getByTestId('timeline').getAttribute('data-step');
      const found = await taskMs(window.page);
      await window.page.waitForTimeout(1_000);
      const after = await window.page.getByTestId('timeline').getAttribute('data-step');
      // A press that comes while a state is still on its way may be joined with the next one.
      if (Number(before) - Number(after) < KEY_PRESSES * 0.9) throw new Error(`${KEY_PRESSES} presses led from step ${before} to ${after}`);
      return found;
    }),
  );
  const empty = await launchedEmpty(({ page }) => taskMs(page));
  return {
    figures: [percentile(took, 0.95)],
    detail: `median ${percentile(took, 0.5).toFixed(1)} ms, an empty page ${percentile(empty, 0.95).toFixed(1)} ms`,
  };
}

/** Gestures on the timeline, each in so many parts; the first ones compile the page's code. */
const GESTURE_PARTS = 60;
const WARM_PARTS = 15;

/** What the page's main thread works for each part of a gesture until the next frame has been made, ms. */
async function gestureMs(page: Page, part: (i: number) => Promise<unknown>): Promise<number[]> {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Performance.enable');
  const worked = async (): Promise<number> => {
    const { metrics } = await protocol.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
  };
  const took: number[] = [];
  for (let i = 0; i < GESTURE_PARTS; i++) {
    const before = await worked();
    await part(i);
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
    took.push((await worked()) - before);
  }
  await protocol.detach();
  return took.slice(WARM_PARTS);
}

/** Zooms in and out by the wheel, drags the part that is seen, and points along it; in an empty page the same hand does nothing. */
async function gestures(page: Page, box: { x: number; y: number; width: number; height: number }): Promise<number[]> {
  const y = box.y + box.height * 0.7;
  const at = (share: number): number => box.x + box.width * share;
  await page.mouse.move(at(0.4), y);
  const took = await gestureMs(page, (i) => page.mouse.wheel(0, i % 30 < 20 ? -120 : 120));
  await page.mouse.move(at(0.7), y);
  await page.mouse.down();
  took.push(...(await gestureMs(page, (i) => page.mouse.move(at(0.7 - 0.4 * Math.abs(Math.sin(i / 9))), y))));
  await page.mouse.up();
  took.push(...(await gestureMs(page, (i) => page.mouse.move(at(0.1 + 0.013 * i), y))));
  return took;
}

async function timelineGestures(): Promise<Measured> {
  const took = await inFolder((folder) =>
    launched(productFolder(), folder, async (window) => {
      await openScenario(window, folder, busy(20, MANY, 4));
      await timelineWhole(window.page, MANY);
      const box = await window.page.getByTestId('timeline').boundingBox();
      if (!box) throw new Error('the timeline is not to be seen');
      const found = await gestures(window.page, box);
      const [from, to] = await window.page.getByTestId('timeline').evaluate((each) => {
        const { from: left, to: right } = (each as unknown as { dataset: { from: string; to: string } }).dataset;
        return [Number(left), Number(right)];
      });
      if ((to ?? NaN) - (from ?? NaN) > MANY / 4) throw new Error('the wheel has not zoomed in');
      return found;
    }),
  );
  const empty = await launchedEmpty(({ page }) => gestures(page, { x: 0, y: 500, width: 1_366, height: 180 }));
  return {
    figures: [percentile(took, 0.95)],
    detail: `median ${percentile(took, 0.5).toFixed(1)} ms, an empty page ${percentile(empty, 0.95).toFixed(1)} ms`,
  };
}

/** Numbers that are tried over each run: the first one wakes the player's and the page's code. */
const TRIED = ['2', '4', '3', '8', '1', '2'];
const PROCESSORS = '[data-knob="runtime.gomaxprocs"] input';

/** From a press on the arrow of a number to the picture of the run that it makes, ms: for the first run of every lesson. */
async function experiments(): Promise<Measured> {
  const lessons = join(productFolder(), 'assets/lessons');
  const texts = readdirSync(lessons).flatMap((lesson) => {
    const [first] = lesson.includes('.') ? [] : readdirSync(join(lessons, lesson)).filter((name) => name.endsWith('.scenario.yaml'));
    return first === undefined ? [] : [{ lesson, text: readFileSync(join(lessons, lesson, first), 'utf8') }];
  });
  const took: number[] = [];
  const late: string[] = [];
  await inFolder((folder) =>
    launched(productFolder(), folder, async (window) => {
      const { app, page } = window;
      // What was tried over one run is not kept when the next one is opened.
      await app.evaluate(({ dialog }) => {
        dialog.showMessageBoxSync = () => 1;
      });
      const measured = (): Promise<number[]> => page.evaluate(`performance.getEntriesByName('experiment').map(({ duration }) => duration)`);
      for (const { lesson, text } of texts) {
        await openScenario(window, folder, text);
        await page.waitForTimeout(1_000);
        if (!(await page.getByTestId('experiment').isVisible())) await page.keyboard.press('j');
        const found: number[] = [];
        for (const value of TRIED) {
          const before = (await measured()).length;
          // As the arrows of the field do it: an input that nobody has typed is tried at once.
          const isOther = await page.locator(PROCESSORS).evaluate((input, wanted) => {
            const field = input as unknown as { value: string; dispatchEvent: (event: Event) => void };
            const is = field.value !== wanted;
            field.value = wanted;
            if (is) field.dispatchEvent(new Event('input', { bubbles: true }));
            return is;
          }, value);
          for (let i = 0; isOther && (await measured()).length === before; i++) {
            if (i > 1_000) throw new Error(`no picture after ${value} processors`);
            await page.waitForTimeout(10);
          }
          found.push(...(await measured()).slice(before));
          await page.waitForTimeout(200);
        }
        const counted = found.slice(1);
        took.push(...counted);
        if (Math.max(...counted) > EXPERIMENT_MS) late.push(lesson);
      }
    }),
  );
  const within = took.filter((ms) => ms <= EXPERIMENT_MS).length;
  return {
    figures: [percentile(took, 0.95)],
    detail: `${took.length} trials over ${texts.length} runs, ${within} within ${EXPERIMENT_MS} ms; median ${percentile(took, 0.5).toFixed(0)} ms, at most ${Math.max(...took).toFixed(0)} ms${late.length === 0 ? '' : `; later: ${late.join(', ')}`}`,
  };
}

const EXPERIMENT_MS = 100;

const PICTURES = 31;

async function pictures(): Promise<Measured> {
  return inFolder(async (folder) => {
    const ms = await runToEndMs([`--export=${join(folder, 'pictures')}`, `--user-data-dir=${join(folder, 'data')}`]);
    const made = readdirSync(join(folder, 'pictures')).filter((name) => name.endsWith('.png')).length;
    if (made === 0) throw new Error('no picture was made');
    return {
      figures: [((ms / 1000) * PICTURES) / made],
      detail: `${made} pictures in ${(ms / 1000).toFixed(1)} s, start and end included`,
    };
  });
}

export const WINDOW_ROWS: readonly BenchRow[] = [
  {
    name: 'window: start',
    figure:
      'start to the painted lesson / to a painted empty window, both for the first time, ours as a package: with what V8 has made of its scripts',
    limit: 1.2,
    kind: 'ratio',
    why: 'whoever starts the app should wait for Electron, not for us',
    measure: start,
  },
  {
    name: 'window: start again',
    figure: 'start to the painted lesson / to a painted empty window, each with what three starts before have left',
    limit: 1.2,
    kind: 'ratio',
    why: 'a class starts the app for the tenth time; what V8 has made of the scripts is kept then',
    measure: startAgain,
  },
  {
    name: 'window: memory at rest',
    figure: 'all processes with the first lesson / those of an empty window',
    limit: 1.5,
    kind: 'ratio',
    why: 'a classroom’s machine has something else open, too',
    measure: () => againstEmpty(atRest),
  },
  {
    name: 'window: idle',
    figure: `what the page’s main thread works in ${IDLE_S} s while nothing plays`,
    limit: 5,
    kind: 'ms',
    why: 'a paused lesson is to cost a notebook’s battery nothing: no timer and no frame of ours',
    measure: idle,
  },
  {
    name: 'window: opening a million steps',
    figure: 'from the button to the whole timeline / the model’s own time',
    limit: 3,
    kind: 'ratio',
    why: 'the run has to be made in any case; what comes on top is ours to keep small',
    measure: opening,
  },
  {
    name: 'window: memory, a million steps',
    figure: 'all processes / those of an empty window',
    limit: 1.8,
    kind: 'ratio',
    why: 'a long run must fit beside whatever else a classroom’s machine has open',
    measure: () => againstEmpty(longRun),
  },
  {
    name: 'window: memory, 10,000 goroutines',
    figure: 'all processes after scrubbing / those of an empty window',
    limit: 2.5,
    kind: 'ratio',
    why: 'states of a crowd are large; dragging through them must not keep them all',
    measure: () => againstEmpty(crowd),
  },
  {
    name: 'window: stepping',
    figure: '95th percentile of the page’s main thread for a step at 8 P, 40 M, 500 G',
    limit: 16,
    kind: 'ms',
    why: 'one frame',
    measure: stepping,
  },
  {
    name: 'window: an experiment',
    figure: '95th percentile from another number to the picture of its run, over the runs of the lessons',
    limit: EXPERIMENT_MS,
    kind: 'ms',
    why: 'people play with a number that answers at once; a class does not wait for one that does not',
    measure: experiments,
  },
  {
    name: 'window: the timeline at a million steps',
    figure: '95th percentile of the page’s main thread for a frame of zooming, dragging and pointing',
    limit: 8,
    kind: 'ms',
    why: 'half a frame, so that the hand is followed on a machine half as fast',
    measure: timelineGestures,
  },
  {
    name: 'window: pictures',
    figure: `${PICTURES} pictures of a lesson`,
    limit: 15,
    kind: 's',
    why: 'an export is waited for',
    measure: pictures,
  },
];
