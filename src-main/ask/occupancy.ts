/**
 * What a lane shows of a part of a run, in as much detail as a picture can hold. Spans that are at least as wide as one of its columns are
 * given as they are; what lies between them is given by columns, as the share that each kind has in the column. Nothing is left out, and
 * nothing stands for its neighbours. Pure.
 *
 * However many spans there are, the work goes with the columns: sums up to every so many spans are made once for each lane and axis. A long
 * recording has tens of millions of spans, so that nothing is kept of each of them, and what is made once can be made in parts.
 */
import { counts, firstWhere } from './growing';

export const SPAN_KINDS = ['running', 'syscall', 'scheduling', 'spinning', 'watch', 'stopped', 'runnable', 'waiting'] as const;
export type SpanKind = (typeof SPAN_KINDS)[number];
export const KIND_COUNT = SPAN_KINDS.length;
/** The thread does nothing that a lane shows. */
export const NONE = KIND_COUNT;
/** A piece with more than one kind in it, or filled in part: its shares say what it holds. */
export const MIXED = KIND_COUNT + 1;
/** A share of 1. */
export const WHOLE = 255;

/** A lane's spans in the order of the run, without gaps: span i lies between `at(i)` and `at(i + 1)`. */
export interface Spans {
  /** For one more than there are spans, never smaller than the one before: steps, or places on an axis. */
  at: (i: number) => number;
  /** Index into SPAN_KINDS, or NONE. */
  kind: ArrayLike<number>;
  who: ArrayLike<number>;
  /** Which G a span that runs is about: of two spans with the same number it is the same one. */
  g: (i: number) => number;
}

export interface Pieces {
  /** In the units of `at`. Pieces follow each other; between them is nothing. */
  from: Float64Array;
  to: Float64Array;
  /** Index into SPAN_KINDS, or MIXED. */
  kind: Uint8Array;
  /** Of a mixed piece: with whom all that runs in it is done; 0 when it is more than one. */
  who: Uint32Array;
  /** For each mixed piece in turn the share of each kind, in WHOLEths. A kind that is there at all has 1 at least. */
  shares: Uint8Array;
}

const SUM_EVERY = 32;
/** Up to so many spans in a column are looked at one by one. */
const FEW = 48;

/** Spans of one lane on one axis, made ready to be asked. */
export class Occupancy {
  private readonly length: number;
  /** For every SUM_EVERYth span how much of each kind lies before it, and where it begins. */
  private readonly sums: Float64Array;
  private readonly begins: Float64Array;
  /** Where another G begins to run, and one more than the last span before that in which the G before it ran; 0: there was none. */
  private readonly runs = counts();
  private readonly before = counts();
  private readonly sum = new Float64Array(KIND_COUNT);
  /** So many spans have been counted, and the last one that ran is this one; −1: none has. */
  private counted = 0;
  private last = -1;

  constructor(private readonly spans: Spans) {
    this.length = spans.kind.length;
    const marks = Math.floor(this.length / SUM_EVERY) + 1;
    this.sums = new Float64Array(marks * KIND_COUNT);
    this.begins = new Float64Array(marks);
  }

  /** Counts so many spans more, at most; says whether there are any left. */
  prepare(most: number): boolean {
    const { spans, sum, length } = this;
    const end = Math.min(length, this.counted + most);
    let begin = this.begin(this.counted);
    for (let i = this.counted; i < end; i++) {
      if (i % SUM_EVERY === 0) this.mark(i, begin);
      const next = this.end(i);
      const kind = spans.kind[i] as number;
      if (kind !== NONE) sum[kind] = (sum[kind] as number) + next - begin;
      begin = next;
      if (kind !== 0) continue;
      if (this.last < 0 || spans.g(i) !== spans.g(this.last)) {
        this.runs.push(i);
        this.before.push(this.last + 1);
      }
      this.last = i;
    }
    this.counted = end;
    if (end === length && length % SUM_EVERY === 0) this.mark(length, begin);
    return end < length;
  }

  private mark(i: number, begin: number): void {
    this.sums.set(this.sum, (i / SUM_EVERY) * KIND_COUNT);
    this.begins[i / SUM_EVERY] = begin;
  }

  private begin(i: number): number {
    return this.spans.at(i);
  }

  private end(i: number): number {
    return this.spans.at(i + 1);
  }

  /** The first span that begins at a place or after it; as many as there are when none does. */
  private firstFrom(place: number): number {
    const mark = firstWhere(this.begins.length, (i) => (this.begins[i] as number) >= place);
    const first = Math.max(0, (mark - 1) * SUM_EVERY);
    const some = Math.min(this.length, mark * SUM_EVERY) - first;
    return first + firstWhere(some, (i) => this.begin(first + i) >= place);
  }

