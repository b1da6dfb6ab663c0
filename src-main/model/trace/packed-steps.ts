/**
 * The steps of a run in columns of numbers: a tenth of what objects would take, so that a run of a million steps stays smaller than its
 * trace file. A step's `set` list refers to a pool in which every value occurs once. A slice of them goes to the window as it is: typed
 * arrays, and each log of a run queue once, however many versions of the queue the steps list.
 */
import type { Change, GId, Json, MId, PId, State, Step } from '../state';
import { counts, floats, ints, values } from './columns';
import { QueueVersion } from './queue-versions';
import { type Place, placeOf, StateDraft } from './replay';

/** Each different thing once, by number. */
class Pool<T> {
  private readonly numbers = new Map<T, number>();
  readonly things: T[] = [];

  numberOf(thing: T): number {
    let number = this.numbers.get(thing);
    if (number === undefined) {
      number = this.things.length;
      this.numbers.set(thing, number);
      this.things.push(thing);
    }
    return number;
  }
}

type Extras = Pick<Step, 'asm' | 'note' | 'ev' | 'assumed'>;

/** Lists of paths that are inferred, each one a way from the root: a recording has few different ones, and one for almost every step. */
class AssumedNode {
  private readonly below = new Map<string, AssumedNode>();
  /** By event: the number of what a step tells beside its changes. */
  readonly numbers = new Map<string | undefined, number>();

  to(path: string): AssumedNode {
    let node = this.below.get(path);
    if (!node) this.below.set(path, (node = new AssumedNode()));
    return node;
  }
}

/** Versions of run queues in columns: a long recording has millions of them. */
class PackedVersions {
  private readonly logs: (readonly Json[])[] = [];
  private readonly log = counts();
  private readonly from = counts();
  private readonly to = counts();
  /** Of each log its number, and the version that was put in last: mostly a step's old queue is the one that the step before has left. */
  private readonly known = new WeakMap<readonly Json[], { log: number; last: QueueVersion; number: number }>();

  numberOf(version: QueueVersion): number {
    let known = this.known.get(version.log);
    if (known?.last === version) return known.number;
    const number = this.log.length;
    known ??= { log: this.logs.push(version.log) - 1, last: version, number };
    [known.last, known.number] = [version, number];
    this.known.set(version.log, known);
    this.log.push(known.log);
    this.from.push(version.from);
    this.to.push(version.to);
    return number;
  }

  at(number: number): QueueVersion {
    return new QueueVersion(this.logs[this.log.at(number)] as readonly Json[], this.from.at(number), this.to.at(number));
  }
}

/** Largest whole number whose double is one, too. */
const PLAIN = 2 ** 51;
const NONE = -1;
const ZERO = '0'.charCodeAt(0);
/** Of millions of steps: no part of the id is made a string of its own. */
function idNumber(id: string | null): number {
  if (id === null) return NONE;
  let number = 0;
  for (let i = 1; i < id.length; i++) number = 10 * number + id.charCodeAt(i) - ZERO;
  return number;
}

/** Numbers up to here have their ids at hand: a string that is put together anew is looked at by its letters wherever a table is asked for it. */
const KNOWN_IDS = 4096;
function idsOf<Id extends string>(letter: string): (n: number) => Id {
  const known: Id[] = [];
  const make = (n: number): Id => `${letter}${n}` as Id;
  return (n) => {
    if (n >= KNOWN_IDS) return make(n);
    while (known.length <= n) known.push(make(known.length));
    return known[n] as Id;
  };
}
const mId = idsOf<MId>('M');
const [somePId, someGId] = [idsOf<PId>('P'), idsOf<GId>('G')];
const pId = (n: number): PId | null => (n === NONE ? null : somePId(n));
const gId = (n: number): GId | null => (n === NONE ? null : someGId(n));

