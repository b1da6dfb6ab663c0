/** The five documents that lessons go by, in plain words. A lesson and its errata name them by number. */
import { fill, type Language, type Words, WORDS } from '../../assets/words/index';
import type { Erratum } from '../../src-main/contract/index';

type Documents = Words['documents'];

/** Numbers of the documents that have words of their own. */
type Known = { [K in keyof Documents]: K extends `about${infer Id}` ? Id : never }[keyof Documents];

const isKnown = (id: string, words: Documents): id is Known => Object.hasOwn(words, `about${id}`);

export function shortName(id: string, language: Language): string {
  const words = WORDS[language].documents;
  return isKnown(id, words) ? words[`short${id}`] : fill(words.other, { id });
}

/** Number and subject. */
export function fullName(id: string, language: Language): string {
  const { documents, language: marks } = WORDS[language];
  const short = shortName(id, language);
  return isKnown(id, documents) ? short + fill(marks.aside, { text: documents[`about${id}`] }) : short;
}

export const namesOf = (ids: readonly string[], language: Language): string =>
  ids.map((id) => shortName(id, language)).join(WORDS[language].language.and);

export interface ErrataGroups {
  /** What the lesson's own document says; `also`: further documents that say it, or null. */
  own: { erratum: Erratum; also: readonly string[] | null }[];
  /** What only others say; `from`: which. */
  others: { erratum: Erratum; from: readonly string[] }[];
}

export function errataGroups(errata: readonly Erratum[], lessonSources: readonly string[]): ErrataGroups {
  const groups: ErrataGroups = { own: [], others: [] };
  for (const erratum of errata) {
    const further = erratum.sources.filter((id) => !lessonSources.includes(id));
    if (further.length === erratum.sources.length && further.length > 0) groups.others.push({ erratum, from: further });
    else groups.own.push({ erratum, also: further.length === 0 ? null : further });
  }
  return groups;
}
