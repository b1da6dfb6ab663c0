/** All that answering needs, as one module: it is loaded while the window is already opening. */
import { app } from 'electron';
import { BookmarkFile } from '../app/bookmark-file';
import { DraftFile } from '../app/draft-file';
import { FolderWatch } from '../app/folder-watch';
import { LearnerFiles } from '../app/learner-files';
import { PictureFile } from '../app/picture-file';
import { GalleryFile } from '../app/gallery-file';
import { ScenarioDraftFile } from '../app/scenario-draft';
import { ownKey } from '../app/own-folder';
import { RecentFiles } from '../app/recent-files';
import { sweepParts } from '../app/write-file';
import type { Handlers, MenuCommand } from '../contract/requests';
import { makeHandlers, storeSettings } from './handlers';
import { askBeforeLeaving } from './scenario-handlers';
import { HAS_OWN_LIST } from './opening-handlers';
import type { Session } from './session';
import type { Served } from './ipc-server';
import { shapedLater } from './shaped-later';
import { AppMenu } from './menu';
import { watchPlace } from './window';

// Both are loaded at once, from one file (chunks.config.ts).
export { LazyPlayer } from '../app/lazy-player';

/** Settings and drafts are written in less; what is older was left by an end in the middle of it. */
const LEFT_MS = 60_000;
/** The menu waits for the page's first picture no longer than this. */
const MENU_MS = 1_000;

export function served(
  parts: Omit<
    Session,
    | 'onLanguage'
    | 'stir'
    | 'hasBegun'
    | 'onPainted'
    | 'draftFile'
    | 'scenarioDraft'
    | 'galleryFile'
    | 'bookmarkFile'
    | 'learnerFiles'
    | 'pictureFile'
    | 'menu'
    | 'lastOwn'
    | 'recent'
    | 'ownWatch'
    | 'own'
    | 'storeSettings'
  >,
): Served {
  const tell = (command: MenuCommand): void => {
    parts.window()?.webContents.send('schedville:menuCommand', command);
  };
  const recent = new RecentFiles(app.getPath('userData'));
  const menu = new AppMenu(tell, {
    open: (file) => {
      parts.given.file = file;
      parts.window()?.webContents.send('schedville:fileGiven', null);
    },
    clear: () => {
      if (HAS_OWN_LIST) app.clearRecentDocuments();
      void recent.clear();
    },
  });
  recent.onChange = (files) => {
    menu.setRecent(files);
  };
  const session: Session = {
    ...parts,
    stir: () => undefined,
    hasBegun: false,
    onPainted: () => undefined,
    draftFile: new DraftFile(app.getPath('userData')),
    scenarioDraft: new ScenarioDraftFile(app.getPath('userData')),
    bookmarkFile: new BookmarkFile(app.getPath('userData')),
    galleryFile: new GalleryFile(app.getPath('userData')),
    learnerFiles: new LearnerFiles(app.getPath('userData')),
    pictureFile: new PictureFile(app.getPath('userData')),
    menu,
    lastOwn: null,
    recent,
    ownWatch: new FolderWatch((folder) => {
      parts.window()?.webContents.send('schedville:ownChanged', { key: ownKey(folder) });
    }),
    own: { looking: Promise.resolve() },
    storeSettings: () => storeSettings(session),
    onLanguage: (language) => {
      menu.setLanguage(language);
    },
  };
  const window = session.window();
  window?.webContents.on('context-menu', (_event, text) => {
    menu.offer(text);
  });
  if (window) askBeforeLeaving(window, () => session.settings.language);
  // A size given on the command line is meant for this once.
  if (window && session.options.size === null) {
    watchPlace(window, (place) => {
      session.settings.move(place);
      void storeSettings(session);
    });
  }
  const handlers = makeHandlers(session);
  // A menu takes as long as a frame to build, and its place is kept (menu-place.ts).
  let isSetUp = false;
  session.onPainted = () => {
    if (isSetUp) return;
    isSetUp = true;
    // An export has no menu, and nobody to be told of a damaged list.
    if (session.options.exportTo === null) {
      session.onLanguage(session.settings.language);
      void recent.all().then(recent.onChange);
    }
    void sweepParts(app.getPath('userData'), LEFT_MS);
  };
  setTimeout(session.onPainted, MENU_MS);
  return {
    handlers: session.options.exportTo === null ? handlers : watched(handlers, session),
    shaped: shapedLater,
    written: async () => {
      const { learnerFiles, bookmarkFile, draftFile, scenarioDraft, galleryFile, pictureFile } = session;
      await Promise.all(
        [learnerFiles, bookmarkFile, draftFile, scenarioDraft, galleryFile, pictureFile, recent].map((file) => file.written()),
      );
    },
  };
}

/** Longer than the largest lesson takes to compute. */
const PATIENCE_MS = Number(process.env.SCHEDVILLE_EXPORT_PATIENCE_MS ?? 120_000);

/** An export runs without a person: when the page asks for nothing any more, nobody would see that it hangs. */
function watched(handlers: Handlers, session: Session): Handlers {
  const giveUp = (): void => {
    session.fail(`the export has stood still for ${PATIENCE_MS / 1000} s`);
  };
  let timer = setTimeout(giveUp, PATIENCE_MS);
  session.stir = () => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, PATIENCE_MS);
  };
  const renewed = Object.entries(handlers).map(([name, handler]) => [
    name,
    (ask: never) => {
      session.stir();
      return (handler as (ask: never) => unknown)(ask);
    },
  ]);
  // Name by name the same handlers.
  return Object.fromEntries(renewed) as Handlers;
}
