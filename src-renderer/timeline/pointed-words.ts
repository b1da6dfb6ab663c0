/** What is said of a place on the timeline: of a lane there, under the pointer, and of where the red line stands. Pure. */
import { fill, type Language, WORDS } from '../../assets/words/index';
import type { Lane, LaneId, Step, Who } from '../../src-main/contract/index';
import { formatNs } from './format-ns';
import { kindWord } from './kind-words';
import { groupOf, type Names, spanAt, wordsFor } from './lane-words';
import type { RunAxis } from './timeline-scale';

/** A lane as far as it is known; undefined: nothing of it has been read. */
export type KnownLane = { lane: Lane; who: readonly Who[]; from: number; to: number } | undefined;

export interface PlaceWords {
  axis: Pick<RunAxis, 'placeOf' | 'nsAt'>;
  /** What comes behind this step is still to be guessed. */
  lastStep: number;
  names: Names;
  language: Language;
}

/** What a lane shows at a place: what is done, by whom, and how long all in all. */
export function stateAt(id: LaneId, known: KnownLane, place: number, { axis, lastStep, names, language }: PlaceWords): string {
  const words = WORDS[language].timeline;
  if (place > axis.placeOf(lastStep)) return words.unseen;
  if (!known) return words.unread;
  const found = spanAt(known.lane, known.who, place);
  if (!found) return words.nothing;
  if (found.kind === null) return words.mixed;
  const whom = found.who ? (wordsFor(found.who, names)[0] ?? '') : '';
  // A span that is all that is known of the lane, or is not over, may last longer.
  const isWhole = found.to <= axis.placeOf(lastStep) && found.to - found.from < known.to - known.from;
  const lastsNs = (axis.nsAt(found.to) ?? 0) - (axis.nsAt(found.from) ?? 0);
  const long = isWhole ? formatNs(Math.max(0, lastsNs)) : '';
  return [kindWord(found.kind, language, groupOf(id)), whom, long].filter((each) => each !== '').join(' · ');
}

/** What a listener hears of where the red line stands: the lesson's own words, or whose step it is. */
export function lineWords(
  { n, nowNs, step, title }: { n: number; nowNs: number; step: Pick<Step, 'm' | 'p' | 'g'> | null; title: string | undefined },
  language: Language,
): string {
  const words = WORDS[language].timeline;
  const value = fill(words.valueText, { n, time: formatNs(nowNs) });
  const what = title ?? [step?.m, step?.p, step?.g].filter((id) => typeof id === 'string').join(' · ');
  return what === '' ? value : fill(words.valueOf, { value, what });
}
