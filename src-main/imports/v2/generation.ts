/** One generation of a trace of Go 1.22 or later: the batches of each thread, and the tables that their events name. */
import { BadTrace } from '../bad-trace';
import { ByteCursor, type ByteSource, textOf } from '../byte-source';
import { FRAME_NUMBERS } from '../told';
import { EV } from './events';

/** Go: MaxBatchSize, MaxFramesPerStack. */
const LARGEST_BATCH = 64 << 10;
const DEEPEST_STACK = 128;
/** From these versions on: a batch of its own for the clock; a mark at the end of each generation. */
const WITH_SYNC = 25;
const WITH_END = 26;

export interface Batch {
  /** Ticks. */
  time: number;
  bytes: Uint8Array;
  /** In the file. */
  offset: number;
}

export interface Generation {
  number: number;
  /** ns of a tick. */
  nsPerTick: number;
  /** By thread, in the file's order. */
  threads: Map<number, Batch[]>;
  strings: Map<number, string>;
  /** FRAME_NUMBERS for each frame, innermost first. */
  stacks: Map<number, readonly number[]>;
}

interface Read {
  generation: number;
  m: number;
  batch: Batch;
  isExperiment: boolean;
}

export class GenerationReader {
  /** The first batch of the generation after the one that is read: up to 1.25 nothing else ends one. */
  private spilled: Read | null = null;
  /** What the file did not go on with, told when the rest has been. */
  private fault: BadTrace | null = null;

  /** `minor`: 22 to 26. */
  constructor(
    private readonly source: ByteSource,
    private readonly minor: number,
  ) {}

  /** null: the file has ended. Throws BadTrace. */
  next(): Generation | null {
    if (this.fault) throw this.fault;
    const made: Generation = { number: 0, nsPerTick: 0, threads: new Map(), strings: new Map(), stacks: new Map() };
    if (this.spilled) {
      made.number = this.spilled.generation;
      this.add(made, this.spilled);
      this.spilled = null;
    }
    for (;;) {
      const read = this.batch(made);
      if (read === 'end') break;
      if (read.generation <= 0) throw BadTrace.damaged(read.batch.offset);
      if (made.number === 0) made.number = read.generation;
      if (read.generation !== made.number) {
        if (this.minor >= WITH_END || read.generation !== made.number + 1) throw BadTrace.damaged(read.batch.offset);
        this.spilled = read;
        break;
      }
      this.add(made, read);
    }
    if (made.number === 0) return null;
    if (made.nsPerTick === 0) throw this.fault ?? BadTrace.cut(this.source.offset);
    return made;
  }

  private batch(made: Generation): Read | 'end' {
    const { source } = this;
    if (source.isAtEnd) {
      // A generation that does not say that it has ended has been cut.
      if (this.minor >= WITH_END && made.number !== 0) throw BadTrace.cut(source.offset);
      return 'end';
    }
    try {
      return this.whole();
    } catch (error) {
      if (!(error instanceof BadTrace) || this.minor >= WITH_END || made.number === 0) throw error;
      this.fault = error;
      return 'end';
    }
  }

  private whole(): Read | 'end' {
    const { source } = this;
    const at = source.offset;
    const type = source.byte();
    if (type === EV.EndOfGeneration && this.minor >= WITH_END) return 'end';
    const isExperiment = type === EV.ExperimentalBatch;
    if (type !== EV.EventBatch && !isExperiment) throw BadTrace.damaged(at);
    if (isExperiment) source.byte();
    const generation = source.varint();
    const m = source.varint();
    const time = source.varint();
    const size = source.varint();
    if (size < 0 || size > LARGEST_BATCH) throw BadTrace.damaged(at);
    const offset = source.offset;
    return { generation, m, isExperiment, batch: { time, bytes: source.take(size), offset } };
  }

  private add(made: Generation, { m, batch, isExperiment }: Read): void {
    if (isExperiment || batch.bytes.length === 0) return;
    const cursor = new ByteCursor(batch.bytes, 0, batch.bytes.length, batch.offset);
    switch (batch.bytes[0]) {
      case EV.Strings:
        cursor.byte();
        while (!cursor.isAtEnd) {
          need(cursor, EV.String);
          const id = cursor.varint();
          made.strings.set(id, textOf(cursor.take(cursor.varint())));
        }
        return;
      case EV.Stacks:
        cursor.byte();
        while (!cursor.isAtEnd) stack(made, cursor);
        return;
      case EV.CPUSamples:
        return;
      case EV.Frequency:
      case EV.Sync:
        if ((batch.bytes[0] === EV.Sync) !== this.minor >= WITH_SYNC) throw BadTrace.damaged(batch.offset);
        if (batch.bytes[0] === EV.Sync) cursor.byte();
        return sync(made, cursor);
      default: {
        const batches = made.threads.get(m);
        if (batches) batches.push(batch);
        else made.threads.set(m, [batch]);
      }
    }
  }
}

function need(cursor: ByteCursor, type: number | undefined): void {
  const at = cursor.offset;
  if (cursor.byte() !== type) throw BadTrace.damaged(at);
}

function stack(made: Generation, cursor: ByteCursor): void {
  need(cursor, EV.Stack);
  const at = cursor.offset;
  const id = cursor.varint();
  const depth = cursor.varint();
  if (depth < 0 || depth > DEEPEST_STACK) throw BadTrace.damaged(at);
  const frames: number[] = [];
  for (let i = 0; i < depth; i++) {
    // Before them stands the address.
    cursor.varint();
    for (let k = 0; k < FRAME_NUMBERS; k++) frames.push(cursor.varint());
  }
  made.stacks.set(id, frames);
}

function sync(made: Generation, cursor: ByteCursor): void {
  while (!cursor.isAtEnd) {
    const at = cursor.offset;
    const type = cursor.byte();
    if (type === EV.Frequency) {
      const perSecond = cursor.varint();
      if (perSecond <= 0) throw BadTrace.damaged(at);
      // In Go's own order of operations, so that times are the same to the ns.
      made.nsPerTick = 1 / (perSecond / 1e9);
    } else if (type === EV.ClockSnapshot) for (let i = 0; i < 4; i++) cursor.varint();
    else throw BadTrace.damaged(at);
  }
}
