/** What the model had read when it decided on a step, as far as it explains the step to a person. Pure. */
import type { Json, Step } from '../../model/state';
import { liesIn } from '../../model/state-path';
import type { PlaceRead, StepReads } from '../../model/trace/reads';
import { shortened } from '../value';

export interface WhyRead {
  path: string;
  value: Json;
  /** The step that wrote this value; 0: it was there at the start. */
  n: number;
  /** The state after this step has the value. */
  foundAt: number;
}

interface Run {
  step: (n: number) => Step;
  lastWrite: (path: string, n: number) => number;
  reads: (n: number) => StepReads | null;
}

/** As many as a person reads. */
const MOST = 6;
/** Between a question and the row that follows from it the same thread may take some other rows, such as locks. */
const ROWS_BACK = 8;
const STEPS_BACK = 200;
/** Fields that every row reads of its own thread and goroutine, and every instruction of its machine: they explain nothing. */
const OF_ITSELF =
  /^(?:p|curg|ong0|locks|m|flags|regs|stack|incgo|lockedExt|lockedg|lockedm|syscallsp|frames|opname|op|signalPending)(?:\.|$)/;
const ALWAYS = /^(?:sched\.(?:lock|mnext|maxmcount|netpollInited)|kernel\.(?!netpoll|timers|epoll).*|.*\.runSafePointFn)$/;

/** A field by which the acting thread or goroutine finds itself: it decides nothing. */
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

/** What the same thread read last before step n, and what the step itself read before it wrote. */
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
  // The last reads count most; a place that was read twice is named once.
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

/** A path as people write it: P0.runq, G1.preempt, sched.nmspinning. */
export const shortPath = (path: string): string => path.replace(/^([GMP])\.(?=\1\d)/, '');
