/** A file of a person's own that cannot be read goes out of the way of the next write, under another name, and that is told: nothing of it is lost. */
import { rename } from 'node:fs/promises';
import { fill, inEveryLanguage } from '../../assets/words/index';
import type { Text } from '../model/words';

export interface SetAside {
  /** false: it could not be moved, so it must not be written over. */
  isMoved: boolean;
  told: Text;
}

export async function setAside(file: string): Promise<SetAside> {
  const aside = `${file}.broken-${Date.now()}`;
  try {
    await rename(file, aside);
    return { isMoved: true, told: inEveryLanguage(({ installed }) => fill(installed.fileRenamed, { file, aside })) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { isMoved: false, told: inEveryLanguage(({ installed }) => fill(installed.fileStuck, { file, why })) };
  }
}
