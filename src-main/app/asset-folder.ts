/** Where the product's assets lie, and the texts that the model needs from them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fill } from '../../assets/words/index';
import { ModelAssets } from '../model/asm/assemble';
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

/** All listings below assets/listings: `amd64/syscall.s` to its text. */
export function loadListings(assets: string): ModelAssets {
  const listings: Record<string, string> = {};
  const root = join(assets, 'listings');
  try {
    for (const arch of readdirSync(root)) {
      for (const file of readdirSync(join(root, arch))) {
        if (file.endsWith('.s')) listings[`${arch}/${file}`] = readFileSync(join(root, arch, file), 'utf8');
      }
    }
  } catch (error) {
    throw MissingAsset.of((words) => fill(words.noListings, { folder: root, why: String(error) }));
  }
  return new ModelAssets(listings);
}
