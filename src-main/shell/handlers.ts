/** What the product does for each request of the page. */
import { app, type BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import { join } from 'node:path';
import type { AppOptions } from '../app/command-line';
import type { LazyPlayer } from '../app/lazy-player';
import type { AppSettings, SettingsFile } from '../app/settings-file';
import { cannotWrite, refuse } from '../app/refusal';
import { writeFileWhole } from '../app/write-file';
import type { Handlers, Message, OpenedLesson, Outcome, Settings, StartUp } from '../contract/requests';
import { pictureOf } from './picture-export';

export interface Session {
  window: () => BrowserWindow | null;
  options: AppOptions;
  settingsFile: SettingsFile;
  settings: AppSettings;
  warning: Message | null;
  player: LazyPlayer;
  /** Words outside of the page (the menu) follow. */
  onLanguage: (language: Settings['language']) => void;
}

const done = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
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
      const where = session.options.exportTo ?? '';
      if (failure === null) console.log(`Schedville: ${pictures} pictures and the trace are in ${where}`);
      else console.error(`Schedville: ${failure}`);
      app.exit(failure === null ? 0 : 1);
      return Promise.resolve(done(null));
    },
  };
}

async function startUp({ options, settings: { window: _, ...settings }, warning, player }: Session): Promise<Outcome<StartUp>> {
  const { language, theme, lesson, exportTo } = options;
  return done({ options: { language, theme, lesson, isExport: exportTo !== null, warning }, settings, ...(await player.beginning(exportTo === null ? settings.place : null)) });
}

async function chooseScenario(session: Session): Promise<Outcome<OpenedLesson | null>> {
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
async function target(session: Session, suggestedName: string, extension: string): Promise<string | null> {
  const name = suggestedName.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 120);
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

async function exportPicture(session: Session, suggestedName: string): Promise<Outcome<string | null>> {
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

async function exportTrace(session: Session, suggestedName: string): Promise<Outcome<string | null>> {
  const path = await target(session, suggestedName, 'jsonl');
  return path === null ? done(null) : session.player.ask('writeTrace', { path });
}

async function saveSettings(session: Session, settings: Settings): Promise<Outcome<null>> {
  if (session.settings.language !== settings.language) session.onLanguage(settings.language);
  return keepSettings(session, { ...settings, window: session.settings.window });
}

export async function keepSettings(session: Session, settings: AppSettings): Promise<Outcome<null>> {
  session.settings = settings;
  // An export changes nothing that a person has set.
  if (session.options.exportTo !== null) return done(null);
  try {
    await session.settingsFile.write(session.settings);
    return done(null);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refuse(`设置没存上：${why}`, `the settings were not saved: ${why}`);
  }
}
