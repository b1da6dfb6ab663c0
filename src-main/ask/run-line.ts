/** What happened when in a run as a whole: its events, preemptions, retakes, and when the world was stopped. Pure. */
import type { Change, State, Step } from '../model/state';
import { bytes, counts } from './growing';
import { type RowPath, RowPaths } from './row-paths';

export const MARK_KINDS = ['retake', 'preemption'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** All of it by step number, in order. */
export interface RunMarks {
  /** Steps at which Go's tracer would note something. */
  events: Uint32Array;
  marks: Uint32Array;
  /** Index into MARK_KINDS, for each of the marks. */
  kinds: Uint8Array;
  /** For each mark the number of the P that is retaken, or of the goroutine that is preempted. */
  about: Uint32Array;
  /** The world is being stopped, or is stopped, from one step to another. */
  stopFrom: Uint32Array;
  stopTo: Uint32Array;
}

export class MarkFollower {
  private readonly events = counts();
  private readonly marks = counts();
  private readonly kinds = bytes();
  private readonly about = counts();
  private readonly stopFrom = counts(4);
  private readonly stopTo = counts(4);
  private last = 0;

  constructor(
    first: State,
    private readonly paths = new RowPaths(),
  ) {
    if (first.sched.gcwaiting) this.stopFrom.push(0);
  }

  add(step: Step): void {
    this.last = step.n;
    if (step.ev !== undefined) {
      this.events.push(step.n);
      if (step.ev.includes('GoPreempt')) this.mark(step.n, 'preemption', step.g ?? '');
    }
    const { set } = step;
    const paths = this.paths.ofAll(set);
    for (let i = 0; i < set.length; i++) {
      const { table, field } = paths[i] as RowPath;
      if (table === '' && field === 'sched.gcwaiting') ((set[i] as Change)[2] === true ? this.stopFrom : this.stopTo).push(step.n);
    }
    if (step.fn === 'retake') this.takeRetake(step);
  }

  /** Whoever comes back from a system call also takes its P to itself by way of idle: only sysmon's own step is a retake. */
  private takeRetake({ n, set }: Step): void {
    for (const [path, old, now] of set)
      if (old === '_Psyscall' && now === '_Pidle' && path.endsWith('.status')) this.mark(n, 'retake', path.slice(2));
  }

  private mark(n: number, kind: MarkKind, id: string): void {
    this.marks.push(n);
    this.about.push(Number.parseInt(id.slice(1), 10) || 0);
    this.kinds.push(MARK_KINDS.indexOf(kind));
  }

  get found(): RunMarks {
    const stopTo = this.stopTo.copy();
    const stopFrom = this.stopFrom.copy();
    return {
      events: this.events.copy(),
      marks: this.marks.copy(),
      kinds: this.kinds.copy(),
      about: this.about.copy(),
      stopFrom,
      // A world that never starts again stays stopped to the end.
      stopTo: stopTo.length < stopFrom.length ? Uint32Array.of(...stopTo, this.last) : stopTo,
    };
  }
}
