/** The most telling step of a lesson: where its idea can be seen at a glance. */
import type { Lesson, LessonStep } from '../formats/lesson';

/** The step that the lesson names; of one that names none the step that points at most things. null: it has no steps. */
export function tellingStep({ telling, steps }: Pick<Lesson, 'telling' | 'steps'>): LessonStep | null {
  const named = steps.find(({ id }) => id === telling);
  if (named) return named;
  return steps.reduce<LessonStep | null>((best, step) => (best === null || step.focus.length > best.focus.length ? step : best), null);
}
