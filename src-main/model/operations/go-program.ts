/** A scenario's goroutines as threads: their operations one after the other, each as the runtime carries it out. */
import type { GId } from '../state';
import { newstack } from '../runtime/preempt';
import type { Runtime } from '../runtime/runtime';
import { exited } from '../runtime/panic';
import { gopark } from '../runtime/park';
import { type Row, type Thread, row } from '../runtime/thread';
import { setMaxThreads } from '../runtime/threads';
import { rowOf } from './index';
import { InstanceNames } from './instance-names';
import { type AnyOperation, CALL, type Doer, type Opening, type Starter } from './operation';

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

  /** The goroutine `name` of the scenario, from its first operation to its end. main's end ends the program. */
  *goroutine(g: GId, name: string): Thread {
    const operations = this.goroutines[name];
    if (!operations) throw new Error(`no goroutine ${name} in the scenario`);
    if (name === 'main') yield* setMaxThreads(this.rt, g);
    let openings = this.openings.get(name);
    if (!openings) this.openings.set(name, (openings = new Map()));
    const instance = new Instance(this.rt, g, this, name, openings);
    for (const [index, operation] of operations.entries()) yield* instance.operation(operation, index);
    if (name === 'main') {
      yield row('main', 'exit', 'op');
      if (this.rt.panicking > 0) yield* gopark(this.rt, g, 'panicwait', 'GoStop', () => true);
      throw exited(this.rt, this.rt.mOf(g), 0);
    }
    yield row('goexit1', 'goexit0', 'op');
    this.rt.to.event('GoEnd');
  }
}

class Instance implements Doer {
  /** Which operation of the goroutine's list it is at. */
  private index = 0;

  constructor(
    readonly rt: Runtime,
    readonly g: GId,
    readonly program: Starter,
    private readonly name: string,
    private readonly openings: Map<string, Row>,
  ) {}

  operation(operation: AnyOperation, index: number): Thread {
    this.index = index;
    return this.run(operation);
  }

  *nested(operations: readonly AnyOperation[]): Thread {
    for (const each of operations) yield* this.run(each);
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
