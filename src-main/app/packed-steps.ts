/**
 * The steps of a kept run in columns of numbers: a tenth of what objects would take, so that a run of a million steps stays smaller than
 * its trace file. A step's `set` list refers to a pool in which every value stands once.
 */
import { type Place, placeOf, writeAt } from '../model/trace/replay';
import type { Change, GId, Json, MId, PId, State, Step } from '../model/state';

/** Numbers that grow at the end, without copying what is there already. */
class Column<A extends Float64Array | Uint32Array | Int32Array> {
  private readonly blocks: A[] = [];
  length = 0;

  constructor(private readonly make: (length: number) => A) {}

  push(value: number): void {
    const at = this.length & (BLOCK - 1);
    if (at === 0) this.blocks.push(this.make(BLOCK));
    (this.blocks[this.length >> BLOCK_BITS] as A)[at] = value;
    this.length++;
  }

  at(i: number): number {
    return (this.blocks[i >> BLOCK_BITS] as A)[i & (BLOCK - 1)] as number;
  }
}

const BLOCK_BITS = 12;
const BLOCK = 1 << BLOCK_BITS;
const floats = (): Column<Float64Array> => new Column((length) => new Float64Array(length));
const counts = (): Column<Uint32Array> => new Column((length) => new Uint32Array(length));
const ints = (): Column<Int32Array> => new Column((length) => new Int32Array(length));

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

type Extras = Pick<Step, 'asm' | 'note' | 'ev'>;

/** Largest whole number whose double is one, too. */
const PLAIN = 2 ** 51;
const NONE = -1;
const idNumber = (id: string | null): number => (id === null ? NONE : Number(id.slice(1)));

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
  private readonly old = floats();
  private readonly now = floats();

  private readonly fns = new Map<string, Map<string, number>>();
  private readonly rows: { fn: string; at: string }[] = [];
  private readonly extrasOf = new Map<string, number>();
  private readonly extras: Extras[] = [{}];
  private readonly places = new Map<string, number>();
  private readonly paths: Place[] = [];
  private readonly values = new Pool<Json>();

  get length(): number {
    return this.t.length;
  }

  get changeCount(): number {
    return this.path.length;
  }

  /** Steps come in order, without gaps. `fact` and `call` are not kept: they are for whoever makes the facts. */
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

  private extraNumber({ asm, note, ev }: Step): number {
    if (asm === undefined && note === undefined && ev === undefined) return 0;
    const key = `${asm?.pc ?? ''}\n${asm?.text ?? ''}\n${ev ?? ''}\n${note === undefined ? '' : `:${note}`}`;
    let number = this.extrasOf.get(key);
    if (number === undefined) {
      number =
        this.extras.push({
          ...(asm === undefined ? {} : { asm }),
          ...(note === undefined ? {} : { note }),
          ...(ev === undefined ? {} : { ev }),
        }) - 1;
      this.extrasOf.set(key, number);
    }
    return number;
  }

  private placeNumber(path: string): number {
    let number = this.places.get(path);
    if (number === undefined) this.places.set(path, (number = this.paths.push(placeOf(path)) - 1));
    return number;
  }

  /** Whole numbers stand for themselves, doubled; everything else is an odd number: its place in the pool. */
  private packed(value: Json): number {
    if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < PLAIN) return 2 * value;
    return 2 * this.values.numberOf(value) + 1;
  }

  private unpacked(number: number): Json {
    return number % 2 === 0 ? number / 2 : (this.values.things[(number - 1) / 2] as Json);
  }

  /** Step n, from 1. Values are shared with the pool: whoever changes them copies them first. */
  step(n: number): Step {
    const i = n - 1;
    const { fn, at } = this.rows[this.row.at(i)] as { fn: string; at: string };
    const set: Change[] = [];
    for (let c = this.firstChange(i); c < this.ends.at(i); c++) {
      set.push([(this.paths[this.path.at(c)] as Place).path, this.unpacked(this.old.at(c)), this.unpacked(this.now.at(c))]);
    }
    return {
      n,
      t: this.t.at(i),
      m: `M${this.m.at(i)}` as MId,
      p: this.p.at(i) === NONE ? null : (`P${this.p.at(i)}` as PId),
      g: this.g.at(i) === NONE ? null : (`G${this.g.at(i)}` as GId),
      fn,
      at,
      d: this.d.at(i),
      set,
      ...this.extras[this.extra.at(i)],
    };
  }

  private firstChange(i: number): number {
    return i === 0 ? 0 : this.ends.at(i - 1);
  }

  /** Moves a state that is as after step `from` to what it is after step `to`, later in the run. */
  replay(state: State, from: number, to: number): void {
    if (to <= from) return;
    const end = this.ends.at(to - 1);
    for (let c = this.firstChange(from); c < end; c++) writeAt(state, this.paths[this.path.at(c)] as Place, this.unpacked(this.now.at(c)));
  }

  /** Virtual time of step n, ns. */
  timeOf(n: number): number {
    return n === 0 ? 0 : this.t.at(n - 1);
  }
}
