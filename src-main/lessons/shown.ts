/** How places and values of a run are written in a fault. */
import { inEveryLanguage, type Words } from '../../assets/words/index';
import type { Json } from '../model/state';
import type { Anchor, Rows } from '../model/trace/anchors';
import type { Text } from '../model/words';

export const saying = (said: (words: Words['lessonProof']) => string): Text => inEveryLanguage(({ lessonProof }) => said(lessonProof));

const LONGEST = 80;

/** `retake / first, m: M1, occurrence: 2` */
export function placeText(at: Anchor | Rows): string {
  const { fn, at: row, g, m, after } = at;
  const occurrence = 'occurrence' in at && at.occurrence > 1 ? at.occurrence : undefined;
  const filters = Object.entries({ g, m, after, occurrence }).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
  return [`${fn} / ${row}`, ...filters].join(', ');
}

export function valueText(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
