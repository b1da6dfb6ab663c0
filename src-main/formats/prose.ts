/** Prose that a person wrote for a lesson, in every language: code in it stands between backticks. */
import { fill } from '../../assets/words/index';
import { type Language, type Text, textOf } from '../model/words';
import { readText } from './head';
import type { Node, Said, YamlSource } from './yaml-source';

/** Each mark is closed in its own line, and there is something in it. */
const isMarkedWell = (text: string): boolean => !text.includes('``') && text.split('\n').every((line) => line.split('`').length % 2 === 1);

/** What is wrong with the code marks of a text; null: nothing. */
export const wrongMarks = (what: string): ((text: string) => Said | null) => {
  return (text) => (isMarkedWell(text) ? null : (w) => fill(w.openMark, { what }));
};

/** `only`: see readText. Nothing where the key is missing: that has been said already. */
export function readProse(source: YamlSource, node: Node | null, what: string, only: Language | null = null): Text {
  if (node === null) return textOf(() => '');
  return readText(source, node, what, wrongMarks(what), only);
}
