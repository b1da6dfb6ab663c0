/** What the model says, in words. A message without words, or words with a place that the message does not fill, is a type error here. */
import { fill, inEveryLanguage, type Phrase, type Text, type Words } from '../../assets/words/index';
import type { Message, Messages, ModelFault } from '../model/message';
import type { Fault } from '../model/words';

type Place<K extends keyof Messages> = keyof Messages[K] & string;
type Complete = { readonly [K in keyof Messages]: string | Phrase<Place<K>> };

/** Any message is filled in the same way: every place has the name of one of its own fields. */
const phrases = (words: Words): Readonly<Record<string, Phrase<string>>> => {
  const complete: Complete = words.model;
  return complete as Readonly<Record<string, Phrase<string>>>;
};

type Value = Messages[keyof Messages] extends infer M ? (M extends unknown ? M[keyof M] : never) : never;

function said(words: Words, value: Value): string {
  if (Array.isArray(value)) return value.map((each: string | Message) => said(words, each)).join(words.language.comma);
  return typeof value === 'object' ? sentence(words, value as Message) : String(value);
}

function sentence(words: Words, { key, ...values }: Message): string {
  const filled = Object.fromEntries(Object.entries(values).map(([place, value]) => [place, said(words, value as Value)]));
  return fill(phrases(words)[key] as Phrase<string>, filled);
}

export const textOfMessage = (message: Message): Text => inEveryLanguage((words) => sentence(words, message));

/** A fault of the model's in words. */
export const faultOfModel = (fault: ModelFault): Fault => ({ ...fault, message: textOfMessage(fault.message) });
