/** Whether the program runs already for this person, where Chromium says so: it says so, too, where it cannot leave the sign of a first start. */
import { accessSync, constants, lstatSync } from 'node:fs';
import { join } from 'node:path';

/** A link that Chromium makes in the folder of the data; Windows has none. */
const SIGN = 'SingletonLock';

/** On a disk that is full or may not be written to a class is to have its lesson all the same: nothing can be kept there by either. */
export function runsAlready(userData: string, platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return true;
  try {
    accessSync(userData, constants.W_OK);
    lstatSync(join(userData, SIGN));
    return true;
  } catch {
    return false;
  }
}
