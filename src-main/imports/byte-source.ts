/** Bytes that come in pieces, read one after the other: numbers of Go's traces, and stretches of them. */
import { BadTrace } from './bad-trace';

/** The next piece of a file; null: there is none. */
export type Pull = () => Uint8Array | null;

/** Bytes of a 64-bit number. */
const LONGEST_VARINT = 10;
/** Above this are the numbers that Go takes for negative: of those it writes -1 only. */
const NEGATIVE = 2 ** 63;

export class ByteSource {
  private piece: Uint8Array = new Uint8Array(0);
  private next = 0;
  private before = 0;

  constructor(private readonly pull: Pull) {}

  /** Bytes read so far. */
  get offset(): number {
    return this.before + this.next;
  }

  private refill(): boolean {
    while (this.next >= this.piece.length) {
      const piece = this.pull();
      if (!piece) return false;
      this.before += this.piece.length;
      this.piece = piece;
      this.next = 0;
    }
    return true;
  }

  get isAtEnd(): boolean {
    return !this.refill();
  }

  /** Throws BadTrace at the end of the file. */
  byte(): number {
    if (!this.refill()) throw BadTrace.cut(this.offset);
    return this.piece[this.next++] as number;
  }

  varint(): number {
    return readVarint(() => this.byte(), this.offset);
  }

  /** What is there of the piece at hand. */
  rest(): Uint8Array {
    const rest = this.piece.slice(this.next);
    this.next = this.piece.length;
    return rest;
  }

  /** A copy of the next bytes. */
  take(count: number): Uint8Array {
    const taken = new Uint8Array(count);
    for (let at = 0; at < count;) {
      if (!this.refill()) throw BadTrace.cut(this.offset);
      const some = this.piece.subarray(this.next, this.next + count - at);
      taken.set(some, at);
      at += some.length;
      this.next += some.length;
    }
    return taken;
  }
}

function readVarint(byte: () => number, at: number): number {
  let value = 0;
  let unit = 1;
  for (let i = 0; i < LONGEST_VARINT; i++) {
    const next = byte();
    value += (next & 0x7f) * unit;
    if (next < 0x80) return value >= NEGATIVE ? -1 : value;
    unit *= 0x80;
  }
  throw BadTrace.damaged(at);
}

/** The same in bytes that are all there. */
export class ByteCursor {
  /** `from`: where in the file the bytes begin, for what is said of them. */
  constructor(
    readonly bytes: Uint8Array,
    public at = 0,
    public end = bytes.length,
    private readonly from = 0,
  ) {}

  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  get offset(): number {
    return this.from + this.at;
  }

  byte(): number {
    if (this.at >= this.end) throw BadTrace.cut(this.offset);
    return this.bytes[this.at++] as number;
  }

  varint(): number {
    const { bytes, end } = this;
    // Mostly one or two bytes.
    let next = this.at < end ? (bytes[this.at] as number) : 0x80;
    if (next < 0x80) {
      this.at++;
      return next;
    }
    const begun = this.at;
    let value = 0;
    let unit = 1;
    for (let i = 0; i < LONGEST_VARINT; i++) {
      next = this.byte();
      value += (next & 0x7f) * unit;
      if (next < 0x80) return value >= NEGATIVE ? -1 : value;
      unit *= 0x80;
    }
    throw BadTrace.damaged(this.from + begun);
  }

  take(count: number): Uint8Array {
    if (count > this.end - this.at) throw BadTrace.cut(this.from + this.end);
    const taken = this.bytes.subarray(this.at, this.at + count);
    this.at += count;
    return taken;
  }
}

const decoder = new TextDecoder();
export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);
