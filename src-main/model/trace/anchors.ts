/** Where a lesson's steps are in a run. An anchor names a step by function and row, never by number, so it survives changes of the model. */
import type { GId, MId, State, Step } from '../state';
import { wholeRow } from '../state-path';

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

/** Rows of a function, whoever runs them; those after an earlier lesson step only. */
export type Rows = Omit<Anchor, 'occurrence'>;

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
  /** How many steps there are of each kind that was asked for. */
  readonly counts: Map<Rows, number>;

  constructor(first: State, steps: readonly { id: string; at: Anchor | null }[], counted: readonly Rows[] = []) {
    this.counts = new Map(counted.map((rows) => [rows, 0]));
    for (const [g, row] of Object.entries(first.G)) this.names.set(g as GId, row.name);
    for (const { id, at } of steps) {
      if (at === null) this.found.set(id, 0);
      else this.open.push({ id, anchor: at, left: at.occurrence });
    }
  }

  add(step: Step): void {
    for (const [path, , now] of step.set) {
      const id = wholeRow('G', path);
      if (id !== null) this.names.set(id, (now as { name?: string } | null)?.name ?? '');
    }
    for (const [rows, n] of this.counts) if (this.fits(rows, step)) this.counts.set(rows, n + 1);
    if (this.open.length === 0) return;
    for (const each of this.open) if (this.fits(each.anchor, step)) each.left--;
    for (const { id, left } of this.open) if (left === 0) this.found.set(id, step.n);
    this.open = this.open.filter(({ left }) => left > 0);
  }

  /** A goroutine's name, which stays known after its end. */
  nameOf(g: GId | null): string | null {
    return g === null ? null : (this.names.get(g) ?? null);
  }

  private fits({ fn, at, g, m, after }: Rows, step: Step): boolean {
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
