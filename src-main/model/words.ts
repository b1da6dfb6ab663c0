/** What is said to a person, declared once for the model, the formats, the contract and the window. */

/** The languages that everything is said in. A further one is a name here; the type check then lists every text that lacks it. */
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export const isLanguage = (word: unknown): word is Language => LANGUAGES.some((each) => each === word);

export type Text = Readonly<Record<Language, string>>;

/** The text whose sentence in each language `of` gives. */
export const textOf = (of: (language: Language) => string): Text =>
  Object.fromEntries(LANGUAGES.map((language) => [language, of(language)])) as Record<Language, string>;

/** The languages in which whoever writes a lesson or a scenario has to say everything. Another one may be left out: English stands in. */
export const WRITTEN = ['zh', 'en'] as const satisfies readonly Language[];

/** A text that a person wrote, with English where a language was left out. */
export function writtenText(said: Readonly<Record<(typeof WRITTEN)[number], string> & Partial<Record<Language, string>>>): Text {
  return textOf((language) => said[language] ?? said.en);
}

/** One fault in a file that a person wrote. */
export interface Fault {
  file: string;
  /** From 1. */
  line: number;
  column: number;
  /** One sentence, without file and place: what was found and what was expected. */
  message: Text;
  /** The likely word, when there is one. */
  suggestion: string | null;
}

/** What was asked for could not be had: why, and the faults if it was something that a person wrote. */
export interface Refused {
  ok: false;
  message: Text;
  faults?: readonly Fault[];
}

/** What was asked for, or why it could not be had. */
export type Result<T> = { ok: true; value: T } | Refused;

/** What a text that a person wrote says, or all of its faults: of a refused text nothing is used. */
export type Read<T extends object> = ({ ok: true } & T) | { ok: false; faults: Fault[] };
