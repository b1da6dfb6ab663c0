/**
 * What the window needs to begin the first lesson, computed when the product is built. Reading it is a hundred times quicker than
 * computing it, and it is believed only while the files that it was made from are the same.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Beginning } from './player-asks';

const FILE = 'beginning.json';

/** Hash of everything below the assets that a lesson is made of: names and contents. */
function keyOf(assets: string): string {
  // Asked for here: with it Node loads all that it has of cryptography, and what lies in an archive needs none.
  const hash = process.getBuiltinModule('node:crypto').createHash('sha1');
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(assets, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else
        hash
          .update(path)
          .update('\0')
          .update(readFileSync(join(assets, path)));
    }
  };
  walk('lessons');
  walk('listings');
  for (const table of ['errata.yaml', 'misconceptions.yaml']) hash.update(readFileSync(join(assets, table)));
  return hash.digest('hex');
}

/** The prepared beginning as text for the file; `folder` is where the built main process lies. */
export function preparedText(assets: string, beginning: Beginning): { file: string; text: string } {
  return { file: FILE, text: JSON.stringify({ key: keyOf(assets), beginning }) };
}

/** What lies in an archive was put there together, and nobody changes it. */
const isSealed = (assets: string): boolean => /\.asar[\\/]/.test(assets);

/** The prepared beginning, if there is one and the assets are those it was made from. Nothing here is an error: it can be computed. */
export function readPrepared(folder: string, assets: string): Beginning | null {
  try {
    const { key, beginning } = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as { key: string; beginning: Beginning };
    return isSealed(assets) || key === keyOf(assets) ? beginning : null;
  } catch {
    return null;
  }
}
