/**
 * Who made whom go on: who made a goroutine runnable and who then runs it, who gave a P to which thread, who stole from whom. Kept in columns
 * of numbers while a run is made. Pure.
 */
import type { Change, GId, MId, PId, State, Step } from '../model/state';
import { counts, firstWhere, type Growing } from './growing';
import { type RowPath, RowPaths } from './row-paths';

/** `created`, `readied`, `yielded`: why a goroutine became runnable; `returned`: from a system call, without a P. `given`: a P to a thread. */
export const LINK_KINDS = ['created', 'readied', 'yielded', 'returned', 'given', 'stolen'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

export interface LinkEnd {
  n: number;
  g: GId | null;
  m: MId | null;
  p: PId | null;
}

export interface Link {
  kind: LinkKind;
  from: LinkEnd;
  to: LinkEnd;
}

export interface LinksAsk {
  /** The step that is shown. */
  n: number;
  /** Whose links are wanted besides the step's: within the two steps, those nearest to n. */
  of: GId | MId | PId | null;
  from: number;
  to: number;
}

/** Of what was selected so many are given. */
const MOST = 16;
/** So far back it is looked for what led to the step. */
const LOOK_BACK = 4_000;
/** kind, then step, G, M and P of either end. */
const FIELDS = 9;
const NOBODY = 0xffffffff;

const numberOf = (id: string | null): number => (id === null ? NOBODY : Number(id.slice(1)));
const idOf = <Id extends string>(letter: string, n: number): Id | null => (n === NOBODY ? null : (`${letter}${n}` as Id));

interface Pending extends LinkEnd {
  kind: LinkKind;
}

export class Links {
  /** FIELDS numbers for each link, by the step at which it arrives. */
  private readonly fields: Growing<Uint32Array> = counts();
  private readonly runnable = new Map<string, Pending>();
  private readonly given = new Map<string, Pending>();
  /** The P of each thread, and the status of each goroutine. */
  private readonly pOf = new Map<string, PId | null>();

  constructor(
    first: State,
    private readonly paths = new RowPaths(),
  ) {
    for (const [m, { p }] of Object.entries(first.M)) this.pOf.set(m, p);
  }

  get length(): number {
    return this.fields.length / FIELDS;
  }

  add(step: Step): void {
    const rows = this.paths.ofAll(step.set);
    for (let i = 0; i < step.set.length; i++) {
      const [, old, now] = step.set[i] as Change;
      const row = rows[i] as RowPath;
      if (row.table === 'G') this.takeG(step, row, old, now);
      else if (row.table === 'M') this.takeM(step, row, now);
      else if (row.table === 'P') this.takeP(step, row, now);
    }
  }

  private takeG(step: Step, { id, field }: RowPath, old: unknown, now: unknown): void {
    if (field !== '' && field !== 'status') return;
    const g = id as GId;
    const status = field === '' ? (now as { status?: string } | null)?.status : now;
    const was = field === '' ? '_Gidle' : old;
    if (status === '_Grunnable') this.runnable.set(g, { kind: becameRunnable(was), ...endOf(step) });
    else if (status === '_Grunning') {
      const from = this.runnable.get(g);
      this.runnable.delete(g);
      if (from) this.push(from.kind, from, { n: step.n, g, m: step.m, p: this.pOf.get(step.m) ?? step.p });
    }
  }

  private takeM(step: Step, { id, field }: RowPath, now: unknown): void {
    const m = id as MId;
    const row = field === '' ? (now as { p?: PId | null; nextp?: PId | null } | null) : null;
    const nextp = row ? row.nextp : field === 'nextp' ? (now as PId | null) : undefined;
    if (nextp != null && m !== step.m) this.given.set(m, { kind: 'given', ...endOf(step), p: nextp });
    const p = row ? row.p : field === 'p' ? (now as PId | null) : undefined;
    if (p === undefined) return;
    this.pOf.set(m, p);
    const from = this.given.get(m);
    if (p === null || !from) return;
    this.given.delete(m);
    if (from.p === p) this.push('given', from, { n: step.n, g: null, m, p });
  }

  /** Only its owner puts into a ring and takes from its head; whoever else takes from it steals. */
  private takeP(step: Step, { id, field }: RowPath, now: unknown): void {
    if (step.fn !== 'runqgrab') return;
    const victim = id as PId;
    if (victim === step.p || (field !== 'runq' && !(field === 'runnext' && now === null))) return;
    this.push('stolen', { n: step.n, g: null, m: null, p: victim }, { n: step.n, g: null, m: step.m, p: step.p });
  }

  private push(kind: LinkKind, from: LinkEnd, to: LinkEnd): void {
    this.fields.push(LINK_KINDS.indexOf(kind));
    for (const { n, g, m, p } of [from, to]) for (const each of [n, numberOf(g), numberOf(m), numberOf(p)]) this.fields.push(each);
  }

  /** Link i, in the order in which they arrive. */
  at(i: number): Link {
    const field = (k: number): number => this.fields.at(i * FIELDS + k);
    const end = (k: number): LinkEnd => ({
      n: field(k),
      g: idOf('G', field(k + 1)),
      m: idOf('M', field(k + 2)),
      p: idOf('P', field(k + 3)),
    });
    return { kind: LINK_KINDS[field(0)] as LinkKind, from: end(1), to: end(5) };
  }

  private arrivesAt(i: number): number {
    return this.fields.at(i * FIELDS + 5);
  }

  /** Links of a step, and what led to it; of what is selected those near the step. */
  look({ n, of, from, to }: LinksAsk, step: Pick<Step, 'm' | 'g'> | null): Link[] {
    const found = new Map<number, Link>();
    const end = firstWhere(this.length, (i) => this.arrivesAt(i) > n);
    // What led here: how the step's goroutine came to run, and its thread to its P.
    let wanted = step ? [step.g, step.m].filter((each) => each !== null) : [];
    for (let i = end - 1; i >= 0 && i >= end - LOOK_BACK && wanted.length > 0; i--) {
      const link = this.at(i);
      const met = wanted.filter((each) => (each === link.to.m ? link.kind === 'given' : each === link.to.g));
      if (met.length > 0 || link.to.n === n) found.set(i, link);
      wanted = wanted.filter((each) => !met.includes(each));
    }
    // And where it leads.
    for (let i = end; i < this.length && i < end + LOOK_BACK; i++) if (this.at(i).from.n === n) found.set(i, this.at(i));
    if (of !== null) {
      const inside: number[] = [];
      const first = firstWhere(this.length, (i) => this.arrivesAt(i) >= from);
      for (let i = first; i < this.length && this.arrivesAt(i) <= to && i < first + 10 * LOOK_BACK; i++) {
        const link = this.at(i);
        if ([link.from, link.to].some(({ g, m, p }) => g === of || m === of || p === of)) inside.push(i);
      }
      inside.sort((a, b) => Math.abs(this.arrivesAt(a) - n) - Math.abs(this.arrivesAt(b) - n));
      for (const i of inside.slice(0, MOST)) found.set(i, this.at(i));
    }
    return [...found].sort(([a], [b]) => a - b).map(([, link]) => link);
  }
}

const endOf = ({ n, g, m, p }: Step): LinkEnd => ({ n, g, m, p });

function becameRunnable(was: unknown): LinkKind {
  if (was === '_Gwaiting') return 'readied';
  if (was === '_Grunning' || was === '_Gpreempted') return 'yielded';
  return was === '_Gsyscall' ? 'returned' : 'created';
}
