/** A lesson to begin with: the commented one of the product's assets, in a new folder. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fill } from '../../assets/words/index';
import type { Result } from '../model/words';
import { findAssets } from './find-assets';
import { done, refusalOf, refuse } from './refusal';
import { makeFolder } from './write-file';

/** An id from a folder's name, where that has letters for one. */
export function idFrom(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return id === '' ? 'my-lesson' : id;
}

/** Writes it into a folder that is not there yet, or is empty. The folder. */
export async function newLesson(folder: string, assets = findAssets()): Promise<Result<string>> {
  try {
    await makeFolder(folder);
    if ((await readdir(folder)).length > 0) return refuse((words) => fill(words.folderNotEmpty, { folder }));
    const template = join(assets, 'lesson-template');
    for (const name of await readdir(template)) {
      const text = await readFile(join(template, name), 'utf8');
      await writeFile(
        join(folder, name),
        name === 'lesson.yaml' ? text.replace(/^id: my-lesson$/m, `id: ${idFrom(basename(folder))}`) : text,
        {
          flag: 'wx',
        },
      );
    }
    return done(folder);
  } catch (error) {
    return refusalOf(error);
  }
}
