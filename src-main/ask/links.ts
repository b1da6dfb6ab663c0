/**
 * Who made whom go on: who made a goroutine runnable and who then runs it, who gave a P to which thread, who stole from whom. Kept in columns
 * of numbers while a run is made. Pure.
 */
import type { Change, GId, MId, PId, State, Step } from '../model/state';
import { counts, firstWhere, type Growing } from './growing';
import { idNumber } from '../model/trace/id-numbers';
import { PathMeanings, type RowId, type RowPath, RowPaths } from './row-paths';

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
/** What NONE is among numbers without a sign. */
const NOBODY = 0xffffffff;

const idOf = <Id extends string>(letter: string, n: number): Id | null => (n === NOBODY ? null : (`${letter}${n}` as Id));

/** Where a link to somebody begins: one object for each of them, used again. `n` 0: none has begun. */
interface Pending extends LinkEnd {
  kind: LinkKind;
}

/** What a path tells of: of a goroutine its status, of a thread the P that it has or is to have, of a P who waits there. */
type Told = 'row of G' | 'status' | 'row of M' | 'nextp' | 'p' | 'queue' | 'next';

/** Null: no link begins or ends with it. */
function toldBy({ table, field }: RowPath): Told | null {
  if (table === 'G') return field === '' ? 'row of G' : field === 'status' ? 'status' : null;
  if (table === 'M') return field === '' ? 'row of M' : field === 'nextp' ? 'nextp' : field === 'p' ? 'p' : null;
  return table !== 'P' ? null : field === 'runq' ? 'queue' : field === 'runnext' ? 'next' : null;
}

export class Links {
  /** FIELDS numbers for each link, by the step at which it arrives. */
  private readonly fields: Growing<Uint32Array> = counts();
  private readonly runnable = new Map<string, Pending>();
  private readonly given = new Map<string, Pending>();
  /** The P of each thread. */
  private readonly pOf = new Map<string, PId | null>();
  private readonly told = new PathMeanings(toldBy);

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
    const { set } = step;
    const paths = this.paths.ofAll(set);
    for (let i = 0; i < set.length; i++) {
      const path = paths[i] as RowPath;
      const told = this.told.of(path);
      if (told !== null) this.take(told, path.id, step, set[i] as Change);
    }
  }

  private take(told: Told, id: RowId, step: Step, [, old, now]: Change): void {
    switch (told) {
      case 'status':
        this.takeStatus(step, id as GId, old, now);
        return;
      case 'row of G':
        this.takeStatus(step, id as GId, '_Gidle', (now as { status?: string } | null)?.status);
        return;
      case 'nextp':
        this.takeNextP(step, id as MId, now as PId | null);
        return;
      case 'p':
        this.takeP(step, id as MId, now as PId | null);
        return;
      case 'row of M': {
        const row = now as { p?: PId | null; nextp?: PId | null } | null;
        this.takeNextP(step, id as MId, row?.nextp ?? null);
        if (row?.p !== undefined) this.takeP(step, id as MId, row.p);
        return;
      }
      case 'queue':
        this.takeQueued(step, id as PId);
        return;
      case 'next':
        if (now === null) this.takeQueued(step, id as PId);
    }
  }

  private takeStatus(step: Step, g: GId, was: unknown, status: unknown): void {
    if (status === '_Grunnable') begun(this.runnable, g, becameRunnable(was), step, step.p);
    else if (status === '_Grunning') {
      const from = this.runnable.get(g);
      if (from === undefined || from.n === 0) return;
      this.push(from.kind, from, step.n, g, step.m, this.pOf.get(step.m) ?? step.p);
      from.n = 0;
    }
  }

  private takeNextP(step: Step, m: MId, nextp: PId | null): void {
    if (nextp !== null && m !== step.m) begun(this.given, m, 'given', step, nextp);
  }

  private takeP(step: Step, m: MId, p: PId | null): void {
    this.pOf.set(m, p);
    const from = this.given.get(m);
    if (p === null || from === undefined || from.n === 0) return;
    if (from.p === p) this.push('given', from, step.n, null, m, p);
    from.n = 0;
  }

  /** Only its owner puts into a ring and takes from its head; whoever else takes from it steals. */
  private takeQueued(step: Step, victim: PId): void {
    if (step.fn !== 'runqgrab' || victim === step.p) return;
    this.push('stolen', { n: step.n, g: null, m: null, p: victim }, step.n, null, step.m, step.p);
  }

  private push(kind: LinkKind, from: LinkEnd, n: number, g: GId | null, m: MId | null, p: PId | null): void {
    const { fields } = this;
    fields.push(LINK_KINDS.indexOf(kind));
    fields.push(from.n);
    fields.push(idNumber(from.g));
    fields.push(idNumber(from.m));
    fields.push(idNumber(from.p));
    fields.push(n);
    fields.push(idNumber(g));
    fields.push(idNumber(m));
    fields.push(idNumber(p));
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

function begun<Id>(links: Map<Id, Pending>, id: Id, kind: LinkKind, { n, g, m }: Step, p: PId | null): void {
  const known = links.get(id);
  if (!known) {
    links.set(id, { kind, n, g, m, p });
    return;
  }
  known.kind = kind;
  known.n = n;
  known.g = g;
  known.m = m;
  known.p = p;
}

function becameRunnable(was: unknown): LinkKind {
  if (was === '_Gwaiting') return 'readied';
  if (was === '_Grunning' || was === '_Gpreempted') return 'yielded';
  return was === '_Gsyscall' ? 'returned' : 'created';
}