/** A step, and what it tells besides: spreading several objects into one would cost several times as much. */
function withExtras(step: Step, { asm, note, ev, assumed }: Extras): Step {
  if (asm !== undefined) step.asm = asm;
  if (note !== undefined) step.note = note;
  if (ev !== undefined) step.ev = ev;
  if (assumed !== undefined) step.assumed = assumed;
  return step;
}

export class PackedSteps {
  private readonly t = floats();
  private readonly d = floats();
  private readonly m = ints();
  private readonly p = ints();
  private readonly g = ints();
  private readonly row = counts();
  private readonly extra = counts();
  /** Where a step's changes end; they begin where those of the step before end. */
  private readonly ends = counts();
  private readonly path = counts();
  private readonly old = values();
  private readonly now = values();

  private readonly fns = new Map<string, Map<string, number>>();
  private readonly rows: StepRow[] = [];
  private readonly extrasOf = new Map<string, number>();
  private readonly assumedOf = new AssumedNode();
  private readonly extras: Extras[] = [{}];
  private readonly places = new Map<string, number>();
  private readonly paths: Place[] = [];
  private readonly values = new Pool<Json>();
  private readonly versions = new PackedVersions();

  get length(): number {
    return this.t.length;
  }

  get changeCount(): number {
    return this.path.length;
  }

  /** Steps come in order, without gaps. `fact` and `call` are not kept: they are for the facts collector. */
  push(step: Step): void {
    this.t.push(step.t);
    this.d.push(step.d);
    this.m.push(idNumber(step.m));
    this.p.push(idNumber(step.p));
    this.g.push(idNumber(step.g));
    this.row.push(this.rowNumber(step.fn, step.at));
    this.extra.push(this.extraNumber(step));
    for (const [path, old, now] of step.set) {
      this.path.push(this.placeNumber(path));
      this.old.push(this.packed(old));
      this.now.push(this.packed(now));
    }
    this.ends.push(this.path.length);
  }

  private rowNumber(fn: string, at: string): number {
    let ats = this.fns.get(fn);
    if (!ats) this.fns.set(fn, (ats = new Map()));
    let number = ats.get(at);
    if (number === undefined) ats.set(at, (number = this.rows.push({ fn, at }) - 1));
    return number;
  }

  private extraNumber(step: Step): number {
    const { asm, note, ev, assumed } = step;
    if (asm === undefined && note === undefined && assumed?.length !== 0) {
      if (ev === undefined && assumed === undefined) return 0;
      let node = this.assumedOf;
      if (assumed !== undefined) for (const path of assumed) node = node.to(path);
      let number = node.numbers.get(ev);
      if (number === undefined) node.numbers.set(ev, (number = this.newExtra(step)));
      return number;
    }
    // The note comes last: only it may have lines of its own.
    const key = `${asm?.pc ?? ''}\n${asm?.text ?? ''}\n${ev ?? ''}\n${assumed === undefined ? '' : JSON.stringify(assumed)}\n${note === undefined ? '' : `:${note}`}`;
    let number = this.extrasOf.get(key);
    if (number === undefined) this.extrasOf.set(key, (number = this.newExtra(step)));
    return number;
  }

  private newExtra({ asm, note, ev, assumed }: Step): number {
    return (
      this.extras.push({
        ...(asm === undefined ? {} : { asm }),
        ...(note === undefined ? {} : { note }),
        ...(ev === undefined ? {} : { ev }),
        ...(assumed === undefined ? {} : { assumed }),
      }) - 1
    );
  }

  private placeNumber(path: string): number {
    let number = this.places.get(path);
    if (number === undefined) this.places.set(path, (number = this.paths.push(placeOf(path)) - 1));
    return number;
  }

