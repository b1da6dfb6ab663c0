/**
 * What is known of a run that a real program has recorded (imports/recorded-run.ts): most of a state's fields no trace tells, and of those
 * that are shown some are worked out. One table for whoever makes such runs, shows them, or tells of them.
 */
import type { Json, Step, State } from '../state';

/** An execution trace does not tell how many threads there are; in a run of ours there is one from the beginning, and a report of schedtrace counts them. */
export const isRecorded = (state: State): boolean => state.sched.mcount === 0;

/** By table: fields that a recording tells. */
const TOLD: Readonly<Record<string, ReadonlySet<string>>> = {
  G: new Set(['name', 'system', 'goid', 'status', 'm', 'waitreason', 'frames', 'lines']),
  M: new Set(['name', 'role', 'curg', 'p', 'oldp', 'preemptoff']),
  P: new Set(['status', 'm']),
};

/** By table: fields that are worked out. */
const WORKED_OUT: Readonly<Record<string, ReadonlySet<string>>> = {
  M: new Set(['parked', 'blocked']),
  P: new Set(['runq', 'runnext']),
  sched: new Set(['runq', 'midle', 'pidle', 'gcwaiting']),
};

/** `told`: the recording says so. `assumed`: worked out. `unknown`: nothing is known of it, and what stands there means nothing. */
export type Known = 'told' | 'assumed' | 'unknown';

/** A field by its table and name; `value`: what stands there. */
export function knownOf(table: string, field: string, value: unknown): Known {
  // That a P stops for somebody who has stopped the world is not told, only that it is idle.
  if (table === 'P' && field === 'status' && value === '_Pgcstop') return 'assumed';
  if (TOLD[table]?.has(field) === true) return 'told';
  return WORKED_OUT[table]?.has(field) === true ? 'assumed' : 'unknown';
}

/** Whether why the event came about is worked out, too: of a P that is taken nobody tells by which function. */
export const isCauseAssumed = ({ ev }: Pick<Step, 'ev'>): boolean => ev === 'ProcSteal';

/** The call path that a step tells: that of the goroutine which takes it, outermost first; null: it tells none. */
export function toldFrames({ g, set }: Pick<Step, 'g' | 'set'>): readonly string[] | null {
  const found = g === null ? undefined : set.find(([path]) => path === `G.${g}.frames`);
  const frames: Json | undefined = found?.[2];
  return Array.isArray(frames) && frames.length > 0 ? (frames as string[]) : null;
}
