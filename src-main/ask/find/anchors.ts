/** What a run comes to, for whoever looks for something in it: the rows of its functions, its events and marks, and who has which name. Pure. */
import type { GId, State, Step } from '../../model/state';
import type { PackedSteps } from '../../model/trace/packed-steps';

export interface AnchorRow {
  fn: string;
  at: string;
  /** How many steps of the run stand there. */
  count: number;
  /** Number of the first of them, from 1, and its virtual time in ns. */
  n: number;
  t: number;
}

/** Counts the steps of one run. */
export class AnchorCounter {
  private readonly seen = new Map<string, Map<string, AnchorRow>>();
  private readonly all: AnchorRow[] = [];

  add({ n, t, fn, at }: Readonly<Pick<Step, 'n' | 't' | 'fn' | 'at'>>): void {
    let ofFunction = this.seen.get(fn);
    if (!ofFunction) this.seen.set(fn, (ofFunction = new Map()));
    const row = ofFunction.get(at);
    if (row) {
      row.count++;
      return;
    }
    const made = { fn, at, count: 1, n, t };
    ofFunction.set(at, made);
    this.all.push(made);
  }

  /** In the order of their first steps. */
  get rows(): AnchorRow[] {
    return this.all;
  }
}

/** Something that has a name, and the step from which on it is there; 0: from the beginning. */
export interface NamedFrom {
  name: string;
  n: number;
}

export interface RunAnchors {
  rows: AnchorRow[];
  /** Of Go's tracer. */
  events: NamedFrom[];
  marks: NamedFrom[];
  goroutines: (NamedFrom & { id: GId })[];
}

/** Nobody reads through more names. */
const MOST_NAMES = 2_000;

class Names {
  readonly found: NamedFrom[] = [];
  private readonly seen = new Set<string>();

  add(name: string | undefined, n: number): void {
    if (name === undefined || this.seen.has(name) || this.seen.size >= MOST_NAMES) return;
    this.seen.add(name);
    this.found.push({ name, n });
  }
}

export function anchorsOfRun(first: State, steps: PackedSteps): RunAnchors {
  const counter = new AnchorCounter();
  const [events, marks] = [new Names(), new Names()];
  const goroutines: RunAnchors['goroutines'] = Object.entries(first.G).map(([id, { name }]) => ({ id: id as GId, name, n: 0 }));
  const cursor = steps.cursor();
  for (let n = 1; n <= steps.length; n++) {
    cursor.goTo(n);
    counter.add(cursor);
    for (const event of cursor.ev?.split(/[\s,]+/) ?? []) events.add(event, n);
    marks.add(cursor.note, n);
    for (let i = 0; i < cursor.changeCount && goroutines.length < MOST_NAMES; i++) {
      const { way, last } = cursor.placeAt(i);
      if (way.length !== 1 || way[0] !== 'G') continue;
      const row = cursor.nowAt(i) as { name?: string } | null;
      if (row?.name !== undefined) goroutines.push({ id: last as GId, name: row.name, n });
    }
  }
  return { rows: counter.rows, events: events.found, marks: marks.found, goroutines };
}