  /** Whole numbers stand for themselves, doubled; everything else is an odd number: its place in the pool, or, negative, a version of a run queue. */
  private packed(value: Json): number {
    if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < PLAIN) return 2 * value;
    if (value instanceof QueueVersion) return -(2 * this.versions.numberOf(value) + 1);
    return 2 * this.values.numberOf(value) + 1;
  }

  private unpacked(number: number): Json {
    if (number % 2 === 0) return number / 2;
    return number < 0 ? (this.versions.at((-number - 1) / 2) as unknown as Json) : (this.values.things[(number - 1) / 2] as Json);
  }

  /** Step n, from 1. Values are shared with the pool: copy them before changing them. */
  step(n: number): Step {
    const i = n - 1;
    const set: Change[] = [];
    for (let c = this.firstChange(i); c < this.ends.at(i); c++) {
      set.push([(this.paths[this.path.at(c)] as Place).path, this.unpacked(this.old.at(c)), this.unpacked(this.now.at(c))]);
    }
    const { fn, at } = this.rows[this.row.at(i)] as StepRow;
    return withExtras(
      { n, t: this.t.at(i), m: mId(this.m.at(i)), p: pId(this.p.at(i)), g: gId(this.g.at(i)), fn, at, d: this.d.at(i), set },
      this.extras[this.extra.at(i)] as Extras,
    );
  }

  /** Every different place that the steps change, by number. */
  get changedPlaces(): readonly Place[] {
    return this.paths;
  }

  /** The numbers of the places that steps from..to change, in order. Steps count from 1. */
  eachChange(from: number, to: number, take: (place: number, n: number) => void): void {
    for (let n = Math.max(1, from); n <= Math.min(to, this.length); n++)
      for (let c = this.firstChange(n - 1); c < this.ends.at(n - 1); c++) take(this.path.at(c), n);
  }

  /** What step n wrote to a place, without making the step; undefined: it left it alone. */
  writtenAt(n: number, place: number): [old: Json, now: Json] | undefined {
    let written: [old: Json, now: Json] | undefined;
    // Twice where something inside of it was written in between.
    for (let c = this.firstChange(n - 1); c < this.ends.at(n - 1); c++)
      if (this.path.at(c) === place) written = [written ? written[0] : this.unpacked(this.old.at(c)), this.unpacked(this.now.at(c))];
    return written;
  }

  /** Shows one step after the other without making an object of each: what it shows is good until it goes on. */
  cursor(): StepCursor {
    const view = (i: number): Extras => this.extras[this.extra.at(i)] as Extras;
    const rowOf = (i: number): StepRow => this.rows[this.row.at(i)] as StepRow;
    const [t, d, m, p, g, ends] = [this.t, this.d, this.m, this.p, this.g, this.ends];
    const placeAt = (c: number): Place => this.paths[this.path.at(c)] as Place;
    const nowAt = (c: number): Json => this.unpacked(this.now.at(c));
    let i = -1;
    let first = 0;
    return {
      goTo: (n) => {
        i = n - 1;
        first = i === 0 ? 0 : ends.at(i - 1);
      },
      get n() {
        return i + 1;
      },
      get t() {
        return t.at(i);
      },
      get d() {
        return d.at(i);
      },
      get fn() {
        return rowOf(i).fn;
      },
      get at() {
        return rowOf(i).at;
      },
      get m(): MId {
        return mId(m.at(i));
      },
      get p(): PId | null {
        return pId(p.at(i));
      },
      get g(): GId | null {
        return gId(g.at(i));
      },
      get ev() {
        return view(i).ev;
      },
      get note() {
        return view(i).note;
      },
      get changeCount() {
        return ends.at(i) - first;
      },
      placeAt: (each) => placeAt(first + each),
      nowAt: (each) => nowAt(first + each),
    };
  }

  private firstChange(i: number): number {
    return i === 0 ? 0 : this.ends.at(i - 1);
  }

  /** The state after step `to`, made of the one after step `from`, earlier in the run; that one stays, and the two share what is alike. */
  replayed(state: State, from: number, to: number): State {
    if (to <= from) return state;
    const draft = new StateDraft(state);
    const end = this.ends.at(to - 1);
    for (let c = this.firstChange(from); c < end; c++) draft.write(this.paths[this.path.at(c)] as Place, this.unpacked(this.now.at(c)));
    return draft.done();
  }

  /** Virtual time of step n, ns. */
  timeOf(n: number): number {
    return n === 0 ? 0 : this.t.at(n - 1);
  }

  /** Steps from..to, both included, counted from 1; what lies outside is left out. */
  slice(from: number, to: number): StepSlice {
    const first = Math.min(Math.max(1, from), this.length + 1);
    const last = Math.max(first - 1, Math.min(to, this.length));
    const begin = this.firstChange(first - 1);
    const end = last < first ? begin : this.ends.at(last - 1);
    const used = new SlicePools();
    const changes = { path: new Uint32Array(end - begin), old: new Float64Array(end - begin), now: new Float64Array(end - begin) };
    for (let c = begin; c < end; c++) {
      changes.path[c - begin] = used.paths.numberOf((this.paths[this.path.at(c)] as Place).path);
      changes.old[c - begin] = this.repacked(this.old.at(c), used);
      changes.now[c - begin] = this.repacked(this.now.at(c), used);
    }
    return {
      first,
      t: this.t.slice(first - 1, last),
      d: this.d.slice(first - 1, last),
      m: this.m.slice(first - 1, last),
      p: this.p.slice(first - 1, last),
      g: this.g.slice(first - 1, last),
      row: this.row.slice(first - 1, last).map((row) => used.rows.numberOf(this.rows[row] as StepRow)),
      extra: this.extra.slice(first - 1, last).map((extra) => used.extras.numberOf(this.extras[extra] as Extras)),
      ends: this.ends.slice(first - 1, last).map((each) => each - begin),
      ...changes,
      rows: used.rows.things,
      extras: used.extras.things,
      paths: used.paths.things,
      values: used.values.things,
      ...used.queuesAndLogs(),
    };
  }

  private repacked(number: number, used: SlicePools): number {
    if (number % 2 === 0) return number;
    if (number < 0) return -(2 * used.versionNumber((-number - 1) / 2, this.versions) + 1);
    return 2 * used.values.numberOf(this.values.things[(number - 1) / 2] as Json) + 1;
  }
}

