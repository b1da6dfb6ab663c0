/**
 * A run as an execution trace of Go 1.26 (internal/trace/tracev2, format version 1.26): the events of each thread in batches of its own, in
 * generations that each say at first what everybody does and bring the stacks and strings that their events name.
 */
import type { GId, GRow, MId, PId, State, Step } from '../../model/state';
import { ByteWriter } from './byte-writer';
import { TICKS_PER_SECOND, TraceClock } from './clock';
import { StackTable } from './stack-table';
import { entryOf, Tracer, type TracedG, type TracerEvent } from './tracer';

const EV = {
  EventBatch: 1,
  Stacks: 2,
  Stack: 3,
  Strings: 4,
  String: 5,
  Frequency: 8,
  ProcStart: 10,
  ProcStop: 11,
  ProcSteal: 12,
  ProcStatus: 13,
  GoCreate: 14,
  GoCreateSyscall: 15,
  GoStart: 16,
  GoDestroy: 17,
  GoDestroySyscall: 18,
  GoStop: 19,
  GoBlock: 20,
  GoUnblock: 21,
  GoSyscallBegin: 22,
  GoSyscallEnd: 23,
  GoSyscallEndBlocked: 24,
  GoStatus: 25,
  STWBegin: 26,
  STWEnd: 27,
  Sync: 50,
  ClockSnapshot: 51,
  EndOfGeneration: 52,
} as const;

const PROC_STATUS = { running: 1, idle: 2, syscall: 3, abandoned: 4 } as const;
const GO_STATUS: Readonly<Record<Exclude<TracedG, 'none'>, number>> = { runnable: 1, running: 2, syscall: 3, waiting: 4 };

/** As Go's tracer does by itself, ns. */
const GENERATION_NS = 1_000_000_000;
/** A batch may have 64 KiB; an event has less than the rest. */
const BATCH_BYTES = 60_000;
const NO_THREAD = -1;
/** Go: MaxEventTrailerDataSize. */
const LONGEST_STRING = 1 << 10;

interface Batch {
  bytes: ByteWriter;
  /** Ticks: of its beginning, and of its latest event. */
  first: number;
  last: number;
}

export class Go126Trace {
  private readonly tracer: Tracer;
  private readonly clock = new TraceClock();
  private readonly table = new StackTable();
  private readonly batches = new Map<MId, Batch>();
  private readonly seqOfP = new Map<PId, number>();
  private readonly seqOfG = new Map<GId, number>();
  private generation = 0;
  private endsAt = GENERATION_NS;
  private readonly out = new ByteWriter();
  private G: Readonly<Record<GId, GRow>>;

  constructor(first: State) {
    this.tracer = new Tracer(first);
    this.G = first.G;
  }

  head(): Uint8Array {
    const out = new ByteWriter();
    for (const char of 'go 1.26 trace\0\0\0') out.byte(char.charCodeAt(0));
    this.begin();
    out.append(this.out.take());
    return out.take();
  }

  /** When the latest event was told, ticks. */
  get latest(): number {
    return this.clock.latest;
  }

  /** `state`: after the step. */
  step(step: Step, state: State): Uint8Array {
    if (step.t >= this.endsAt) {
      this.close();
      this.endsAt = (Math.floor(step.t / GENERATION_NS) + 1) * GENERATION_NS;
      this.begin();
    }
    this.G = state.G;
    for (const event of this.tracer.take(step, state)) this.tell(event);
    return this.out.take();
  }

  end(): Uint8Array {
    this.close();
    return this.out.take();
  }

  /** A new generation: what everybody does now. Numbers that order events count from here. */
  private begin(): void {
    this.generation++;
    this.seqOfP.clear();
    this.seqOfG.clear();
    const { tracer } = this;
    const someone = tracer.M.keys().next().value ?? 'M0';
    for (const [p, { status, m }] of tracer.P)
      this.write(status === 'idle' || status === 'abandoned' ? someone : (m ?? someone), EV.ProcStatus, [numberOf(p), PROC_STATUS[status]]);
    const holders = new Map([...tracer.M].flatMap(([m, { g }]): [GId, MId][] => (g === null ? [] : [[g, m]])));
    for (const [g, status] of tracer.G) {
      if (status === 'none') continue;
      const m = holders.get(g);
      this.write(m ?? someone, EV.GoStatus, [this.goid(g), m === undefined ? NO_THREAD : numberOf(m), GO_STATUS[status]]);
    }
  }

  private close(): void {
    for (const m of this.batches.keys()) this.flush(m);
    this.lists();
    const sync = new ByteWriter();
    sync.byte(EV.Sync);
    sync.byte(EV.Frequency);
    sync.varint(TICKS_PER_SECOND);
    sync.byte(EV.ClockSnapshot);
    // Nobody's clock hangs on the wall of a model: its time is all there is.
    const tick = this.clock.next(null);
    for (const value of [0, tick, 0, 0]) sync.varint(value);
    this.batch(NO_THREAD, tick, sync.take());
    this.out.byte(EV.EndOfGeneration);
  }

