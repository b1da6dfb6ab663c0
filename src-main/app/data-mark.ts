/**
 * Whether a data folder is still the one that the program was started with. That there is one says nothing: where its drive is gone, Chromium makes
 * a folder of the same name within seconds, for its caches.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lies in the data folder itself: neither a number of the drive nor one of the folder need be the same when a drive comes back. */
export const DATA_MARK = 'schedville.mark';

const marked = new Set<string>();

/** Once, when the program starts. A folder that cannot be written to stays without a mark, and is known by being there. */
export function markDataFolder(folder: string): void {
  const mark = join(folder, DATA_MARK);
  try {
    if (!existsSync(mark)) writeFileSync(mark, 'Schedville 调度村\n');
    marked.add(folder);
  } catch {
    // Whoever writes there is told.
  }
}

/** What has to be there for a data folder to be the one that it was. */
export const signOf = (folder: string): string => (marked.has(folder) ? join(folder, DATA_MARK) : folder);
