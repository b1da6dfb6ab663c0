/** Where the timeline's commands lead. Pure. */
import type { LessonStop, TimelineCommandId } from '../../src-main/contract/index';
import { panned, type RunAxis, type Window, within, zoomed } from './timeline-scale';

export type Command = TimelineCommandId;

/** One press. */
const ZOOM = 1.5;
const PAN = 0.25;
/** Around a place that has no lesson step, steps on both sides. */
const AROUND_STEPS = 60;

export interface Place {
  axis: RunAxis;
  window: Window;
  n: number;
  stepCount: number;
  stops: readonly LessonStop[];
}

/** The part that is seen after the command; null: everything. */
export function commanded(command: Exclude<Command, 'measure'>, { axis, window, n, stepCount, stops }: Place): Window | null {
  const now = axis.placeOf(n);
  const middle = now >= window.from && now <= window.to ? now : (window.from + window.to) / 2;
  switch (command) {
    case 'zoomIn':
      return zoomed(window, 1 / ZOOM, middle, axis);
    case 'zoomOut':
      return zoomed(window, ZOOM, middle, axis);
    case 'earlier':
      return panned(window, -PAN, axis);
    case 'later':
      return panned(window, PAN, axis);
    case 'whole':
      return null;
    case 'toLessonStep': {
      const [from, to] = lessonPart(n, stepCount, stops);
      const [left, right] = [axis.placeOf(from), axis.placeOf(to)];
      const rim = (right - left) * 0.06;
      return within({ from: left - rim, to: right + rim }, axis);
    }
  }
}

/** From the lesson step we have come to up to the next one. */
function lessonPart(n: number, stepCount: number, stops: readonly LessonStop[]): [number, number] {
  if (stops.length === 0) return [Math.max(0, n - AROUND_STEPS), Math.min(stepCount, n + AROUND_STEPS)];
  const places = stops.map((stop) => stop.n);
  return [places.findLast((each) => each <= n) ?? 0, places.find((each) => each > n) ?? stepCount];
}
