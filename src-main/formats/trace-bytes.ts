/**
 * The lines of a trace as bytes, made in one go: what traceLine says of a step, in UTF-8, without a text in between. A long trace spends
 * most of its time on such texts otherwise: each is put together, joined to others, flattened, encoded and collected.
 */
import type { Change, Json, Step } from '../model/state';
import { QueueVersion } from '../model/trace/queue-versions';

const encoder = new TextEncoder();

/** Room for the marks around a value. */
const SLACK = 64;
/** Longer texts (what a large read has put into memory) are quicker through the engine's own encoder. */
const LONGEST_BY_HAND = 64;
/** Shorter pieces are copied quicker byte by byte. */
const SHORTEST_COPIED = 8;
/** UTF-8 bytes that a UTF-16 unit can need. */
const BYTES_A_UNIT = 3;
/** More pieces than this are not kept: a run of ten thousand goroutines has ever new ones. */
const MOST_KEPT = 1 << 14;
const BILLION = 1_000_000_000;
const DIGITS_OF_BILLION = 9;

const QUOTE = 0x22;
const COMMA = 0x2c;
const ZERO = 0x30;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const FIRST_PRINTED = 0x20;
const LAST_ASCII = 0x7f;

const mark = (text: string): Uint8Array => encoder.encode(text);
const N = mark('{"n":');
const T = mark(',"t":');
const NOTE = mark(',"note":');
const END = mark(']}\n');
const END_AFTER_MORE = mark('}\n');
const NULL = mark('null');
const TRUE = mark('true');
const FALSE = mark('false');

/** Bytes that come again and again, by the words that they are made of. */
class Pieces {
  private readonly below = new Map<string | number | null, Pieces>();
  /** null: not yet made. */
  bytes: Uint8Array | null = null;

  constructor(private readonly top: { count: number }) {}

  to(word: string | number | null): Pieces {
    let found = this.below.get(word);
    if (found === undefined) {
      this.top.count++;
      this.below.set(word, (found = new Pieces(this.top)));
    }
    return found;
  }
}

/** The log of a run queue: every version of the queue is one stretch of its bytes. */
class LogBytes {
  private bytes = new Uint8Array(1 << 10);
  /** Where each element begins; one more for the end. */
  private readonly starts = [0];

  constructor(private readonly log: readonly Json[]) {}

  /** The elements from the first index up to before the second, with commas between them; there is at least one. */
  between(from: number, to: number): Uint8Array {
    for (let i = this.starts.length - 1; i < to; i++) {
      const element = encoder.encode(`${JSON.stringify(this.log[i])},`);
      const start = this.starts[i] as number;
      const end = start + element.length;
      if (end > this.bytes.length) {
        const larger = new Uint8Array(2 * end);
        larger.set(this.bytes);
        this.bytes = larger;
      }
      this.bytes.set(element, start);
      this.starts.push(end);
    }
    return this.bytes.subarray(this.starts[from], (this.starts[to] as number) - 1);
  }
}

/** Lines that wait to be written. They are taken in pieces, and the room is used again: a trace of any length needs one piece's. */
export class TraceBytes {
  private bytes: Uint8Array;
  private at = 0;
  private readonly kept = { count: 0 };
  private who = new Pieces(this.kept);
  private where = new Pieces(this.kept);
  private paths = new Pieces(this.kept);
  private extras = new Pieces(this.kept);
  private readonly logs = new WeakMap<readonly Json[], LogBytes>();

  /** `piece`: the lines are worth writing from so many bytes on. */
  constructor(private readonly piece: number) {
    this.bytes = new Uint8Array(2 * piece);
  }

  /** There is a piece: take it before the next line comes. */
  get isFull(): boolean {
    return this.at >= this.piece;
  }

  /** The lines since the last time; good until the next line is added. */
  take(): Uint8Array {
    const taken = this.bytes.subarray(0, this.at);
    // A line with megabytes of memory in it does not keep its room.
    if (this.bytes.length > 4 * this.piece) this.bytes = new Uint8Array(2 * this.piece);
    this.at = 0;
    return taken;
  }

  /** A line that is a text already: the header. */
  addText(line: string): void {
    this.encoded(line);
  }

  add({ n, t, m, p, g, fn, at, d, set, asm, note, ev, assumed }: Step): void {
    if (this.kept.count > MOST_KEPT) this.forget();
    this.mark(N);
    this.number(n);
    this.mark(T);
    this.number(t);
    const who = this.who.to(m).to(p).to(g);
    this.mark((who.bytes ??= mark(`,"m":${JSON.stringify(m)},"p":${JSON.stringify(p)},"g":${JSON.stringify(g)}`)));
    const where = this.where.to(fn).to(at).to(d);
    this.mark((where.bytes ??= mark(`,"fn":${JSON.stringify(fn)},"at":${JSON.stringify(at)},"d":${JSON.stringify(d)},"set":[`)));
    for (let i = 0; i < set.length; i++) {
      if (i > 0) this.byte(COMMA);
      this.change(set[i] as Change);
    }
    if (asm === undefined && note === undefined && ev === undefined && assumed === undefined) this.mark(END);
    else this.more(asm, note, ev, assumed);
  }

