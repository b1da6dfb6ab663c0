/** Whose program still has something in it that ends a wait: who has a send ahead when a receive waits. Pure. */
import type { GId, State } from '../../model/state';

/** What ends a wait, by Go's words for it. */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  'chan receive': ['send', 'close', 'after', 'ticker', 'select'],
  'chan send': ['recv', 'close', 'select'],
  select: ['send', 'recv', 'close', 'select', 'after', 'ticker'],
  semacquire: ['unlock', 'runlock', 'done', 'add'],
  'sync.Cond.Wait': ['signal', 'broadcast'],
};

function does(operation: unknown, kinds: readonly string[], object: string): boolean {
  if (Array.isArray(operation)) return operation.some((each) => does(each, kinds, object));
  if (typeof operation !== 'object' || operation === null) return false;
  const { kind } = operation as { kind?: unknown };
  const members = Object.entries(operation).filter(([key]) => key !== 'kind');
  if (typeof kind === 'string' && kinds.includes(kind) && members.some(([, value]) => value === object || deep(value, object))) return true;
  return members.some(([, value]) => does(value, kinds, object));
}

/** A select's cases name their channels inside. */
const deep = (value: unknown, object: string): boolean =>
  Array.isArray(value) && value.some((each: { does?: { chan?: unknown } | null } | null) => each?.does?.chan === object);

/** `goroutines`: a scenario's programs, by name. An instance of `worker` may be called `worker#2`. */
export function mayEnd(goroutines: Readonly<Record<string, readonly unknown[]>>, state: State, reason: string, object: string): GId[] {
  const kinds = ENDS[reason] ?? [];
  return (Object.keys(state.G) as GId[]).filter((g) => {
    const row = state.G[g];
    if (!row || row.status === '_Gdead') return false;
    const program = goroutines[row.name] ?? goroutines[row.name.replace(/\W\d+$/, '')] ?? [];
    return does(program.slice(row.op), kinds, object);
  });
}
