/** What a lesson asks of one of its runs, found in one walk through the run's steps. */
import type { Lesson, LessonActivity, LessonStep, OrderActivity, Proof } from '../formats/lesson';
import type { Json, State, Step } from '../model/state';
import { type Anchor, AnchorFinder, type Rows } from '../model/trace/anchors';
import type { Facts } from '../model/trace/facts';
import { valueAt } from './values';

/** A run that can be looked at again. */
export interface WitnessedRun {
  first: State;
  steps: () => Iterable<Step>;
  /** The state after step n; nobody changes it. */
  stateAt: (n: number) => State;
  facts: () => Promise<Facts>;
  /** Asked again and again: to be waited for when somebody else should have a turn. Throws when nobody wants to know any more. */
  pause?: () => Promise<void> | null;
}

/** So many steps are looked at between two questions whether to pause. */
const STEPS_APART = 256;

export type OrderOfFunction = Extract<OrderActivity, { of: 'function' }>;

/** Everything that has to be looked for. */
interface Wanted {
  anchors: Anchor[];
  rows: Rows[];
  orders: OrderOfFunction[];
  facts: boolean;
}

/** The proofs of a step, with the place of each in the file. */
export function proofsOf(step: LessonStep): { proof: Proof; place: string }[] {
  const at = (proofs: readonly Proof[], place: string): { proof: Proof; place: string }[] =>
    proofs.map((proof, i) => ({ proof, place: `steps.${step.id}.${place}[${i}]` }));
  const { ask, activity } = step;
  return [
    ...at(ask?.proof ?? [], 'ask.proof'),
    ...(activity?.kind === 'match' ? activity.pairs.flatMap(({ proof }, i) => at(proof, `match.pairs[${i}].proof`)) : []),
    ...(activity?.kind === 'claim' ? at(activity.proof, 'claim.proof') : []),
  ];
}

/** The runs that have to be known for what a step asks and does; not the one that it stands in, if nothing is asked of it. */
export function runsFor(step: LessonStep): Set<string> {
  const { activity } = step;
  return new Set([
    ...proofsOf(step).map(({ proof }) => proof.run),
    ...(activity?.kind === 'table' ? activity.columns.map(({ run }) => run) : []),
    ...(activity?.kind === 'order' ? [activity.run] : []),
  ]);
}

function wantedBy(proof: Proof): Partial<Wanted> {
  switch (proof.kind) {
    case 'state':
      return { anchors: proof.at === null ? [] : [proof.at] };
    case 'time':
      return { anchors: [proof.at] };
    case 'order':
      return { anchors: [proof.first, proof.then] };
    case 'count':
      return { rows: [proof.of] };
    case 'facts':
      return { facts: true };
  }
}

function wantedIn(activity: LessonActivity | null, run: string): Partial<Wanted>[] {
  if (activity?.kind === 'order') {
    if (activity.run !== run) return [];
    return [activity.of === 'function' ? { orders: [activity] } : { anchors: activity.steps.map(({ at }) => at) }];
  }
  if (activity?.kind !== 'table') return [];
  const columns = activity.columns.filter((column) => column.run === run);
  if (columns.length === 0) return [];
  const rows = activity.rows.map((row): Partial<Wanted> => {
    if (row.kind === 'count') return { rows: [row.of] };
    if (row.kind === 'facts') return { facts: true };
    return row.at ? { anchors: [row.at] } : {};
  });
  return [...rows, { anchors: columns.flatMap(({ at }) => at ?? []) }];
}

/** What the lesson looks for in this run. */
function wanted(lesson: Lesson, run: string): Wanted {
  const parts = lesson.steps.flatMap((step) => [
    ...proofsOf(step).flatMap(({ proof }) => (proof.run === run ? [wantedBy(proof)] : [])),
    ...wantedIn(step.activity, run),
  ]);
  return {
    anchors: once(parts.flatMap(({ anchors = [] }) => anchors)),
    rows: once(parts.flatMap(({ rows = [] }) => rows)),
    orders: once(parts.flatMap(({ orders = [] }) => orders)),
    facts: parts.some(({ facts }) => facts),
  };
}

