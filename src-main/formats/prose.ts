/** Prose that a person wrote for a lesson, in every language: code in it stands between backticks. */
import { fill } from '../../assets/words/index';
import { type Text, textOf } from '../model/words';
import { readText } from './head';
import type { Node, YamlSource } from './yaml-source';

/** Each mark is closed in its own line, and there is something in it. */
const isMarkedWell = (text: string): boolean => !text.includes('``') && text.split('\n').every((line) => line.split('`').length % 2 === 1);

/** Nothing where the key is missing: that has been said already. */
export function readProse(source: YamlSource, node: Node | null, what: string): Text {
  if (node === null) return textOf(() => '');
  return readText(source, node, what, (text) => (isMarkedWell(text) ? null : (w) => fill(w.openMark, { what })));
}
