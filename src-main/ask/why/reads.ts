/** What the model had read when it decided on a step, as far as a person wants to know it. Pure. */
import type { Json, Step } from '../../model/state';
import { liesIn } from '../../model/state-path';
import type { PlaceRead, StepReads } from '../../model/trace/reads';
import { shortened } from '../value';

export interface WhyRead {
  path: string;
  value: Json;
  /** The step that had written it so; 0: it was so at the start. */
  n: number;
  /** The step at which it was read, or after which. */
  foundAt: number;
}

interface Run {
  step: (n: number) => Step;
  lastWrite: (path: string, n: number) => number;
  reads: (n: number) => StepReads | null;
}

/** A list is no longer than what a person reads. */
const MOST = 6;
/** A row of Go's function may follow its question after some others of the same thread: locks, and what is done on the way. */
const ROWS_BACK = 8;
const STEPS_BACK = 200;
/** What every row asks of the thread and goroutine that it runs as, and what an instruction asks of its machine. */
const OF_ITSELF =
  /^(?:p|curg|ong0|locks|m|flags|regs|stack|incgo|lockedExt|lockedg|lockedm|syscallsp|frames|opname|op|signalPending)(?:\.|$)/;
const ALWAYS = /^(?:sched\.(?:lock|mnext|maxmcount|netpollInited)|kernel\.(?!netpoll|timers|epoll).*|.*\.runSafePointFn)$/;

/** A place of the thread or goroutine that acts: it finds itself by it, and decides nothing. */
export function isOwnRow(path: string, { m, g }: Pick<Step, 'm' | 'g'>): boolean {
  for (const own of [`M.${m}`, g === null ? null : `G.${g}`])
    if (own !== null && liesIn(path, own)) return /^(?:p|curg|ong0|locks|m)$/.test(path.slice(own.length + 1));
  return false;
}

function isTelling(path: string, { m, g }: Step): boolean {
  if (ALWAYS.test(path)) return false;
  for (const own of [`M.${m}`, g === null ? null : `G.${g}`])
    if (own !== null && liesIn(path, own) && OF_ITSELF.test(path.slice(own.length + 1))) return false;
  return true;
}

/** The nearest question before step n that the same thread asked, and what the step itself looked at before it wrote. */
export function decisionReads(run: Run, n: number): WhyRead[] {
  const step = run.step(n);
  const own = run.reads(n);
  if (!own) return [];
  let asked: PlaceRead[] = [];
  for (const each of rowsBack(run, n)) {
    const led = (run.reads(each)?.led ?? []).filter(({ path }) => isTelling(path, step));
    if (led.length === 0) continue;
    asked = led;
    break;
  }
  const all = [...asked, ...own.wrote.filter(({ path }) => isTelling(path, step))];
  // What was asked last counts most; asked twice it is told once.
  const last = new Map<string, PlaceRead>();
  for (const each of all) {
    last.delete(each.path);
    last.set(each.path, each);
  }
  return [...last.values()].slice(-MOST).map(({ path, value, at, isBefore }) => ({
    path,
    value: shortened(value),
    n: run.lastWrite(path, isBefore ? at - 1 : at),
    foundAt: isBefore ? at - 1 : at,
  }));
}

/** The step, and those of its thread before it. */
export function rowsBack({ step }: Pick<Run, 'step'>, n: number): number[] {
  const { m } = step(n);
  const found: number[] = [];
  for (let i = n; i > Math.max(0, n - STEPS_BACK) && found.length < ROWS_BACK; i--) if (step(i).m === m) found.push(i);
  return found;
}

/** As a person names a place: P0.runq, main's G1.preempt, sched.nmspinning. */
export const shortPath = (path: string): string => path.replace(/^([GMP])\.(?=\1\d)/, '');
