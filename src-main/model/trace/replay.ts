/**
 * Replay: a state is moved one step forward or back by its `set` list alone. Knows nothing of the model that made the trace.
 */
import { plainJson } from './queue-versions';
import type { Change, Json, State, Step } from '../state';
import { keysOf } from '../state-path';

type Tree = { [key: string]: unknown };

/** Tables whose members come during a run: one whose value was null did not exist. */
const TABLES = /^(G|M|kernel\.(fds|objects|mem)|G\.[^.]+\.stack)$/;

/** A dotted path, taken apart. */
export interface Place {
  path: string;
  /** The keys before the last one. */
  way: readonly string[];
  last: string;
  /** A member of a table whose members come during a run. */
  isMember: boolean;
}

export function placeOf(path: string): Place {
  const way = keysOf(path);
  const last = way.pop() ?? '';
  return { path, way, last, isMember: TABLES.test(way.join('.')) };
}

export function writeAt(state: State, { path, way, last, isMember }: Place, value: Json): void {
  let at = state as unknown as Tree;
  for (const key of way) {
    const next = at[key];
    if (typeof next !== 'object' || next === null) throw new Error(`trace: no ${key} on the way to ${path}`);
    at = next as Tree;
  }
  if (value === null && isMember) delete at[last];
  // What is listed in a trace is shared with it; what stands in a state must be its own.
  else at[last] = plainJson(value);
}

export function copyState(state: State): State {
  return plainJson(state as unknown as Json) as unknown as State;
}

/** Changes `state` in place to what it is after `step`. */
export function applyStep(state: State, step: Pick<Step, 'set'>): void {
  for (const [path, , now] of step.set) writeAt(state, placeOf(path), now);
}

/** Changes `state` in place to what it was before `step`. */
export function undoStep(state: State, step: Pick<Step, 'set'>): void {
  for (let i = step.set.length - 1; i >= 0; i--) {
    const [path, old] = step.set[i] as Change;
    writeAt(state, placeOf(path), old);
  }
}
