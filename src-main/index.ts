/** Joins the parts; decides nothing. */
import { app, type BrowserWindow, nativeTheme, session } from 'electron';
import { join } from 'node:path';
import { appOptions } from './app/command-line';
import { SettingsFile } from './app/settings-file';
import { makeHandlers } from './shell/handlers';
import { serveRequests } from './shell/ipc-server';
import { setMenu } from './shell/menu';
import { closeSession, declareScheme, servePage } from './shell/page-protocol';
import { openWindow } from './shell/window';

declareScheme();

const options = appOptions(process.argv.slice(1));
let window: BrowserWindow | null = null;

app.on('window-all-closed', () => {
  app.quit();
});

async function open(): Promise<void> {
  const settingsFile = new SettingsFile(app.getPath('userData'));
  const { settings, warning } = await settingsFile.read();
  closeSession(session.defaultSession);
  servePage(join(import.meta.dirname, '../renderer'));
  setMenu(options.language ?? settings.language);
  serveRequests(makeHandlers({ window: () => window, options, settingsFile, settings, warning }), () => window?.webContents ?? null);
  const theme = options.theme ?? (settings.theme === 'system' ? null : settings.theme);
  window = openWindow(options, theme === null ? nativeTheme.shouldUseDarkColors : theme === 'dark');
  window.on('closed', () => {
    window = null;
  });
}

// Not awaited here: Electron becomes ready only after this module has been loaded to its end.
void app.whenReady().then(open);
