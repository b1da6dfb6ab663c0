/** What answering needs to know of the app, and the dialogs that ask where to write. */
import { app, type BrowserWindow, dialog, type SaveDialogOptions } from 'electron';
import { join } from 'node:path';
import { WORDS } from '../../assets/words/index';
import type { AppOptions } from '../app/command-line';
import type { BookmarkFile } from '../app/bookmark-file';
import type { CurrentSettings } from '../app/current-settings';
import type { DraftFile } from '../app/draft-file';
import { fileName } from '../app/file-name';
import type { Given } from '../app/given-file';
import type { LazyPlayer } from '../app/lazy-player';
import type { RecentFiles } from '../app/recent-files';
import type { GalleryFile } from '../app/gallery-file';
import type { FolderWatch } from '../app/folder-watch';
import type { LearnerFiles } from '../app/learner-files';
import type { MachineDefaults } from '../app/machine-defaults';
import type { PictureFile } from '../app/picture-file';
import type { ScenarioDraftFile } from '../app/scenario-draft';
import type { SettingsFile } from '../app/settings-file';
import type { PresenterView, Settings } from '../contract/requests';
import type { Result, Text } from '../model/words';
import type { AppMenu } from './menu';

/** How the program was set up on this machine. */
export interface Installed {
  isPortable: boolean;
  logFile: string;
  defaults: MachineDefaults | null;
}

export interface Session {
  window: () => BrowserWindow | null;
  options: AppOptions;
  settingsFile: SettingsFile;
  settings: CurrentSettings;
  draftFile: DraftFile;
  scenarioDraft: ScenarioDraftFile;
  galleryFile: GalleryFile;
  bookmarkFile: BookmarkFile;
  learnerFiles: LearnerFiles;
  pictureFile: PictureFile;
  menu: AppMenu;
  /** Tells the page of changes in the folders of the teacher's own lessons. */
  ownWatch: FolderWatch;
  /** The look at those lessons that is under way. */
  own: { looking: Promise<unknown> };
  storeSettings: () => Promise<Result<null>>;
  /** What went wrong before the window opened. */
  warnings: readonly Text[];
  /** A page has asked what it begins with: whichever asks after it was loaded again. */
  hasBegun: boolean;
  /** To be called with the first thing that the page tells of its picture: now there is time for what nobody sees before. */
  onPainted: () => void;
  installed: Installed;
  /** The file that is to be opened, from the root; null: there is none, or it has been asked for. */
  given: Given;
  /** The scenario, trace or recording that was opened last from a file; null: none was. */
  lastOwn: string | null;
  recent: RecentFiles;
  player: LazyPlayer;
  /** The teacher's window, and what its page is loaded with. */
  presenter: { window: BrowserWindow | null; preload: string; view: PresenterView | null };
  /** Nothing can go on: said, and the end. */
  fail: (why: string) => void;
  /** A long export has got on: whoever watches it waits anew. */
  stir: () => void;
  /** Words outside of the page (the menu) follow. */
  onLanguage: (language: Settings['language']) => void;
}

/** Where to write: asked in a dialog, or below the folder of --export. null: cancelled. */
export async function target(session: Session, suggestedName: string, extension: string): Promise<string | null> {
  const name = fileName(suggestedName);
  if (session.options.exportTo !== null) return join(session.options.exportTo, name);
  const options: SaveDialogOptions = {
    title: WORDS[session.settings.language].dialog.export,
    defaultPath: join(app.getPath('documents'), name),
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
  };
  const window = session.window();
  const { canceled, filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? null : filePath;
}