  /** The first span that reaches beyond a place, or begins there. */
  private firstAfter(place: number): number {
    const begins = this.firstFrom(place);
    return begins > 0 && this.end(begins - 1) > place ? begins - 1 : begins;
  }

  private sumBefore(i: number): Float64Array {
    const at = Math.floor(i / SUM_EVERY);
    const sum = this.sums.slice(at * KIND_COUNT, (at + 1) * KIND_COUNT);
    for (let k = at * SUM_EVERY; k < i; k++) {
      const kind = this.spans.kind[k] as number;
      if (kind !== NONE) sum[kind] = (sum[kind] as number) + this.end(k) - this.begin(k);
    }
    return sum;
  }

  /** How much of each kind lies between two places, in the spans from `first` up to before `end`; what has no length at all still counts. */
  private lengths(first: number, end: number, from: number, to: number): Float64Array {
    const found = new Float64Array(KIND_COUNT);
    const add = (i: number): void => {
      const kind = this.spans.kind[i] as number;
      if (kind === NONE) return;
      const length = Math.min(to, this.end(i)) - Math.max(from, this.begin(i));
      found[kind] = (found[kind] as number) + Math.max(length, Number.MIN_VALUE);
    };
    if (end - first <= FEW) {
      for (let i = first; i < end; i++) add(i);
      return found;
    }
    // The first and the last may reach beyond the column.
    add(first);
    add(end - 1);
    const sum = this.sumBefore(end - 1);
    for (const [kind, before] of this.sumBefore(first + 1).entries())
      found[kind] = (found[kind] as number) + Math.max(0, (sum[kind] as number) - before);
    return found;
  }

  /** Who runs in the spans from `first` up to before `end`: 0 when nobody or more than one does. */
  private runner(first: number, end: number): number {
    const run = firstWhere(this.runs.length, (i) => this.runs.at(i) >= end) - 1;
    if (run < 0) return 0;
    const begin = this.runs.at(run);
    if (begin >= first) return this.before.at(run) <= first ? (this.spans.who[begin] as number) : 0;
    return this.spans.who[begin] as number;
  }

  /** What lies between two places of the axis, in columns of equal width. */
  pieces(from: number, to: number, columns: number): Pieces {
    const { spans, length } = this;
    this.prepare(Infinity);
    const made = { from: [] as number[], to: [] as number[], kind: [] as number[], who: [] as number[], shares: [] as number[] };
    const wide = (to - from) / columns;
    const put = (begin: number, end: number, kind: number, who: number): void => {
      made.from.push(begin);
      made.to.push(end);
      made.kind.push(kind);
      made.who.push(who);
    };
    let x = from;
    let i = this.firstAfter(from);
    while (i < length && x < to && this.begin(i) < to) {
      const begin = Math.max(x, this.begin(i));
      const end = Math.min(to, this.end(i));
      if (end - begin >= wide || (spans.kind[i] === NONE && end - begin > 0 && this.begin(i) >= x)) {
        if (spans.kind[i] !== NONE) put(begin, end, spans.kind[i] as number, spans.who[i] as number);
        x = end;
        i++;
        continue;
      }
      // A column from here on, up to its edge or to the first span that is wide enough to stand for itself.
      const edge = Math.min(to, Math.max(begin, from + (Math.floor((begin - from) / wide + 1e-9) + 1) * wide));
      const next = Math.max(i + 1, this.firstFrom(edge));
      const last = next - 1;
      const isWide = last > i && this.end(last) - this.begin(last) >= wide;
      const stop = isWide ? this.begin(last) : edge;
      const until = isWide ? last : next;
      const found = this.lengths(i, until, begin, stop);
      if (found.some((each) => each > 0)) {
        const room = Math.max(stop - begin, Number.MIN_VALUE);
        put(begin, stop, MIXED, found[0] ? this.runner(i, until) : 0);
        for (const each of found) made.shares.push(each > 0 ? Math.max(1, Math.round(WHOLE * Math.min(1, each / room))) : 0);
      }
      x = stop;
      i = isWide || this.end(last) > edge ? last : next;
    }
    return {
      from: Float64Array.from(made.from),
      to: Float64Array.from(made.to),
      kind: Uint8Array.from(made.kind),
      who: Uint32Array.from(made.who),
      shares: Uint8Array.from(made.shares),
    };
  }
}
