/** The texts that the model needs from the product's assets. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fill } from '../../assets/words/index';
import { ModelAssets } from '../model/asm/assemble';
import { faultText } from '../formats/fault';
import { parseErrata } from '../formats/errata';
import type { LessonTables } from '../formats/lesson';
import { parseMisconceptions } from '../formats/misconceptions';
import { VERSIONS } from '../model/versions/profile';
import type { Read } from '../model/words';
import { findAssets, MissingAsset, unusable } from './find-assets';

export { findAssets, MissingAsset };

/** The version whose listings the others fall back on: their folder below assets/listings. */
const BASE = VERSIONS['1.14'].listings;

/** All listings below assets/listings, which holds VERSION/ARCH/FILE. */
export function loadListings(assets: string): ModelAssets {
  const root = join(assets, 'listings');
  try {
    const read = readdirSync(root).map((version) => [version, listingsIn(join(root, version))] as const);
    const base = read.find(([version]) => version === BASE);
    if (!base) throw new Error(`no folder ${BASE}`);
    return new ModelAssets(base[1], undefined, Object.fromEntries(read.filter((each) => each !== base)));
  } catch (error) {
    throw MissingAsset.of((words) => fill(words.noListings, { folder: root, why: String(error) }));
  }
}

/** The tables that lessons refer to. */
export function loadTables(assets: string): LessonTables {
  return {
    errata: readTable(join(assets, 'errata.yaml'), parseErrata).errata,
    misconceptions: readTable(join(assets, 'misconceptions.yaml'), parseMisconceptions).misconceptions,
  };
}

function readTable<T extends object>(file: string, parse: (text: string, file: string) => Read<T>): T {
  try {
    const parsed = parse(readFileSync(file, 'utf8'), file);
    if (parsed.ok) return parsed;
    throw new Error(parsed.faults.map((fault) => faultText(fault, 'en')).join('\n'));
  } catch (error) {
    throw unusable(file, error);
  }
}

/** `amd64/syscall.s` to its text. */
function listingsIn(folder: string): Record<string, string> {
  const listings: Record<string, string> = {};
  for (const arch of readdirSync(folder)) {
    for (const file of readdirSync(join(folder, arch))) {
      if (file.endsWith('.s')) listings[`${arch}/${file}`] = readFileSync(join(folder, arch, file), 'utf8');
    }
  }
  return listings;
}