  /** The stacks and strings of the generation. */
  private lists(): void {
    const list = new ByteWriter();
    const tick = this.clock.next(null);
    const begun = (kind: number): void => {
      if (list.length > BATCH_BYTES) this.batch(NO_THREAD, tick, list.take());
      if (list.length === 0) list.byte(kind);
    };
    for (const { id, frames } of this.table.allStacks) {
      begun(EV.Stacks);
      list.byte(EV.Stack);
      list.varint(id);
      list.varint(frames.length);
      for (const { pc, fn } of frames) for (const value of [pc, fn, 0, 0]) list.varint(value);
    }
    if (list.length > 0) this.batch(NO_THREAD, tick, list.take());
    for (const [text, id] of this.table.allStrings) {
      begun(EV.Strings);
      list.byte(EV.String);
      list.varint(id);
      list.text(cut(text));
    }
    if (list.length > 0) this.batch(NO_THREAD, tick, list.take());
    this.table.clear();
  }

  private batch(m: number, tick: number, bytes: Uint8Array): void {
    const { out } = this;
    out.byte(EV.EventBatch);
    for (const value of [this.generation, m, tick, bytes.length]) out.varint(value);
    out.append(bytes);
  }

  private goid(g: GId | null): number {
    return g === null ? 0 : (this.G[g]?.goid ?? 0);
  }

  private next<Id>(sequences: Map<Id, number>, id: Id): number {
    const seq = (sequences.get(id) ?? 0) + 1;
    sequences.set(id, seq);
    return seq;
  }

  private tell(event: TracerEvent): void {
    const { kind, go, proc, p } = event;
    switch (kind) {
      case 'ProcStart':
        if (proc !== null) this.at(event, EV.ProcStart, [numberOf(proc), this.next(this.seqOfP, proc)]);
        return;
      case 'ProcStop':
        return this.at(event, EV.ProcStop, []);
      case 'ProcSteal':
        if (proc !== null) this.at(event, EV.ProcSteal, [numberOf(proc), this.next(this.seqOfP, proc), numberOf(event.from)]);
        return;
      case 'GoCreate':
        if (go !== null) this.seqOfG.delete(go);
        return this.at(event, EV.GoCreate, [this.goid(go), go === null ? 0 : this.table.stack([entryOf(this.G[go])]), this.stack(event)]);
      case 'GoCreateSyscall':
        // The goroutine of an extra M comes and goes, and is counted anew each time.
        if (go !== null) this.seqOfG.delete(go);
        return this.at(event, EV.GoCreateSyscall, [this.goid(go)]);
      case 'GoStart':
        if (go !== null) this.at(event, EV.GoStart, [this.goid(go), this.next(this.seqOfG, go)]);
        return;
      case 'GoUnblock':
        if (go !== null) this.at(event, EV.GoUnblock, [this.goid(go), this.next(this.seqOfG, go), this.stack(event)]);
        return;
      case 'GoDestroy':
        return this.at(event, EV.GoDestroy, []);
      case 'GoDestroySyscall':
        return this.at(event, EV.GoDestroySyscall, []);
      case 'GoStop':
      case 'GoBlock':
      case 'STWBegin':
        return this.at(event, EV[kind], [this.table.string(event.why), this.stack(event)]);
      case 'GoSyscallBegin':
        if (p !== null) this.at(event, EV.GoSyscallBegin, [this.next(this.seqOfP, p), this.stack(event)]);
        return;
      case 'GoSyscallEnd':
      case 'GoSyscallEndBlocked':
      case 'STWEnd':
        return this.at(event, EV[kind], []);
    }
  }

  private stack(event: TracerEvent): number {
    return this.table.stack(event.stack);
  }

  private at({ m, t }: TracerEvent, type: number, args: readonly number[]): void {
    this.write(m, type, args, t);
  }

  private write(m: MId, type: number, args: readonly number[], t: number | null = null): void {
    const tick = this.clock.next(t);
    let batch = this.batches.get(m);
    if (!batch) this.batches.set(m, (batch = { bytes: new ByteWriter(), first: 0, last: 0 }));
    if (batch.bytes.length === 0) batch.first = batch.last = tick;
    batch.bytes.byte(type);
    batch.bytes.varint(tick - batch.last);
    for (const value of args) batch.bytes.varint(value);
    batch.last = tick;
    if (batch.bytes.length > BATCH_BYTES) this.flush(m);
  }

  private flush(m: MId): void {
    const batch = this.batches.get(m);
    if (batch && batch.bytes.length > 0) this.batch(numberOf(m), batch.first, batch.bytes.take());
  }
}

/** As much of a text as fits, in whole characters. */
function cut(text: string): string {
  const encoder = new TextEncoder();
  if (encoder.encode(text).length <= LONGEST_STRING) return text;
  const { read } = encoder.encodeInto(text, new Uint8Array(LONGEST_STRING));
  return text.slice(0, read);
}

const numberOf = (id: MId | PId | null): number => (id === null ? 0 : Number(id.slice(1)));
