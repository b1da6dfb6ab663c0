/** The documents that lessons go by, in plain words: five by their numbers, and those that a lesson brings itself. Its errata name them the same way. */
import { fill, type Language, type Words, WORDS } from '../../assets/words/index';
import type { Erratum, ErratumPlace, Lesson } from '../../src-main/contract/index';

type Documents = Words['documents'];

/** Numbers of the documents that have words of their own. */
type Known = { [K in keyof Documents]: K extends `about${infer Id}` ? Id : never }[keyof Documents];

const isKnown = (id: string, words: Documents): id is Known => Object.hasOwn(words, `about${id}`);

/** `own`: the documents that a lesson brings itself. */
export function shortName(id: string, language: Language, own: Lesson['documents'] = {}): string {
  const words = WORDS[language].documents;
  return isKnown(id, words) ? words[`short${id}`] : (own[id]?.title[language] ?? fill(words.other, { id }));
}

/** Number and subject. */
export function fullName(id: string, language: Language, own: Lesson['documents'] = {}): string {
  const { documents, language: marks } = WORDS[language];
  const short = shortName(id, language, own);
  return isKnown(id, documents) ? short + fill(marks.aside, { text: documents[`about${id}`] }) : short;
}

/** `166` and `16-18, 21` as people write them. */
export function linesText(lines: string, language: Language): string {
  const { documents, language: marks } = WORDS[language];
  const written = lines.replaceAll('-', '–').replaceAll(', ', marks.comma);
  return fill(/^\d+$/.test(lines) ? documents.line : documents.lines, { lines: written });
}

export interface ToldErratum {
  erratum: Erratum;
  /** False: only other documents than the lesson’s say so. */
  isOwn: boolean;
}

/** First what the lesson’s own documents say, then what only others do. An erratum’s places are put in the same order. */
export function erratumOrder(errata: readonly Erratum[], lessonSources: readonly string[]): ToldErratum[] {
  const isOwnPlace = ({ document }: ErratumPlace): boolean => lessonSources.includes(document);
  const told = errata.map((erratum): ToldErratum => {
    const places = [...erratum.places.filter(isOwnPlace), ...erratum.places.filter((place) => !isOwnPlace(place))];
    return { erratum: { ...erratum, places }, isOwn: places.some(isOwnPlace) };
  });
  return [...told.filter(({ isOwn }) => isOwn), ...told.filter(({ isOwn }) => !isOwn)];
}
