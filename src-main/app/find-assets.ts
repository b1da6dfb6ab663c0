/** Where the product's assets lie. Apart from what reads them, so that the start of the app loads nothing of the model. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fill } from '../../assets/words/index';
import { Refusal } from './refusal';

export class MissingAsset extends Refusal {}

/** The assets folder: beside the built code, or in the project that holds it. */
export function findAssets(from = dirname(fileURLToPath(import.meta.url))): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'assets');
    if (existsSync(join(candidate, 'listings'))) return candidate;
    if (dirname(folder) === folder) break;
  }
  throw MissingAsset.of((words) => fill(words.noAssets, { from }));
}
