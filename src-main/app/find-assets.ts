/** Where the product's assets lie. Apart from what reads them, so that the start of the app loads nothing of the model. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fill } from '../../assets/words/index';
import { Refusal } from './refusal';

export class MissingAsset extends Refusal {}

/**
 * A text of the product's that cannot be used. In a checkout the build may be older than what it reads: that is said, and what mends it.
 * `program`: the built file that reads it.
 */
export function unusable(file: string, error: unknown, program = fileURLToPath(import.meta.url)): MissingAsset {
  const why = String(error);
  return MissingAsset.of((words) => fill(isOlder(program, file) ? words.staleBuild : words.noTable, { file, why }));
}

/** Only where it can be built anew. */
function isOlder(program: string, text: string): boolean {
  if (!existsSync(join(dirname(findAssets(dirname(text))), 'src-main'))) return false;
  return statSync(program).mtimeMs < statSync(text).mtimeMs;
}

/** The assets folder: beside the built code, or in the project that holds it. */
export function findAssets(from = dirname(fileURLToPath(import.meta.url))): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'assets');
    if (existsSync(join(candidate, 'listings'))) return candidate;
    if (dirname(folder) === folder) break;
  }
  throw MissingAsset.of((words) => fill(words.noAssets, { from }));
}
