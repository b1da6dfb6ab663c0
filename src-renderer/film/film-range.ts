/** The part of a run that a film shows when nobody has said which. Pure. */
import type { FilmRange, LessonStop } from '../../src-main/contract/index';

/** More would be a long film of something that nobody has chosen. */
const MOST_STEPS = 40;

/** On the way to the lesson step that is shown, or onwards where there is none. `last`: the last step that may be seen. */
export function likelyRange(n: number, last: number, stops: readonly LessonStop[]): Pick<FilmRange, 'from' | 'to'> {
  const behind = stops.filter((stop) => stop.n <= n);
  const here = behind.at(-1)?.n;
  if (here === undefined) return { from: Math.min(n, last), to: Math.min(n + MOST_STEPS, last) };
  const before = behind.findLast((stop) => stop.n < here)?.n ?? 0;
  return { from: Math.max(before, here - MOST_STEPS), to: here };
}

/** The lesson's steps in it. */
export const stopsIn = ({ from, to }: Pick<FilmRange, 'from' | 'to'>, stops: readonly LessonStop[]): number[] => [
  ...new Set(stops.map(({ n }) => n).filter((n) => n >= from && n <= to)),
];
