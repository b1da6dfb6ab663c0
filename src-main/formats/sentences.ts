/**
 * Sentences about a run, assets/sentences/*.txt: each in every written language and in two voices, the village's words and Go's own. How to
 * write them: README.md beside this file. Pure and without packages, because the window reads its copy with it.
 */
import { type Language, LANGUAGES, WRITTEN } from '../model/words';

export const VOICES = ['village', 'go'] as const;
/** In whose words a sentence is told. */
export type Voice = (typeof VOICES)[number];

type Told = Partial<Record<Language, Record<Voice, string>>>;
export type Sentences = ReadonlyMap<string, Told>;

/** Reads one file. Throws with the line where something is wrong: the files are the product's own. */
export function readSentences(text: string, file = 'sentences'): Sentences {
  const sentences = new Map<string, Told>();
  let current: Told | null = null;
  for (const [i, raw] of text.split('\n').entries()) {
    const line = raw.trimEnd();
    if (line === '' || line.startsWith('#') || line.startsWith('==')) continue;
    const wrong = (why: string): Error => new Error(`${file}:${i + 1}: ${why}`);
    const [language, ...told] = line.split(' ¦ ');
    if (told.length === 0) {
      if (sentences.has(line)) throw wrong(`${line} is there already`);
      sentences.set(line, (current = {}));
      continue;
    }
    const known = LANGUAGES.find((each) => each === language);
    const [village, go] = told;
    if (!current || known === undefined || village === undefined || go === undefined || told.length !== VOICES.length)
      throw wrong('expected a language, then the sentence in the village’s words and in Go’s, between ¦');
    current[known] = { village, go };
  }
  for (const [id, told] of sentences)
    for (const language of WRITTEN) if (!told[language]) throw new Error(`${file}: ${id} lacks its sentences in ${language}`);
  return sentences;
}

/** What stands in a place: its text, and who it is when it is a thread, a P or a goroutine. */
export interface Value {
  text: string;
  id: string | null;
}
export type Values = Readonly<Record<string, Value | null>>;

/** A sentence's template; a language that has none of its own gets the English one. Throws when there is no such sentence. */
export function templateOf(sentences: Sentences, id: string, language: Language, voice: Voice): string {
  const told = sentences.get(id);
  const found = (told?.[language] ?? told?.en)?.[voice];
  if (found === undefined) throw new Error(`there is no sentence ${id}`);
  return found;
}

/** The names of a template's places; `needed`: those that lie outside of brackets. */
export function placesOf(template: string): { all: string[]; needed: string[] } {
  const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  return { all: names(template), needed: names(template.replace(/\[[^\]]*\]/g, '')) };
}

/** The sentence in parts. What stands between brackets is left out when one of its places has no value; a place outside of them may not lack its own. */
export function filledSentence(template: string, values: Values): Value[] {
  const parts: Value[] = [];
  const add = (text: string): void => {
    if (text !== '') parts.push({ text, id: null });
  };
  for (const [, optional, plain] of template.matchAll(/\[([^\]]*)\]|([^[\]]+)/g)) {
    const piece = optional ?? plain ?? '';
    if (optional !== undefined && placesOf(optional).all.some((name) => values[name] == null)) continue;
    for (const [, name, text] of piece.matchAll(/\{(\w+)\}|([^{}]+)/g)) {
      if (name === undefined) add(text ?? '');
      else {
        const value = values[name];
        if (value == null) throw new Error(`nothing stands for {${name}} in “${template}”`);
        parts.push(value);
      }
    }
  }
  return parts;
}

export const plainText = (parts: readonly Value[]): string => parts.map(({ text }) => text).join('');
