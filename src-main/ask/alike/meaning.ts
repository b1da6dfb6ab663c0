/**
 * What a step of a run is, whatever its number and time: who does it, in which of its operations, at which row of which function. By this two
 * runs of nearly the same scenario are laid beside each other. Pure.
 */
import type { Change, GId, GRow, Json, MId, MRow, State, Step } from '../../model/state';

export interface Meaning {
  /** The goroutine's name, `sysmon`, or the thread that acts without a goroutine. */
  who: string;
  /** Index of the goroutine's running operation in its list; −1: none. */
  op: number;
  /** How many operations it has begun: those of a `repeat` come round again and again. */
  visit: number;
  fn: string;
  at: string;
}

/** Of several instances the first is the one that a scenario with a single one has. */
export const alikeName = (name: string): string => name.replace(/#1$/, '');

interface Doer {
  name: string;
  op: number;
  visit: number;
}

const NOBODY: Doer = { name: '', op: -1, visit: 0 };

/** A step, as far as it matters here; of its changes those suffice that `saysWho`. */
export type DoneStep = Pick<Step, 'n' | 't' | 'm' | 'g' | 'fn' | 'at' | 'set'>;

const TELLING: ReadonlySet<string> = new Set(['op', 'name', 'role']);

/** Whether what is written to a place may change who somebody is, or at which operation. */
export function saysWho(path: string): boolean {
  if (path[1] !== '.' || (path[0] !== 'G' && path[0] !== 'M')) return false;
  const dot = path.indexOf('.', 2);
  return dot < 0 || TELLING.has(path.slice(dot + 1));
}

/** Follows a run step by step. */
export class Meanings {
  private readonly doers = new Map<GId, Doer>();
  private readonly threads = new Map<MId, string>();

  constructor(first: State) {
    for (const [g, row] of Object.entries(first.G) as [GId, GRow][]) this.doers.set(g, doerOf(row));
    for (const [m, row] of Object.entries(first.M) as [MId, MRow][]) this.threads.set(m, nameOf(m, row));
  }

  /** Of the run's next step. */
  next(step: Pick<Step, 'm' | 'g' | 'fn' | 'at' | 'set'>): Meaning {
    for (const [path, , now] of step.set) if (saysWho(path)) this.take(path, now);
    const { m, g, fn, at } = step;
    if (g === null) return { who: this.threads.get(m) ?? m, op: -1, visit: 0, fn, at };
    const { name, op, visit } = this.doers.get(g) ?? NOBODY;
    return { who: name, op, visit, fn, at };
  }

  /** Who acts in a step that has been taken. */
  private take(path: string, now: Change[2]): void {
    const dot = path.indexOf('.', 2);
    const id = dot < 0 ? path.slice(2) : path.slice(2, dot);
    const field = dot < 0 ? null : path.slice(dot + 1);
    if (path.startsWith('M')) {
      if (field === null && now !== null) this.threads.set(id as MId, nameOf(id as MId, now as unknown as MRow));
      else if (field === 'role') this.threads.set(id as MId, nameOf(id as MId, { role: now as MRow['role'] }));
      return;
    }
    const g = id as GId;
    if (field === null && isRow(now)) this.doers.set(g, doerOf(now as unknown as GRow));
    else if (field === 'op' || field === 'name') {
      const doer = this.doers.get(g) ?? NOBODY;
      this.doers.set(g, field === 'op' ? { ...doer, op: Number(now), visit: doer.visit + 1 } : { ...doer, name: alikeName(String(now)) });
    }
  }
}

const isRow = (value: Json): boolean => typeof value === 'object' && value !== null;
const doerOf = ({ name, op }: GRow): Doer => ({ name: alikeName(name), op, visit: 0 });
const nameOf = (m: MId, { role }: Pick<MRow, 'role'>): string => (role === 'sysmon' ? 'sysmon' : m);
