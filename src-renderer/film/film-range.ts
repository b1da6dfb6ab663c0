/** The part of a run that the film dialog suggests. Pure. */
import type { FilmRange, LessonStop } from '../../src-main/contract/index';

/** A suggestion is no longer than this. */
const MOST_STEPS = 40;

/** The way to the lesson step that is shown, from the first one to the next, or onwards from n when there is none. `last`: the last step that may be seen. */
export function likelyRange(n: number, last: number, stops: readonly LessonStop[]): Pick<FilmRange, 'from' | 'to'> {
  const behind = stops.filter((stop) => stop.n <= n);
  const here = behind.at(-1)?.n;
  if (here === undefined) return { from: Math.min(n, last), to: Math.min(n + MOST_STEPS, last) };
  const before = behind.findLast((stop) => stop.n < here)?.n ?? 0;
  if (before === here) {
    const next = stops.find((stop) => stop.n > here)?.n ?? last;
    return { from: here, to: Math.min(next, here + MOST_STEPS, last) };
  }
  return { from: Math.max(before, here - MOST_STEPS), to: here };
}

/** Trace steps in the range at which the lesson stops. */
export const stopsIn = ({ from, to }: Pick<FilmRange, 'from' | 'to'>, stops: readonly LessonStop[]): number[] => [
  ...new Set(stops.map(({ n }) => n).filter((n) => n >= from && n <= to)),
];
