/** The page's only way out: one function for each request, no channel names, nothing else of Electron. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, RequestName, Tidings } from '../contract/requests';

/** Kept apart from the shapes, which would bring their library into every page; the server refuses what is not in its table. */
const NAMES: Record<RequestName, true> = {
  listLessons: true,
  openLesson: true,
  openRun: true,
  cancelRun: true,
  readSteps: true,
  stateAt: true,
  chooseScenario: true,
  exportPicture: true,
  exportTrace: true,
  loadSettings: true,
  saveSettings: true,
  about: true,
  startOptions: true,
  pageReady: true,
  exportDone: true,
};

const requests = Object.fromEntries(Object.keys(NAMES).map((name) => [name, (ask: unknown) => ipcRenderer.invoke(`schedville:${name}`, ask)]));

const bridge = {
  ...requests,
  onRunProgress: (listen: (progress: Tidings['runProgress']) => void) => {
    const forward = (_event: unknown, progress: Tidings['runProgress']): void => {
      listen(progress);
    };
    ipcRenderer.on('schedville:runProgress', forward);
    return () => {
      ipcRenderer.off('schedville:runProgress', forward);
    };
  },
} as Bridge;

contextBridge.exposeInMainWorld('schedville', bridge);
