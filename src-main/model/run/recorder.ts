/**
 * The one writer of the state. Whatever it writes it also lists in the step under way, so that no field changes in silence.
 */
import { VersionedQueue } from '../trace/queue-versions';
import { liesIn } from '../state-path';
import type { CallFact, Change, GId, GRow, Json, MId, MRow, PId, PRow, Sched, State, Step, StepFact, SysmonRow } from '../state';

type Tree = { [key: string]: unknown };

/** What a step has changed before it has changed anything. */
const NOTHING: Change[] = [];

/** Dotted paths, made once for each place: a run names the same few thousand places millions of times. */
export class PathNode {
  private readonly below = new Map<string, PathNode>();
  /** A step mostly changes several fields of one row. */
  private lastKey = '';
  private lastNode: PathNode | null = null;

  /** The step that wrote it last, by number. */
  writtenIn = 0;

  constructor(readonly path: string) {}

  to(key: string): PathNode {
    if (this.lastNode !== null && this.lastKey === key) return this.lastNode;
    let node = this.below.get(key);
    if (!node) this.below.set(key, (node = new PathNode(this.path === '' ? key : `${this.path}.${key}`)));
    this.lastKey = key;
    this.lastNode = node;
    return node;
  }
}

export class Recorder {
  private step: Step | null = null;
  private count = 0;
  /** The changes of the step under way, and how many of the list's elements are. */
  private readonly changes: Change[] = [];
  private changeCount = 0;
  /** The step under way has written some place twice. */
  private hasTwice = false;
  private readonly paths = new PathNode('');
  private readonly pathsOf = {
    G: this.paths.to('G'),
    M: this.paths.to('M'),
    P: this.paths.to('P'),
    sched: this.paths.to('sched'),
    sysmon: this.paths.to('sysmon'),
  };
  private readonly queues = new Map<string, VersionedQueue<GId>>();
  /** Whose registers and flags were written last: mostly they are written again. */
  private cpuOf: MId | null = null;
  private regsPlace = this.paths;
  private flagsPlace = this.paths;

  /** `eventNames`: what events are called instead of the names that 1.14's functions write; '': left out (versions/profile.ts). */
  constructor(
    /** The state as the model reads it. */
    readonly state: State,
    private readonly eventNames: Readonly<Record<string, string>> = {},
    /** The state that is written: the same object, except in a run whose reads are watched (watched-run.ts). */
    private readonly own: State = state,
  ) {}

  get stepCount(): number {
    return this.count;
  }

  /** Opens step n + 1 of thread m at `t` ns, which costs `d` ns. Throws when a step is open already. */
  begin(t: number, m: MId, fn: string, at: string, d: number): Step {
    if (this.step) throw new Error(`step ${this.step.fn}/${this.step.at} is still open at ${fn}/${at}`);
    const row = this.own.M[m];
    if (!row) throw new Error(`no ${m} for ${fn}/${at}`);
    this.step = { n: ++this.count, t, m, p: row.p, g: row.curg, fn, at, d, set: NOTHING };
    return this.step;
  }

  end(): Step {
    const { step } = this;
    if (!step) throw new Error('no step is open');
    this.step = null;
    if (this.changeCount > 0) step.set = this.changes.slice(0, this.changeCount);
    if (this.hasTwice) step.set = oncePerPlace(step.set);
    this.hasTwice = false;
    this.changeCount = 0;
    return step;
  }

  /** The step under way; an error outside of one, because nothing may change between steps. */
  get open(): Step {
    if (!this.step) throw new Error('the state may change only inside a step');
    return this.step;
  }

  event(ev: string): void {
    const { open } = this;
    const name = this.eventNames[ev] ?? ev;
    if (name !== '') open.ev = open.ev === undefined ? name : `${open.ev} ${name}`;
  }

  fact(fact: StepFact): void {
    this.open.fact = fact;
  }

  call(call: CallFact): void {
    this.open.call = call;
  }

  g<K extends keyof GRow>(id: GId, field: K, value: GRow[K]): void {
    this.put(this.own.G[id] as unknown as Tree, this.pathsOf.G, id, field, value);
  }

  m<K extends keyof MRow>(id: MId, field: K, value: MRow[K]): void {
    this.put(this.own.M[id] as unknown as Tree, this.pathsOf.M, id, field, value);
  }

  p<K extends Exclude<keyof PRow, 'runq'>>(id: PId, field: K, value: PRow[K]): void {
    this.put(this.own.P[id] as unknown as Tree, this.pathsOf.P, id, field, value);
  }

  sched<K extends Exclude<keyof Sched, 'runq'>>(field: K, value: Sched[K]): void {
    this.putNamed(this.own.sched as unknown as Tree, field, this.pathsOf.sched.to(field), value);
  }

  sysmon<K extends keyof SysmonRow>(field: K, value: SysmonRow[K]): void {
    this.putNamed(this.own.sysmon as unknown as Tree, field, this.pathsOf.sysmon.to(field), value);
  }

  /** Puts Gs to the tail of a run queue: a P's, or with null the global one. */
  runqAppend(p: PId | null, these: readonly GId[]): void {
    if (these.length === 0) return;
    const { place, queue } = this.runq(p);
    const old = queue.version;
    queue.append(these);
    this.list(place, old, queue.version);
  }

