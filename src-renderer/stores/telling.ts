/**
 * The way to a step that lies far ahead: not everything between is shown, only what tells why it came to it. A step tells when it changes who
 * is where, a door or a queue; of many those that change the most telling fields. Pure.
 */
import { parsePath, type StatePath, type Step } from '../../src-main/contract/index';
import { movesSomebody, TRAVEL_MS } from './pacing';

/** So many motions at most, each at least so long at speed 1. */
export const MOST_HOPS = 6;
export const HOP_MS = 350;

/** What a change of this field tells; a field that is not here tells little. */
const WEIGHTS: Readonly<Partial<Record<StatePath['table'], Readonly<Record<string, number>>>>> = {
  P: { status: 6, m: 2, runnext: 2, runq: 2 },
  M: { kernel: 5, p: 4, nextp: 3, parked: 3, curg: 2, spinning: 1 },
  G: { status: 4, m: 2 },
  sched: { pidle: 3, runq: 3, midle: 3 },
};

function weightOf({ set }: Pick<Step, 'set'>): number {
  let weight = 0;
  for (const [path] of set) {
    const { table, field, below } = parsePath(path);
    if (below.length === 0) weight += field === null ? 1 : (WEIGHTS[table]?.[field] ?? 0);
  }
  return weight;
}

/**
 * Where to stop on the way through these steps, which follow each other: their numbers, the last one's at the end. Quiet steps go along with
 * the next one that tells.
 */
export function tellingStops(steps: readonly Pick<Step, 'n' | 'set'>[]): number[] {
  const last = steps.at(-1);
  if (!last) return [];
  const moving = steps.filter(movesSomebody);
  // What is quiet behind the last one that moves goes along with it.
  const before = moving.slice(0, -1);
  const chosen = before
    .map((step) => ({ n: step.n, weight: weightOf(step) }))
    // Of two that tell as much the later one is nearer to what it leads to.
    .sort((a, b) => b.weight - a.weight || b.n - a.n)
    .slice(0, MOST_HOPS - 1)
    .map(({ n }) => n)
    .sort((a, b) => a - b);
  return [...chosen, last.n];
}

/** How long each of so many motions takes at speed 1, ms: one alone as long as ever. */
export const hopMs = (hops: number): number => Math.max(HOP_MS, TRAVEL_MS / Math.max(1, hops));
