/** An event in words: what stands in the places of its sentence. Pure. */
import { filledSentence, placesOf, type Sentences, templateOf, type Value, type Values, type Voice } from '../../formats/sentences';
import type { Language } from '../../model/words';
import type { LaneId } from '../followed-state';
import type { RunEvent } from './events';

/** How whoever tells it names things. */
export interface Naming {
  sentences: Sentences;
  language: Language;
  voice: Voice;
  nameOf: (id: LaneId) => string;
  /** Virtual time, ns. */
  timeText: (ns: number) => string;
}

/** A part of a sentence that has an id of its own, such as what a goroutine waits for; Go's own word where the village has none. */
export function partOf({ sentences, language, voice }: Naming, kind: 'source' | 'reason', word: string): string {
  const id = `${kind}.${word}`;
  return sentences.has(id) ? templateOf(sentences, id, language, voice) : word;
}

export function valuesOf(event: RunEvent, naming: Naming): Values {
  const who = (id: LaneId | null): Value | null => (id === null ? null : { text: naming.nameOf(id), id });
  const text = (said: string): Value | null => (said === '' ? null : { text: said, id: null });
  return {
    who: who(event.g ?? event.m),
    m: who(event.m),
    p: who(event.p),
    g: who(event.g),
    other: who(event.other),
    m2: who(event.m2),
    p2: who(event.p2),
    dt: event.dt === null ? null : text(naming.timeText(event.dt)),
    count: event.count === null ? null : text(String(event.count)),
    object: text(event.object),
    reason: text(event.reason),
    waitsfor: event.reason === '' ? null : text(partOf(naming, 'reason', event.reason)),
    source: { text: event.source === '' ? '' : partOf(naming, 'source', event.source), id: null },
  };
}

export function eventSentence(event: RunEvent, naming: Naming): Value[] {
  return filledSentence(templateOf(naming.sentences, event.type, naming.language, naming.voice), valuesOf(event, naming));
}

/**
 * As `eventSentence`; null while it cannot be told yet. Whoever asks for the events of a run that is still being gone through gets the last of each
 * thread as it is so far: that a goroutine is to be run, say, and not which one.
 */
export function eventSoFar(event: RunEvent, naming: Naming): Value[] | null {
  const values = valuesOf(event, naming);
  const { needed } = placesOf(templateOf(naming.sentences, event.type, naming.language, naming.voice));
  return needed.every((name) => values[name] != null) ? eventSentence(event, naming) : null;
}
