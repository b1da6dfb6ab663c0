/**
 * Plain data with typed arrays as bytes: JSON, followed by each array as numbers or as differences, whichever is shorter. The bytes are few and
 * compress well.
 */

type Row = Float64Array | Int32Array | Uint32Array;
const KINDS = { f: Float64Array, i: Int32Array, u: Uint32Array } as const;
type Kind = keyof typeof KINDS;
/** How an array is written: number by number, as differences, or, when not all are integers, as eight bytes each. */
type Form = 'plain' | 'delta' | 'raw';

/** Marks the place of an array in the JSON. A text that begins with it gets one more. */
const MARK = '\u0001';
/** Twice the difference of two integers below this is still exact. */
const LARGEST = 2 ** 50;

function kindOf(value: unknown): Kind | null {
  if (value instanceof Float64Array) return 'f';
  if (value instanceof Int32Array) return 'i';
  return value instanceof Uint32Array ? 'u' : null;
}

class Writer {
  private bytes = new Uint8Array(1 << 16);
  length = 0;

  private room(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = new Uint8Array(2 * (this.length + more));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  /** An integer ≥ 0, seven bits to a byte. */
  natural(value: number): void {
    this.room(8);
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.length++] = rest;
  }

  /** Zigzag: integers close to 0 are short, whatever their sign. */
  integer(value: number): void {
    this.natural(value < 0 ? -2 * value - 1 : 2 * value);
  }

  add(piece: Uint8Array): void {
    this.room(piece.length);
    this.bytes.set(piece, this.length);
    this.length += piece.length;
  }

  done(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

class Reader {
  at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  natural(): number {
    let [value, unit] = [0, 1];
    for (;;) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Error('the data of this page ends too early');
      value += (byte % 128) * unit;
      if (byte < 128) return value;
      unit *= 128;
    }
  }

  integer(): number {
    const value = this.natural();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  take(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) throw new Error('the data of this page ends too early');
    const piece = this.bytes.slice(this.at, this.at + length);
    this.at += length;
    return piece;
  }
}

/** −0 does not count: it would come back as 0. */
const isWhole = (value: number): boolean => Number.isInteger(value) && Math.abs(value) < LARGEST && !Object.is(value, -0);

function written(row: Row, form: Form): Uint8Array {
  if (form === 'raw') return new Uint8Array(Float64Array.from(row).buffer);
  const to = new Writer();
  let last = 0;
  for (const value of row) {
    to.integer(form === 'delta' ? value - last : value);
    last = value;
  }
  return to.done();
}

function shortest(row: Row): { form: Form; bytes: Uint8Array } {
  if (!row.every(isWhole)) return { form: 'raw', bytes: written(row, 'raw') };
  const [plain, delta] = [written(row, 'plain'), written(row, 'delta')];
  return delta.length < plain.length ? { form: 'delta', bytes: delta } : { form: 'plain', bytes: plain };
}

/** The bytes of whatever JSON can express, with typed arrays anywhere in it. */
export function playBytes(value: unknown): Uint8Array {
  const rows: Uint8Array[] = [];
  const json = JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each === 'string') return each.startsWith(MARK) ? MARK + each : each;
    const kind = kindOf(each);
    if (kind === null) return each;
    const row = each as Row;
    const { form, bytes } = shortest(row);
    rows.push(bytes);
    return `${MARK}${kind} ${form} ${row.length} ${bytes.length}`;
  });
  const text = new TextEncoder().encode(json);
  const to = new Writer();
  to.natural(text.length);
  to.add(text);
  for (const row of rows) to.add(row);
  return to.done();
}

function readRow(kind: Kind, form: string, length: number, from: Reader, bytes: number): Row {
  const end = from.at + bytes;
  const row = new KINDS[kind](length);
  if (form === 'raw') row.set(new Float64Array(from.take(bytes).buffer));
  else {
    let last = 0;
    for (let i = 0; i < length; i++) {
      const value = from.integer() + (form === 'delta' ? last : 0);
      row[i] = last = value;
    }
  }
  if (from.at !== end) throw new Error('the data of this page is damaged');
  return row;
}

/** Reads what playBytes has written. Throws when it is damaged. */
export function fromPlayBytes(bytes: Uint8Array): unknown {
  const from = new Reader(bytes);
  const text = new TextDecoder('utf-8', { fatal: true }).decode(from.take(from.natural()));
  // Arrays follow in the order of their marks in the text. A reviver would visit the innermost values first, hence a walk of our own.
  const parsed = JSON.parse(text) as unknown;
  const restored = (value: unknown): unknown => {
    if (typeof value === 'string') {
      if (!value.startsWith(MARK)) return value;
      if (value[1] === MARK) return value.slice(1);
      const [kind = 'f', form = '', length = '0', size = '0'] = value.slice(1).split(' ');
      return readRow(kind as Kind, form, Number(length), from, Number(size));
    }
    if (Array.isArray(value)) return value.map(restored);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, restored(each)]));
  };
  return restored(parsed);
}
