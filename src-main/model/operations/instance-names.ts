/** Names of the instances that a scenario starts of a goroutine. */
import { rowOf } from './index';
import type { AnyOperation } from './operation';

type Goroutines = Readonly<Record<string, readonly AnyOperation[]>>;

/** Gives instances their names: NAME when the whole scenario starts only one, else NAME#1, NAME#2, … in order of creation. */
export class InstanceNames {
  private readonly made = new Map<string, number>();
  private readonly many: ReadonlySet<string>;

  constructor(goroutines: Goroutines) {
    this.many = startedMoreThanOnce(goroutines);
  }

  next(name: string): string {
    const n = (this.made.get(name) ?? 0) + 1;
    this.made.set(name, n);
    return this.many.has(name) ? `${name}#${n}` : name;
  }
}

/** Which goroutines the scenario starts more than once, counted over everything that main can come to start. */
function startedMoreThanOnce(goroutines: Goroutines): Set<string> {
  const starts = new Map<string, number>();
  let frontier = new Map([['main', 1]]);
  // A chain of starts longer than there are goroutines goes in a circle: whoever is on it starts again and again.
  for (let depth = 0; depth <= Object.keys(goroutines).length && frontier.size > 0; depth++) {
    const next = new Map<string, number>();
    for (const [starter, times] of frontier) {
      for (const [name, each] of startsIn(goroutines[starter] ?? [])) {
        // Two is as good as any larger number.
        next.set(name, Math.min(2, (next.get(name) ?? 0) + times * each));
        starts.set(name, Math.min(2, (starts.get(name) ?? 0) + times * each));
      }
    }
    frontier = next;
  }
  return new Set([...starts].filter(([, n]) => n > 1).map(([name]) => name));
}

function startsIn(operations: readonly AnyOperation[]): Map<string, number> {
  const found = new Map<string, number>();
  const add = (name: string, n: number): void => {
    found.set(name, (found.get(name) ?? 0) + n);
  };
  for (const operation of operations) {
    const { starts, within } = rowOf(operation);
    const started = starts?.(operation);
    if (started) add(started.name, started.times);
    const inside = within?.(operation);
    if (inside) for (const [name, n] of startsIn(inside.operations)) add(name, n * inside.times);
  }
  return found;
}
