/**
 * The built product and an empty window in the same Electron, for the rows that need a window. `npm run bench` sets ELECTRON_EXEC_PATH;
 * BENCH_APP names another folder with a built product, to measure two builds with the same rows.
 */
import type { ElectronApplication, Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAssets } from '../../app/asset-folder';

export const productFolder = (): string => process.env.BENCH_APP ?? join(findAssets(import.meta.dirname), '..');

function executable(): string {
  const { ELECTRON_EXEC_PATH: path, ELECTRON_OVERRIDE_DIST_PATH: dist } = process.env;
  if (path !== undefined) return path;
  if (dist === undefined) throw new Error('ELECTRON_EXEC_PATH is not set (npm run bench sets it)');
  return join(dist, 'electron');
}

const flags = (): string[] => ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];

export async function inFolder<T>(work: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'schedville-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** One empty window, which says that it is ready as the product's does. Some text, because a page without any paints nothing. */
export function makeEmptyApp(folder: string): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', version: '0.0.0', main: 'main.cjs' }));
  writeFileSync(
    join(folder, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron');
app.on('window-all-closed', () => app.quit());
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1366, height: 768, show: false,
    webPreferences: { sandbox: true, contextIsolation: true, backgroundThrottling: false },
  });
  window.once('ready-to-show', () => window.show());
  window.loadURL('data:text/html,<html data-ready="true"><title>empty</title><p>empty');
});`,
  );
}

/**
 * Loaded before either program: says PAINTED when the page says that it is ready, has its fonts, and two more frames have gone by. It looks from the
 * page's first moment on: what is asked of a page only when it has come to rest is answered a frame late by one that draws in one go.
 */
const SAY_PAINTED = `const { app } = require('electron');
app.on('web-contents-created', (_event, contents) => {
  contents.once('did-navigate', () => {
    contents.mainFrame.executeJavaScript(\`new Promise((done) => {
      const watch = (node, what, look) => {
        if (!look()) new MutationObserver((_changes, observer) => look() && observer.disconnect()).observe(node, what);
      };
      const ready = () => {
        if (document.documentElement.dataset.ready !== 'true') return false;
        document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(null))));
        return true;
      };
      watch(document, { childList: true }, () => {
        if (!document.documentElement) return false;
        watch(document.documentElement, { attributes: true }, ready);
        return true;
      });
    })\`).then(() => process.stdout.write('PAINTED\\n'));
  });
});
`;

const TOO_LONG_MS = 60_000;
const READY_ASKED_MS = 20;

/**
 * From the start of the process to its page's painted first picture, ms. `folder` is for the hook and for the program's own data; `lingerMs`: how
 * long the program goes on then.
 */
export function paintedMs(program: string, folder: string, lingerMs = 0): Promise<number> {
  const hook = join(folder, 'say-painted.cjs');
  writeFileSync(hook, SAY_PAINTED);
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(executable(), ['-r', hook, program, ...flags(), `--user-data-dir=${join(folder, 'data')}`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${program} has painted nothing after ${TOO_LONG_MS / 1000} s`));
    }, TOO_LONG_MS);
    child.once('error', reject);
    child.stdout.on('data', (data: Buffer) => {
      if (!data.toString().includes('PAINTED')) return;
      const took = performance.now() - began;
      clearTimeout(timer);
      child.once('close', () => {
        resolve(took);
      });
      setTimeout(() => child.kill('SIGKILL'), lingerMs);
    });
  });
}

/** Runs the product with these switches until it ends by itself, ms. */
export function runToEndMs(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(executable(), [productFolder(), ...flags(), ...args], { stdio: 'ignore' });
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) resolve(performance.now() - began);
      else reject(new Error(`${args.join(' ')} ended with ${String(status)}`));
    });
  });
}

export interface Launched {
  app: ElectronApplication;
  page: Page;
}

/** Starts a program, waits until its page is ready, and closes it after `work`. */
export async function launched<T>(program: string, folder: string, work: (launched: Launched) => Promise<T>): Promise<T> {
  const { _electron } = await import('@playwright/test');
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  // What is measured is the lesson; the map of the course would lie over it.
  writeFileSync(join(data, 'settings.json'), JSON.stringify({ isCourseFirst: false }));
  const args = [program, ...flags(), `--user-data-dir=${data}`];
  const app = await _electron.launch({ executablePath: executable(), args });
  try {
    const page = await app.firstWindow();
    // Asked from here: the page's policy evaluates no string of its own accord.
    while (!(await page.evaluate<boolean>(`document.documentElement.dataset.ready === 'true'`))) await page.waitForTimeout(READY_ASKED_MS);
    return await work({ app, page });
  } finally {
    await app.close();
  }
}

/** The same with the empty window. */
export function launchedEmpty<T>(work: (launched: Launched) => Promise<T>): Promise<T> {
  return inFolder((folder) => {
    makeEmptyApp(folder);
    return launched(folder, folder, work);
  });
}

/** Opens a scenario as a person would, by the button; the dialog answers without being drawn. */
export async function openScenario({ app, page }: Launched, folder: string, text: string): Promise<void> {
  const file = join(folder, 'bench.scenario.yaml');
  writeFileSync(file, text);
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
  await page.getByTestId('open-scenario').click();
}

const OPENING_LIMIT_MS = 180_000;
/** So long nothing more is drawn on the timeline: it is whole. */
const QUIET_MS = 3_000;

/**
 * Waits until the timeline shows a run of so many steps and has been drawn to its end; the page's clock (ms) when it was last changed.
 * Nothing on the page says "whole", so that any build can be measured: the last change before a long quiet is it. (Code for
 * the page is text here: this side knows no document.)
 */
export function timelineWhole(page: Page, steps: number): Promise<number> {
  return page.evaluate<number>(`new Promise((done, fail) => {
    const timeline = () => document.querySelector('[data-testid=timeline]');
    const began = performance.now();
    let changed = began;
    const observer = new MutationObserver((changes) => {
      if (changes.some(({ target }) => timeline()?.contains(target))) changed = performance.now();
    });
    observer.observe(document.body, { attributes: true, childList: true, characterData: true, subtree: true });
    const timer = setInterval(() => {
      const now = performance.now();
      const isWhole = timeline()?.dataset.steps === '${steps}' && now - changed > ${QUIET_MS};
      if (!isWhole && now - began < ${OPENING_LIMIT_MS}) return;
      clearInterval(timer);
      observer.disconnect();
      if (isWhole) done(changed);
      else fail(new Error('the timeline was not whole after ${OPENING_LIMIT_MS / 1000} s'));
    }, 100);
  })`);
}
