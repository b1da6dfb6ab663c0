/**
 * The one writer of the state. Whatever it writes it also lists in the step under way, so that no field changes in silence.
 */
import type { CallFact, Change, GId, GRow, Json, MId, MRow, PId, PRow, Sched, State, Step, StepFact, SysmonRow } from './state';

type Tree = { [key: string]: unknown };

export class Recorder {
  private step: Step | null = null;
  private count = 0;

  constructor(readonly state: State) {}

  get stepCount(): number {
    return this.count;
  }

  begin(t: number, m: MId, fn: string, at: string, d: number): Step {
    if (this.step) throw new Error(`step ${this.step.fn}/${this.step.at} is still open at ${fn}/${at}`);
    const row = this.state.M[m];
    if (!row) throw new Error(`no ${m} for ${fn}/${at}`);
    this.step = { n: ++this.count, t, m, p: row.p, g: row.curg, fn, at, d, set: [] };
    return this.step;
  }

  end(): Step {
    const { step } = this;
    if (!step) throw new Error('no step is open');
    this.step = null;
    return step;
  }

  /** The step under way; an error outside of one, because nothing may change between steps. */
  get open(): Step {
    if (!this.step) throw new Error('the state may change only inside a step');
    return this.step;
  }

  event(ev: string): void {
    const { open } = this;
    open.ev = open.ev === undefined ? ev : `${open.ev} ${ev}`;
  }

  fact(fact: StepFact): void {
    this.open.fact = fact;
  }

  call(call: CallFact): void {
    this.open.call = call;
  }

  g<K extends keyof GRow>(id: GId, field: K, value: GRow[K]): void {
    this.put(this.state.G[id] as unknown as Tree, 'G', id, field, value);
  }

  m<K extends keyof MRow>(id: MId, field: K, value: MRow[K]): void {
    this.put(this.state.M[id] as unknown as Tree, 'M', id, field, value);
  }

  p<K extends keyof PRow>(id: PId, field: K, value: PRow[K]): void {
    this.put(this.state.P[id] as unknown as Tree, 'P', id, field, value);
  }

  sched<K extends keyof Sched>(field: K, value: Sched[K]): void {
    this.putNamed(this.state.sched as unknown as Tree, field, `sched.${field}`, value);
  }

  sysmon<K extends keyof SysmonRow>(field: K, value: SysmonRow[K]): void {
    this.putNamed(this.state.sysmon as unknown as Tree, field, `sysmon.${field}`, value);
  }

  /** Any other place: keys from the root of the state. */
  at(keys: readonly string[], value: Json): void {
    const last = keys[keys.length - 1] ?? '';
    let node = this.state as unknown as Tree;
    for (let i = 0; i < keys.length - 1; i++) {
      const next = node[keys[i] ?? ''];
      if (typeof next !== 'object' || next === null) throw new Error(`no ${keys[i] ?? ''} on the way to ${keys.join('.')}`);
      node = next as Tree;
    }
    this.putNamed(node, last, keys.join('.'), value);
  }

  /** A new row of a table. */
  add(table: 'G', id: GId, row: GRow): void;
  add(table: 'M', id: MId, row: MRow): void;
  add(table: 'G' | 'M', id: string, row: GRow | MRow): void {
    this.at([table, id], row as unknown as Json);
  }

  private put(row: Tree | undefined, table: string, id: string, field: string, value: unknown): void {
    if (!row) throw new Error(`no ${table} ${id} to set ${field} in`);
    if (row[field] === value) return;
    this.open.set.push([`${table}.${id}.${field}`, row[field] as Json, value as Json]);
    row[field] = ownCopy(value);
  }

  private putNamed(row: Tree, field: string, path: string, value: unknown): void {
    const old = row[field];
    if (old === value) return;
    const change: Change = [path, (old ?? null) as Json, value as Json];
    this.open.set.push(change);
    row[field] = ownCopy(value);
  }
}

/** Lists are always replaced whole; rows are changed in place later on, and what a step has listed must not change with them. */
function ownCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const copy: Tree = {};
  for (const [key, member] of Object.entries(value)) copy[key] = ownCopy(member);
  return copy;
}
