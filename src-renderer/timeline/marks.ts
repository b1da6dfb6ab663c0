/** Marks of the timeline that people have put there: what each says, and whom its card tells of. Pure. */
import type { LessonStop } from '../../src-main/contract/index';

/** A step of the lesson, at its place in the run. */
export interface Stop extends LessonStop {
  title: string;
  /** A place in the state; without one it has no card. */
  path?: string | undefined;
}

/** A bookmark. */
export interface Mark {
  n: number;
  note: string;
  path?: string | undefined;
}

/** The first of what a lesson's step is about that has a card: `P0`, `P.P0.runnext`; what the village alone has (`forest`) has none. */
export function pathInFocus(focus: readonly string[]): string | undefined {
  const found = focus.find((each) => /^[GMP]\d+$/.test(each) || each.includes('.'));
  return found === undefined || found.includes('.') ? found : `${found.charAt(0)}.${found}`;
}

/** A mark is hit from so far, px. */
const HIT_PX = 12;

/** The mark that a press there means; null: none is near. `marks`: step numbers. */
export function markNear(marks: readonly number[], toPx: (n: number) => number, px: number): number | null {
  const [near] = marks.map((n) => ({ n, off: Math.abs(toPx(n) - px) })).sort((a, b) => a.off - b.off);
  return near && near.off <= HIT_PX ? near.n : null;
}
