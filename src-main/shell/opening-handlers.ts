/** Files that a person chooses, drops, hands over or opens again, and links to a moment. Their paths are not the page's business. */
import { app, clipboard, dialog, type OpenDialogOptions } from 'electron';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { WORDS } from '../../assets/words/index';
import { lessonIn } from '../app/given-file';
import { momentLink, readMomentLink } from '../app/moment-link';
import { refusedFileText } from '../app/refused-file';
import { done, refuse } from '../app/refusal';
import type { Handlers, Moment, OpenedLesson } from '../contract/requests';
import type { Result } from '../model/words';
import type { Session } from './session';

/** Electron for Linux has no such function. */
export const HAS_OWN_LIST = process.platform !== 'linux';

type Opened = Promise<Result<OpenedLesson | null>>;

export const openingHandlers = (
  session: Session,
): Pick<Handlers, 'chooseScenario' | 'openGiven' | 'openAgain' | 'openDropped' | 'takeLink' | 'copyLink'> => ({
  chooseScenario: () => choose(session),
  openGiven: () => openGiven(session),
  openAgain: () => (session.lastOwn === null ? Promise.resolve(done(null)) : open(session, session.lastOwn)),
  openDropped: ({ path }) => (path === '' ? Promise.resolve(done(null)) : open(session, path)),
  takeLink: () => Promise.resolve(takeLink(session)),
  copyLink,
});

/** Of a folder its lesson. What could be opened stands in the menu from then on; what is not there any more does not. */
async function open(session: Session, path: string): Opened {
  const file = lessonIn(path);
  const opened = await session.player.ask('openScenario', { file });
  if (opened.ok) {
    remember(session, file);
    if (opened.value.lesson.id === '') session.lastOwn = file;
  } else if (session.options.exportTo === null && !existsSync(file)) void session.recent.drop(file);
  return opened;
}

/** In the menu, and where the system has a list of its own also there. */
export function remember({ options, recent }: Session, file: string): void {
  if (options.exportTo !== null) return;
  void recent.add(file);
  if (HAS_OWN_LIST) app.addRecentDocument(file);
}

async function choose(session: Session): Opened {
  const words = WORDS[session.settings.language].dialog;
  const options: OpenDialogOptions = {
    title: words.openScenario,
    properties: ['openFile'],
    filters: [
      { name: words.scenario, extensions: ['yaml', 'yml', 'json', 'jsonl', 'trace', 'out', 'txt', 'log', 'gz'] },
      // A recording may have any name.
      { name: words.allFiles, extensions: ['*'] },
    ],
  };
  const window = session.window();
  const { canceled, filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  const [file] = filePaths;
  if (canceled || file === undefined) return done(null);
  if (basename(file) !== 'lesson.yaml') return open(session, file);
  // On the list and followed from then on, as one that is handed over: the page asks for it, and hears then whether it has moved.
  session.given.file = file;
  window?.webContents.send('schedville:fileGiven', null);
  return done(null);
}

async function openGiven(session: Session): Opened {
  const { file } = session.given;
  session.given.file = null;
  if (file === null) return done(null);
  const opened = await open(session, file);
  // Who has typed its name looks at the terminal. Not as an error of ours: the log has no names of files.
  process.stderr.write(refusedFileText(opened, session.settings.language, session.options.exportTo !== null));
  return opened;
}

function takeLink({ given }: Session): Result<Moment | null> {
  const { link } = given;
  given.link = null;
  return link === null ? done(null) : readMomentLink(link);
}

async function copyLink(moment: Moment): Promise<Result<string>> {
  const link = momentLink(moment);
  if (link === null) return refuse((words) => words.noLink);
  await clipboard.writeText(link);
  return done(link);
}
