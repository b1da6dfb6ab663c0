/** What the model says, in words. A message without words, or words with a place that the message does not fill, is a type error here. */
import { fill, inEveryLanguage, type Phrase, type Text, type Words } from '../../assets/words/index';
import type { Message, Messages } from '../model/message';

type Place<K extends keyof Messages> = keyof Messages[K] & string;
type Complete = { readonly [K in keyof Messages]: string | Phrase<Place<K>> };

/** Any message is filled in the same way: every place has the name of one of its own fields. */
const phrases = (words: Words): Readonly<Record<string, Phrase<string>>> => {
  const complete: Complete = words.model;
  return complete as Readonly<Record<string, Phrase<string>>>;
};

export const textOfMessage = ({ key, ...values }: Message): Text =>
  inEveryLanguage((words) => fill(phrases(words)[key] as Phrase<string>, values as Readonly<Record<string, string | number>>));
