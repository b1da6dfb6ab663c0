/** A fact of a chain of causes in words. Pure. */
import { filledSentence, placesOf, templateOf, type Sentences, type Value, type Values } from '../../formats/sentences';
import type { Json } from '../../model/state';
import { type Naming, partOf } from '../events/told';
import type { LaneId } from '../followed-state';
import { shortPath, type WhyRead } from './reads';
import type { WhyLink } from './chain';

export interface WhyNaming extends Naming {
  /** assets/sentences/why.txt; `sentences` are the events', whose names for what is waited for are the same. */
  reasons: Sentences;
}

function valuesOf(link: WhyLink, naming: Naming): Values {
  const who = (id: LaneId | null): Value | null => (id === null ? null : { text: naming.nameOf(id), id });
  const text = (said: string): Value | null => (said === '' ? null : { text: said, id: null });
  return {
    m: who(link.m),
    g: who(link.g),
    p: who(link.p),
    other: who(link.other),
    m2: who(link.m2),
    dt: link.dt === null ? null : text(naming.timeText(link.dt)),
    object: text(link.object),
    value: text(jsonWord(link.value)),
    row: text(link.row),
    waitsfor: link.reason === '' ? null : text(partOf(naming, 'reason', link.reason)),
  };
}

/** A value as people write it: text without quotes unless it is empty, everything else as JSON. */
export const jsonWord = (value: Json): string => (typeof value === 'string' && value !== '' ? value : JSON.stringify(value));

/** `sched.nmspinning = 0`. */
export const readText = ({ path, value }: WhyRead): string => `${shortPath(path)} = ${jsonWord(value)}`;

export function whySentence(link: WhyLink, naming: WhyNaming): Value[] {
  // At the start nobody had done anything yet.
  const template = templateOf(naming.reasons, link.type, naming.language, naming.voice);
  const values = valuesOf(link, naming);
  // “For 0 ns” tells nobody anything; where the sentence is about how long it was, it stays.
  const isSilent = link.dt === 0 && !placesOf(template).needed.includes('dt');
  return filledSentence(template, isSilent ? { ...values, dt: null } : values);
}
