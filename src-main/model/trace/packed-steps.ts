/**
 * The steps of a run in columns of numbers: a tenth of what objects would take, so that a run of a million steps stays smaller than its
 * trace file. A step's `set` list refers to a pool in which every value occurs once. A slice of them goes to the window as it is (step-slice.ts).
 */
import type { Change, GId, Json, MId, PId, State, Step } from '../state';
import { counts, floats, ints, values } from './columns';
import { gId, idNumber, mId, pId } from './id-numbers';
import { PackedValues } from './packed-values';
import { PathNumbers } from './path-numbers';
import { type Place, placeOf, StateDraft } from './replay';
import { type Extras, ExtraPool, withExtras } from './step-extras';
import { RowPool, type StepRow } from './step-rows';
import { SlicePools, type StepSlice } from './step-slice';

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

  private readonly rows = new RowPool();
  private readonly extras = new ExtraPool();
  /** Whoever follows the same steps may ask it, too. */
  readonly pathNumbers = new PathNumbers();
  private readonly paths: Place[] = [];
  private readonly values = new PackedValues();
  /** By place: what was written to it last, and as which number. Mostly the next one who writes to it finds just that. */
  private readonly lastNow: Json[] = [];
  private readonly lastPacked: number[] = [];

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
    this.row.push(this.rows.numberOf(step.fn, step.at));
    this.extra.push(this.extras.numberOf(step));
    const { set } = step;
    const places = this.pathNumbers.ofAll(set);
    for (let i = 0; i < set.length; i++) this.pushChange(places[i] as number, set[i] as Change);
    this.ends.push(this.path.length);
  }

  private pushChange(place: number, change: Change): void {
    if (place === this.paths.length) this.paths.push(placeOf(change[0]));
    const now = change[2];
    const old = change[1] === this.lastNow[place] ? (this.lastPacked[place] as number) : this.values.packed(change[1]);
    const packed = this.values.packed(now);
    this.path.push(place);
    this.old.push(old);
    this.now.push(packed);
    this.lastNow[place] = now;
    this.lastPacked[place] = packed;
  }

  /** Step n, from 1. Values are shared with the pool: copy them before changing them. */
  step(n: number): Step {
    const i = n - 1;
    const set: Change[] = [];
    for (let c = this.firstChange(i); c < this.ends.at(i); c++) {
      set.push([(this.paths[this.path.at(c)] as Place).path, this.values.unpacked(this.old.at(c)), this.values.unpacked(this.now.at(c))]);
    }
    const { fn, at } = this.rows.things[this.row.at(i)] as StepRow;
    return withExtras(
      { n, t: this.t.at(i), m: mId(this.m.at(i)), p: pId(this.p.at(i)), g: gId(this.g.at(i)), fn, at, d: this.d.at(i), set },
      this.extras.things[this.extra.at(i)] as Extras,
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
      if (this.path.at(c) === place)
        written = [written ? written[0] : this.values.unpacked(this.old.at(c)), this.values.unpacked(this.now.at(c))];
    return written;
  }

  /** Shows one step after the other without making an object of each: what it shows is good until it goes on. */
  cursor(): StepCursor {
    const view = (i: number): Extras => this.extras.things[this.extra.at(i)] as Extras;
    const rowOf = (i: number): StepRow => this.rows.things[this.row.at(i)] as StepRow;
    const [t, d, m, p, g, ends] = [this.t, this.d, this.m, this.p, this.g, this.ends];
    const placeAt = (c: number): Place => this.paths[this.path.at(c)] as Place;
    const nowAt = (c: number): Json => this.values.unpacked(this.now.at(c));
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
    for (let c = this.firstChange(from); c < end; c++)
      draft.write(this.paths[this.path.at(c)] as Place, this.values.unpacked(this.now.at(c)));
    return draft.done();
  }

  /** Virtual time of step n, ns. */
  timeOf(n: number): number {
    return n === 0 ? 0 : this.t.at(n - 1);
  }

  /** Virtual time after each step, ns; index 0 is the first state. */
  times(): Float64Array {
    const times = new Float64Array(this.length + 1);
    this.t.copyInto(times, 1);
    return times;
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
      changes.old[c - begin] = used.repacked(this.old.at(c), this.values);
      changes.now[c - begin] = used.repacked(this.now.at(c), this.values);
    }
    return {
      first,
      t: this.t.slice(first - 1, last),
      d: this.d.slice(first - 1, last),
      m: this.m.slice(first - 1, last),
      p: this.p.slice(first - 1, last),
      g: this.g.slice(first - 1, last),
      row: this.row.slice(first - 1, last).map((row) => used.rows.numberOf(this.rows.things[row] as StepRow)),
      extra: this.extra.slice(first - 1, last).map((extra) => used.extras.numberOf(this.extras.things[extra] as Extras)),
      ends: this.ends.slice(first - 1, last).map((each) => each - begin),
      ...changes,
      rows: used.rows.things,
      extras: used.extras.things,
      paths: used.paths.things,
      values: used.values.things,
      ...used.queuesAndLogs(),
    };
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
