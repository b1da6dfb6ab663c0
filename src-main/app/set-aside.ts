/** A file of a person's own that cannot be read goes out of the way of the next write, under another name, and that is told: nothing of it is lost. */
import { rename } from 'node:fs/promises';
import { fill, inEveryLanguage, type Phrase, type Words } from '../../assets/words/index';
import type { Text } from '../model/words';

export interface SetAside {
  /** false: it could not be moved, so it must not be written over. */
  isMoved: boolean;
  told: Text;
}

/** What is said of a file that now has the name `aside`, and of one that could not be moved, with why (`failed`). */
export interface SaidOfIt {
  moved: (words: Words) => Phrase<'file' | 'aside' | 'why'>;
  stuck: (words: Words) => Phrase<'file' | 'failed' | 'why'>;
}

const OF_ANY: SaidOfIt = { moved: ({ installed }) => installed.fileRenamed, stuck: ({ installed }) => installed.fileStuck };

/** `why`: what is wrong with it. Never throws. */
export async function setAside(file: string, why: Text, said = OF_ANY): Promise<SetAside> {
  const aside = `${file}.broken-${Date.now()}`;
  try {
    await rename(file, aside);
    return { isMoved: true, told: inEveryLanguage((words, language) => fill(said.moved(words), { file, aside, why: why[language] })) };
  } catch (error) {
    const failed = error instanceof Error ? error.message : String(error);
    return { isMoved: false, told: inEveryLanguage((words, language) => fill(said.stuck(words), { file, failed, why: why[language] })) };
  }
}
