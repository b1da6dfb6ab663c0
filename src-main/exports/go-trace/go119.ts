/**
 * A run as an execution trace of Go 1.19 (runtime/trace.go there; `go tool trace` of Go 1.5 to 1.21 reads it, later ones convert it): the
 * events of each P in batches of its own, then the stacks and strings that they name.
 */
import type { GId, GRow, MId, PId, State, Step } from '../../model/state';
import { ByteWriter } from './byte-writer';
import { TICKS_PER_SECOND, TraceClock } from './clock';
import { StackTable } from './stack-table';
import { entryOf, Tracer, type TracerEvent } from './tracer';

const EV = {
  Batch: 1,
  Frequency: 2,
  Stack: 3,
  ProcStart: 5,
  ProcStop: 6,
  GoCreate: 13,
  GoStart: 14,
  GoEnd: 15,
  GoStop: 16,
  GoSched: 17,
  GoPreempt: 18,
  GoSleep: 19,
  GoBlock: 20,
  GoUnblock: 21,
  GoBlockSend: 22,
  GoBlockRecv: 23,
  GoBlockSelect: 24,
  GoBlockSync: 25,
  GoBlockCond: 26,
  GoBlockNet: 27,
  GoSysCall: 28,
  GoSysExit: 29,
  GoSysBlock: 30,
  GoWaiting: 31,
  GoInSyscall: 32,
  String: 37,
  GoStartLocal: 38,
  GoUnblockLocal: 39,
} as const;

/** By the reasons of the newer tracer. */
const BLOCKS: Readonly<Record<string, number>> = {
  sleep: EV.GoSleep,
  'chan send': EV.GoBlockSend,
  'chan receive': EV.GoBlockRecv,
  select: EV.GoBlockSelect,
  forever: EV.GoStop,
  network: EV.GoBlockNet,
  sync: EV.GoBlockSync,
  'sync.(*Cond).Wait': EV.GoBlockCond,
};

/** The number of arguments stands in two bits, the time not counted; 3 says that there are as many or more, and that the length follows. */
const MANY = 3;
const COUNT_SHIFT = 6;
/** Go's buffers hold 64 KiB. */
const BATCH_BYTES = 60_000;
/** What is written without a P. */
const NO_P = -1;

interface Batch {
  bytes: ByteWriter;
  last: number;
}

/** What orders a goroutine's events of several Ps: a number, and the P of the latest. */
interface Sequence {
  seq: number;
  p: PId | null;
  /** The moment in which it left its system call, until that is told. */
  left: number | null;
}

export class Go119Trace {
  private readonly tracer: Tracer;
  private readonly clock = new TraceClock();
  private readonly table = new StackTable();
  private readonly batches = new Map<number, Batch>();
  private readonly sequences = new Map<GId, Sequence>();
  /** Goroutines of threads of C that have been told of. */
  private readonly known = new Set<GId>();
  private readonly out = new ByteWriter();
  private readonly event = new ByteWriter();
  private goids: Readonly<Record<GId, GRow>>;

  constructor(private readonly first: State) {
    this.tracer = new Tracer(first);
    this.goids = first.G;
  }

  /** The file's beginning: who was there before the run. */
  head(): Uint8Array {
    const out = new ByteWriter();
    for (const char of 'go 1.19 trace\0\0\0') out.byte(char.charCodeAt(0));
    out.append(this.beginning());
    return out.take();
  }

  private beginning(): Uint8Array {
    const running = [...this.tracer.P].filter(([, { status }]) => status !== 'idle');
    const teller = running[0]?.[0] ?? null;
    for (const [g, status] of this.tracer.G) {
      if (status === 'none') continue;
      this.known.add(g);
      this.sequences.set(g, { seq: 0, p: teller, left: null });
      this.write(teller, EV.GoCreate, [this.goid(g), this.table.stack([entryOf(this.first.G[g])]), 0]);
      const isWithoutP = status === 'syscall' && !running.some(([, { m }]) => m !== null && this.tracer.M.get(m)?.g === g);
      if (status === 'waiting' || isWithoutP) {
        this.sequence(g).seq++;
        this.write(teller, isWithoutP ? EV.GoInSyscall : EV.GoWaiting, [this.goid(g)]);
      }
    }
    for (const [p, { m }] of running) {
      const g = m === null ? null : this.tracer.M.get(m)?.g;
      this.write(p, EV.ProcStart, [numberOf(m)]);
      if (g == null) continue;
      this.startOf(g, p, null);
      if (this.tracer.G.get(g) === 'syscall') this.write(p, EV.GoSysCall, [0]);
    }
    return this.out.take();
  }

  /** When the latest event was told, ticks. */
  get latest(): number {
    return this.clock.latest;
  }

  /** `state`: after the step. */
  step(step: Step, state: State): Uint8Array {
    this.goids = state.G;
    for (const event of this.tracer.take(step, state)) this.tell(event);
    return this.out.take();
  }

  end(): Uint8Array {
    // Who has left its system call and not come to run since.
    for (const [g, { left }] of this.sequences) if (left !== null) this.ordered(g, null, null, EV.GoSysExit, null, [left]);
    for (const p of this.batches.keys()) this.flush(p);
    const { out, table } = this;
    out.byte(EV.Frequency);
    out.varint(TICKS_PER_SECOND);
    const body = new ByteWriter();
    for (const { id, frames } of table.allStacks) {
      body.varint(id);
      body.varint(frames.length);
      for (const { pc, fn } of frames) for (const value of [pc, fn, 0, 0]) body.varint(value);
      out.byte(EV.Stack | (MANY << COUNT_SHIFT));
      out.varint(body.length);
      out.append(body.take());
    }
    for (const [text, id] of table.allStrings) {
      out.byte(EV.String);
      out.varint(id);
      out.text(text);
    }
    return out.take();
  }

