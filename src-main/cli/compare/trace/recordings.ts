/** Recorded programs, and what our reader says of everybody after each event, to be held against what Go's own says. */
import { importTrace, stepsOf } from '../../../imports/import-trace';
import type { MId, State } from '../../../model/state';
import { plainStep } from '../../../model/trace/queue-versions';
import { applyStep, copyState } from '../../../model/trace/replay';
import type { Dump } from './go-readers';
import { StateSum } from './state-sum';

export const RECORDED = 'src-main/cli/compare/trace/testdata/recorded';

/** What is kept of a dump: how many events there are, and a hash over the sums up to each eighth of them. */
export interface Kept {
  events: number;
  hashes: string[];
}

const PARTS = 8;

/** Whether a file was recorded by the older tracer: its name says by which release. */
export const isOld = (name: string): boolean => name.includes('.go119');

/** What our reader says after each event, from the states of the steps that it makes. null: it refused the file. */
export function said(bytes: Uint8Array, old: boolean): Dump {
  let rest: Uint8Array | null = bytes;
  const lines: Dump['lines'] = [];
  try {
    const made = importTrace(() => {
      const piece = rest;
      rest = null;
      return piece;
    });
    const state: State = copyState(made.first);
    const sums = new StateSum(made.first, old, (m: MId) => Number((state.M[m]?.name ?? '').replace('?', '-1')));
    for (const each of stepsOf(made)) {
      const step = plainStep(each);
      applyStep(state, step);
      sums.take(step, state);
      // Go's readers make no event of these, or one that changes nobody.
      if (step.ev !== undefined && !/^(GC|ProcAdded)/.test(step.ev)) lines.push({ t: step.t, sum: sums.sum(state) });
    }
    return { lines, refusal: made.cut?.en ?? null };
  } catch (error) {
    return { lines, refusal: error instanceof Error ? error.message : String(error) };
  }
}

/** Of the older tracer's events at one moment nobody knows the order: what was last is compared. */
function compared({ lines }: Dump, old: boolean): number[] {
  return old ? [...new Map(lines.map(({ t, sum }) => [t, sum])).values()] : lines.map(({ sum }) => sum);
}

export function kept(dump: Dump, old: boolean): Kept {
  const sums = compared(dump, old);
  const hashes: string[] = [];
  let hash = 0;
  for (const [i, sum] of sums.entries()) {
    hash = (Math.imul(hash ^ sum, 0x01000193) + i) >>> 0;
    if (Math.floor(((i + 1) * PARTS) / sums.length) > Math.floor((i * PARTS) / sums.length))
      hashes.push(hash.toString(16).padStart(8, '0'));
  }
  return { events: sums.length, hashes };
}

/** Where two differ first; null: nowhere. */
export function firstDifference(ours: Dump, theirs: Dump, old: boolean): string | null {
  if ((ours.refusal === null) !== (theirs.refusal === null)) return `ours: ${ours.refusal ?? 'read'}; Go's: ${theirs.refusal ?? 'read'}`;
  if (ours.refusal !== null) return null;
  const [a, b] = [compared(ours, old), compared(theirs, old)];
  const at = a.findIndex((sum, i) => sum !== b[i]);
  if (at >= 0) return `event ${at + 1} of ${b.length}`;
  return a.length === b.length ? null : `${a.length} events, not ${b.length}`;
}
