/** Progress in a lesson, and the score of its questions. Pure. */
import type { LessonProgress, LessonStep } from '../../src-main/contract/index';

export interface Score {
  /** Steps that have been seen. */
  seen: number;
  steps: number;
  questions: number;
  /** Questions that have been answered or revealed. */
  answered: number;
  right: number;
  /** Everything has been seen, and every question answered. */
  isDone: boolean;
}

export function scoreOf(steps: readonly LessonStep[], { seen, asked }: LessonProgress): Score {
  const questions = steps.filter(({ ask }) => ask !== null);
  const told = questions.filter(({ id }) => asked[id]?.isRevealed === true);
  const right = told.filter(({ id, ask }) => choiceOf(asked[id]) === ask?.answer);
  const all = new Set(seen);
  const count = steps.filter(({ id }) => all.has(id)).length;
  return {
    seen: count,
    steps: steps.length,
    questions: questions.length,
    answered: told.length,
    right: right.length,
    isDone: steps.length > 0 && count === steps.length && told.length === questions.length,
  };
}

/** The index of the choice; null: nothing was chosen. */
export function choiceOf(asked: LessonProgress['asked'][string] | undefined): number | null {
  const at = asked?.votes.at(-1)?.counts.indexOf(1) ?? -1;
  return at < 0 ? null : at;
}
