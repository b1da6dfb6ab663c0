/** Runs at the end of the build: computes the beginning of the first lesson (app/prepared-beginning.ts). */
import { join } from 'node:path';
import { findAssets } from '../app/asset-folder';
import { Player } from '../app/player';
import { preparedText, stampText } from '../app/prepared-beginning';
import { writeFileWhole } from '../app/write-file';

const beginning = await new Player(() => undefined).handlers.begin({ lesson: null, place: null });
if (beginning.opened?.ok !== true) throw new Error(`the first lesson cannot be opened: ${JSON.stringify(beginning.opened)}`);
const assets = findAssets();
for (const { file, text } of [preparedText(assets, beginning), stampText(assets)])
  await writeFileWhole(join(import.meta.dirname, file), text);
