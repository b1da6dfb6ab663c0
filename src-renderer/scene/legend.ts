/** What each thing in the village stands for: printed on exported pictures, which have no story beside them. */
import { LANGUAGES, type Language } from '../../assets/words/index';
import { termsOn } from './glossary';

type Entry = Record<Language, readonly [village: string, runtime: string]>;

export const LEGEND: readonly Entry[] = termsOn('legend').map(
  ({ word, text }) => Object.fromEntries(LANGUAGES.map((language) => [language, [word[language], text[language]]])) as unknown as Entry,
);
