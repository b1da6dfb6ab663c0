/**
 * Everything that the product says, by language. A language is one file of words here (and the texts of the lessons), one line below, and
 * its name in `LANGUAGES`: settings, the command line and the page's lang attribute follow.
 */
import { type Language, LANGUAGES, type Text, textOf } from '../../src-main/model/words';
import en from './en';
import type { Readable } from './phrase';
import zh from './zh';

export { isLanguage, LANGUAGES, type Language, type Text } from '../../src-main/model/words';
export { fill, type Phrase } from './phrase';

const DICTIONARIES = { zh, en } as const satisfies Record<Language, object>;

/** Chinese is the language that the others are held against (see `Translation`). */
export type Words = Readable<typeof zh>;

// A phrase is a string at run time; its type keeps it from being printed before it is filled.
export const WORDS = DICTIONARIES as unknown as Readonly<Record<Language, Words>>;

/** The language that comes after this one, and after the last the first. */
export const nextLanguage = (language: Language): Language => LANGUAGES[(LANGUAGES.indexOf(language) + 1) % LANGUAGES.length] ?? language;

/** One text in every language, for a message whose reader is not known yet. */
export const inEveryLanguage = (said: (words: Words, language: Language) => string): Text =>
  textOf((language) => said(WORDS[language], language));
