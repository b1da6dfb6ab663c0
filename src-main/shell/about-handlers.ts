/** What the program is, where it keeps what, and under which licences it came. */
import { app } from 'electron';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { done } from '../app/refusal';
import type { About } from '../contract/requests';
import type { Result } from '../model/words';
import type { Session } from './session';

/** Beside every part of the build (notices.config.ts). */
const NOTICES = 'third-party-notices.txt';

/** Built on the stand-in runtime: the launcher says so of a checkout; a package has it in its package.json, which nobody can change from outside. */
async function isStandIn(): Promise<boolean> {
  if (!app.isPackaged) return process.env.SCHEDVILLE_STAND_IN === '1';
  const own = JSON.parse(await readFile(join(app.getAppPath(), 'package.json'), 'utf8')) as { schedvilleStandIn?: unknown };
  return own.schedvilleStandIn === true;
}

export async function about({ installed: { isPortable, logFile, defaults } }: Session): Promise<Result<About>> {
  return done({
    product: `调度村 Schedville ${app.getVersion()}`,
    electron: process.versions.electron ?? '',
    chrome: process.versions.chrome ?? '',
    node: process.versions.node,
    standIn: await isStandIn(),
    isPackaged: app.isPackaged,
    dataFolder: app.getPath('userData'),
    isPortable,
    logFile,
    defaults: defaults && {
      file: defaults.file,
      set: { ...defaults.settings, ...(defaults.lesson === null ? {} : { lesson: defaults.lesson }) },
      faults: defaults.faults,
    },
  });
}

export async function licences(): Promise<Result<string>> {
  const root = app.getAppPath();
  const files = [join(root, 'LICENSE'), ...['main', 'preload', 'renderer'].map((part) => join(root, 'out', part, NOTICES))];
  // A part that has taken nothing in has no such file.
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => null)));
  return done(texts.filter((text) => text !== null).join(`\n${'='.repeat(80)}\n\n`));
}
