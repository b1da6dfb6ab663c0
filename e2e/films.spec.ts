/** Films: what the dialog writes is played and taken apart by Chromium itself. */
import { expect, type Page } from '@playwright/test';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerDialogs, startedEach, test } from './started-app';

const started = startedEach();

/** Each step stays for 0.8 s, and the lesson has no step of its own among these. */
const [FROM, TO, STEP_MS] = [3, 6, 800];
const SIZE = [640, 360];

async function fillIn(page: Page, { format, perStep, to }: { format: string; perStep: number; to: number }): Promise<void> {
  await page.getByTestId('film-from').fill(String(FROM));
  await page.getByTestId('film-to').fill(String(to));
  await page.getByTestId('film-format').selectOption(format);
  await page.getByTestId('film-height').selectOption(String(SIZE[1]));
  await page.getByTestId('film-per-step').selectOption(String(perStep));
  await page.getByTestId('film-hold').selectOption('0');
}

async function made(path: string): Promise<string> {
  await answerDialogs(started.app, path);
  await started.page.getByTestId('make-film').click();
  await expect(started.page.getByTestId('film-said')).toContainText(path);
  return readFileSync(path).toString('base64');
}

interface Shown {
  size: number[];
  lasts: number;
  /** How many colours each picture has, and how many of its points differ from the first one's. */
  colours: number[];
  differ: number[];
}

/** Seeks in the film, in a window that has nothing to do with the one that made it: about:blank, without the page's rules on content. */
function played(base64: string, seconds: readonly number[]): Promise<Shown> {
  const script = `(async () => {
    const bytes = Uint8Array.from(atob(${JSON.stringify(base64)}), (c) => c.charCodeAt(0));
    const video = document.createElement('video');
    video.muted = true;
    const heard = (name) => new Promise((resolve, reject) => {
      video.addEventListener(name, resolve, { once: true });
      video.addEventListener('error', () => reject(new Error(video.error.message)), { once: true });
    });
    const ready = heard('loadeddata');
    video.src = URL.createObjectURL(new Blob([bytes], { type: 'video/webm' }));
    await ready;
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const pictures = [];
    for (const at of ${JSON.stringify(seconds)}) {
      const sought = heard('seeked');
      video.currentTime = at;
      await sought;
      // In a window that nobody sees the picture may come after the news of it: some time, not for ever.
      let data;
      for (let tries = 0; tries < 20; tries++) {
        context.drawImage(video, 0, 0);
        ({ data } = context.getImageData(0, 0, canvas.width, canvas.height));
        if (data.some((value, i) => value !== (pictures.at(-1)?.[i] ?? 0))) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      pictures.push(data);
    }
    return (${compare.toString()})([canvas.width, canvas.height], video.duration, pictures);
  })()`;
  return elsewhere(script);
}

/** Every picture of the animation; only pages that count as safe can decode them, which about:blank does not. */
function unpacked(base64: string): Promise<Shown> {
  return started.page.evaluate<Shown>(`(async () => {
    const data = Uint8Array.from(atob(${JSON.stringify(base64)}), (c) => c.charCodeAt(0));
    const decoder = new ImageDecoder({ data, type: 'image/gif' });
    await decoder.completed;
    await decoder.tracks.ready;
    const { frameCount } = decoder.tracks.selectedTrack;
    const pictures = [];
    let size = [], lasts = 0;
    for (let frameIndex = 0; frameIndex < frameCount; frameIndex++) {
      const { image } = await decoder.decode({ frameIndex });
      size = [image.displayWidth, image.displayHeight];
      lasts += image.duration / 1e6;
      const context = new OffscreenCanvas(...size).getContext('2d');
      context.drawImage(image, 0, 0);
      image.close();
      pictures.push(context.getImageData(0, 0, ...size).data);
    }
    return (${compare.toString()})(size, lasts, pictures);
  })()`);
}

/** Runs in the window that looks at them. */
function compare(size: number[], lasts: number, pictures: readonly Uint8ClampedArray[]): Shown {
  const words = pictures.map((data) => new Uint32Array(data.buffer));
  const channels = (value: number): number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255];
  /** By more than a video loses. */
  const isOther = (a: number, b: number): boolean => channels(a).some((each, i) => Math.abs(each - (channels(b)[i] ?? 0)) > 48);
  return {
    size,
    lasts,
    colours: words.map((all) => new Set(all).size),
    differ: words.map((all) => all.reduce((sum, value, i) => sum + Number(isOther(value, words[0]?.[i] ?? 0)), 0)),
  };
}

function elsewhere(script: string): Promise<Shown> {
  return started.app.evaluate(async ({ BrowserWindow }, code) => {
    const window = new BrowserWindow({ show: false });
    try {
      await window.loadURL('about:blank');
      return (await window.webContents.executeJavaScript(code)) as Shown;
    } finally {
      window.destroy();
    }
  }, script);
}

test('a part of the run becomes a film that plays and an animation, and what is stopped leaves nothing', async () => {
  const { page, folder } = started;
  await page.keyboard.press('f');
  const said = page.getByTestId('film-said');
  await fillIn(page, { format: 'webm', perStep: 2, to: TO });
  const seconds = ((TO - FROM + 1) * STEP_MS) / 1_000;
  await expect(said).toHaveText(`7 张图片，放 ${seconds} 秒`);

  const film = await played(await made(join(folder, '影片.webm')), [0.1, seconds - 0.1]);
  expect(film.size).toEqual(SIZE);
  expect(film.lasts).toBeCloseTo(seconds, 1);
  for (const count of film.colours) expect(count).toBeGreaterThan(100);
  // The step’s number and its line in the timeline have moved.
  expect(film.differ[1]).toBeGreaterThan(100);

  await fillIn(page, { format: 'gif', perStep: 1, to: TO });
  const animation = await unpacked(await made(join(folder, 'film.gif')));
  expect(animation.size).toEqual(SIZE);
  expect(animation.lasts).toBeCloseTo(seconds, 2);
  expect(animation.colours).toHaveLength(TO - FROM + 1);
  for (const count of animation.colours) expect(count).toBeGreaterThan(100);
  for (const count of animation.differ.slice(1)) expect(count).toBeGreaterThan(100);

  // Long enough to be stopped on its way.
  await fillIn(page, { format: 'webm', perStep: 8, to: 9 });
  const before = readdirSync(folder);
  const never = join(folder, 'never.webm');
  await answerDialogs(started.app, never);
  await page.getByTestId('make-film').click();
  await expect(said).toContainText(/已画 [1-9]/);
  await page.getByTestId('cancel-film').click();
  await expect(said).toHaveText('停下了，没有留下文件。');
  expect(existsSync(never)).toBe(false);
  expect(readdirSync(folder)).toEqual(before);

  await fillIn(page, { format: 'webm', perStep: 1, to: FROM - 1 });
  await expect(page.getByTestId('make-film')).toBeDisabled();
});
