/** Joins the parts; decides nothing. What the first picture does not need is loaded while the window opens. */
import { app, type BrowserWindow, nativeTheme, session } from 'electron';
import { join } from 'node:path';
import { appOptions } from './app/command-line';
import { LazyPlayer } from './app/lazy-player';
import { SettingsFile } from './app/settings-file';
import { serveRequests } from './shell/ipc-server';
import { closeSession, declareScheme, servePage } from './shell/page-protocol';
import { REQUEST_NAMES } from './shell/request-names';
import { openWindow } from './shell/window';

declareScheme();

const options = appOptions(process.argv.slice(1));
const settingsFile = new SettingsFile(app.getPath('userData'));
const reading = settingsFile.read();
let window: BrowserWindow | null = null;

app.on('window-all-closed', () => {
  app.quit();
});

async function open(): Promise<void> {
  const { settings, warning } = await reading;
  closeSession(session.defaultSession);
  servePage(join(import.meta.dirname, '../renderer'));
  const theme = options.theme ?? (settings.theme === 'system' ? null : settings.theme);
  window = openWindow(options, theme === null ? nativeTheme.shouldUseDarkColors : theme === 'dark');
  window.on('closed', () => {
    window = null;
  });
  const begin = { lesson: options.lesson, place: options.exportTo === null ? settings.place : null };
  const answers = import('./shell/served').then(({ served }) => served({ window: () => window, options, settingsFile, settings, warning, player: new LazyPlayer(new URL('player-thread.js', import.meta.url), begin) }));
  serveRequests(REQUEST_NAMES, answers, () => window?.webContents ?? null);
  const { setMenu } = await import('./shell/menu');
  setMenu(options.language ?? settings.language);
}

// Not awaited here: Electron becomes ready only after this module has been loaded to its end.
void app.whenReady().then(open);
