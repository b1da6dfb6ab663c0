/**
 * Which goroutine has a sync.Mutex. Go keeps no owner in it, so it is whoever’s step locked it last. Pure.
 */
import type { GId, State, Step } from '../model/state';
import { firstWhere } from './growing';

/** By mutex: a step at which somebody got it, the number of the goroutine, the next such step, and so on. Who gets it again stands there once. */
export type LockHolds = Readonly<Record<string, readonly number[]>>;

/** Who has which mutex, in one state. */
export type Holders = Readonly<Record<string, GId>>;

const LOCKED = /^mutex\.(?<name>.+)\.locked$/;

/** Finds out who gets which mutex, while a run is made. */
export class HoldsFinder {
  private readonly byName: Map<string, number[]>;

  constructor({ mutex, rwmutex }: Pick<State, 'mutex' | 'rwmutex'>) {
    // Of a sync.RWMutex it is only the lock that writers keep each other out with: who reads is in no list of Go's.
    const own = Object.keys(mutex).filter((name) => !Object.hasOwn(rwmutex ?? {}, name));
    this.byName = new Map(own.map((name) => [name, []]));
  }

  add({ n, g, set }: Pick<Step, 'n' | 'g' | 'set'>): void {
    if (g === null || this.byName.size === 0) return;
    for (const [path, , now] of set) {
      if (now !== true) continue;
      const takes = this.byName.get(LOCKED.exec(path)?.groups?.['name'] ?? '');
      const number = Number(g.slice(1));
      if (takes && takes.at(-1) !== number) takes.push(n, number);
    }
  }

  get found(): LockHolds {
    return Object.fromEntries([...this.byName].filter(([, takes]) => takes.length > 0));
  }
}

/** Who has which mutex in the state after step n. While another run is opened the state may be of one and the steps of the other: whoever is not there has nothing. */
export function holdersIn(holds: LockHolds, { mutex, G }: Pick<State, 'mutex' | 'G'>, n: number): Holders {
  const found: Record<string, GId> = {};
  for (const [name, takes] of Object.entries(holds)) {
    if (mutex[name]?.locked !== true) continue;
    const after = firstWhere(takes.length / 2, (i) => (takes[2 * i] as number) > n);
    const holder: GId = `G${takes[2 * after - 1] ?? 0}`;
    if (after > 0 && Object.hasOwn(G, holder)) found[name] = holder;
  }
  return found;
}

/** The same for a part of the run, whose steps are numbered from 1 after step `from`, up to step `to`. */
export function holdsBetween(holds: LockHolds, from: number, to: number): LockHolds {
  return Object.fromEntries(
    Object.entries(holds).map(([name, takes]) => {
      const within: number[] = [];
      for (let i = 0; i < takes.length && (takes[i] as number) <= to; i += 2) {
        const at = Math.max(0, (takes[i] as number) - from);
        // Of those before it only the last one counts.
        if (at === 0) within.length = 0;
        within.push(at, takes[i + 1] as number);
      }
      return [name, within] as const;
    }),
  );
}
