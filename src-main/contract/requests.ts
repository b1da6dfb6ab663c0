/** The types that follow from the table of requests (request-table.ts), and what is told unasked. */
import type { Text } from '../model/words';
import type { MenuCommand } from './commands';
import type { PresenterAct, PresenterView } from './presenter';
import type { RequestName, Requests } from './request-table';

export type * from './payloads';
export type { PresentedClock, PresentedQuestion, PresenterAct, PresenterCommand, PresenterView } from './presenter';
export type * from './film';
export type * from './paper';
export type * from './picture';
export type * from './play';
export type * from './play-content';
export type { MenuCommand, RequestName, Requests };
export type Handlers = { [N in RequestName]: (ask: Requests[N]['ask']) => Promise<Requests[N]['reply']> };

/** What the main process tells the window unasked. */
export interface Tidings {
  /** `readShare`: of a file, how much of the work is done, 0 to 1; null: the run is computed, up to `limitSteps` at most. */
  runProgress: { stepsDone: number; virtualNs: number; limitSteps: number; readShare: number | null };
  menuCommand: MenuCommand;
  /** How many steps of a run have been written to an export so far. */
  dataProgress: { done: number; total: number };
  /** How many pictures or papers have been made so far. */
  exportProgress: { done: number; total: number };
  /** There is a file to be opened with openGiven, and something to be told of it. */
  fileGiven: Text | null;
  /** Something in the folder of a teacher's own lesson has changed. */
  ownChanged: { key: string };
  /** The teacher's window has been opened, or has gone. */
  presenterOpen: boolean;
  /** Something has been done in the teacher's window. */
  presenterAct: PresenterAct;
  /** To the teacher's window: what it shows. */
  presenterView: PresenterView;
}

/** What the page cannot find out by itself. */
interface Page {
  /** 1: nothing is enlarged; 2: a pixel of the page takes two of the window's each way. */
  zoomFactor: () => number;
  /** Opens what was dropped onto the window; where it lies the page does not learn. */
  openDropped: (file: File) => Promise<Requests['openDropped']['reply']>;
  dropLesson: (file: File) => Promise<Requests['dropLesson']['reply']>;
}

/** What the page asks and hears. */
export type Bridge = Page & {
  [N in Exclude<RequestName, 'openDropped' | 'dropLesson'>]: (ask: Requests[N]['ask']) => Promise<Requests[N]['reply']>;
} & { [N in keyof Tidings as `on${Capitalize<N>}`]: (listen: (told: Tidings[N]) => void) => () => void };

/**
 * The object that the preload puts on the page as `window.schedville`. What the page begins with crosses as JSON text, from the main
 * process on: an object is copied piece by piece between processes and again from the preload's world to the page's, which took ten times as long,
 * and the first picture waits for it.
 */
export type ExposedBridge = Omit<Bridge, 'startUp'> & { startUp: (ask: Requests['startUp']['ask']) => Promise<string> };
