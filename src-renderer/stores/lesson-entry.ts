/** Where in a lesson and in its runs one begins. Pure. */
import type { OpenedLesson, OpenedRun, Settings } from '../../src-main/contract/index';

/** Where in a run to begin: after a trace step, or at a step of the lesson. */
export type Entry = { n: number } | { stop: string };

/** The trace step of an entry. */
export function traceStepOf(entry: Entry, stops: OpenedRun['stops']): number {
  return 'n' in entry ? entry.n : (stops.find((stop) => stop.id === entry.stop)?.n ?? 0);
}

/** A lesson begins at its first step, wherever in the run that stands; a scenario of one's own, without steps, at the run's beginning. */
export function entryOf({ lesson }: OpenedLesson, run: string, place: Settings['place'] = null): Entry {
  if (place?.run === run) return { n: place.n };
  const first = lesson.steps.find((step) => step.run === run);
  return first ? { stop: first.id } : { n: 0 };
}

/** The name of the run in which a lesson begins: that of its first step, which need not be the first one of its list. */
export function firstRunOf({ lesson, runs }: OpenedLesson): string | undefined {
  return lesson.steps[0]?.run ?? runs[0]?.name;
}
