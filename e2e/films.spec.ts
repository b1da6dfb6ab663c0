/** Films: what the dialog writes is played and taken apart by Chromium itself. */
import { expect, type Page } from '@playwright/test';
import { BufferSource, EncodedPacketSink, Input, WEBM } from 'mediabunny';
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

/** What a player says of the film, in a window that has nothing to do with the one that made it: about:blank, without the page's rules on content. */
function played(base64: string): Promise<Pick<Shown, 'size' | 'lasts'>> {
  return elsewhere(`(async () => {
    const bytes = Uint8Array.from(atob(${JSON.stringify(base64)}), (c) => c.charCodeAt(0));
    const video = document.createElement('video');
    video.muted = true;
    await new Promise((resolve, reject) => {
      video.addEventListener('loadeddata', resolve, { once: true });
      video.addEventListener('error', () => reject(new Error(video.error.message)), { once: true });
      video.src = URL.createObjectURL(new Blob([bytes], { type: 'video/webm' }));
    });
    return { size: [video.videoWidth, video.videoHeight], lasts: video.duration };
  })()`);
}

/**
 * Every picture of the film, by Chromium's own decoder. Not by seeking in a player: in a window that nobody sees the picture of a place comes
 * some time after the news that the place is reached, and on a slow machine that was after any wait.
 */
async function decoded(base64: string): Promise<Omit<Shown, 'lasts'>> {
  const input = new Input({ source: new BufferSource(Buffer.from(base64, 'base64')), formats: [WEBM] });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error('the film has no pictures');
  const packets = [];
  for await (const { type, microsecondTimestamp: timestamp, microsecondDuration: duration, data } of new EncodedPacketSink(track).packets())
    packets.push({ type, timestamp, duration, data: Buffer.from(data).toString('base64') });
  const { codec } = (await track.getDecoderConfig()) ?? { codec: '' };
  return started.page.evaluate<Omit<Shown, 'lasts'>>(`(async () => {
    const pictures = [];
    let size = [], failure = null;
    const decoder = new VideoDecoder({
      output: (frame) => {
        size = [frame.displayWidth, frame.displayHeight];
        const context = new OffscreenCanvas(...size).getContext('2d');
        context.drawImage(frame, 0, 0);
        frame.close();
        pictures.push(context.getImageData(0, 0, ...size).data);
      },
      error: (error) => { failure = error; },
    });
    decoder.configure({ codec: ${JSON.stringify(codec)} });
    for (const { data, ...each } of ${JSON.stringify(packets)})
      decoder.decode(new EncodedVideoChunk({ ...each, data: Uint8Array.from(atob(data), (c) => c.charCodeAt(0)) }));
    await decoder.flush();
    if (failure) throw failure;
    return (${compare.toString()})(size, 0, pictures);
  })()`);
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

function elsewhere<T>(script: string): Promise<T> {
  return started.app.evaluate(async ({ BrowserWindow }, code) => {
    const window = new BrowserWindow({ show: false });
    try {
      await window.loadURL('about:blank');
      return (await window.webContents.executeJavaScript(code)) as T;
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

  const webm = await made(join(folder, '影片.webm'));
  const playing = await played(webm);
  expect(playing.size).toEqual(SIZE);
  expect(playing.lasts).toBeCloseTo(seconds, 1);
  const film = await decoded(webm);
  expect(film.size).toEqual(SIZE);
  expect(film.colours).toHaveLength(7);
  for (const count of film.colours) expect(count).toBeGreaterThan(100);
  // The step’s number and its line in the timeline have moved.
  expect(film.differ.at(-1)).toBeGreaterThan(100);

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
