/** The window that a class sees. */
import { type BrowserWindow, type Rectangle, screen, type WebPreferences } from 'electron';
import { dirname } from 'node:path';
import type { WindowPlace } from '../app/settings-file';
import { newWindow } from './guard';
import { PAGE_URL } from './page-protocol';
import type { Theme } from '../contract/themes';

/** Paper and ink, so that the window does not flash before the page has painted. */
export const BACKGROUND: Readonly<Record<Theme, string>> = { light: '#f6f1e5', dark: '#161a20', projector: '#ffffff' };
const FIRST_SIZE = { widthPx: 1366, heightPx: 768 };
/** The smallest size that the page is laid out for. */
const SMALLEST = { widthPx: 640, heightPx: 320 };
/** Title and menu take some more; a window that nearly fills the screen had better fill it. */
const FRAME_PX = 60;
const MOVED_MS = 400;

export interface WindowWish {
  /** Path of the built preload. */
  preload: string;
  /** Asked for on the command line: the size of the content. */
  size: { widthPx: number; heightPx: number } | null;
  /** Where it stood last. */
  last: WindowPlace | null;
  theme: Theme;
}

/** The last place, if enough of it still lies on a screen to take hold of it. */
function placeOnScreen(last: WindowPlace | null): Rectangle | null {
  if (!last) return null;
  const { workArea } = screen.getDisplayMatching({ x: last.xPx, y: last.yPx, width: last.widthPx, height: last.heightPx });
  const width = Math.min(Math.max(last.widthPx, SMALLEST.widthPx), workArea.width);
  const height = Math.min(Math.max(last.heightPx, SMALLEST.heightPx), workArea.height);
  const x = Math.min(Math.max(last.xPx, workArea.x), workArea.x + workArea.width - width);
  const y = Math.min(Math.max(last.yPx, workArea.y), workArea.y + workArea.height - height);
  return { x, y, width, height };
}

/** The size of a first window's content on a screen with so much room, and whether it takes all of it. */
export function firstSize({ width, height }: { width: number; height: number }): {
  widthPx: number;
  heightPx: number;
  isWholeScreen: boolean;
} {
  const isWholeScreen = width < FIRST_SIZE.widthPx + FRAME_PX || height < FIRST_SIZE.heightPx + FRAME_PX;
  return { widthPx: Math.min(FIRST_SIZE.widthPx, width), heightPx: Math.min(FIRST_SIZE.heightPx, height), isWholeScreen };
}

export function openWindow({ preload, size, last, theme }: WindowWish): BrowserWindow {
  const place = size === null ? placeOnScreen(last) : null;
  const { workAreaSize } = screen.getPrimaryDisplay();
  const first = firstSize(workAreaSize);
  const { widthPx, heightPx } = size ?? first;
  const window = newWindow({
    ...(place ?? { width: widthPx, height: heightPx, useContentSize: true }),
    // A notebook whose system draws everything at 150 or 200 percent has fewer pixels of ours than that.
    minWidth: Math.min(SMALLEST.widthPx, workAreaSize.width),
    minHeight: Math.min(SMALLEST.heightPx, workAreaSize.height),
    show: false,
    title: '调度村 Schedville',
    backgroundColor: BACKGROUND[theme],
    webPreferences: pagePreferences(preload),
  });
  window.once('ready-to-show', () => {
    if (place ? last?.isMaximized : size === null && first.isWholeScreen) window.maximize();
    window.show();
  });
  return window;
}

/** Of our own page, whichever window shows it; what it may not is said in guard.ts. */
export const pagePreferences = (preload: string): Pick<WebPreferences, 'preload' | 'backgroundThrottling'> => ({
  preload,
  backgroundThrottling: false,
});

/** A page that has not been painted after so long never will be. */
const PAINT_MS = 60_000;

/** A window that shows nothing ends with a reason: a damaged Electron may start and never paint. */
export function failUnpainted(window: Pick<BrowserWindow, 'once'>, fail: (why: string) => void): void {
  const timer = setTimeout(() => {
    fail(
      `the window has shown nothing for ${PAINT_MS / 1000} s. Electron may be damaged: remove ${dirname(process.execPath)} and start again`,
    );
  }, PAINT_MS);
  const over = (): void => {
    clearTimeout(timer);
  };
  window.once('ready-to-show', over);
  window.once('closed', over);
}

/** What a navigation that was given up for another one ends with. */
const ABORTED = -3;

/** Loads the page; a page or a preload that cannot be had is told instead of an empty window. */
export function loadPage(window: BrowserWindow, fail: (why: string) => void): void {
  const { webContents } = window;
  webContents.on('preload-error', (_event, path, error) => {
    fail(`${path} cannot be loaded: ${error.message}`);
  });
  webContents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
    if (isMainFrame && code !== ABORTED) fail(`${url} cannot be loaded: ${description} (${code})`);
  });
  webContents.on('did-navigate', (_event, url, status) => {
    if (status >= 400) fail(`${url} cannot be loaded (${status})`);
  });
  // A failure has been told above.
  window.loadURL(PAGE_URL).catch(() => undefined);
}

/** Tells the window's place whenever it has been moved or resized, once it stands still. */
export function watchPlace(window: BrowserWindow, moved: (place: WindowPlace) => void): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const tell = (): void => {
    timer = null;
    if (window.isDestroyed()) return;
    const { x, y, width, height } = window.getNormalBounds();
    moved({ xPx: x, yPx: y, widthPx: width, heightPx: height, isMaximized: window.isMaximized() });
  };
  const later = (): void => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(tell, MOVED_MS);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('close', () => {
    if (!timer) return;
    clearTimeout(timer);
    tell();
  });
}

/** A page that has died is loaded again, from the place that the settings keep; one that dies again at once is given up. */
export function reviveOnCrash(window: BrowserWindow, giveUp: (why: string) => void): void {
  const PATIENCE_MS = 10_000;
  let last = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    console.error(`the page died (${reason})`);
    const now = performance.now();
    if (now - last < PATIENCE_MS) giveUp(reason);
    else window.webContents.reload();
    last = now;
  });
}
