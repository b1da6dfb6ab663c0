/** What the product does for each request of the page. */
import { app, type BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import { join } from 'node:path';
import type { AppOptions } from '../app/command-line';
import type { LazyPlayer } from '../app/lazy-player';
import type { DraftFile } from '../app/draft-file';
import type { CurrentSettings } from '../app/current-settings';
import type { SettingsFile } from '../app/settings-file';
import { fileName } from '../app/file-name';
import { cannotWrite, done, refuse } from '../app/refusal';
import { writeFileWhole } from '../app/write-file';
import type { Handlers, OpenedLesson, Settings, StartUp } from '../contract/requests';
import { openListing, openPlayground, saveListing } from './playground-handlers';
import { pictureOf } from './picture-export';
import type { Result, Text } from '../model/words';

export interface Session {
  window: () => BrowserWindow | null;
  options: AppOptions;
  settingsFile: SettingsFile;
  settings: CurrentSettings;
  draftFile: DraftFile;
  warning: Text | null;
  player: LazyPlayer;
  /** Nothing can go on: said, and the end. */
  fail: (why: string) => void;
  /** Words outside of the page (the menu) follow. */
  onLanguage: (language: Settings['language']) => void;
}

const NO_WINDOW = refuse('窗口已经关了', 'the window is closed');

export function makeHandlers(session: Session): Handlers {
  const { player } = session;
  player.onProgress = (progress) => {
    session.window()?.webContents.send('schedville:runProgress', progress);
  };
  return {
    openLesson: ({ id }) => player.ask('openLesson', { id }),
    openRun: (ask) => player.ask('chooseRun', ask),
    cancelRun: async () => {
      await player.ask('cancel', null);
      return done(null);
    },
    readSteps: (ask) => player.ask('readSteps', ask),
    stateAt: (ask) => player.ask('stateAt', ask),
    chooseScenario: () => chooseScenario(session),
    exportPicture: ({ suggestedName }) => exportPicture(session, suggestedName),
    exportTrace: ({ suggestedName }) => exportTrace(session, suggestedName),
    saveSettings: (settings) => saveSettings(session, settings),
    openPlayground: () => openPlayground(session),
    checkListing: (ask) => player.ask('checkListing', ask),
    playListing: (ask) => player.ask('playListing', ask),
    keepDraft: (draft) => session.draftFile.keep(draft),
    saveListing: (ask) => saveListing(session, ask),
    openListing: () => openListing(session),
    about: () =>
      Promise.resolve(
        done({
          product: `调度村 Schedville ${app.getVersion()}`,
          electron: process.versions.electron ?? '',
          chrome: process.versions.chrome ?? '',
          node: process.versions.node,
          standIn: process.env.SCHEDVILLE_STAND_IN === '1',
        }),
      ),
    startUp: () => startUp(session),
    pageReady: () => {
      player.warmUp();
      if (process.env.SCHEDVILLE_SAY_READY === '1') console.log('READY');
      return Promise.resolve(done(null));
    },
    exportDone: ({ pictures, failure }) => {
      const where = session.options.exportTo;
      if (where === null) return Promise.resolve(refuse('现在没有在导出', 'nothing is being exported'));
      if (failure === null) console.log(`Schedville: ${pictures} pictures and the trace are in ${where}`);
      else console.error(`Schedville: ${failure}`);
      app.exit(failure === null ? 0 : 1);
      return Promise.resolve(done(null));
    },
  };
}

async function startUp({ options, settings, warning, player }: Session): Promise<Result<StartUp>> {
  const { lesson, exportTo } = options;
  const beginning = await player.beginning(exportTo === null ? settings.stored.place : null);
  return done({ options: { ...settings.once, lesson, isExport: exportTo !== null, warning }, settings: settings.ofPage, ...beginning });
}

async function chooseScenario(session: Session): Promise<Result<OpenedLesson | null>> {
  const zh = session.settings.language === 'zh';
  const options: OpenDialogOptions = {
    title: zh ? '打开情景' : 'Open a scenario',
    properties: ['openFile'],
    filters: [{ name: zh ? '情景' : 'Scenario', extensions: ['yaml', 'yml', 'json'] }],
  };
  const window = session.window();
  const { canceled, filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  const [file] = filePaths;
  if (canceled || file === undefined) return done(null);
  return session.player.ask('openScenario', { file });
}

/** Where to write: asked in a dialog, or below the folder of --export. null: cancelled. */
export async function target(session: Session, suggestedName: string, extension: string): Promise<string | null> {
  const name = fileName(suggestedName);
  if (session.options.exportTo !== null) return join(session.options.exportTo, name);
  const options: SaveDialogOptions = {
    title: session.settings.language === 'zh' ? '导出' : 'Export',
    defaultPath: join(app.getPath('documents'), name),
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
  };
  const window = session.window();
  const { canceled, filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? null : filePath;
}

async function exportPicture(session: Session, suggestedName: string): Promise<Result<string | null>> {
  const window = session.window();
  if (!window) return NO_WINDOW;
  // Drawn before the dialog covers anything or the page goes on.
  const [widthPx = 0, heightPx = 0] = window.getContentSize();
  const png = await pictureOf(window.webContents, { widthPx, heightPx });
  const path = await target(session, suggestedName, 'png');
  if (path === null) return done(null);
  try {
    await writeFileWhole(path, png);
    return done(path);
  } catch (error) {
    return cannotWrite(path, error);
  }
}

async function exportTrace(session: Session, suggestedName: string): Promise<Result<string | null>> {
  const path = await target(session, suggestedName, 'jsonl');
  return path === null ? done(null) : session.player.ask('writeTrace', { path });
}

async function saveSettings(session: Session, shown: Settings): Promise<Result<null>> {
  const { language } = session.settings;
  session.settings.change(shown);
  if (session.settings.language !== language) session.onLanguage(session.settings.language);
  return storeSettings(session);
}

export async function storeSettings(session: Session): Promise<Result<null>> {
  // An export changes nothing that a person has set.
  if (session.options.exportTo !== null) return done(null);
  try {
    await session.settingsFile.write(session.settings.stored);
    return done(null);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refuse(`设置没存上：${why}`, `the settings were not saved: ${why}`);
  }
}
