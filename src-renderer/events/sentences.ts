/** The sentences that come with the product: assets/sentences. Read when they are first needed. */
import { readSentences, type Sentences } from '../../src-main/contract/index';

const TEXTS: Record<string, string> = import.meta.glob('../../assets/sentences/*.txt', { query: '?raw', import: 'default', eager: true });

const read = new Map<string, Sentences>();

/** `file`: its name without ending. */
export function sentencesOf(file: 'events' | 'why'): Sentences {
  let found = read.get(file);
  if (!found) {
    const [path, text] = Object.entries(TEXTS).find(([each]) => each.endsWith(`/${file}.txt`)) ?? [];
    if (path === undefined || text === undefined) throw new Error(`assets/sentences has no ${file}.txt`);
    read.set(file, (found = readSentences(text, path)));
  }
  return found;
}
