/** Starts the built product in a real Electron, with settings of its own, and keeps what its page says. */
import { _electron, type ElectronApplication, expect, type Page, test as base } from '@playwright/test';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

export interface Started {
  app: ElectronApplication;
  page: Page;
  /** Warnings and errors on the page's console. */
  complaints: string[];
  folder: string;
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'schedville-e2e-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** The window's content in tests. */
const [WIDTH_PX, HEIGHT_PX] = [1366, 768];

/** Before a first start: the map of the course is not to lie over the lesson. A folder for data that is there already is left as it is. */
function withoutCourse(data: string): void {
  if (existsSync(data)) return;
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'settings.json'), JSON.stringify({ isCourseFirst: false }));
}

/** As long as a test may take: what comes late on a busy machine is no fault, and a page that was not made by Playwright itself waits 30 s by default. */
export const PATIENCE = { timeout: 110_000 };

/** Resolves when the lesson is interactive. `size` null: the window has its own. */
export async function start(
  folder = newFolder(),
  args: readonly string[] = [],
  size: string | null = `${WIDTH_PX}x${HEIGHT_PX}`,
): Promise<Started> {
  const data = join(folder, 'data');
  withoutCourse(data);
  const app = await _electron.launch({
    args: [ROOT, '--disable-gpu', `--user-data-dir=${data}`, ...(size === null ? [] : [`--size=${size}`]), ...args],
    ...PATIENCE,
  });
  app.context().setDefaultTimeout(PATIENCE.timeout);
  const page = await app.firstWindow(PATIENCE);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.waitForFunction(() => document.documentElement.dataset.whole === 'true');
  return { app, page, complaints, folder };
}

/** What a person finds who starts the app for the first time, but for the map of the course, which would lie over the lesson. */
const FIRST_SETTINGS = {
  language: 'zh',
  theme: 'system',
  speed: 1,
  place: null,
  learner: 'me',
  layout: {},
  isInWords: false,
  isCourseFirst: false,
  hasLetterKeys: true,
};
const EMPTY_DRAFT = { arch: 'amd64', texts: { amd64: null, arm64: null }, entry: '', call: '', args: [], returns: '' };

/** Gives the window's content a size. */
export async function resize({ app, page }: Started, widthPx: number, heightPx: number): Promise<void> {
  await app.evaluate(
    // There may be one that nobody sees (src-main/shell/picture-studio.ts).
    ({ BrowserWindow }, [width, height]) =>
      BrowserWindow.getAllWindows()
        .find((each) => each.isVisible())
        ?.setContentSize(width, height),
    [widthPx, heightPx] as const,
  );
  await page.waitForFunction(([width, height]) => innerWidth === width && innerHeight === height, [widthPx, heightPx] as const);
}

/** Asks the main process for something, as the page does; what it answers. */
async function request(page: Page, name: string, ask: unknown): Promise<unknown> {
  const reply = await page.evaluate(
    ([called, asked]) =>
      (window as unknown as { schedville: Record<string, (ask: unknown) => Promise<{ ok: boolean; value?: unknown }>> }).schedville[
        called
      ]?.(asked),
    [name, ask] as const,
  );
  expect(reply, name).toMatchObject({ ok: true });
  return reply?.value;
}

/** Loads the page anew, with nothing left of what was done in it before. */
async function renew(started: Started): Promise<void> {
  const { page, folder, complaints } = started;
  // What waits to be saved is saved now; after that nothing of this page is, because whatever is to be saved waits for a moment first.
  await page.evaluate(() => {
    dispatchEvent(new Event('pagehide'));
    Object.assign(window, { setTimeout: () => 0 });
  });
  await request(page, 'saveSettings', FIRST_SETTINGS);
  // Lessons that a test has opened from a folder of its own would stand among those of the course.
  const { lessons } = (await request(page, 'ownLessons', {})) as { lessons: { key: string }[] };
  for (const { key } of lessons) await request(page, 'forgetLesson', { key });
  // What a vote still writes there while it is removed does not stop that.
  rmSync(join(folder, 'data', 'learners'), { recursive: true, force: true, maxRetries: 5 });
  await page.emulateMedia({ reducedMotion: null, colorScheme: null, forcedColors: null });
  await resize(started, WIDTH_PX, HEIGHT_PX);
  await page.reload();
  await page.waitForFunction(() => document.documentElement.dataset.whole === 'true');
  // The page that is gone has kept its draft when it went; that is written before this one is, and the file can go.
  await request(page, 'keepDraft', EMPTY_DRAFT);
  rmSync(join(folder, 'data', 'playground.json'));
  complaints.length = 0;
}

