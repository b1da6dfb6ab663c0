/** A scenario's goroutines as threads: their operations one after the other, each as the runtime carries it out. */
import type { GId } from '../state';
import { cgocallbackg } from '../runtime/cgocall';
import { exited, fatalpanic } from '../runtime/panic';
import { GoPanic, Goexit } from '../runtime/panicking';
import { gopark } from '../runtime/park';
import { newstack } from '../runtime/preempt';
import type { Runtime } from '../runtime/runtime';
import { type Row, type Thread, row, rows } from '../runtime/thread';
import { setMaxThreads } from '../runtime/threads';
import { rowOf } from './index';
import { InstanceNames } from './instance-names';
import { type AnyOperation, CALL, type Doer, type Opening, type Starter } from './operation';

const DEFERPROC = rows('deferproc', { newdefer: 'store' });
const DEFERRETURN = rows('deferreturn', { jmpdefer: 'op' });
const GOPANIC = rows('gopanic', { defer: 'op', recovery: 'switch', fatalpanic: 'op' });
const GORECOVER = rows('gorecover', { recovered: 'store', nil: 'test' });
const GOEXIT = rows('Goexit', { defer: 'op', goexit1: 'op' });

export class GoProgram implements Starter {
  private readonly names: InstanceNames;
  /** By goroutine, then by operation: kept, because a loop comes to the same row millions of times. */
  private readonly openings = new Map<string, Map<string, Row>>();

  constructor(
    private readonly rt: Runtime,
    private readonly goroutines: Readonly<Record<string, readonly AnyOperation[]>>,
  ) {
    this.names = new InstanceNames(goroutines);
  }

  nextInstance(name: string): string {
    return this.names.next(name);
  }

  /** The goroutine `name` of the scenario, from its first operation to its end. When main returns, the program ends. */
  *goroutine(g: GId, name: string): Thread {
    const operations = this.goroutines[name];
    if (!operations) throw new Error(`no goroutine ${name} in the scenario`);
    if (name === 'main') yield* setMaxThreads(this.rt, g);
    let openings = this.openings.get(name);
    if (!openings) this.openings.set(name, (openings = new Map()));
    const instance = new Instance(this.rt, g, this, name, openings);
    const hasReturned = yield* instance.whole(operations);
    if (name === 'main' && hasReturned) {
      yield row('main', 'exit', 'op');
      if (this.rt.panicking > 0) yield* gopark(this.rt, g, 'panicwait', 'GoStop', () => true);
      throw exited(this.rt, this.rt.mOf(g), 0);
    }
    yield row('goexit1', 'goexit0', 'op');
    this.rt.to.event('GoEnd');
  }
}

/** A function that has not returned yet: what it has deferred, the latest last. */
interface Frame {
  readonly defers: (readonly AnyOperation[])[];
}

/** Go: _panic. */
interface Panicking {
  readonly value: string;
  recovered: boolean;
}

class Instance implements Doer {
  /** Which operation of the goroutine's list it is at. */
  private index = 0;
  private readonly frames: Frame[] = [];
  /** Panics under way, the latest last. */
  private panics: Panicking[] = [];
  /** How deep the frames were when the latest panic called its deferred function: only that function itself may recover. */
  private deferredAt = -1;

  constructor(
    readonly rt: Runtime,
    readonly g: GId,
    readonly program: Starter,
    private readonly name: string,
    private readonly openings: Map<string, Row>,
  ) {}

  /** The goroutine's own function. False: it was ended by runtime.Goexit. */
  whole(operations: readonly AnyOperation[]): Thread<boolean> {
    return this.toItsEnd(() => this.inFrame(() => this.inOrder(operations)));
  }

  readonly calledByC = (g: GId, operations: readonly AnyOperation[]): Thread<boolean> => {
    const its = new Instance(this.rt, g, this.program, this.name, this.openings);
    return its.toItsEnd(() => cgocallbackg(this.rt, g, () => its.inFrame(() => its.inOrder(operations))));
  };

  /** All that a goroutine does. False: it was ended by runtime.Goexit. */
  private *toItsEnd(body: () => Thread): Thread<boolean> {
    try {
      yield* body();
      return true;
    } catch (end) {
      if (end instanceof Goexit) {
        yield GOEXIT.goexit1;
        return false;
      }
      if (!(end instanceof GoPanic)) throw end;
      yield GOPANIC.fatalpanic;
      return yield* fatalpanic(this.rt, this.g, this.printed());
    }
  }

  private *inOrder(operations: readonly AnyOperation[]): Thread {
    for (const [index, operation] of operations.entries()) {
      this.index = index;
      yield* this.run(operation);
    }
  }

  /** Go 1.14, runtime/panic.go, printpanics: in pieces, the oldest first. */
  private printed(): string[] {
    return this.panics.flatMap(({ value, recovered }, i) => [
      ...(i > 0 ? ['\t'] : []),
      'panic: ',
      value,
      ...(recovered ? [' [recovered]'] : []),
      '\n',
    ]);
  }

