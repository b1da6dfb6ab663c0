/** Starts the built product in a real Electron, with settings of its own, and keeps what its page says. */
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
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

/** Resolves when the lesson is interactive. `size` null: the window has its own. */
export async function start(folder = newFolder(), args: readonly string[] = [], size: string | null = '1366x768'): Promise<Started> {
  const app = await _electron.launch({
    args: [ROOT, '--disable-gpu', `--user-data-dir=${join(folder, 'data')}`, ...(size === null ? [] : [`--size=${size}`]), ...args],
  });
  const page = await app.firstWindow();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
  return { app, page, complaints, folder };
}

/** For each test of a file: started before it, closed after it, and nothing to complain of. Filled when a test begins. */
export function startedEach(): Started {
  const started = {} as Started;
  test.beforeEach(async () => {
    Object.assign(started, await start());
  });
  test.afterEach(async () => {
    const { app, complaints, folder } = started;
    await app.close();
    removeFolder(folder);
    expect(complaints, 'the page complained on its console').toEqual([]);
  });
  return started;
}

/** The number of the trace step that is shown. */
export async function shownStep(page: Page): Promise<number> {
  return Number(await page.getByTestId('timeline').getAttribute('data-step'));
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
