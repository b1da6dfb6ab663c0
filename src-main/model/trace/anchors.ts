/** Where a lesson's steps are in a run. An anchor names a step by function and row, never by number, so it survives changes of the model. */
import type { GId, MId, State, Step } from '../state';
import { changesOf } from '../state-path';

/** Where in a trace a lesson step stands: the state right after the `occurrence`-th step with this fn and at (and g, m, if given). */
export interface Anchor {
  fn: string;
  at: string;
  /** Name of the goroutine (scenario name, not G id); any when absent. */
  g?: string;
  /** Id of the M; any when absent. */
  m?: string;
  /** From 1. */
  occurrence: number;
  /** Id of an earlier lesson step of the same run: count occurrences after it only. */
  after?: string;
}

interface Open {
  id: string;
  anchor: Anchor;
  left: number;
}

/** Goes through the steps of one run and finds the place of each anchor. */
export class AnchorFinder {
  /** Lesson step id to the number of the trace step it stands after; 0 is the first state. */
  readonly found = new Map<string, number>();
  private readonly names = new Map<GId, string>();
  private open: Open[] = [];

  constructor(first: State, steps: readonly { id: string; at: Anchor | null }[]) {
    for (const [g, row] of Object.entries(first.G)) this.names.set(g as GId, row.name);
    for (const { id, at } of steps) {
      if (at === null) this.found.set(id, 0);
      else this.open.push({ id, anchor: at, left: at.occurrence });
    }
  }

  add(step: Step): void {
    for (const { id, field, now } of changesOf(step, 'G'))
      if (field === null) this.names.set(id, (now as { name?: string } | null)?.name ?? '');
    if (this.open.length === 0) return;
    for (const each of this.open) if (this.fits(each.anchor, step)) each.left--;
    for (const { id, left } of this.open) if (left === 0) this.found.set(id, step.n);
    this.open = this.open.filter(({ left }) => left > 0);
  }

  private fits({ fn, at, g, m, after }: Anchor, step: Step): boolean {
    if (step.fn !== fn || step.at !== at) return false;
    if (m !== undefined && step.m !== (m as MId)) return false;
    if (g !== undefined && (step.g === null || this.names.get(step.g) !== g)) return false;
    return after === undefined || this.found.has(after);
  }

  /** Ids of the lesson steps whose place was not found. */
  get missing(): string[] {
    return this.open.map(({ id }) => id);
  }
}
