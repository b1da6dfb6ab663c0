/** Whether another instance is really running when Chromium reports one: it does so, too, when it cannot create its own lock. */
import { accessSync, constants, lstatSync } from 'node:fs';
import { join } from 'node:path';

/** A link that Chromium creates in the data folder; not on Windows. */
const LOCK = 'SingletonLock';

/**
 * false on a full or read-only disk without a lock: the lesson has to open there, and two instances cannot overwrite each other's files where
 * neither can write.
 */
export function runsAlready(userData: string, platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return true;
  try {
    accessSync(userData, constants.W_OK);
    lstatSync(join(userData, LOCK));
    return true;
  } catch {
    return false;
  }
}
