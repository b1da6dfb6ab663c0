/** What the kinds of spans are called, and where each is seen. Pure. */
import type { Language } from '../../assets/words/index';
import { WORDS } from '../../assets/words/index';
import { type LaneGroup, SPAN_KINDS, type SpanKind } from '../../src-main/contract/index';
import { written } from '../scene/glossary';

/** What each kind of span is called is what somebody in the village is doing then. */
const TERMS = {
  running: 'parent.home',
  syscall: 'parent.hunting',
  scheduling: 'parent.desk',
  spinning: 'parent.roaming',
  watch: 'parent.watch',
  stopped: 'door.sealed',
  runnable: 'child.waiting',
  waiting: 'child.asleep',
} as const satisfies Record<SpanKind, string>;

const SEEN = {
  P: ['running', 'syscall', 'scheduling', 'spinning', 'stopped'],
  M: ['running', 'syscall', 'scheduling', 'spinning', 'watch'],
  G: ['running', 'syscall', 'runnable', 'waiting'],
} as const satisfies Record<LaneGroup, readonly SpanKind[]>;

/** The kinds that lanes of these groups may show. */
export const kindsOf = (groups: readonly LaneGroup[]): SpanKind[] =>
  SPAN_KINDS.filter((kind) => groups.some((group) => (SEEN[group] as readonly SpanKind[]).includes(kind)));

export function kindWord(kind: SpanKind, language: Language, group?: LaneGroup): string {
  const own = WORDS[language].timeline.kindG;
  return group === 'G' && (kind === 'running' || kind === 'syscall') ? own[kind] : written(TERMS[kind], 'timeline')[language];
}

/** In a word, for a span of somebody without a goroutine; '' where the lane itself says it. */
export const doingWord = (kind: SpanKind, language: Language): string =>
  kind === 'scheduling' || kind === 'spinning' ? written(TERMS[kind], 'card')[language] : '';