  *nested(operations: readonly AnyOperation[]): Thread {
    for (const each of operations) yield* this.run(each);
  }

  call(operations: readonly AnyOperation[]): Thread {
    return this.inFrame(() => this.nested(operations));
  }

  /** A function: what it defers runs at its end, whichever way it ends. */
  private *inFrame(body: () => Thread): Thread {
    const frame: Frame = { defers: [] };
    const depth = this.frames.push(frame);
    try {
      yield* body();
    } catch (thrown) {
      if (!(thrown instanceof GoPanic || thrown instanceof Goexit)) throw thrown;
      this.frames.length = depth;
      yield* this.unwind(frame, thrown);
    }
    for (let deferred = frame.defers.pop(); deferred; deferred = frame.defers.pop()) {
      yield DEFERRETURN.jmpdefer;
      yield* this.deferred(frame, deferred);
    }
    this.frames.length = depth - 1;
  }

  /** A deferred function whose own panic runs what is left of the frame's. */
  private *deferred(frame: Frame, operations: readonly AnyOperation[]): Thread {
    const depth = this.frames.length;
    try {
      yield* this.call(operations);
    } catch (thrown) {
      if (!(thrown instanceof GoPanic || thrown instanceof Goexit)) throw thrown;
      this.frames.length = depth;
      yield* this.unwind(frame, thrown);
    }
  }

  /** Go 1.14, runtime/panic.go, gopanic and Goexit: the frame's deferred functions run; the panic goes on to the caller unless one recovers. */
  private *unwind(frame: Frame, first: GoPanic | Goexit): Thread {
    let thrown = first;
    if (thrown instanceof GoPanic) this.begin(thrown);
    const depth = this.frames.length;
    for (let deferred = frame.defers.pop(); deferred; deferred = frame.defers.pop()) {
      yield thrown instanceof GoPanic ? GOPANIC.defer : GOEXIT.defer;
      const before = this.deferredAt;
      this.deferredAt = depth;
      try {
        yield* this.call(deferred);
      } catch (again) {
        if (!(again instanceof GoPanic || again instanceof Goexit)) throw again;
        this.frames.length = depth;
        // A new panic takes the place of whatever was under way, but for a Goexit, which goes on once the panic is recovered.
        if (!(thrown instanceof Goexit && again instanceof Goexit)) thrown = again;
        if (again instanceof GoPanic) this.begin(again);
      } finally {
        this.deferredAt = before;
      }
      if (!(thrown instanceof GoPanic) || this.panics.at(-1)?.recovered !== true) continue;
      yield GOPANIC.recovery;
      this.panics = [];
      if (first instanceof Goexit) {
        thrown = first;
        continue;
      }
      return;
    }
    throw thrown;
  }

  /** A panic is under way, unless it is one that comes up from a function below, which has begun it. */
  private begin(thrown: GoPanic): void {
    if (this.begun.has(thrown)) return;
    this.begun.add(thrown);
    this.panics.push({ value: thrown.value, recovered: false });
  }

  private readonly begun = new WeakSet<GoPanic>();

  *defer(operations: readonly AnyOperation[]): Thread {
    yield DEFERPROC.newdefer;
    this.frames.at(-1)?.defers.push(operations);
  }

  *recover(): Thread {
    const latest = this.panics.at(-1);
    const mayRecover = latest !== undefined && !latest.recovered && this.deferredAt === this.frames.length - 1;
    yield mayRecover ? GORECOVER.recovered : GORECOVER.nil;
    if (mayRecover) latest.recovered = true;
  }

  private *run(operation: AnyOperation): Thread {
    const found = rowOf(operation);
    const { opening = CALL } = found;
    if (opening === null) {
      // A loop without a single step would be gone round for ever without the clock ever moving.
      if (makesNoStep(operation)) return;
    } else {
      if (opening.givesWay === 'before' && this.isToGiveWay) yield* newstack(this.rt, this.g);
      yield this.openingOf(operation, opening);
      this.rt.to.g(this.g, 'op', this.index);
      this.rt.to.g(this.g, 'opname', operation.kind);
      if (opening.givesWay === 'after' && this.isToGiveWay) yield* newstack(this.rt, this.g);
    }
    const rest = found.carryOut(operation, this);
    if (rest !== null) yield* rest;
  }

  private openingOf({ kind }: AnyOperation, { cost }: Opening): Row {
    let found = this.openings.get(kind);
    if (!found) this.openings.set(kind, (found = row(`main.${this.name}`, kind, cost)));
    return found;
  }

  private get isToGiveWay(): boolean {
    return this.rt.G(this.g).stackguard0 === 'stackPreempt';
  }
}

function makesNoStep(operation: AnyOperation): boolean {
  const { opening, within } = rowOf(operation);
  if (opening !== null || !within) return false;
  const { operations, times } = within(operation);
  return times === 0 || operations.every(makesNoStep);
}
