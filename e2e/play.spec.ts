/** Pages that play: made in the dialog, opened from the disk in a Chromium that knows nothing of the app, and in a frame of a learning platform. */
import { _electron, type ElectronApplication, expect, type Page } from '@playwright/test';
import { inflateSync, deflateSync, unzipSync } from 'fflate';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { pathToFileURL } from 'node:url';
import { fromPlayBytes, playBytes } from '../src-main/contract/play-bytes';
import { answerDialogs, newFolder, PATIENCE, removeFolder, ROOT, startedEach, test } from './started-app';

const started = startedEach();

const HOST = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ useContentSize: true, width: 1366, height: 768 }).loadURL('data:text/html,ready'));
app.on('window-all-closed', () => app.quit());`;

/** A browser: no preload, no scheme of ours, its own profile. */
let browser: ElectronApplication;
let page: Page;
let folder = '';
let complaints: string[] = [];
let fetched: string[] = [];

test.beforeAll(async () => {
  folder = newFolder();
  const host = join(folder, 'host');
  mkdirSync(host);
  writeFileSync(join(host, 'host.cjs'), HOST);
  writeFileSync(join(host, 'package.json'), JSON.stringify({ name: 'host', version: '1.0.0', main: 'host.cjs' }));
  browser = await _electron.launch({
    args: [host, '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`],
    // It is no app: what Electron says of one that loads a platform's pages is nobody's complaint.
    env: { ...(process.env as Record<string, string>), ELECTRON_DISABLE_SECURITY_WARNINGS: 'true' },
    ...PATIENCE,
  });
  browser.context().setDefaultTimeout(PATIENCE.timeout);
  page = await browser.firstWindow(PATIENCE);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) fetched.push(request.url());
  });
});

test.afterAll(async () => {
  await browser.close();
  removeFolder(folder);
});

test.beforeEach(() => {
  complaints = [];
  fetched = [];
});

/** The first lesson in all three forms. */
async function made(): Promise<string> {
  const target = join(folder, 'pages');
  mkdirSync(target, { recursive: true });
  if (readdirSync(target).length > 0) return target;
  const { app, page: window } = started;
  await answerDialogs(app, target);
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('playable')?.click());
  for (const kind of ['scorm12', 'scorm2004']) await window.getByTestId(`play-${kind}`).check();
  await window.getByTestId('make-playable').click();
  await expect(window.getByTestId('playable-said')).toContainText('3 个文件');
  await window.keyboard.press('Escape');
  return target;
}

async function open(url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
}

const step = async (): Promise<number> => Number(await page.getByTestId('status').getAttribute('data-step'));

/** To the first question. */
async function toQuestion(): Promise<void> {
  await expect
    .poll(async () => {
      if ((await page.getByTestId('question').count()) === 0) await page.keyboard.press('PageDown');
      return page.getByTestId('question').count();
    })
    .toBe(1);
}

test('a lesson from the disk: steps, question, language, light and size by keys alone, and nothing is fetched', async () => {
  const target = await made();
  expect(readdirSync(target).sort()).toEqual(['hunting-play-scorm12.zip', 'hunting-play-scorm2004.zip', 'hunting-play.html']);
  const file = join(target, 'hunting-play.html');
  expect(readFileSync(file).length).toBeLessThan(3e6);
  const url = pathToFileURL(file).href;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // A canvas does not paint again what it has painted without the font.
  await page.addInitScript(() => {
    const { prototype } = CanvasRenderingContext2D;
    const { fillText } = prototype;
    prototype.fillText = function (this: CanvasRenderingContext2D, ...rest) {
      const { dataset } = document.documentElement;
      if (!document.fonts.check('16px "Schedville Sans"') || !document.fonts.check('bold 16px "Schedville Sans"')) dataset.early = rest[0];
      dataset.painted = 'true';
      fillText.apply(this, rest);
    };
  });
  await open(url);
  await expect(page.locator('html')).toHaveAttribute('data-painted', 'true');
  expect(await page.locator('html').getAttribute('data-early')).toBeNull();
  await expect(page.getByTestId('village').locator('text').filter({ hasText: '张三' }).first()).toBeVisible();
  const first = await step();
  await page.keyboard.press('ArrowRight');
  await expect.poll(step).toBe(first + 1);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(step).toBe(first);

  // The timeline of the app: a click goes there.
  const lanes = await page.getByTestId('play-timeline').getByTestId('timeline').boundingBox();
  if (!lanes) throw new Error('no timeline');
  await page.mouse.click(lanes.x + lanes.width * 0.25, lanes.y + lanes.height / 2);
  await expect.poll(step).not.toBe(first);
  await page.keyboard.press('Home');
  await page.keyboard.press('5');
  await expect(page.getByTestId('play-timeline')).toHaveCount(0);
  await page.keyboard.press('5');
  await expect(page.getByTestId('play-timeline')).toBeVisible();

  await toQuestion();
  const asked = await step();
  // What comes after it is not to be had before it is answered.
  await page.keyboard.press('End');
  await expect(page.getByTestId('question')).toBeVisible();
  expect(await step()).toBeLessThanOrEqual(asked);
  await page.keyboard.press('1');
  await expect(page.getByTestId('choice').first()).toBeDisabled();
  await expect(page.getByRole('status').filter({ hasText: '✓' }).first()).toBeVisible();

  await page.keyboard.press('l');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  const theme = (await page.locator('html').getAttribute('data-theme')) ?? '';
  expect(['light', 'dark']).toContain(theme);
  await page.keyboard.press('t');
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme === 'dark' ? 'light' : 'dark');
  await page.keyboard.press('Control+=');
  await expect(page.getByTestId('zoom')).toHaveText('120%');
  await page.keyboard.press('Control+0');
  await expect(page.getByTestId('zoom')).toHaveText('100%');
  await page.keyboard.press('3');
  await expect(page.getByTestId('machine')).toHaveCount(0);
  expect(fetched).toEqual([url]);
  expect(complaints).toEqual([]);
});

