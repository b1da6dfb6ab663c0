/** The most telling step of each lesson of the course: where its idea can be seen at a glance. */
import type { Lesson, LessonStep } from '../formats/lesson';

export const TELLING: Readonly<Record<string, string>> = {
  hunting: 'asleep',
  call: 'no-seventh',
  'line-by-line': 'huge',
  'four-listings': 'lamp-on',
  watchman: 'leave',
  'without-notice': 'bell',
  book: 'wrong-line',
  'own-paths': 'by-the-box',
  'post-and-hourglass': 'one-is-enough',
  openfile: 'loud',
  bound: 'outside',
  cleaning: 'sealed',
  'one-life': 'half',
  entering: 'seal',
  'fast-ways': 'lit',
  'slow-way': 'same-moment',
  'stay-number': 'back-first',
  'keys-first': 'to-whom',
  chronicle: 'no-pen',
  abroad: 'given-back',
  'too-many': 'one-more',
  errata: 'who-took-it',
};

/** Of a lesson that is not in the table: the step that points at most things. null: it has no steps. */
export function tellingStep({ id, steps }: Pick<Lesson, 'id' | 'steps'>): LessonStep | null {
  const known = steps.find((step) => step.id === TELLING[id]);
  if (known) return known;
  return steps.reduce<LessonStep | null>((best, step) => (best === null || step.focus.length > best.focus.length ? step : best), null);
}
