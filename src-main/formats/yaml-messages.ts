/** What the YAML library finds wrong, in our words: its own texts exist in English only. `said` is its text, for what we did not foresee. */
import type { ErrorCode } from 'yaml';
import { fill, inEveryLanguage, type Text, type Words, WORDS } from '../../assets/words/index';

type Known = Extract<ErrorCode, keyof Words['yaml']>;

const isKnown = (code: ErrorCode): code is Known => Object.hasOwn(WORDS.en.yaml, code);

/** The text of a fault of the library's. */
export const yamlMessage = (code: ErrorCode, said: string): Text =>
  inEveryLanguage(({ yaml }) => (isKnown(code) ? yaml[code] : fill(yaml.other, { said })));
