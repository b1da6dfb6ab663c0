/** Joins the parts; decides nothing. What the first picture does not need is loaded while the window opens. */
import { app, type BrowserWindow, dialog, Menu, nativeTheme, session } from 'electron';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bringCodeCache } from './app/code-cache';
import { appOptions } from './app/command-line';
import { CurrentSettings } from './app/current-settings';
import { machineDefaultsFile, passingData, portableData } from './app/data-folder';
import { markDataFolder } from './app/data-mark';
import { type Given, givenBy, givenLesson, LINK_SCHEME } from './app/given-file';
import { readMachineDefaults } from './app/machine-defaults';
import { runsAlready } from './app/second-start';
import { SettingsFile } from './app/settings-file';
import { isPresenters, REQUEST_NAMES } from './contract/request-table';
import { answerAtOnce } from './shell/at-once';
import { letRest } from './shell/at-rest';
import { placeOfMenu } from './shell/menu-place';
import { guardPages, guardSession } from './shell/guard';
import { type Served, serveRequests } from './shell/ipc-server';
import { keepLog, logFileOf } from './shell/log';
import { closeNetwork } from './shell/no-network';
import { closeSession, declareScheme, isServedByVite, servePage } from './shell/page-protocol';
import type { Session } from './shell/session';
import { watchZoomKeys } from './shell/zoom';
import { enlargeYoungGeneration } from './shell/young-generation';
import { failUnpainted, loadPage, openWindow, reviveOnCrash } from './shell/window';
import type { PageRoot } from './app/page-root';

const args = process.argv.slice(1);
const { words, leave } = answerAtOnce(args);

declareScheme();
guardPages(app);
if (!isServedByVite) closeNetwork(app);
letRest(app);
enlargeYoungGeneration(app);
Menu.setApplicationMenu(placeOfMenu());

const options = appOptions(args);
const portable = portableData({
  isPackaged: app.isPackaged,
  platform: process.platform,
  execPath: process.execPath,
  env: process.env,
  args: process.argv,
});
if (portable.folder !== null) app.setPath('userData', portable.folder);
const passing = passingData(() => app.getPath('userData'));
if (passing.folder !== null) app.setPath('userData', passing.folder);
markDataFolder(app.getPath('userData'));
bringCodeCache(
  app.isPackaged ? join(process.resourcesPath, 'code-cache') : join(import.meta.dirname, '../code-cache'),
  app.getPath('userData'),
);
const defaults = readMachineDefaults(machineDefaultsFile({ platform: process.platform, env: process.env }));
const settingsFile = new SettingsFile(app.getPath('userData'), defaults?.settings);
// Of an export nobody would read what was wrong.
const reading = settingsFile.read(options.exportTo === null);
let window: BrowserWindow | null = null;
const preload = join(import.meta.dirname, '../preload/preload.cjs');
const presenter: Session['presenter'] = { window: null, preload, view: null };
options.lesson ??= givenLesson(args);
const given = givenBy(args, process.cwd(), app.isPackaged);
// A window says so itself; without a person the first lesson would be written instead.
if (options.exportTo !== null && given.file !== null && !existsSync(given.file)) leave(words().noFile + given.file, 1);

function open({ file, link, notice = null }: Omit<Given, 'notice'> & Partial<Given>): void {
  if (file === null && link === null) return;
  Object.assign(given, { file, link });
  window?.webContents.send('schedville:fileGiven', notice);
}

/** Two windows would write the same settings, draft and progress. An export writes none of them, and may run beside a window. */
const isSecond =
  options.exportTo === null && !app.requestSingleInstanceLock({ ...given }) && runsAlready(app.getPath('userData'), process.platform);
app.on('second-instance', (_event, _args, _folder, told) => {
  if (window?.isMinimized()) window.restore();
  window?.focus();
  open(told as Given);
});
// A double click on macOS, and a link there.
app.on('open-file', (event, file) => {
  event.preventDefault();
  open({ file, link: null });
});
app.on('open-url', (event, url) => {
  event.preventDefault();
  open({ file: null, link: url });
});

// Where no installer has done it, and only for what is installed: a checkout must not take links from it.
if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);

app.on('window-all-closed', () => {
  app.quit();
});

// The page and the window say what is new when they close: it is on the disk before the end.
let filesWritten = (): Promise<void> => Promise.resolve();
let isWritten = false;
app.on('will-quit', (event) => {
  if (isWritten) return;
  event.preventDefault();
  // Also when some fail: a program without a window that does not end would keep the next one from starting.
  void Promise.allSettled([settingsFile.written(), filesWritten()]).then(() => {
    isWritten = true;
    // Not at once: until this event is over, Electron takes itself to be quitting and would not begin again.
    setImmediate(() => {
      app.quit();
    });
  });
});

async function begin(): Promise<void> {
  const { settings: kept, warning } = await reading;
  const settings = new CurrentSettings(kept, options);
  // Where nobody has been anywhere yet.
  if (kept.place === null) options.lesson ??= defaults?.lesson ?? null;
  closeSession(session.defaultSession);
  guardSession(session.defaultSession);
  const theme = (): PageRoot['theme'] =>
    settings.theme === 'system' ? (nativeTheme.shouldUseDarkColors ? 'dark' : 'light') : settings.theme;
  servePage(join(import.meta.dirname, '../renderer'), () => ({ language: settings.language, theme: theme() }));
  const opened = openWindow({
    preload,
    size: options.size,
    last: kept.window,
    theme: theme(),
  });
  window = opened;
  watchZoomKeys(opened);
  opened.on('closed', () => {
    window = null;
  });
  failUnpainted(opened, fail);
  reviveOnCrash(opened, (why) => {
    fail(`the page died twice: ${why}`);
  });
  loadPage(opened, fail);
  const beginning = { lesson: options.lesson, place: options.exportTo === null ? kept.place : null, own: kept.ownFolders };
  const load = async (): Promise<Served> => {
    const { LazyPlayer, served } = await import('./shell/served');
    const player = new LazyPlayer(new URL('player-thread.js', import.meta.url), beginning);
    player.prepare();
    const installed = { isPortable: portable.folder !== null, logFile: logFileOf(app.getPath('userData')), defaults };
    const made = served({
      window: () => window,
      options,
      given,
      settingsFile,
      settings,
      warnings: [warning, portable.warning, passing.warning, given.notice].filter((each) => each !== null),
      installed,
      player,
      presenter,
      fail,
    });
    filesWritten = made.written ?? filesWritten;
    return made;
  };
  let answers: Promise<Served> | null = null;
  // With the page's first request: whatever else the main process did before, its preload would wait for.
  const answering = async (): Promise<Served> => (answers ??= load());
  serveRequests(REQUEST_NAMES, answering, (name) => (isPresenters(name) ? presenter.window : window)?.webContents ?? null);
  // Also a page that asks nothing has a menu.
  opened.webContents.once('dom-ready', () => {
    answering().catch(fail);
  });
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
if (isSecond) {
  console.log(words().isOpen);
  app.exit(0);
} else {
  if (options.exportTo === null) keepLog(app);
  app.whenReady().then(begin).catch(fail);
}
