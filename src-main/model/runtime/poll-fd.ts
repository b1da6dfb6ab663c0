/**
 * Reading, writing and closing files that the network poller watches. Follows internal/poll/fd_unix.go and fd_mutex.go of Go 1.14: a call that
 * would have to wait answers EAGAIN, its goroutine waits for the poller, and calls again.
 */
import type { GId } from '../state';
import type { PollDescRow, SemaRow } from '../sync-rows';
import { errnoByName } from '../kernel/errno';
import { type CallMade, enterFrames, leaveFrames, makeCall, prepareCall, type PreparedCall } from './call-operations';
import { freePollDesc, type Mode, pollClose, pollDesc, setPollDesc } from './netpoll';
import { pollReset, pollUnblock, pollWait } from './poll-desc';
import type { Runtime } from './runtime';
import { type Semaphore, semacquire, semrelease } from './semaphore';
import { type Thread, rows } from './thread';

const RWLOCK = rows('rwlock', { lock: 'cas' });
const RWUNLOCK = rows('rwunlock', { unlock: 'cas' });
const CLOSE = rows('increfAndClose', { close: 'cas' });

const DESTROY = 'internal/poll.(*FD).destroy';
const EAGAIN = -BigInt(errnoByName('EAGAIN')?.number ?? 0);

const lockOf = (mode: Mode): 'reader' | 'writer' => (mode === 'r' ? 'reader' : 'writer');
const waitOf = (mode: Mode): 'rwait' | 'wwait' => (mode === 'r' ? 'rwait' : 'wwait');

/** One of the semaphores of an FD. */
function semaphore(pd: string, field: 'rsema' | 'wsema' | 'csema'): Semaphore {
  const path = ['sched', 'netpoll', 'pd', pd, field];
  const rowIn = (state: Runtime['state']): SemaRow => state.sched.netpoll?.pd[pd]?.[field] ?? { sema: 0, queue: [], lock: null };
  return {
    keys: [...path, 'lock'],
    holder: (state) => rowIn(state).lock,
    count: (state) => rowIn(state).sema,
    setCount: (rt, n) => {
      rt.to.at([...path, 'sema'], n);
    },
    queue: (state) => rowIn(state).queue,
    setQueue: (rt, queue) => {
      rt.to.at([...path, 'queue'], queue);
    },
    waitreason: 'semacquire',
  };
}

const semaOf = (pd: string, mode: Mode): Semaphore => semaphore(pd, mode === 'r' ? 'rsema' : 'wsema');

/** Go 1.14, fd_mutex.go, rwlock: one goroutine reads at a time, and one writes. False: the file is closed. */
function* rwlock(rt: Runtime, g: GId, pd: string, mode: Mode): Thread<boolean> {
  for (;;) {
    const row: PollDescRow = pollDesc(rt, pd);
    if (row.closing) return false;
    if (row[lockOf(mode)] === null) {
      setPollDesc(rt, pd, lockOf(mode), g);
      return true;
    }
    setPollDesc(rt, pd, waitOf(mode), row[waitOf(mode)] + 1);
    yield* semacquire(rt, g, semaOf(pd, mode));
    yield RWLOCK.lock;
  }
}

/** Whether the row is still that of this descriptor; if so, it stays so until `leave`. Part of the step under way. */
function enter(rt: Runtime, pd: string, fd: number): boolean {
  const row = pollDesc(rt, pd);
  if (row.fd !== fd || row.closing) return false;
  setPollDesc(rt, pd, 'inside', row.inside + 1);
  return true;
}

/** Part of the step under way. */
function leave(rt: Runtime, pd: string): void {
  const { fd, inside } = pollDesc(rt, pd);
  setPollDesc(rt, pd, 'inside', inside - 1);
  if (inside === 1 && fd < 0) freePollDesc(rt, pd);
}

/** Go 1.14, fd_mutex.go, rwunlock: the next one's turn. The last to leave a file that is being closed closes it. */
function* rwunlock(rt: Runtime, g: GId, pd: string, mode: Mode): Thread {
  yield RWUNLOCK.unlock;
  setPollDesc(rt, pd, lockOf(mode), null);
  const waiting = pollDesc(rt, pd)[waitOf(mode)];
  if (waiting > 0) {
    setPollDesc(rt, pd, waitOf(mode), waiting - 1);
    yield* semrelease(rt, g, semaOf(pd, mode), false);
  }
}

/** Whether it is being closed and nobody is in it any more. */
const isLeft = ({ closing, reader, writer }: PollDescRow): boolean => closing && reader === null && writer === null;

/** What is left of a write, or any other call once more: on the same memory, and the kernel takes no longer than it does. */
function rest({ operation, ...call }: PreparedCall, { args }: CallMade, done: bigint): PreparedCall {
  const given = args.slice(0, Math.max(operation.args.length, 3));
  const numbers = given.map((argument, i) => Number(i === 1 ? argument + done : i === 2 ? argument - done : argument));
  return { ...call, operation: { ...operation, args: numbers, takesNs: null } };
}