const once = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** A row of the first call of a function. */
export interface PassedRow {
  fn: string;
  at: string;
  n: number;
}

/** The rows of the first call: those that one M passes until it comes to one of them again. */
class PassageFinder {
  readonly rows: PassedRow[] = [];
  private m: string | null = null;
  private isOver = false;

  constructor(private readonly order: OrderOfFunction) {}

  add({ n, fn, at, m }: Step, g: string | null): void {
    const { order } = this;
    if (this.isOver || fn !== order.fn) return;
    if (this.m === null ? (order.m ?? m) !== m || (order.g ?? g) !== g : this.m !== m) return;
    this.m = m;
    if (this.rows.some((row) => row.at === at)) this.isOver = true;
    else this.rows.push({ fn, at, n });
  }
}

export class Evidence {
  private readonly timeOf = new Map<number, number>([[0, 0]]);

  private constructor(
    private readonly run: WitnessedRun,
    private readonly placeOf: ReadonlyMap<Anchor, number>,
    private readonly counts: ReadonlyMap<Rows, number>,
    private readonly passages: ReadonlyMap<OrderOfFunction, readonly PassedRow[]>,
    /** Where nobody asks for facts there are none. */
    readonly facts: Facts | null,
    /** Every function that the run comes to, with its rows. */
    readonly rowsOf: ReadonlyMap<string, ReadonlySet<string>>,
  ) {}

  static async gather(lesson: Lesson, name: string, run: WitnessedRun): Promise<Evidence> {
    const { anchors, rows, orders, facts } = wanted(lesson, name);
    // A lesson's own ids may be anything but this.
    const ids = new Map(anchors.map((at, i) => [`\0${i}`, at] as const));
    const steps = lesson.steps.filter((step) => step.run === name);
    const finder = new AnchorFinder(run.first, [...steps, ...[...ids].map(([id, at]) => ({ id, at }))], rows);
    const passages = new Map(orders.map((order) => [order, new PassageFinder(order)]));
    const rowsOf = new Map<string, Set<string>>();
    const times = new Map<number, number>();
    for (const step of run.steps()) {
      const found = finder.found.size;
      finder.add(step);
      if (finder.found.size > found) times.set(step.n, step.t);
      for (const passage of passages.values()) passage.add(step, finder.nameOf(step.g));
      const known = rowsOf.get(step.fn);
      if (known) known.add(step.at);
      else rowsOf.set(step.fn, new Set([step.at]));
      if (step.n % STEPS_APART === 0) {
        const pause = run.pause?.();
        if (pause) await pause;
      }
    }
    const places = [...ids].flatMap(([id, at]) => {
      const n = finder.found.get(id);
      return n === undefined ? [] : [[at, n] as const];
    });
    const passed = new Map([...passages].map(([order, { rows: each }]) => [order, each]));
    const evidence = new Evidence(run, new Map(places), finder.counts, passed, facts ? await run.facts() : null, rowsOf);
    for (const [n, t] of times) evidence.timeOf.set(n, t);
    return evidence;
  }

  /** The number of the step; 0: the first state; null: the run never comes there. */
  place(at: Anchor | null): number | null {
    return at === null ? 0 : (this.placeOf.get(at) ?? null);
  }

  /** Virtual time of a place that was found, ns. */
  time(n: number): number {
    return this.timeOf.get(n) ?? 0;
  }

  count(rows: Rows): number {
    return this.counts.get(rows) ?? 0;
  }

  passage(order: OrderOfFunction): readonly PassedRow[] {
    return this.passages.get(order) ?? [];
  }

  state(n: number): State {
    return this.run.stateAt(n);
  }

  /** Of the state after step n; undefined: there is no such place. */
  stateValue(n: number, path: string): Json | undefined {
    return valueAt(this.state(n), path);
  }

  /** Of the run's facts; undefined: there is no such place. */
  fact(path: string): Json | undefined {
    return valueAt(this.facts, path);
  }
}
