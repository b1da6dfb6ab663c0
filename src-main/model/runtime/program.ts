/** A goroutine's program: its operations one after the other, each as the runtime would carry it out. */
import type { GId } from '../state';
import type { Operation, OperationKind } from '../scenario';
import { unreachable } from '../unreachable';
import { blockingSyscall, cgoOperation, syscallOperation } from './call-operations';
import { chanrecv, chansend, closechan, panicked } from './chan';
import { goschedImpl } from './gosched';
import { lockOSThread, unlockOSThread } from './lock-os-thread';
import { netread } from './netread';
import { newproc } from './newproc';
import { asyncPreempt, newstack } from './preempt';
import type { Runtime } from './runtime';
import { gc } from './stop-the-world';
import { mutexLock, mutexUnlock, waitGroupAdd, waitGroupWait } from './sync';
import { ProgramEnd, type Row, type Thread, rest, row } from './thread';
import { setMaxThreads } from './threads';
import { timeSleep } from './timers';

/** The goroutine `name` of the scenario, from its first operation to its end. main's end ends the program. */
export function* goroutineBody(rt: Runtime, g: GId, name: string): Thread {
  const operations = rt.scenario.goroutines[name];
  if (!operations) throw new Error(`no goroutine ${name} in the scenario`);
  if (name === 'main') yield* setMaxThreads(rt, g);
  for (const [index, operation] of operations.entries()) yield* run(rt, g, name, operation, index);
  if (name === 'main') {
    yield row('main', 'exit', 'op');
    throw new ProgramEnd('exit', 0, '');
  }
  yield row('goexit1', 'goexit0', 'op');
  rt.to.event('GoEnd');
}

/** The row that opens an operation of the goroutines of this name; kept, because a loop comes here millions of times. */
function opening(name: string, kind: OperationKind): Row {
  let ofName = OPENINGS.get(name);
  if (!ofName) OPENINGS.set(name, (ofName = new Map()));
  let found = ofName.get(kind);
  if (!found) ofName.set(kind, (found = row(`main.${name}`, kind, kind === 'mark' ? 'mark' : 'op')));
  return found;
}

const OPENINGS = new Map<string, Map<OperationKind, Row>>();

function* run(rt: Runtime, g: GId, name: string, operation: Operation, index: number): Thread {
  if (operation.kind === 'repeat') {
    if (doesNothing(operation)) return;
    for (let i = 0; i < operation.times; i++) for (const each of operation.body) yield* run(rt, g, name, each, index);
    return;
  }
  // A mark is a call, too: whoever is to give way does so before anything is noted.
  if (operation.kind === 'mark' && rt.G(g).stackguard0 === 'stackPreempt') yield* newstack(rt, g);
  yield opening(name, operation.kind);
  rt.to.g(g, 'op', index);
  rt.to.g(g, 'opname', operation.kind);
  if (operation.kind === 'mark') {
    rt.to.open.note = operation.text;
    return;
  }
  // Every operation is a function call, and a call's prologue is where a request to give way is found.
  if (rt.G(g).stackguard0 === 'stackPreempt') yield* newstack(rt, g);
  yield* carryOut(rt, g, operation);
}

/** A loop without a single step would be gone round for ever without the clock ever moving. */
function doesNothing(operation: Operation): boolean {
  return operation.kind === 'repeat' && (operation.times === 0 || operation.body.every(doesNothing));
}

function* carryOut(rt: Runtime, g: GId, operation: Exclude<Operation, { kind: 'repeat' | 'mark' }>): Thread {
  switch (operation.kind) {
    case 'compute':
    case 'spin':
      yield* userCode(rt, g, operation.kind, operation.ns);
      return;
    case 'go':
      for (let i = 0; i < operation.times; i++) {
        const instance = rt.names.next(operation.name);
        yield* newproc(rt, g, instance, (made) => goroutineBody(rt, made, operation.name));
      }
      return;
    case 'gosched':
      yield { wait: 'mcall', work: (m) => goschedImpl(rt, m, g, 'gosched_m', 'GoSched') };
      return;
    case 'syscall':
      yield* syscallOperation(rt, g, operation);
      return;
    case 'blockingsyscall':
      yield* blockingSyscall(rt, g, operation.takesNs);
      return;
    case 'cgo':
      yield* cgoOperation(rt, g, operation.takesNs);
      return;
    case 'sleep':
      yield* timeSleep(rt, g, operation.ns);
      return;
    case 'netread':
      yield* netread(rt, g, operation.takesNs);
      return;
    case 'send':
      yield* chansend(rt, g, operation.channel);
      return;
    case 'recv':
      yield* chanrecv(rt, g, operation.channel);
      return;
    case 'close':
      yield* closechan(rt, g, operation.channel);
      return;
    case 'lock':
      yield* mutexLock(rt, g, operation.mutex);
      return;
    case 'unlock':
      yield* mutexUnlock(rt, g, operation.mutex);
      return;
    case 'add':
      yield* waitGroupAdd(rt, g, operation.waitgroup, operation.n);
      return;
    case 'done':
      yield* waitGroupAdd(rt, g, operation.waitgroup, -1);
      return;
    case 'wait':
      yield* waitGroupWait(rt, g, operation.waitgroup);
      return;
    case 'lockosthread':
      yield* lockOSThread(rt, g);
      return;
    case 'unlockosthread':
      yield* unlockOSThread(rt, g);
      return;
    case 'gc':
      yield* gc(rt, g, operation.stwNs);
      return;
    case 'exit':
      yield row('exit', 'exit_group', 'op');
      throw new ProgramEnd('exit', operation.code, '');
    case 'panic':
      yield row('gopanic', 'fatalpanic', 'op');
      throw panicked(rt, g, operation.text);
    default:
      unreachable(operation);
  }
}

/** User code for `ns`: with calls in it it stops at the next prologue when asked; without, only where a signal finds it. */
function* userCode(rt: Runtime, g: GId, kind: 'compute' | 'spin', ns: number): Thread {
  let left = ns;
  while (left > 0) {
    if (rt.G(g).stackguard0 === 'stackPreempt' && kind === 'compute') {
      yield* newstack(rt, g);
      continue;
    }
    const why = yield rest(kind, left);
    left -= rt.restedNs;
    if (why === 'signal') yield* asyncPreempt(rt, g);
  }
}