/** A step that is shown and not made; `goTo` shows another. */
export interface StepCursor extends Readonly<Pick<Step, 'n' | 't' | 'd' | 'fn' | 'at' | 'm' | 'p' | 'g'>> {
  readonly ev: string | undefined;
  readonly note: string | undefined;
  goTo(n: number): void;
  readonly changeCount: number;
  placeAt(i: number): Place;
  nowAt(i: number): Json;
}

interface StepRow {
  fn: string;
  at: string;
}

/** Some steps of a run, as they travel to the window: plain data, to be read with a StepReader. */
export interface StepSlice {
  /** Number of the first step. */
  first: number;
  t: Float64Array;
  d: Float64Array;
  m: Int32Array;
  p: Int32Array;
  g: Int32Array;
  row: Uint32Array;
  extra: Uint32Array;
  ends: Uint32Array;
  path: Uint32Array;
  /** Even: a whole number, doubled. Odd: a place in `values`; odd and negative: a version of a run queue. */
  old: Float64Array;
  now: Float64Array;
  rows: StepRow[];
  extras: Extras[];
  paths: string[];
  values: Json[];
  /** Versions of run queues: log, from, to, and so on. */
  queues: Uint32Array;
  /** The queues' logs: numbers of goroutines. */
  logs: Uint32Array[];
}

/** What the steps of one slice refer to, numbered anew. */
class SlicePools {
  readonly rows = new Pool<StepRow>();
  readonly extras = new Pool<Extras>();
  readonly paths = new Pool<string>();
  readonly values = new Pool<Json>();
  private readonly versions: QueueVersion[] = [];
  private readonly versionNumbers = new Map<number, number>();

