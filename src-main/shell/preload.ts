/** The page's only way out: one function for each request, no channel names, nothing else of Electron. */
import { contextBridge, ipcRenderer, webFrame, webUtils } from 'electron';
import type { ExposedBridge, Tidings } from '../contract/requests';
import { isPresenters, PRESENTER_ARGUMENT, REQUEST_NAMES } from '../contract/request-table';

type Request = (ask: unknown) => Promise<unknown>;

/** The teacher's window can ask for what is meant for it, and for nothing else. */
const isPresenter = process.argv.includes(PRESENTER_ARGUMENT);

const requests = Object.fromEntries(
  REQUEST_NAMES.filter((name) => isPresenters(name) === isPresenter).map((name): [string, Request] => [
    name,
    (ask) => ipcRenderer.invoke(`schedville:${name}`, ask),
  ]),
);

/**
 * Asked before anything else, while the main process has nothing to do: the page stands still until it is answered, and asks first when it makes its first
 * picture. Null: taken.
 */
let firstZoom: number | null = webFrame.getZoomFactor();

const zoomFactor = (): number => {
  const factor = firstZoom ?? webFrame.getZoomFactor();
  firstZoom = null;
  return factor;
};

/** The window's page begins with startUp: asked now, the answer is made while the page's own script is still loading. Null: taken. */
let early: Promise<unknown> | null = requests.startUp?.({}) ?? null;
// Whoever takes it hears of a failure; until then nobody can.
early?.catch(() => undefined);

const startUp = async (ask: unknown): Promise<string> => {
  const reply = early ?? requests.startUp?.(ask) ?? Promise.reject(new Error('no startUp'));
  early = null;
  // Text already: crossesAsText.
  return (await reply) as string;
};

/** Only a file that a person has handed over has a path; the page does not learn it. What is no file is refused as any other wrong shape. */
const withPath =
  (name: 'openDropped' | 'dropLesson'): Request =>
  async (file) =>
    requests[name]?.({ path: file instanceof File ? webUtils.getPathForFile(file) : null });

/** Registers a listener for one kind of tidings; what it returns takes it away again. */
function listening<N extends keyof Tidings>(name: N): (listen: (told: Tidings[N]) => void) => () => void {
  return (listen) => {
    // Else it would fail where nobody sees why: whenever something is told.
    if (typeof listen !== 'function') throw new TypeError(`the listener of ${name} is no function`);
    const forward = (_event: unknown, told: Tidings[N]): void => {
      listen(told);
    };
    ipcRenderer.on(`schedville:${name}`, forward);
    return () => {
      ipcRenderer.off(`schedville:${name}`, forward);
    };
  };
}

const bridge = {
  ...requests,
  ...(isPresenter ? {} : { startUp, openDropped: withPath('openDropped'), dropLesson: withPath('dropLesson') }),
  onRunProgress: listening('runProgress'),
  onMenuCommand: listening('menuCommand'),
  onFileGiven: listening('fileGiven'),
  onOwnChanged: listening('ownChanged'),
  onPresenterOpen: listening('presenterOpen'),
  onPresenterAct: listening('presenterAct'),
  onPresenterView: listening('presenterView'),
  onExportProgress: listening('exportProgress'),
  onDataProgress: listening('dataProgress'),
  zoomFactor,
} as ExposedBridge;

contextBridge.exposeInMainWorld('schedville', bridge);