  private goid(g: GId | null): number {
    return g === null ? 0 : (this.goids[g]?.goid ?? 0);
  }

  private sequence(g: GId): Sequence {
    let found = this.sequences.get(g);
    if (!found) this.sequences.set(g, (found = { seq: 0, p: null, left: null }));
    return found;
  }

  private tell(event: TracerEvent): void {
    const { kind, t, m, p, go, proc } = event;
    const stack = this.table.stack(event.stack);
    switch (kind) {
      case 'ProcStart':
        this.write(proc, EV.ProcStart, [numberOf(m)], t);
        return;
      case 'ProcStop':
        // Who gives its P back because it will block tells both.
        if (event.g !== null && this.tracer.G.get(event.g) === 'syscall') this.write(proc, EV.GoSysBlock, [], t);
        this.write(proc, EV.ProcStop, [], t);
        return;
      case 'ProcSteal':
        this.write(proc, EV.GoSysBlock, [], t);
        // Go leaves this out, and the start that follows, when it is another thread that comes back from a system call and takes the P: its
        // readers then have the P with the wrong thread.
        this.write(proc, EV.ProcStop, [], t);
        return;
      case 'GoCreate':
        if (go === null) return;
        this.sequences.set(go, { seq: 0, p, left: null });
        this.write(p, EV.GoCreate, [this.goid(go), this.table.stack([entryOf(this.goids[go])]), stack], t);
        return;
      case 'GoStart':
        if (go !== null) this.startOf(go, p, t);
        return;
      case 'GoUnblock':
        if (go !== null) this.ordered(go, p, t, EV.GoUnblock, EV.GoUnblockLocal, [stack]);
        return;
      case 'GoSyscallEndBlocked':
        if (go !== null) this.sequence(go).left = this.clock.next(t);
        return;
      case 'GoCreateSyscall':
        // So from 1.21 on; up to 1.20 a trace with a thread of C that comes in cannot be read.
        if (go !== null && !this.known.has(go)) this.comesFromC(go, t);
        return;
      case 'GoDestroy':
        return this.write(p, EV.GoEnd, [], t);
      case 'GoStop':
        return this.write(p, event.why === 'runtime.Gosched' ? EV.GoSched : EV.GoPreempt, [stack], t);
      case 'GoBlock':
        return this.write(p, BLOCKS[event.why] ?? EV.GoBlock, [stack], t);
      case 'GoSyscallBegin':
        return this.write(p, EV.GoSysCall, [stack], t);
      // Of those who stop the world the old tracer tells only the collector, which does more than the model's does.
      case 'GoSyscallEnd':
      case 'GoDestroySyscall':
      case 'STWBegin':
      case 'STWEnd':
        return;
    }
  }

  private comesFromC(g: GId, t: number): void {
    this.known.add(g);
    this.sequences.set(g, { seq: 1, p: null, left: null });
    this.write(null, EV.GoCreate, [this.goid(g), this.table.stack([entryOf(this.goids[g])]), 0], t);
    this.write(null, EV.GoInSyscall, [this.goid(g)], t);
  }

  private startOf(g: GId, p: PId | null, t: number | null): void {
    const { left } = this.sequence(g);
    // Told with its own time, by whoever has a P at last; never as a local event.
    if (left !== null) this.ordered(g, p, t, EV.GoSysExit, null, [left]);
    this.sequence(g).left = null;
    this.ordered(g, p, t, EV.GoStart, EV.GoStartLocal, []);
  }

  /** An event that must come after others of its goroutine: they are told on the same P, or a number says so. */
  private ordered(g: GId, p: PId | null, t: number | null, type: number, local: number | null, rest: readonly number[]): void {
    const sequence = this.sequence(g);
    sequence.seq++;
    if (local !== null && sequence.p === p) this.write(p, local, [this.goid(g), ...rest], t);
    else this.write(p, type, [this.goid(g), sequence.seq, ...rest], t);
    sequence.p = p;
  }

  private write(p: PId | null, type: number, args: readonly number[], t: number | null = null): void {
    const key = p === null ? NO_P : numberOf(p);
    let batch = this.batches.get(key);
    if (!batch) this.batches.set(key, (batch = { bytes: new ByteWriter(), last: 0 }));
    const tick = this.clock.next(t);
    const { event } = this;
    event.varint(tick - batch.last);
    // A batch begins with the time from which its events count.
    if (batch.bytes.length === 0) {
      batch.bytes.byte(EV.Batch | (1 << COUNT_SHIFT));
      batch.bytes.varint(key);
      batch.bytes.varint(tick);
      event.take();
      event.varint(0);
    }
    for (const value of args) event.varint(value);
    const count = Math.min(args.length, MANY);
    batch.bytes.byte(type | (count << COUNT_SHIFT));
    if (count === MANY) batch.bytes.varint(event.length);
    batch.bytes.append(event.take());
    batch.last = tick;
    if (batch.bytes.length > BATCH_BYTES) this.flush(key);
  }

  private flush(p: number): void {
    const batch = this.batches.get(p);
    if (batch && batch.bytes.length > 0) this.out.append(batch.bytes.take());
  }
}

const numberOf = (id: MId | PId | null): number => (id === null ? 0 : Number(id.slice(1)));
