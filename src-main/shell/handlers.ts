/** What the product does for each request of the page. */
import { app, type BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import { dirname, join } from 'node:path';
import type { AppOptions } from '../app/command-line';
import { findAssets, loadListings, MissingAsset } from '../app/asset-folder';
import { LessonLibrary, type PlayableLesson, refuse } from '../app/lesson-library';
import type { KeptRun } from '../app/kept-run';
import type { SettingsFile } from '../app/settings-file';
import { GrowingFile, writeFileWhole } from '../app/write-file';
import type { Handlers, Message, Outcome, Settings, StartUp } from '../contract/requests';
import { traceHeader, traceLine } from '../formats/trace-jsonl';
import type { Json } from '../model/state';
import { setMenu } from './menu';
import { pictureOf } from './picture-export';

export interface Session {
  window: () => BrowserWindow | null;
  options: AppOptions;
  settingsFile: SettingsFile;
  settings: Settings;
  warning: Message | null;
}

const done = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
const NO_RUN = refuse('还没有打开任何运行', 'no run is open');

export function makeHandlers(session: Session): Handlers {
  const player = new Player(session);
  const first = startUp(session, player);
  return {
    listLessons: () => player.library((library) => library.list()),
    openLesson: ({ id }) => player.open((library) => library.open(id, player.tell, player.isCancelled)),
    openRun: ({ run }) => Promise.resolve(player.choose(run)),
    cancelRun: () => {
      player.cancel();
      return Promise.resolve(done(null));
    },
    readSteps: ({ from, to }) => Promise.resolve(player.run ? done(player.run.read(from, Math.min(to, from + 20_000))) : NO_RUN),
    stateAt: ({ n }) => Promise.resolve(player.run ? done(player.run.stateAt(n)) : NO_RUN),
    chooseScenario: () => chooseScenario(session, player),
    exportPicture: ({ suggestedName }) => exportPicture(session, suggestedName),
    exportTrace: ({ suggestedName }) => exportTrace(session, player, suggestedName),
    loadSettings: () => Promise.resolve(done(session.settings)),
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
    startUp: () => first,
    pageReady: () => {
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

/** A first run up to this long is sent along whole. */
const STEPS_AT_START = 2_000;

/** Begins at once, while the page is still loading. */
async function startUp(session: Session, player: Player): Promise<Outcome<StartUp>> {
  const { language, theme, lesson, exportTo } = session.options;
  const options = { language, theme, lesson, isExport: exportTo !== null, warning: session.warning };
  const lessons = await player.library((library) => library.list());
  const place = exportTo === null ? session.settings.place : null;
  const cards = lessons.ok ? lessons.value : [];
  const id = lesson ?? cards.find((card) => card.id === place?.lesson)?.id ?? cards[0]?.id;
  const opened = id === undefined ? null : await player.open((library) => library.open(id, player.tell, player.isCancelled));
  const isHere = opened?.ok === true && place?.lesson === id && opened.value.runs.some((run) => run.name === place?.run);
  const name = isHere ? place?.run : opened?.ok ? opened.value.runs[0]?.name : undefined;
  const run = name === undefined ? null : player.choose(name);
  const steps = run?.ok && run.value.stepCount <= STEPS_AT_START ? (player.run?.all() ?? []) : [];
  return done({ options, settings: session.settings, lessons, opened, run, steps, place: isHere ? place : null });
}

/** The lesson and the run that are open. */
class Player {
  private opened: PlayableLesson | null = null;
  private runName = '';
  private attempt = 0;
  private cancelledAttempt = 0;
  private made: LessonLibrary | null = null;

  constructor(private readonly session: Session) {}

  /** The library; a missing asset is told, not thrown. */
  async library<T>(use: (library: LessonLibrary) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    try {
      const assets = findAssets();
      this.made ??= new LessonLibrary(assets, loadListings(assets));
    } catch (error) {
      if (error instanceof MissingAsset) return refuse(error.zh, error.en);
      throw error;
    }
    return use(this.made);
  }

  async open(load: (library: LessonLibrary) => Promise<Outcome<PlayableLesson>>): Promise<Outcome<PlayableLesson['opened']>> {
    this.attempt++;
    const outcome = await this.library(load);
    if (!outcome.ok) return outcome;
    this.opened = outcome.value;
    this.runName = outcome.value.opened.runs[0]?.name ?? '';
    return done(outcome.value.opened);
  }

  readonly tell = (progress: { stepsDone: number; virtualNs: number; limitSteps: number }): void => {
    this.session.window()?.webContents.send('schedville:runProgress', progress);
  };

  readonly isCancelled = (): boolean => this.cancelledAttempt === this.attempt;

  cancel(): void {
    this.cancelledAttempt = this.attempt;
  }

  choose(name: string): Outcome<KeptRun['opened']> {
    const found = this.opened?.runs.get(name);
    if (!found) return refuse(`没有叫 ${name} 的运行`, `no run named ${name}`);
    this.runName = name;
    return done(found.run.opened);
  }

  get run(): KeptRun | null {
    return this.opened?.runs.get(this.runName)?.run ?? null;
  }

  get source(): Json {
    return this.opened?.runs.get(this.runName)?.source ?? null;
  }
}

async function chooseScenario(session: Session, player: Player): Promise<Outcome<PlayableLesson['opened'] | null>> {
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
  return player.open((library) => library.openScenario(file, player.tell, player.isCancelled));
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

function cannotWrite(path: string, error: unknown): { ok: false; message: Message } {
  const why = error instanceof Error ? error.message : String(error);
  return refuse(`写不了 ${path}：${why}。请换一个能写的文件夹（不是 ${dirname(path)}）。`, `cannot write ${path}: ${why}. Choose a folder that can be written to (not ${dirname(path)}).`);
}

async function exportPicture(session: Session, suggestedName: string): Promise<Outcome<string | null>> {
  const window = session.window();
  if (!window) return NO_RUN;
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

async function exportTrace(session: Session, player: Player, suggestedName: string): Promise<Outcome<string | null>> {
  const { run, source } = player;
  if (!run) return NO_RUN;
  const path = await target(session, suggestedName, 'jsonl');
  if (path === null) return done(null);
  let file: GrowingFile | null = null;
  try {
    file = await GrowingFile.create(path);
    await file.write(traceHeader(source, run.opened.first));
    for (const step of run.all()) await file.write(traceLine(step));
    await file.finish();
    return done(path);
  } catch (error) {
    await file?.abandon();
    return cannotWrite(path, error);
  }
}

async function saveSettings(session: Session, settings: Settings): Promise<Outcome<null>> {
  if (session.settings.language !== settings.language) setMenu(settings.language);
  session.settings = settings;
  // An export changes nothing that a person has set.
  if (session.options.exportTo !== null) return done(null);
  try {
    await session.settingsFile.write(settings);
    return done(null);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refuse(`设置没存上：${why}`, `the settings were not saved: ${why}`);
  }
}