  /** Takes so many Gs from the head of a run queue: a P's, or with null the global one. */
  runqTake(p: PId | null, count: number): GId[] {
    if (count === 0) return [];
    const { place, queue } = this.runq(p);
    const old = queue.version;
    const taken = queue.take(count);
    this.list(place, old, queue.version);
    return taken;
  }

  private runq(p: PId | null): { place: PathNode; queue: VersionedQueue<GId> } {
    const place = (p === null ? this.pathsOf.sched : this.pathsOf.P.to(p)).to('runq');
    let queue = this.queues.get(place.path);
    if (!queue) this.queues.set(place.path, (queue = new VersionedQueue((p === null ? this.own.sched : (this.own.P[p] as PRow)).runq)));
    return { place, queue };
  }

  /** A register of a thread: no other place changes with every instruction. */
  reg(id: MId, name: string, value: string): void {
    const regs = this.own.M[id]?.regs;
    if (!regs) throw new Error(`${id} has no registers to set ${name} in`);
    const old = regs[name] ?? null;
    if (old === value) return;
    if (this.cpuOf !== id) this.turnTo(id);
    this.list(this.regsPlace.to(name), old, value);
    regs[name] = value;
  }

  /** Other flags of a thread than it has: a list that is never changed in place. After most arithmetic there are some. */
  flags(id: MId, now: string[]): void {
    const row = this.own.M[id];
    if (!row) throw new Error(`no ${id} to set flags in`);
    if (this.cpuOf !== id) this.turnTo(id);
    this.list(this.flagsPlace, row.flags ?? null, now);
    row.flags = now;
  }

  private turnTo(id: MId): void {
    const place = this.pathsOf.M.to(id);
    this.cpuOf = id;
    this.regsPlace = place.to('regs');
    this.flagsPlace = place.to('flags');
  }

  /** Any other place: keys from the root of the state. */
  at(keys: readonly string[], value: Json): void {
    let node = this.own as unknown as Tree;
    let place = this.paths;
    for (let i = 0; i < keys.length - 1; i++) {
      const key = keys[i] ?? '';
      const next = node[key];
      if (typeof next !== 'object' || next === null) throw new Error(`no ${key} on the way to ${keys.join('.')}`);
      node = next as Tree;
      place = place.to(key);
    }
    const last = keys[keys.length - 1] ?? '';
    this.putNamed(node, last, place.to(last), value);
  }

  /** A new row of a table. */
  add(table: 'G', id: GId, row: GRow): void;
  add(table: 'M', id: MId, row: MRow): void;
  add(table: 'G' | 'M', id: string, row: GRow | MRow): void {
    this.at([table, id], row as unknown as Json);
  }

  private put(row: Tree | undefined, table: PathNode, id: string, field: string, value: unknown): void {
    if (!row) throw new Error(`no ${table.path} ${id} to set ${field} in`);
    if (isSame(row[field], value)) return;
    this.list(table.to(id).to(field), (row[field] ?? null) as Json, value as Json);
    row[field] = ownCopy(value);
  }

  private putNamed(row: Tree, field: string, place: PathNode, value: unknown): void {
    const old = row[field];
    if (isSame(old, value)) return;
    this.list(place, (old ?? null) as Json, value as Json);
    row[field] = ownCopy(value);
  }

  protected list(place: PathNode, old: Json, now: Json): void {
    if (!this.step) throw new Error(`${place.path} may change only inside a step`);
    if (place.writtenIn === this.count) this.hasTwice = true;
    place.writtenIn = this.count;
    this.changes[this.changeCount++] = [place.path, old, now];
  }
}

/** Lists other than run queues are always replaced whole; rows are changed in place later on, and what a step has listed must not change with them. */
function ownCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const copy: Tree = {};
  for (const [key, member] of Object.entries(value)) copy[key] = ownCopy(member);
  return copy;
}

/** Whether writing the value would change nothing. */
function isSame(old: unknown, value: unknown): boolean {
  if (old === value) return true;
  if (typeof old !== 'object' || typeof value !== 'object' || old === null || value === null) return false;
  if (Array.isArray(old)) {
    if (!Array.isArray(value) || old.length !== value.length) return false;
    for (let i = 0; i < old.length; i++) if (!isSame(old[i], value[i])) return false;
    return true;
  }
  if (Array.isArray(value)) return false;
  const keys = Object.keys(old);
  return (
    keys.length === Object.keys(value).length &&
    keys.every((key) => Object.hasOwn(value, key) && isSame((old as Tree)[key], (value as Tree)[key]))
  );
}

/**
 * A place that a step has written twice is listed once, from its first value to its last: a reader may look a path up. Not where
 * something inside of it, or around it, was written in between.
 */
function oncePerPlace(changes: Change[]): Change[] {
  const kept: Change[] = [];
  for (const change of changes) {
    const [path, , now] = change;
    let before = kept.length - 1;
    while (before >= 0 && (kept[before] as Change)[0] !== path) before--;
    if (before >= 0 && isApart(kept, before)) kept[before] = [path, (kept[before] as Change)[1], now];
    else kept.push(change);
  }
  return kept.filter(([, old, now]) => !isSame(old, now));
}

/** Whether what is written after one of the changes lies neither inside nor around it. */
function isApart(changes: readonly Change[], at: number): boolean {
  const [path] = changes[at] as Change;
  for (let i = at + 1; i < changes.length; i++) {
    const [each] = changes[i] as Change;
    if (liesIn(each, path) || liesIn(path, each)) return false;
  }
  return true;
}
