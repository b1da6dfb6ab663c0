/**
 * What the window needs to begin the first lesson, computed when the product is built. Reading it is a hundred times quicker than
 * computing it, and it is believed only while the files that it was made from are the same.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Beginning } from './player-asks';

const FILE = 'beginning.json';

/** Apart from it: of a package two builds have the same bytes, and times are never the same. */
const STAMP = 'beginning.stamp';

interface Prepared {
  key: string;
  beginning: Beginning;
}

/** Everything below the assets that a lesson is made of, always in the same order. Put together without `join`, which takes as long as to ask for the file. */
function filesOf(assets: string): string[] {
  const files: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(`${assets}/${folder}`, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else files.push(path);
    }
  };
  walk('lessons');
  walk('listings');
  return [...files, 'errata.yaml', 'misconceptions.yaml'];
}

/** Hash of their names and contents. */
function keyOf(assets: string, files: readonly string[]): string {
  // Asked for here: with it Node loads all that it has of cryptography, and hardly any start needs it.
  const hash = process.getBuiltinModule('node:crypto').createHash('sha1');
  for (const path of files)
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(`${assets}/${path}`));
  return hash.digest('hex');
}

/** When each was written and how long it is: who finds the same need not read what is in them. Of a copy it is another, though the key is the same. */
function stampOf(key: string, assets: string, files: readonly string[]): string {
  const written = files.map((path) => {
    const { mtimeMs, size } = statSync(`${assets}/${path}`);
    return `${path} ${mtimeMs} ${size}`;
  });
  return [key, ...written].join('\n');
}

/** The prepared beginning as text for the file. */
export function preparedText(assets: string, beginning: Beginning): { file: string; text: string } {
  return { file: FILE, text: JSON.stringify({ key: keyOf(assets, filesOf(assets)), beginning } satisfies Prepared) };
}

/** When they were written, for whoever wants to know quickly that they are still the same. */
export function stampText(assets: string): { file: string; text: string } {
  const files = filesOf(assets);
  return { file: STAMP, text: stampOf(keyOf(assets, files), assets, files) };
}

function isStamp(path: string, now: string): boolean {
  try {
    return readFileSync(path, 'utf8') === now;
  } catch {
    return false;
  }
}

/** What lies in an archive was put there together, and nobody changes it. */
const isSealed = (assets: string): boolean => /\.asar[\\/]/.test(assets);

/** `folder`: where the built main process lies. The prepared beginning, if there is one and the assets are those it was made from. Nothing here is an error: it can be computed. */
export function readPrepared(folder: string, assets: string): Beginning | null {
  try {
    const { key, beginning } = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as Prepared;
    if (isSealed(assets)) return beginning;
    const files = filesOf(assets);
    return isStamp(join(folder, STAMP), stampOf(key, assets, files)) || key === keyOf(assets, files) ? beginning : null;
  } catch {
    return null;
  }
}