test('what a lesson says stays text, whatever it says', async () => {
  const whole = readFileSync(join(await made(), 'hunting-play.html'), 'utf8');
  const [found = '', packed = ''] = /id="play-data">([^<]*)</.exec(whole) ?? [];
  const hostile = '<img src=x onerror="document.title=\'in\'"><script>document.title="in"</script>${7*7}';
  const inside = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)
      ? Array.isArray(value)
        ? value.map(inside)
        : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, ['zh', 'en'].includes(key) ? hostile : inside(each)]))
      : value;
  const file = fromPlayBytes(inflateSync(Buffer.from(packed, 'base64'))) as Record<string, unknown>;
  const again = Buffer.from(deflateSync(playBytes({ ...file, opened: inside(file.opened) }))).toString('base64');
  const path = join(folder, 'hostile.html');
  writeFileSync(path, whole.replace(found, `id="play-data">${again}<`));
  await open(pathToFileURL(path).href);
  await expect(page.getByTestId('story')).toContainText(hostile);
  await expect(page.getByTestId('title')).toHaveText(hostile);
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.title()).toBe(hostile);
  expect(complaints).toEqual([]);
});

test('a part of a recording says what recorded it, what is inferred, and why there is no machine', async () => {
  const { app, page: window } = started;
  const recording = join(folder, 'server.trace');
  writeFileSync(recording, gunzipSync(readFileSync(join(ROOT, 'src-main/cli/compare/trace/testdata/recorded/server.go126.gz'))));
  await answerDialogs(app, recording);
  await window.keyboard.press('o');
  await expect(window.getByTestId('is-trace')).toContainText('go 1.26');
  const path = join(folder, 'server.html');
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('playable')?.click());
  await answerDialogs(app, path);
  await window.getByTestId('make-playable').click();
  await expect(window.getByTestId('playable-said')).toContainText(path);
  await window.keyboard.press('Escape');

  await open(pathToFileURL(path).href);
  await expect(page.getByTestId('machine')).toContainText('真实程序的轨迹');
  await expect(page.getByTestId('runtime')).toContainText('推断');
  const recorded = page.getByTestId('recorded');
  await expect(recorded.locator('summary')).toContainText('go 1.26');
  await recorded.locator('summary').click();
  await expect(recorded.getByTestId('told-and-assumed')).toBeVisible();
  expect(complaints).toEqual([]);
});

for (const [kind, api] of [
  ['scorm12', 'API = new Scorm12API({})'],
  ['scorm2004', 'API_1484_11 = new Scorm2004API({})'],
] as const)
  test(`a ${kind} package in a platform's frame: the answer is kept`, async () => {
    const inside = unzipSync(readFileSync(join(await made(), `hunting-play-${kind}.zip`)));
    const judge = readFileSync(join(ROOT, 'node_modules/scorm-again/dist/scorm-again.min.js'));
    const platform = `<!doctype html><title>platform</title><script src="/judge.js"></script><script>window.${api}</script><iframe id="course" src="/index.html" width="1300" height="700"></iframe>`;
    await page.route('http://platform.example/**', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/judge.js') return route.fulfill({ contentType: 'text/javascript', body: judge });
      const body = pathname === '/index.html' ? Buffer.from(inside['index.html'] ?? []) : Buffer.from(platform);
      return route.fulfill({ contentType: 'text/html; charset=utf-8', body });
    });
    await page.goto('http://platform.example/');
    const course = page.frameLocator('#course');
    await expect(course.locator('html')).toHaveAttribute('data-ready', 'true');
    await expect
      .poll(async () => {
        if ((await course.getByTestId('question').count()) === 0) await course.getByTestId('lesson-next').click();
        return course.getByTestId('question').count();
      })
      .toBe(1);
    await course.getByTestId('choice').first().click();
    const value = (name: string): Promise<string> =>
      page.evaluate(
        ([wanted, is12]) => {
          const { API, API_1484_11: newer } = window as unknown as Record<string, { lmsGetValue: (name: string) => string }>;
          return String((is12 ? API : newer)?.lmsGetValue(wanted));
        },
        [name, kind === 'scorm12'] as const,
      );
    await expect.poll(() => value('cmi.interactions._count')).toBe('1');
    await expect.poll(() => value(kind === 'scorm12' ? 'cmi.core.lesson_status' : 'cmi.completion_status')).toBe('incomplete');
    await expect.poll(() => value('cmi.suspend_data')).toContain('"v":1');
    await expect.poll(() => value(kind === 'scorm12' ? 'cmi.core.score.max' : 'cmi.score.max')).toBe('100');
    await page.unroute('http://platform.example/**');
    expect(complaints).toEqual([]);
  });
