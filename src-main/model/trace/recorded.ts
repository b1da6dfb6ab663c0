/**
 * What is known of a run that was recorded from a real program (imports/recorded-run.ts): most fields of a state are in no trace, and some of
 * those that are shown are inferred. One table for the code that makes such runs, shows them, or describes them.
 */
import type { Json, Step, State } from '../state';

/** Execution traces do not say how many threads there are; our runs have one from the beginning, and reports of schedtrace count them. */
export const isRecorded = (state: State): boolean => state.sched.mcount === 0;

/** Fields that a recording contains, by table. */
const TOLD: Readonly<Record<string, ReadonlySet<string>>> = {
  G: new Set(['name', 'system', 'goid', 'status', 'm', 'waitreason', 'frames', 'lines']),
  M: new Set(['name', 'role', 'curg', 'p', 'oldp', 'preemptoff']),
  P: new Set(['status', 'm']),
};

/** Fields that are inferred, by table. */
const WORKED_OUT: Readonly<Record<string, ReadonlySet<string>>> = {
  M: new Set(['parked', 'blocked']),
  P: new Set(['runq', 'runnext']),
  sched: new Set(['runq', 'midle', 'pidle', 'gcwaiting']),
};

/** `told`: in the recording. `assumed`: inferred. `unknown`: neither, and the value in the state means nothing. */
export type Known = 'told' | 'assumed' | 'unknown';

/** What is known of a field; `value`: its present value. */
export function knownOf(table: string, field: string, value: unknown): Known {
  // A trace says that a P is idle, not that it stopped because the world stops.
  if (table === 'P' && field === 'status' && value === '_Pgcstop') return 'assumed';
  if (TOLD[table]?.has(field) === true) return 'told';
  return WORKED_OUT[table]?.has(field) === true ? 'assumed' : 'unknown';
}

/** Whether the cause of the event is inferred: no trace says which function took a P. */
export const isCauseAssumed = ({ ev }: Pick<Step, 'ev'>): boolean => ev === 'ProcSteal';

/** The call path of the step's own goroutine, outermost first; null: the step has none. */
export function toldFrames({ g, set }: Pick<Step, 'g' | 'set'>): readonly string[] | null {
  const found = g === null ? undefined : set.find(([path]) => path === `G.${g}.frames`);
  const frames: Json | undefined = found?.[2];
  return Array.isArray(frames) && frames.length > 0 ? (frames as string[]) : null;
}
