/** The one window. */
import { BrowserWindow } from 'electron';
import { join } from 'node:path';
import { PAGE_ORIGIN, PAGE_URL } from './page-protocol';

/** Paper and ink, so that the window does not flash before the page has painted. */
const BACKGROUND = { light: '#f6f1e5', dark: '#161a20' };

export function openWindow(size: { widthPx: number; heightPx: number }, isDark: boolean): BrowserWindow {
  const window = new BrowserWindow({
    width: size.widthPx,
    height: size.heightPx,
    useContentSize: true,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: '调度村 Schedville',
    backgroundColor: isDark ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      backgroundThrottling: false,
    },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('will-navigate', (event, url) => {
    if (!url.startsWith(`${PAGE_ORIGIN}/`)) event.preventDefault();
  });
  window.webContents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  void window.loadURL(PAGE_URL);
  return window;
}