  /** `number`: among those of the whole run. */
  versionNumber(number: number, all: PackedVersions): number {
    let known = this.versionNumbers.get(number);
    if (known === undefined) this.versionNumbers.set(number, (known = this.versions.push(all.at(number)) - 1));
    return known;
  }

  /** Of each log the part that the versions show. */
  queuesAndLogs(): Pick<StepSlice, 'queues' | 'logs'> {
    const parts = new Map<readonly Json[], { index: number; from: number; to: number }>();
    for (const { log, from, to } of this.versions) {
      const part = parts.get(log) ?? { index: parts.size, from, to };
      parts.set(log, { index: part.index, from: Math.min(part.from, from), to: Math.max(part.to, to) });
    }
    return {
      queues: Uint32Array.from(
        this.versions.flatMap(({ log, from, to }) => {
          const { index, from: begin } = parts.get(log) as { index: number; from: number };
          return [index, from - begin, to - begin];
        }),
      ),
      logs: [...parts].map(([log, { from, to }]) => Uint32Array.from(log.slice(from, to), (id) => idNumber(id as GId))),
    };
  }
}

/** Reads the steps of a slice. */
export class StepReader {
  private readonly versions: QueueVersion[] = [];

  constructor(private readonly slice: StepSlice) {
    const logs = slice.logs.map((log) => Array.from(log, (id): Json => `G${id}`));
    for (let i = 0; i < slice.queues.length; i += 3) {
      const [log = 0, from = 0, to = 0] = slice.queues.subarray(i, i + 3);
      this.versions.push(new QueueVersion(logs[log] ?? [], from, to));
    }
  }

  get length(): number {
    return this.slice.t.length;
  }

  private size: number | null = null;

  /** Roughly what the slice takes, bytes. */
  get bytes(): number {
    return (this.size ??= this.measured());
  }

  private measured(): number {
    const { t, path, values, extras, paths, logs } = this.slice;
    const queued = logs.reduce((sum, log) => sum + log.length, 0);
    // A buffer of the kernel is a string of thousands of characters, each two bytes at most.
    const long = values.reduce<number>((sum, value) => sum + 2 * (typeof value === 'string' ? value.length : 0), 0);
    const pooled = 64 * (values.length + extras.length + paths.length + this.versions.length);
    return 48 * t.length + 20 * path.length + pooled + long + 16 * queued;
  }

  private value(number: number): Json {
    if (number % 2 === 0) return number / 2;
    return number > 0 ? (this.slice.values[(number - 1) / 2] as Json) : (this.versions[(-number - 1) / 2] as unknown as Json);
  }

  /** Which thread step n belongs to, and its instruction: without making the step. */
  glance(n: number): { m: MId; asm: Step['asm'] } | undefined {
    const i = n - this.slice.first;
    const m = this.slice.m[i];
    return m === undefined ? undefined : { m: `M${m}`, asm: this.slice.extras[this.slice.extra[i] as number]?.asm };
  }

  /** Step n; undefined: it is not in the slice. Run queues are versions in it (queue-versions.ts). */
  step(n: number): Step | undefined {
    const { slice } = this;
    const i = n - slice.first;
    const t = slice.t[i];
    if (t === undefined) return undefined;
    const set: Change[] = [];
    for (let c = i === 0 ? 0 : (slice.ends[i - 1] as number); c < (slice.ends[i] as number); c++)
      set.push([slice.paths[slice.path[c] as number] as string, this.value(slice.old[c] as number), this.value(slice.now[c] as number)]);
    const { fn, at } = slice.rows[slice.row[i] as number] as StepRow;
    const [m, p, g] = [mId(slice.m[i] as number), pId(slice.p[i] as number), gId(slice.g[i] as number)];
    return withExtras({ n, t, m, p, g, fn, at, d: slice.d[i] as number, set }, slice.extras[slice.extra[i] as number] as Extras);
  }
}
