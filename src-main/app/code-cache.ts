/**
 * What V8 has made of the page's scripts. Chromium keeps it in the data folder, from the second start on; a package brings it along, because in a
 * classroom whose machines forget everything overnight each start is the first.
 */
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where Chromium keeps it: a file for each script, named by a hash of its address. */
export const codeCacheOf = (data: string): string => join(data, 'Code Cache', 'js');

/**
 * Before Chromium opens its cache: copies what lies in `from` and is not in the data folder yet. V8 throws away what is not of this very version
 * and script. Never throws: without it a start takes longer, and nothing else.
 */
export function bringCodeCache(from: string, data: string): void {
  try {
    const to = codeCacheOf(data);
    const missing = readdirSync(from).filter((name) => !existsSync(join(to, name)));
    if (missing.length === 0) return;
    mkdirSync(to, { recursive: true });
    for (const name of missing) copyFileSync(join(from, name), join(to, name), constants.COPYFILE_EXCL);
  } catch {
    // None was brought, or the data folder cannot be written to.
  }
}
