/** The page's only way out: one function for each request, no channel names, nothing else of Electron. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, Tidings } from '../contract/requests';
import { REQUEST_NAMES } from './request-names';

const requests = Object.fromEntries(REQUEST_NAMES.map((name) => [name, (ask: unknown) => ipcRenderer.invoke(`schedville:${name}`, ask)]));

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
