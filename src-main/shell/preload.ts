/** The page's only way out: one function for each request, no channel names, nothing else of Electron. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, Tidings } from '../contract/requests';
import { REQUEST_NAMES } from '../contract/request-table';

const requests = Object.fromEntries(REQUEST_NAMES.map((name) => [name, (ask: unknown) => ipcRenderer.invoke(`schedville:${name}`, ask)]));

/** Registers a listener for one kind of tidings; what it returns takes it away again. */
function listening<N extends keyof Tidings>(name: N): (listen: (told: Tidings[N]) => void) => () => void {
  return (listen) => {
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
  onRunProgress: listening('runProgress'),
  onMenuCommand: listening('menuCommand'),
} as Bridge;

contextBridge.exposeInMainWorld('schedville', bridge);
