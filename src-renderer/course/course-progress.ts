/** How far we have come in the course, and what comes next. */
import type { LessonCard } from '../../src-main/contract/index';

/** By lesson: ids of the steps that have been seen. */
export type Progress = Readonly<Record<string, { readonly seen: readonly string[] }>>;

/** How many of a lesson's steps have been seen. */
export function seenOf({ id, steps }: Pick<LessonCard, 'id' | 'steps'>, progress: Progress): number {
  // Steps may have gone from the lesson since.
  return Math.min(steps, Object.hasOwn(progress, id) ? (progress[id]?.seen.length ?? 0) : 0);
}

/** Whether all of a lesson's steps have been seen. */
export const isDone = (card: Pick<LessonCard, 'id' | 'steps'>, progress: Progress): boolean => seenOf(card, progress) >= card.steps;

export interface GoingOn<Card> {
  card: Card;
  /** From 1, in the course's order. */
  number: number;
  seen: number;
  /** `begin`: no more than its first step has been seen; `next`: not a lesson that we were in; `goOn`: where we stopped. */
  way: 'begin' | 'next' | 'goOn';
}

/**
 * The lesson where we stopped; when that is done, the next one that is not, from there round to the beginning. When all are done, where we
 * stopped again. Null: there are no lessons.
 */
export function lessonToGoOnWith<Card extends Pick<LessonCard, 'id' | 'steps'>>(
  cards: readonly Card[],
  progress: Progress,
  here: string | null,
): GoingOn<Card> | null {
  const at = Math.max(
    0,
    cards.findIndex(({ id }) => id === here),
  );
  const inOrder = [...cards.slice(at), ...cards.slice(0, at)];
  const card = inOrder.find((each) => !isDone(each, progress)) ?? inOrder[0];
  if (!card) return null;
  const seen = seenOf(card, progress);
  const isHere = card.id === here;
  const isFirst = isHere ? seen <= 1 : cards.every((each) => seenOf(each, progress) === 0);
  return { card, number: cards.indexOf(card) + 1, seen, way: isFirst ? 'begin' : isHere || seen > 0 ? 'goOn' : 'next' };
}
