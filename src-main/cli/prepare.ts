/** Runs at the end of the build: computes the beginning of the first lesson (app/prepared-beginning.ts). */
import { join } from 'node:path';
import { findAssets } from '../app/asset-folder';
import { Player } from '../app/player';
import { preparedText } from '../app/prepared-beginning';
import { writeFileWhole } from '../app/write-file';

const beginning = await new Player(() => undefined).handlers.begin({ lesson: null, place: null });
if (beginning.opened?.ok !== true) throw new Error(`the first lesson cannot be opened: ${JSON.stringify(beginning.opened)}`);
const { file, text } = preparedText(findAssets(), beginning);
await writeFileWhole(join(import.meta.dirname, file), text);
