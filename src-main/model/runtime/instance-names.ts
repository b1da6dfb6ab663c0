/** Names of the instances that a scenario starts of a goroutine. */
import type { Operation, Scenario } from '../scenario';

/** Gives instances their names: NAME when the whole scenario starts only one, else NAME#1, NAME#2, … in order of creation. */
export class InstanceNames {
  private readonly made = new Map<string, number>();
  private readonly many: ReadonlySet<string>;

  constructor(scenario: Scenario) {
    this.many = startedMoreThanOnce(scenario);
  }

  next(name: string): string {
    const n = (this.made.get(name) ?? 0) + 1;
    this.made.set(name, n);
    return this.many.has(name) ? `${name}#${n}` : name;
  }
}

/** Which goroutines the scenario starts more than once, counted over everything that main can come to start. */
function startedMoreThanOnce(scenario: Scenario): Set<string> {
  const starts = new Map<string, number>();
  let frontier = new Map([['main', 1]]);
  // A chain of starts longer than there are goroutines goes in a circle: whoever is on it starts again and again.
  for (let depth = 0; depth <= Object.keys(scenario.goroutines).length && frontier.size > 0; depth++) {
    const next = new Map<string, number>();
    for (const [starter, times] of frontier) {
      for (const [name, each] of startsIn(scenario.goroutines[starter] ?? [])) {
        // Two is as good as any larger number.
        next.set(name, Math.min(2, (next.get(name) ?? 0) + times * each));
        starts.set(name, Math.min(2, (starts.get(name) ?? 0) + times * each));
      }
    }
    frontier = next;
  }
  return new Set([...starts].filter(([, n]) => n > 1).map(([name]) => name));
}

function startsIn(operations: readonly Operation[]): Map<string, number> {
  const found = new Map<string, number>();
  const add = (name: string, n: number): void => {
    found.set(name, (found.get(name) ?? 0) + n);
  };
  for (const operation of operations) {
    if (operation.kind === 'go') add(operation.name, operation.times);
    if (operation.kind === 'repeat') for (const [name, n] of startsIn(operation.body)) add(name, n * operation.times);
  }
  return found;
}
