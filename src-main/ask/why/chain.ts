/** A chain of facts as it grows: each a write of some step, with the facts that led to it. What has been told once is not told again. Pure. */
import type { GId, Json, MId, PId, State, Step } from '../../model/state';
import { keysOf } from '../../model/state-path';
import type { StepReads } from '../../model/trace/reads';
import { plainJson } from '../../model/trace/queue-versions';
import { shortened } from '../value';
import type { WhyRead } from './reads';

/**
 * Where a chain ends: at the start of the run, in the kernel, or with time spent on a goroutine's own work, a sleep or a round; `woken`: a sleep that
 * lasted until the waker came, of whom the chain tells beside it; `free`: nobody needed the P or the thread; `more`: the chain was cut.
 */
export type WhyEnd = 'start' | 'kernel' | 'clock' | 'woken' | 'free' | 'more';

/** A fact: a step wrote something, and that led to the facts which have it among their causes. */
export interface WhyLink {
  /** The sentence of assets/sentences/why.txt. */
  type: string;
  /** The step that wrote it; 0: it was so at the start. */
  n: number;
  /** Virtual time of that step, ns. */
  t: number;
  /** The place that was written, and the value that it got. */
  path: string;
  value: Json;
  /** The step that found it so, or changed it: later than n, and with no other write of the path between them. */
  foundAt: number;
  m: MId | null;
  g: GId | null;
  p: PId | null;
  other: GId | null;
  m2: MId | null;
  /** How long, ns. */
  dt: number | null;
  object: string;
  reason: string;
  /** The row that wrote it; '' at the start. */
  row: string;
  end: WhyEnd | null;
  /** Indexes of the links that led to it. */
  causes: number[];
  /** What the model had read when it made this decision; empty as long as that is not known. */
  reads: WhyRead[];
}

export interface WhyRun {
  step: (n: number) => Step;
  stateAt: (n: number) => State;
  /** The last step up to n that wrote just this path, or a row around it; 0: none has. */
  lastWrite: (path: string, n: number) => number;
  /** The first step after n that writes just this path, or a row around it; Infinity: none does. */
  nextWrite: (path: string, n: number) => number;
  /** Goroutines whose program still has an operation ahead of it that ends a wait for the object. */
  mayEnd: (state: State, reason: string, object: string) => GId[];
  /** What the model read for a step; null: not known, or not yet. */
  reads: (n: number) => StepReads | null;
}

/** As many as a person reads. */
const MOST_LINKS = 24;

export type Fields = Partial<Pick<WhyLink, 'm' | 'g' | 'p' | 'other' | 'm2' | 'dt' | 'object' | 'reason' | 'end'>>;

/** A link of the chain and its place in it. */
export interface Told {
  link: WhyLink;
  at: number;
  /** It was not in the chain before, so that nothing has been said yet of what led to it. */
  isNew: boolean;
}

/**
 * Why somebody stands as they do after step `until`, found so at step `foundAt`: adds the fact and its causes. The fact's place in the chain;
 * null: there is nobody of that id, or the chain is long enough.
 */
export type Teller<Id> = (id: Id, until: number, foundAt: number) => number | null;

/**
 * What kept a goroutine waiting that is runnable since step `since`, until step `until`: adds it to `link`, which says so. `isNow`: it waits still.
 * False: nothing is known to have kept it.
 */
export type WaitTeller = (link: WhyLink, g: GId, since: number, until: number, isNow: boolean) => boolean;

export class Chain {
  readonly links: WhyLink[] = [];
  /** Places of links by type, path and step. */
  private readonly told = new Map<string, number>();

  constructor(readonly run: WhyRun) {}

  /** Virtual time of step n, ns. */
  timeAt(n: number): number {
    return n === 0 ? 0 : this.run.step(n).t;
  }

  /** What a step wrote to a path; the value in the first state for step 0. */
  valueAt(path: string, n: number): Json {
    const keys = keysOf(path);
    if (n > 0) {
      const change = this.run.step(n).set.find(([each]) => each === path);
      if (change) return change[2];
    }
    let node: unknown = this.run.stateAt(n);
    // What every object inherits is no place of a run.
    for (const key of keys)
      node = typeof node === 'object' && node !== null && Object.hasOwn(node, key) ? (node as Record<string, unknown>)[key] : undefined;
    return (node ?? null) as Json;
  }

  /** Adds a fact: the last write of a path up to step `until`. null: the chain is long enough. */
  add(type: string, path: string, until: number, foundAt: number, fields: Fields = {}): Told | null {
    const n = this.run.lastWrite(path, until);
    const key = `${type} ${path} ${n}`;
    const known = this.told.get(key);
    if (known !== undefined) return { link: this.links[known] as WhyLink, at: known, isNew: false };
    if (this.links.length >= MOST_LINKS) return null;
    const step = n === 0 ? null : this.run.step(n);
    const link: WhyLink = {
      ...{ type, n, t: this.timeAt(n), path, value: shortened(plainJson(this.valueAt(path, n))), foundAt },
      ...{ m: step?.m ?? null, g: step?.g ?? null, p: step?.p ?? null, other: null, m2: null, dt: null, object: '', reason: '' },
      ...{ row: step === null ? '' : `${step.fn} / ${step.at}`, reads: [] },
      ...{ end: n === 0 ? ('start' as const) : null, causes: [] },
      ...fields,
    };
    const at = this.links.push(link) - 1;
    this.told.set(key, at);
    return { link, at, isNew: true };
  }

  /** `at`, the place of a link, is a cause of `link`; null: it did not get into the chain. */
  because(link: WhyLink, at: number | null): void {
    if (at !== null && !link.causes.includes(at) && this.links[at] !== link) link.causes.push(at);
  }

  /** The status of a goroutine after step `until`, and the step n that wrote it. */
  statusOf(g: GId, until: number): { n: number; status: string } {
    const path = `G.${g}.status`;
    const n = this.run.lastWrite(path, until);
    return { n, status: String(this.valueAt(path, n)) };
  }
}
