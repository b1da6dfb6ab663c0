/**
 * How fast a run plays. A step that moves somebody in the village takes as long as the eye needs; a step that only changes a field goes by
 * quickly; and a stretch in which nobody moves (sysmon's looks, a compute loop) goes by in longer and longer strides, but never unseen. Pure.
 */
import { parsePath, type StatePath, type Step } from '../../src-main/contract/index';

/** Milliseconds at speed 1: a walk lasts long enough for somebody to point at it. */
export const MOVING_MS = 1_000;
export const QUIET_MS = 150;
/** From one lesson step to the next. */
export const TRAVEL_MS = 1_400;

/** So many quiet strides are shown one step at a time before the strides grow. */
const PATIENCE = 10;
/** The stride doubles after this many more. */
const DOUBLING = 4;
const LONGEST_STRIDE = 4_096;

/** Fields whose change moves a figure in the village; null: the row as a whole, when it appears. */
const MOVING: Readonly<Partial<Record<StatePath['table'], ReadonlySet<string | null>>>> = {
  G: new Set(['m', 'status', null]),
  M: new Set(['p', 'nextp', 'curg', 'kernel', 'parked', 'spinning', null]),
  P: new Set(['status', 'runq', 'runnext', 'm']),
  sched: new Set(['runq', 'midle', 'pidle']),
};

export interface Stride {
  steps: number;
  ms: number;
  isQuiet: boolean;
}

export function movesSomebody(step: Pick<Step, 'set'> | undefined): boolean {
  return (
    step?.set.some(([path]) => {
      const { table, field, below } = parsePath(path);
      return below.length === 0 && MOVING[table]?.has(field) === true;
    }) ?? false
  );
}

export function durationMs(step: Pick<Step, 'set'> | undefined): number {
  return movesSomebody(step) ? MOVING_MS : QUIET_MS;
}

/**
 * The next motion from step n on: how many steps it spans, at most up to `until`. `quietStrides`: how many quiet strides came just before.
 * A step that is not at hand (`stepAt` gives undefined) ends a stride: whoever plays fetches it first.
 */
export function nextStride(stepAt: (n: number) => Pick<Step, 'set'> | undefined, n: number, until: number, quietStrides: number): Stride {
  if (movesSomebody(stepAt(n + 1))) return { steps: 1, ms: MOVING_MS, isQuiet: false };
  const wished = quietStrides < PATIENCE ? 1 : Math.min(LONGEST_STRIDE, 2 ** (1 + Math.floor((quietStrides - PATIENCE) / DOUBLING)));
  let steps = 1;
  while (steps < wished && n + steps < until) {
    const step = stepAt(n + steps + 1);
    if (!step || movesSomebody(step)) break;
    steps++;
  }
  return { steps, ms: QUIET_MS, isQuiet: true };
}