/** One Electron for all tests that do not need a process of their own; it is started for the first of them. */
export const test = base.extend<object, { shared: () => Promise<Started> }>({
  shared: [
    // Playwright reads from the braces that it needs nothing.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      let shared: Started | null = null;
      await use(async () => {
        if (shared) await renew(shared);
        return (shared ??= await start());
      });
      const last = shared as Started | null;
      if (!last) return;
      await last.app.close();
      removeFolder(last.folder);
    },
    { scope: 'worker' },
  ],
});

/**
 * For each test of a file: the app as at its first start, and nothing to complain of afterwards, unless the tests `provoke` the page.
 * Filled when a test begins.
 */
export function startedEach({ provoke = false } = {}): Started {
  const started = {} as Started;
  test.beforeEach(async ({ shared }) => {
    Object.assign(started, await shared());
  });
  test.afterEach(() => {
    if (!provoke) expect(started.complaints, 'the page complained on its console').toEqual([]);
  });
  return started;
}

/** How many windows somebody can see. The page that draws pictures may be there as well, or come at any time. */
export const windowsSeen = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().filter((each) => each.isVisible()).length);

/** The number of the trace step that is shown. */
export async function shownStep(page: Page): Promise<number> {
  return Number(await page.getByTestId('timeline').getAttribute('data-step'));
}

/** What of the lesson is shown: its step, "?" before it when a question is, and which page of it. */
const shown = (page: Page): Promise<{ text: string; page: string }> =>
  page.evaluate(() => {
    const step = document.querySelector<HTMLElement>('[data-testid=lesson-step]')?.dataset.lessonStep ?? '';
    const isOpen = document.querySelector('[data-testid=reveal]') !== null;
    const isAsked = document.querySelector('[data-testid=question]') !== null;
    return {
      text: `${isAsked ? '?' : ''}${step}`,
      page: `${String(isOpen)} ${document.querySelector('[data-testid=pages]')?.textContent ?? ''}`,
    };
  });

/** Does what leads on, once, and waits until it has: the next press is not to overtake this one. */
export async function pressed(page: Page, press: () => Promise<void>): Promise<void> {
  const before = await shown(page);
  await press();
  await expect.poll(() => shown(page)).not.toEqual(before);
  await atRest(page);
}

/** Through the pages of the lesson step that is shown, and on to what comes after it: a question, or another step. */
export async function onward(page: Page): Promise<void> {
  const { text } = await shown(page);
  while ((await shown(page)).text === text) await pressed(page, () => page.getByTestId('lesson-next').click());
}

/** More than enough: a question has a page or two, and a choice may be asked for again. */
const MOST_TRIES = 20;

/** To a lesson step by its entry in the contents, from 0; a question that stands before it is passed. */
export async function visit(page: Page, index: number): Promise<void> {
  const contents = page.getByTestId('contents');
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    await atRest(page);
    if (tries > 0 && (await contents.textContent())?.startsWith(`${index + 1} / `)) return;
    // Past the question one may have gone on to the next step only.
    if (tries > 0 && (await page.getByTestId('question').count()) > 0) await pressed(page, () => page.keyboard.press('PageDown'));
    else {
      await contents.click();
      await page.locator('.list button').nth(index).click();
    }
  }
  throw new Error(`step ${index + 1} was not reached: ${(await contents.textContent()) ?? ''}`);
}

/** When nobody walks any more. */
export async function atRest(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-at-rest', 'true');
}

/** What the next dialogs answer; nothing is drawn. */
export async function answerDialogs(app: ElectronApplication, path: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] });
  }, path);
}
