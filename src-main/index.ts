/** Joins the parts; decides nothing. What the first picture does not need is loaded while the window opens. */
import { app, type BrowserWindow, dialog, Menu, nativeTheme, session } from 'electron';
import { join } from 'node:path';
import { appOptions } from './app/command-line';
import { SettingsFile } from './app/settings-file';
import { REQUEST_NAMES } from './contract/request-table';
import { serveRequests } from './shell/ipc-server';
import { closeSession, declareScheme, servePage } from './shell/page-protocol';
import { loadPage, openWindow, reviveOnCrash } from './shell/window';

declareScheme();
// Else Electron builds one of its own, which nobody would see.
Menu.setApplicationMenu(null);

const options = appOptions(process.argv.slice(1));
const settingsFile = new SettingsFile(app.getPath('userData'));
const reading = settingsFile.read();
let window: BrowserWindow | null = null;

app.on('window-all-closed', () => {
  app.quit();
});

// The page and the window say what is new when they close: it is on the disk before the end.
let isWritten = false;
app.on('will-quit', (event) => {
  if (isWritten) return;
  event.preventDefault();
  void settingsFile.written().then(() => {
    isWritten = true;
    // Not at once: until this event is over, Electron takes itself to be quitting and would not begin again.
    setImmediate(() => {
      app.quit();
    });
  });
});

async function open(): Promise<void> {
  const { settings, warning } = await reading;
  closeSession(session.defaultSession);
  servePage(join(import.meta.dirname, '../renderer'));
  const theme = options.theme ?? (settings.theme === 'system' ? null : settings.theme);
  const opened = openWindow({
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    size: options.size,
    last: settings.window,
    isDark: theme === null ? nativeTheme.shouldUseDarkColors : theme === 'dark',
  });
  window = opened;
  opened.on('closed', () => {
    window = null;
  });
  reviveOnCrash(opened, (why) => {
    fail(`the page died twice: ${why}`);
  });
  loadPage(opened, fail);
  const begin = { lesson: options.lesson, place: options.exportTo === null ? settings.place : null };
  const answers = Promise.all([import('./shell/served'), import('./app/lazy-player')]).then(([{ served }, { LazyPlayer }]) => {
    const player = new LazyPlayer(new URL('player-thread.js', import.meta.url), begin);
    return served({ window: () => window, options, settingsFile, settings, warning, player, fail });
  });
  serveRequests(REQUEST_NAMES, answers, () => window?.webContents ?? null);
  await answers;
}

/** Nothing can be shown any more: said where it will be seen, and the end. */
let hasFailed = false;
function fail(error: unknown): void {
  if (hasFailed) return;
  hasFailed = true;
  console.error(error);
  // An export runs without a person: nobody would press the button.
  if (options.exportTo === null) dialog.showErrorBox('调度村 Schedville', String(error));
  app.exit(1);
}

// Not awaited here: Electron becomes ready only after this module has been loaded to its end.
app.whenReady().then(open).catch(fail);