interface Transfer {
  pd: string;
  mode: Mode;
  /** How many functions of the call's path come down to the method of FD. */
  depth: number;
  /** How many of them it comes back to; none when absent. */
  outer?: number;
  /** Part of the step in which the call has come back with EAGAIN. */
  beforeWait?: () => void;
}

/**
 * Go 1.14, fd_unix.go, Read, Write and Accept; from the outermost function of the call's path, and back. Returns what the last call answered,
 * null when the file is being closed.
 */
export function* transfer(rt: Runtime, g: GId, first: PreparedCall, how: Transfer): Thread<bigint | null> {
  const { pd, mode, depth, outer = 0, beforeWait } = how;
  const { fd } = pollDesc(rt, pd);
  yield* enterFrames(rt, g, first.frames, 0, depth);
  yield RWLOCK.lock;
  let result: bigint | null = null;
  if (enter(rt, pd, fd)) {
    if (yield* rwlock(rt, g, pd, mode)) {
      if (yield* pollReset(rt, pd, mode)) result = yield* untilDone(rt, g, first, { pd, mode, depth, beforeWait });
      yield* rwunlock(rt, g, pd, mode);
      if (isLeft(pollDesc(rt, pd))) yield* destroy(rt, g, pd, closeCall(rt, pd, first, { mode, depth }), depth);
    }
    leave(rt, pd);
  }
  yield* leaveFrames(rt, g, first.frames, depth, outer);
  return result;
}

interface Waiting {
  pd: string;
  mode: Mode;
  depth: number;
  beforeWait: (() => void) | undefined;
}

function* untilDone(rt: Runtime, g: GId, first: PreparedCall, { pd, mode, depth, beforeWait }: Waiting): Thread<bigint | null> {
  let call = first;
  for (;;) {
    const made = yield* makeCall(rt, g, call, depth);
    const { result } = made;
    if (result === EAGAIN) {
      beforeWait?.();
      if (!(yield* pollWait(rt, g, pd, mode))) return null;
      call = rest(call, made, 0n);
      continue;
    }
    // A write goes on until all is written.
    if (mode === 'r' || result <= 0n || result >= (made.args[2] ?? 0n)) return result;
    call = rest(call, made, result);
  }
}

/** Go 1.14, fd_unix.go, Close: whoever waits in the file leaves it first; the last one closes it. */
export function* closeFd(rt: Runtime, g: GId, call: PreparedCall, pd: string): Thread {
  const { fd } = pollDesc(rt, pd);
  const depth = call.frames.indexOf(DESTROY) - 1;
  yield* enterFrames(rt, g, call.frames, 0, depth);
  yield CLOSE.close;
  // Somebody else may have closed it, or be about to.
  if (enter(rt, pd, fd)) {
    setPollDesc(rt, pd, 'closing', true);
    yield* wakeAll(rt, g, pd);
    yield* pollUnblock(rt, g, pd);
    if (isLeft(pollDesc(rt, pd))) yield* destroy(rt, g, pd, call, depth);
    yield* semacquire(rt, g, semaphore(pd, 'csema'));
    leave(rt, pd);
  }
  yield* leaveFrames(rt, g, call.frames, depth, 0);
}

/** Go 1.14, fd_unix.go, destroy: out of the poller's set, then closed; and whoever closes it need wait no longer. */
function* destroy(rt: Runtime, g: GId, pd: string, call: PreparedCall, depth: number): Thread {
  const inDestroy = call.frames.indexOf(DESTROY) + 1;
  yield* enterFrames(rt, g, call.frames, depth, inDestroy);
  yield* pollClose(rt, g, pd);
  yield* makeCall(rt, g, call, inDestroy);
  yield* semrelease(rt, g, semaphore(pd, 'csema'), false);
  yield* leaveFrames(rt, g, call.frames, inDestroy, depth);
}

/** close(2) as the last of those who read or write makes it. */
function closeCall(rt: Runtime, pd: string, { frames }: PreparedCall, { mode, depth }: { mode: Mode; depth: number }): PreparedCall {
  const unlock = mode === 'r' ? 'internal/poll.(*FD).readUnlock' : 'internal/poll.(*FD).writeUnlock';
  const operation = { name: 'close', args: [pollDesc(rt, pd).fd], via: null, takesNs: null, returns: null, errno: null };
  return prepareCall(rt, operation, [...frames.slice(0, depth), unlock, DESTROY, 'syscall.close']);
}

function* wakeAll(rt: Runtime, g: GId, pd: string): Thread {
  for (const mode of ['r', 'w'] as const) {
    const waiting = pollDesc(rt, pd)[waitOf(mode)];
    if (waiting > 0) setPollDesc(rt, pd, waitOf(mode), 0);
    for (let i = 0; i < waiting; i++) yield* semrelease(rt, g, semaOf(pd, mode), false);
  }
}
