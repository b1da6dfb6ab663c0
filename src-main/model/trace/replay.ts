/**
 * Replay: a state is moved one step forward or back by its `set` list alone. Knows nothing of the model that made the trace.
 */
import type { Change, Json, State, Step } from '../state';

type Tree = { [key: string]: unknown };

/** Tables whose members come during a run: one whose value was null did not exist. */
const TABLES = /^(G|M|kernel\.(fds|objects|mem)|G\.[^.]+\.stack)$/;

function write(state: State, path: string, value: Json): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at = state as unknown as Tree;
  for (const key of keys) {
    const next = at[key];
    if (typeof next !== 'object' || next === null) throw new Error(`trace: no ${key} on the way to ${path}`);
    at = next as Tree;
  }
  if (value === null && TABLES.test(keys.join('.'))) delete at[last];
  else at[last] = structuredCloneOfJson(value);
}

/** Rows of a trace are shared with it; what replay puts into a state must be its own. */
function structuredCloneOfJson(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as Json[]).map(structuredCloneOfJson);
  const copy: { [key: string]: Json } = {};
  for (const [key, member] of Object.entries(value)) copy[key] = structuredCloneOfJson(member as Json);
  return copy;
}

export function copyState(state: State): State {
  return structuredCloneOfJson(state as unknown as Json) as unknown as State;
}

/** Changes `state` in place to what it is after `step`. */
export function applyStep(state: State, step: Pick<Step, 'set'>): void {
  for (const [path, , now] of step.set) write(state, path, now);
}

/** Changes `state` in place to what it was before `step`. */
export function undoStep(state: State, step: Pick<Step, 'set'>): void {
  for (let i = step.set.length - 1; i >= 0; i--) {
    const [path, old] = step.set[i] as Change;
    write(state, path, old);
  }
}
