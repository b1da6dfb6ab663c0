/** Bytes that grow, with the whole numbers of Go's traces: 7 bits in each byte, the lowest first, the highest bit says that more come (LEB128). */

const FIRST_SIZE = 1 << 10;

/** -1 as Go writes it: all 64 bits. */
const MINUS_ONE = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];

export class ByteWriter {
  private bytes = new Uint8Array(FIRST_SIZE);
  length = 0;

  private room(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.bytes.length, this.length + more));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  byte(value: number): void {
    this.room(1);
    this.bytes[this.length++] = value;
  }

  /** A whole number from -1 on; -1 is Go's “none”. */
  varint(value: number): void {
    if (value === -1) {
      this.append(MINUS_ONE);
      return;
    }
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`no varint: ${value}`);
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  append(these: ArrayLike<number>): void {
    this.room(these.length);
    this.bytes.set(these, this.length);
    this.length += these.length;
  }

  /** Its length in bytes, and the text in UTF-8. */
  text(value: string): void {
    const bytes = new TextEncoder().encode(value);
    this.varint(bytes.length);
    this.append(bytes);
  }

  /** What has been written, to be kept; nothing is left then. */
  take(): Uint8Array {
    const taken = this.bytes.slice(0, this.length);
    this.length = 0;
    return taken;
  }
}
