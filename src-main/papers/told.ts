/**
 * A lesson's texts on a paper. Those of a lesson that is written in the other language only stand in for the paper's own: they are marked with
 * their language, for whoever reads them aloud, parts their words at the end of a line, or chooses their type.
 */
import { type Language, WORDS } from '../../assets/words/index';
import type { Lesson } from '../formats/lesson';
import type { Text } from '../model/words';
import { type Html, html, prose, text } from './html';

export interface Told {
  /** A title. */
  text: (said: Text) => Html;
  /** With code between backticks. */
  prose: (said: Text) => Html;
  /** The paper's own sentence, with a title in its place. `sentence`: how it is with whatever stands there. */
  titled: (sentence: (place: string) => string, title: Text) => Html;
}

/** Where in a sentence a title comes: no sentence has it. */
const PLACE = '\0';

export function toldIn({ language: only }: Pick<Lesson, 'language'>, language: Language): Told {
  const tag = only !== null && only !== language ? WORDS[only].language.tag : null;
  // What comes from a table of the product's, such as an erratum, is there in both, whatever the lesson is written in.
  const marked = (said: Text, written: Html): Html =>
    tag === null || only === null || said[only] !== said[language] ? written : html`<span lang="${text(tag)}">${written}</span>`;
  const told = {
    text: (said: Text) => marked(said, text(said[language])),
    prose: (said: Text) => marked(said, prose(said[language])),
  };
  const titled: Told['titled'] = (sentence, title) => text(sentence(PLACE)).replace(PLACE, () => told.text(title)) as Html;
  return { ...told, titled };
}
