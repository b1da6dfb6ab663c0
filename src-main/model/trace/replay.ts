/**
 * Replay: a state is moved one step forward or back by its `set` list alone. Knows nothing of the model that made the trace.
 */
import { plainJson, QueueVersion } from './queue-versions';
import type { Change, Json, State, Step } from '../state';
import { keysOf } from '../state-path';

type Tree = { [key: string]: unknown };

/** Tables whose members come during a run: one whose value was null did not exist. */
const TABLES = /^(G|M|P|kernel\.(fds|objects|mem)|sched\.netpoll\.pd|G\.[^.]+\.stack)$/;

/** Fields that come when they are first needed (KernelState and Sched say what each is when it is absent). */
const COMING =
  /^kernel\.(cwd|umask|ids|groups|limits|nice|comm|brk|held|locks|owners|masks|pending|actions|altstacks|robust)$|^sched\.netpoll$/;

/** A dotted path, taken apart. */
export interface Place {
  path: string;
  /** The keys before the last one. */
  way: readonly string[];
  last: string;
  /** A member of a table whose members come during a run, or a field that does. */
  isMember: boolean;
}

export function placeOf(path: string): Place {
  const way = keysOf(path);
  const last = way.pop() ?? '';
  return { path, way, last, isMember: TABLES.test(way.join('.')) || COMING.test(path) };
}

export function writeAt(state: State, { path, way, last, isMember }: Place, value: Json): void {
  let at = state as unknown as Tree;
  for (const key of way) {
    const next = at[key];
    if (typeof next !== 'object' || next === null) throw new Error(`trace: no ${key} on the way to ${path}`);
    at = next as Tree;
  }
  if (value === null && isMember) delete at[last];
  // What is listed in a trace is shared with it; what is in a state must be its own.
  else at[last] = plainJson(value);
}

export function copyState(state: State): State {
  return plainJson(state as unknown as Json) as unknown as State;
}

/** Changes `state` in place to what it is after `step`. */
export function applyStep(state: State, step: Pick<Step, 'set'>): void {
  for (const [path, , now] of step.set) writeAt(state, placeOf(path), now);
}

/** A state that goes along with many steps, changed in place: paths are taken apart once. */
export class MovingState {
  private readonly places = new Map<string, Place>();

  constructor(readonly state: State) {}

  apply(step: Pick<Step, 'set'>): void {
    for (const [path, , now] of step.set) {
      let place = this.places.get(path);
      if (!place) this.places.set(path, (place = placeOf(path)));
      writeAt(this.state, place, now);
    }
  }
}

/**
 * A state under change that never touches the one it began with: whatever the changes leave alone, the two share. Each object on the way
 * to a change is copied once, however many changes go through it, so a far jump costs as little as a near one.
 */
export class StateDraft {
  private readonly made = new Set<object>();
  /** Where run queues stand that are still versions: of a thousand versions only the last one is worth a list. */
  private readonly queues = new Map<Tree, Set<string>>();
  private root: Tree;

  constructor(state: State) {
    this.root = state as unknown as Tree;
  }

  private own(object: object): Tree {
    if (this.made.has(object)) return object as Tree;
    const copy = (Array.isArray(object) ? [...(object as unknown[])] : { ...object }) as Tree;
    this.made.add(copy);
    return copy;
  }

  /** `value` is shared with the trace from then on: it must not be changed in place. */
  write({ path, way, last, isMember }: Place, value: Json): void {
    let at = (this.root = this.own(this.root));
    for (const key of way) {
      const next = at[key];
      if (typeof next !== 'object' || next === null) throw new Error(`trace: no ${key} on the way to ${path}`);
      at = at[key] = this.own(next);
    }
    if (value === null && isMember) delete at[last];
    else at[last] = value;
    if (value instanceof QueueVersion) this.queues.set(at, (this.queues.get(at) ?? new Set()).add(last));
  }

  /** The state as the changes have left it. The draft ends here. */
  done(): State {
    for (const [at, keys] of this.queues) for (const key of keys) if (at[key] instanceof QueueVersion) at[key] = at[key].toJSON();
    return this.root as unknown as State;
  }
}

/** The state after `steps`, which follow each other; `state` stays as it was, and shares with it what they leave alone. */
export function applied(state: State, ...steps: Pick<Step, 'set'>[]): State {
  const draft = new StateDraft(state);
  for (const step of steps) for (const [path, , now] of step.set) draft.write(placeOf(path), now);
  return draft.done();
}

/** The state before `steps`, given in their own order; `state` stays as it was, and shares with it what they leave alone. */
export function undone(state: State, ...steps: Pick<Step, 'set'>[]): State {
  const draft = new StateDraft(state);
  for (const step of [...steps].reverse()) for (const [path, old] of [...step.set].reverse()) draft.write(placeOf(path), old);
  return draft.done();
}

/** A copy of `now` that shares with `before` whatever is the same in both. */
export function sharingCopy(before: State, now: State): State {
  return sharing(before, now) as State;
}

/** Of most of a state nothing has changed: no copy is begun before something is found that has. */
function sharing(before: unknown, now: unknown): unknown {
  if (typeof now !== 'object' || now === null) return now;
  return Array.isArray(now) ? sharingList(before, now) : sharingTree(before, now as Tree);
}

function sharingList(before: unknown, now: readonly unknown[]): unknown {
  const old: readonly unknown[] = Array.isArray(before) ? (before as unknown[]) : [];
  let copy: unknown[] | null = null;
  for (let i = 0; i < now.length; i++) {
    const each = sharing(old[i], now[i]);
    if (copy === null && (i >= old.length || each !== old[i])) copy = old.slice(0, i);
    copy?.push(each);
  }
  return copy ?? (Array.isArray(before) && old.length === now.length ? before : old.slice(0, now.length));
}

function sharingTree(before: unknown, now: Tree): unknown {
  const isTree = typeof before === 'object' && before !== null && !Array.isArray(before);
  const old = (isTree ? before : {}) as Tree;
  const keys = Object.keys(now);
  const copyOf = (count: number): Tree => {
    const copy: Tree = {};
    for (let i = 0; i < count; i++) copy[keys[i] as string] = old[keys[i] as string];
    return copy;
  };
  let copy: Tree | null = null;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    const each = sharing(old[key], now[key]);
    if (copy === null && (each !== old[key] || !(key in old))) copy = copyOf(i);
    if (copy !== null) copy[key] = each;
  }
  return copy ?? (isTree && Object.keys(old).length === keys.length ? before : copyOf(keys.length));
}

/** Changes `state` in place to what it was before `step`. */
export function undoStep(state: State, step: Pick<Step, 'set'>): void {
  for (let i = step.set.length - 1; i >= 0; i--) {
    const [path, old] = step.set[i] as Change;
    writeAt(state, placeOf(path), old);
  }
}