  private more(asm: Step['asm'], note: string | undefined, ev: string | undefined, assumed: Step['assumed']): void {
    this.byte(CLOSE_LIST);
    if (asm !== undefined) {
      const extra = this.extras.to(asm.pc).to(asm.text);
      this.mark((extra.bytes ??= mark(`,"asm":${JSON.stringify(asm)}`)));
    }
    if (note !== undefined) {
      this.mark(NOTE);
      this.text(note);
    }
    if (ev !== undefined) {
      const extra = this.extras.to(ev);
      this.mark((extra.bytes ??= mark(`,"ev":${JSON.stringify(ev)}`)));
    }
    if (assumed !== undefined) this.encoded(`,"assumed":${JSON.stringify(assumed)}`);
    this.mark(END_AFTER_MORE);
  }

  private forget(): void {
    this.kept.count = 0;
    this.who = new Pieces(this.kept);
    this.where = new Pieces(this.kept);
    this.paths = new Pieces(this.kept);
    this.extras = new Pieces(this.kept);
  }

  private change(change: Change): void {
    const place = this.paths.to(change[0]);
    this.mark((place.bytes ??= mark(`[${JSON.stringify(change[0])},`)));
    this.value(change[1]);
    this.byte(COMMA);
    this.value(change[2]);
    this.byte(CLOSE_LIST);
  }

  private value(value: Json): void {
    if (typeof value === 'string') this.text(value);
    else if (typeof value === 'number') this.number(value);
    else if (value === null) this.mark(NULL);
    else if (typeof value === 'boolean') this.mark(value ? TRUE : FALSE);
    else if (value instanceof QueueVersion) this.queue(value);
    else this.encoded(JSON.stringify(value));
  }

  private queue({ log, from, to }: QueueVersion): void {
    let known = this.logs.get(log);
    if (!known) this.logs.set(log, (known = new LogBytes(log)));
    this.byte(OPEN_LIST);
    if (to > from) this.mark(known.between(from, to));
    this.byte(CLOSE_LIST);
  }

  /** The buffer, with room for so many bytes and the marks around them. */
  private room(count: number): Uint8Array {
    const needed = this.at + count + SLACK;
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(2 * needed);
      larger.set(this.bytes.subarray(0, this.at));
      this.bytes = larger;
    }
    return this.bytes;
  }

  private byte(byte: number): void {
    this.room(1)[this.at++] = byte;
  }

  private mark(bytes: Uint8Array): void {
    const { length } = bytes;
    const room = this.room(length);
    const { at } = this;
    if (length < SHORTEST_COPIED) for (let i = 0; i < length; i++) room[at + i] = bytes[i] as number;
    else room.set(bytes, at);
    this.at = at + length;
  }

  private text(text: string): void {
    const { length } = text;
    if (length > LONGEST_BY_HAND) {
      this.encoded(JSON.stringify(text));
      return;
    }
    const bytes = this.room(length);
    let { at } = this;
    bytes[at++] = QUOTE;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code < FIRST_PRINTED || code > LAST_ASCII || code === QUOTE || code === BACKSLASH) {
        this.encoded(JSON.stringify(text));
        return;
      }
      bytes[at++] = code;
    }
    bytes[at++] = QUOTE;
    this.at = at;
  }

  private encoded(text: string): void {
    const bytes = this.room(BYTES_A_UNIT * text.length);
    this.at += encoder.encodeInto(text, bytes.subarray(this.at)).written;
  }

  private number(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) {
      this.encoded(JSON.stringify(value));
      return;
    }
    if (value >= BILLION) {
      const high = Math.floor(value / BILLION);
      this.number(high);
      this.digits(value - high * BILLION, DIGITS_OF_BILLION);
      return;
    }
    let count = 1;
    for (let next = 10; next <= value; next *= 10) count++;
    this.digits(value, count);
  }

  /** The last so many digits of a number below a billion. */
  private digits(value: number, count: number): void {
    const bytes = this.room(count);
    const { at } = this;
    let rest = value | 0;
    for (let i = at + count - 1; i >= at; i--) {
      const tenth = (rest / 10) | 0;
      bytes[i] = ZERO + rest - 10 * tenth;
      rest = tenth;
    }
    this.at = at + count;
  }
}
