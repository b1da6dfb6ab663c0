/** The next event of each thread of a generation, the earliest first: a heap, as Go's reader has, so that events at one moment come in the same order. */
import { BadTrace } from '../bad-trace';
import { ByteCursor } from '../byte-source';
import type { Batch } from './generation';
import { argsOf } from './events';

export interface RawEvent {
  type: number;
  /** ns. */
  t: number;
  args: readonly number[];
}

export class ThreadCursor {
  private index = 0;
  private cursor: ByteCursor;
  private lastT = 0;
  event: RawEvent = { type: 0, t: 0, args: [] };

  constructor(
    readonly m: number,
    private readonly batches: readonly Batch[],
    private readonly nsPerTick: number,
  ) {
    this.cursor = this.opened();
  }

  private opened(): ByteCursor {
    const batch = this.batches[this.index];
    this.lastT = batch ? Math.trunc(batch.time * this.nsPerTick) : 0;
    return batch ? new ByteCursor(batch.bytes, 0, batch.bytes.length, batch.offset) : new ByteCursor(new Uint8Array(0));
  }

  /** Bytes of the events that are still to come. */
  get left(): number {
    let left = this.cursor.end - this.cursor.at;
    for (let i = this.index + 1; i < this.batches.length; i++) left += this.batches[i]?.bytes.length ?? 0;
    return left;
  }

  /** false: there are no more. */
  next(): boolean {
    while (this.cursor.isAtEnd) {
      if (this.index >= this.batches.length) return false;
      this.index++;
      this.cursor = this.opened();
    }
    const { cursor } = this;
    const at = cursor.offset;
    const type = cursor.byte();
    const count = argsOf(type);
    if (count === null) throw BadTrace.damaged(at);
    this.lastT += Math.trunc(cursor.varint() * this.nsPerTick);
    const args: number[] = [];
    for (let i = 0; i < count; i++) args.push(cursor.varint());
    this.event = { type, t: this.lastT, args };
    return true;
  }
}

export class Frontier {
  private heap: ThreadCursor[] = [];

  get isEmpty(): boolean {
    return this.heap.length === 0;
  }

  get earliest(): number {
    return this.heap[0]?.event.t ?? 0;
  }

  /** Bytes of the events that are still to come. */
  get left(): number {
    return this.heap.reduce((sum, cursor) => sum + cursor.left, 0);
  }

  add(cursor: ThreadCursor): void {
    if (!cursor.next()) return;
    this.heap.push(cursor);
    this.up(this.heap.length - 1);
  }

  /** Gives the earliest event that `accepts` takes, and goes on to its thread's next one. false: it takes none. */
  take(accepts: (event: RawEvent, m: number) => boolean): boolean {
    if (this.tried(0, accepts)) return true;
    // Sorted it is a heap, still.
    this.heap.sort((a, b) => a.event.t - b.event.t);
    for (let i = 1; i < this.heap.length; i++) if (this.tried(i, accepts)) return true;
    return false;
  }

  private tried(i: number, accepts: (event: RawEvent, m: number) => boolean): boolean {
    const cursor = this.heap[i];
    if (!cursor || !accepts(cursor.event, cursor.m)) return false;
    if (!cursor.next()) this.remove(i);
    else if (this.up(i) === i) this.down(i);
    return true;
  }

  private at(i: number): number {
    return this.heap[i]?.event.t ?? Infinity;
  }

  private swap(i: number, j: number): void {
    const { heap } = this;
    [heap[i], heap[j]] = [heap[j] as ThreadCursor, heap[i] as ThreadCursor];
  }

  private up(from: number): number {
    let i = from;
    for (let parent = (i - 1) >> 1; i > 0 && this.at(parent) > this.at(i); parent = (i - 1) >> 1) {
      this.swap(i, parent);
      i = parent;
    }
    return i;
  }

  private down(from: number): void {
    for (let i = from; ;) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      let least = i;
      if (this.at(left) < this.at(least)) least = left;
      if (this.at(right) < this.at(least)) least = right;
      if (least === i) return;
      this.swap(i, least);
      i = least;
    }
  }

  private remove(from: number): void {
    for (let i = from; i > 0; i = (i - 1) >> 1) this.swap(i, (i - 1) >> 1);
    this.swap(0, this.heap.length - 1);
    this.heap.pop();
    this.down(0);
  }
}
