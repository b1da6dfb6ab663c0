/**
 * futex: a thread sleeps as long as a word in memory has a value, until another thread says that it has changed.
 * Simplified: private and shared futexes are one, and nobody is moved onto a lock with an owner.
 */
import { error, give, type Handler, int, type KernelAnswer, type KernelCall, type KernelPort, notModelled, uint } from '../answer';
import { fromLittleEndian, littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import { timespec, timespecAt } from './clock';
import * as names from '../flag-names';
import { isMapped, readMemory, USER_END, writeMemory } from '../memory';
import * as show from '../strace-arguments';

const FUTEX_WAIT = 0;
const FUTEX_WAKE = 1;
const FUTEX_REQUEUE = 3;
const FUTEX_CMP_REQUEUE = 4;
const FUTEX_WAKE_OP = 5;
const FUTEX_LOCK_PI = 6;
const FUTEX_UNLOCK_PI = 7;
const FUTEX_TRYLOCK_PI = 8;
const FUTEX_WAIT_BITSET = 9;
const FUTEX_WAKE_BITSET = 10;
const FUTEX_WAIT_REQUEUE_PI = 11;
const FUTEX_CMP_REQUEUE_PI = 12;
const FUTEX_LOCK_PI2 = 13;
const FUTEX_PRIVATE_FLAG = 128;
const FUTEX_CLOCK_REALTIME = 256;
const OPTIONS = FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME;
const ANY = 0xffffffff;

/** Commands whose fourth argument is a limit; those whose limit is a moment; those that may go by the wall clock. */
const TIMED = new Set([FUTEX_WAIT, FUTEX_WAIT_BITSET, FUTEX_LOCK_PI, FUTEX_LOCK_PI2, FUTEX_WAIT_REQUEUE_PI]);
const BY_WALL_CLOCK = new Set([FUTEX_WAIT_BITSET, FUTEX_WAIT_REQUEUE_PI, FUTEX_LOCK_PI2]);

function futexCommand(op: bigint | undefined): number {
  return int(op) & ~OPTIONS;
}

/** A wait with a limit is not started again after a signal; one without is. */
function isTimedFutexWait([, op, , timeout]: readonly bigint[]): boolean {
  return (futexCommand(op) === FUTEX_WAIT || futexCommand(op) === FUTEX_WAIT_BITSET) && timeout !== 0n;
}

const futex: Handler = (port, args, call) => {
  const [address = 0n, op, value, timeout = 0n, address2 = 0n, value3] = args;
  const command = futexCommand(op);
  if (call.occasion !== 'entered') return endWait(port, call);
  const limit = TIMED.has(command) && timeout !== 0n ? timespecAt(port, timeout) : null;
  if (typeof limit === 'string') return error(limit);
  if ((int(op) & FUTEX_CLOCK_REALTIME) !== 0 && !BY_WALL_CLOCK.has(command)) return error('ENOSYS');
  switch (command) {
    case FUTEX_WAIT:
      return futexWait(port, address, uint(value), limit, ANY);
    case FUTEX_WAIT_BITSET:
      return futexWait(port, address, uint(value), limit === null ? null : Math.max(0, limit - port.now), uint(value3));
    case FUTEX_WAKE:
      return futexWake(port, address, int(value), ANY, isShared(op));
    case FUTEX_WAKE_BITSET:
      return futexWake(port, address, int(value), uint(value3), isShared(op));
    case FUTEX_REQUEUE:
    case FUTEX_CMP_REQUEUE: {
      const expected = command === FUTEX_REQUEUE ? null : uint(value3);
      return futexRequeue(port, address, address2, int(value), int(timeout), expected, isShared(op));
    }
    case FUTEX_WAKE_OP:
      return futexWakeOp(port, address, address2, int(value), int(timeout), uint(value3), isShared(op));
    case FUTEX_LOCK_PI:
    case FUTEX_LOCK_PI2:
    case FUTEX_TRYLOCK_PI:
      return lockPi(port, address, command === FUTEX_TRYLOCK_PI, limit === null ? null : Math.max(0, limit - port.now));
    case FUTEX_UNLOCK_PI:
      return unlockPi(port, address);
    case FUTEX_WAIT_REQUEUE_PI:
    case FUTEX_CMP_REQUEUE_PI:
      return requeuePi(port, args, command === FUTEX_WAIT_REQUEUE_PI, isShared(op), limit === null ? null : Math.max(0, limit - port.now));
    default:
      return error('ENOSYS');
  }
};

/** Whether there can be a futex; a shared one is known by its page, which must be there. */
function keyFault(port: KernelPort, address: bigint, mustBeThere: boolean): 'EINVAL' | 'EFAULT' | null {
  if (address % 4n !== 0n) return 'EINVAL';
  if (address > USER_END) return 'EFAULT';
  return mustBeThere && !readMemory(port, address, 4) ? 'EFAULT' : null;
}

function wordAt(port: KernelPort, address: bigint): number | 'EFAULT' {
  const bytes = readMemory(port, address, 4);
  return bytes ? Number(fromLittleEndian(bytes)) : 'EFAULT';
}

function keyOf(address: bigint): string {
  return `0x${address.toString(16)}`;
}

/** Under this name m waits: a waker chooses whom it wakes. */
function placeOf(m: string): string {
  return `futex:${m}`;
}

type Waiter = KernelPort['kernel']['futex'][number];

function setWaiters(port: KernelPort, waiters: readonly Waiter[]): void {
  port.set(['futex'], [...waiters]);
}

function futexWait(port: KernelPort, address: bigint, value: number, timeoutNs: number | null, bitset: number): KernelAnswer {
  if (bitset === 0) return error('EINVAL');
  const fault = keyFault(port, address, false);
  if (fault) return error(fault);
  const word = wordAt(port, address);
  if (typeof word === 'string') return error(word);
  if (word !== value) return error('EAGAIN');
  setWaiters(port, [...port.kernel.futex, { m: port.m, on: keyOf(address), bitset }]);
  return { kind: 'wait', object: placeOf(port.m), timeoutNs, wokenObjects: [] };
}

/** Whoever is no longer in the list was woken; time and signals find it still there. */
function endWait(port: KernelPort, { occasion }: KernelCall): KernelAnswer {
  if (!port.kernel.futex.some((each) => each.m === port.m && each.on.startsWith('0x'))) return give(0);
  if (occasion === 'woken') return { kind: 'wait', object: placeOf(port.m), timeoutNs: null, wokenObjects: [] };
  setWaiters(
    port,
    port.kernel.futex.filter((each) => each.m !== port.m),
  );
  return error(occasion === 'time' ? 'ETIMEDOUT' : 'EINTR');
}

/** Without FUTEX_PRIVATE_FLAG the kernel looks at the page, also where it only wakes. */
function isShared(op: bigint | undefined): boolean {
  return (int(op) & FUTEX_PRIVATE_FLAG) === 0;
}

/** Those who are woken on a word. As the kernel counts: it wakes one before it looks at the limit. */
function takeWaiters(port: KernelPort, address: bigint, most: number, bitset: number): Waiter[] {
  const waiting = port.kernel.futex.filter((each) => each.on === keyOf(address) && ((each.bitset ?? ANY) & bitset) !== 0);
  const woken = waiting.slice(0, Math.max(1, most));
  if (woken.length > 0)
    setWaiters(
      port,
      port.kernel.futex.filter((each) => !woken.includes(each)),
    );
  return woken;
}

const wakes = (woken: readonly Waiter[], result = woken.length): KernelAnswer =>
  give(
    result,
    woken.map((each) => placeOf(each.m)),
  );

function futexWake(port: KernelPort, address: bigint, most: number, bitset: number, mustBeThere: boolean): KernelAnswer {
  if (bitset === 0) return error('EINVAL');
  const fault = keyFault(port, address, mustBeThere);
  return fault ? error(fault) : wakes(takeWaiters(port, address, most, bitset));
}

/** Wakes some and lets others wait on another word. `expected`: null, or what the first word must be. */
function futexRequeue(
  port: KernelPort,
  from: bigint,
  to: bigint,
  wake: number,
  move: number,
  expected: number | null,
  mustBeThere: boolean,
): KernelAnswer {
  if (wake < 0 || move < 0) return error('EINVAL');
  const fault = keyFault(port, from, mustBeThere) ?? keyFault(port, to, mustBeThere);
  if (fault) return error(fault);
  if (expected !== null) {
    const word = wordAt(port, from);
    if (typeof word === 'string') return error(word);
    if (word !== expected) return error('EAGAIN');
  }
  const waiting = port.kernel.futex.filter((each) => each.on === keyOf(from));
  const woken = waiting.slice(0, wake);
  const moved = waiting.slice(wake, wake + move);
  const stay = port.kernel.futex.filter((each) => !woken.includes(each) && !moved.includes(each));
  if (woken.length + moved.length > 0) setWaiters(port, [...stay, ...moved.map((each) => ({ ...each, on: keyOf(to) }))]);
  return wakes(woken, woken.length + moved.length);
}

const signed12 = (bits: number): number => ((bits & 0xfff) << 20) >> 20;

/** What FUTEX_WAKE_OP makes of the second word: set, add, or, and not, exclusive or. */
function operated(op: number, word: number, operand: number): number | null {
  switch (op) {
    case 0:
      return operand;
    case 1:
      return word + operand;
    case 2:
      return word | operand;
    case 3:
      return word & ~operand;
    case 4:
      return word ^ operand;
    default:
      return null;
  }
}

/** And what it compares the old one with: ==, !=, <, <=, >, >=. */
function compares(how: number, word: number, operand: number): boolean | null {
  const results = [word === operand, word !== operand, word < operand, word <= operand, word > operand, word >= operand];
  return results[how] ?? null;
}

function futexWakeOp(
  port: KernelPort,
  one: bigint,
  two: bigint,
  wake: number,
  wake2: number,
  coded: number,
  mustBeThere: boolean,
): KernelAnswer {
  const fault = keyFault(port, one, mustBeThere) ?? keyFault(port, two, mustBeThere);
  if (fault) return error(fault);
  const word = wordAt(port, two);
  if (typeof word === 'string') return error(word);
  const given = signed12(coded >>> 12);
  const operand = coded >>> 31 === 1 ? 1 << (given & 31) : given;
  const now = operated((coded >>> 28) & 7, word, operand);
  if (now === null) return error('ENOSYS');
  if (!isMapped(port, two, 4)) return error('EFAULT');
  if (now >>> 0 !== word) writeMemory(port, two, littleEndian(now >>> 0, 4));
  const holds = compares((coded >>> 24) & 15, word | 0, signed12(coded));
  if (holds === null) return error('ENOSYS');
  const woken = takeWaiters(port, one, wake, ANY);
  if (holds) woken.push(...takeWaiters(port, two, wake2, ANY));
  return wakes(woken);
}

const INIT = 1;
const WAITERS = 0x80000000;
const TID_MASK = 0x3fffffff;

/** A lock whose word is its owner's number. Simplified: nobody inherits a priority, as there are none. */
function lockPi(port: KernelPort, address: bigint, isTry: boolean, timeoutNs: number | null): KernelAnswer {
  const fault = keyFault(port, address, true);
  if (fault) return error(fault);
  const word = wordAt(port, address);
  if (typeof word === 'string') return error(word);
  const owner = word & TID_MASK;
  if (owner === port.tid) return error('EDEADLK');
  if (owner === 0) return writeMemory(port, address, littleEndian((port.tid | (word & 0x40000000)) >>> 0, 4)) ? give(0) : error('EFAULT');
  // The mark that somebody waits is made before anybody asks who the owner is.
  if (!writeMemory(port, address, littleEndian((word | WAITERS) >>> 0, 4))) return error('EFAULT');
  if (owner !== INIT && port.threadOf(owner) === null) return error('ESRCH');
  if (isTry) return error('EAGAIN');
  setWaiters(port, [...port.kernel.futex, { m: port.m, on: keyOf(address) }]);
  return { kind: 'wait', object: placeOf(port.m), timeoutNs, wokenObjects: [] };
}

/** The first who waits becomes the owner. */
function unlockPi(port: KernelPort, address: bigint): KernelAnswer {
  const word = wordAt(port, address);
  if (typeof word === 'string') return error(word);
  if ((word & TID_MASK) !== port.tid) return error('EPERM');
  const fault = keyFault(port, address, true);
  if (fault) return error(fault);
  const [next, ...others] = port.kernel.futex.filter((each) => each.on === keyOf(address));
  if (!next) return writeMemory(port, address, littleEndian(0, 4)) ? give(0) : error('EFAULT');
  setWaiters(
    port,
    port.kernel.futex.filter((each) => each !== next),
  );
  const tid = port.kernel.pid + Number(next.m.slice(1));
  writeMemory(port, address, littleEndian((tid | (others.length > 0 ? WAITERS : 0)) >>> 0, 4));
  return give(0, [placeOf(next.m)]);
}

/** Waiting for a lock with an owner to be got by somebody else's doing: with those who wait it is more than the model has. */
function requeuePi(
  port: KernelPort,
  args: readonly bigint[],
  isWait: boolean,
  mustBeThere: boolean,
  timeoutNs: number | null,
): KernelAnswer {
  const [one = 0n, , value, , two = 0n, value3] = args;
  if (one === two) return error('EINVAL');
  if (!isWait && int(value) !== 1) return error('EINVAL');
  const fault = isWait ? keyFault(port, two, mustBeThere) : (keyFault(port, one, mustBeThere) ?? keyFault(port, two, mustBeThere));
  if (fault) return error(fault);
  const oneFault = isWait ? keyFault(port, one, mustBeThere) : null;
  if (oneFault) return error(oneFault);
  const word = wordAt(port, one);
  if (typeof word === 'string') return error(word);
  if (word !== (isWait ? uint(value) : uint(value3))) return error('EAGAIN');
  if (isWait) return futexWait(port, one, uint(value), timeoutNs, ANY);
  return port.kernel.futex.some((each) => each.on === keyOf(one)) ? notModelled() : give(0);
}

const ROBUST_BYTES = 24n;

const setRobustList: Handler = (port, [head = 0n, length]) => {
  if (length !== ROBUST_BYTES) return error('EINVAL');
  port.set(['robust'], { ...port.kernel.robust, [port.m]: `0x${head.toString(16)}` });
  return give(0);
};

const getRobustList: Handler = (port, [thread, head = 0n, length = 0n]) => {
  const m = int(thread) === 0 ? port.m : port.threadOf(int(thread));
  if (m === null) return error('ESRCH');
  if (!writeMemory(port, length, littleEndian(ROBUST_BYTES, 8))) return error('EFAULT');
  return writeMemory(port, head, littleEndian(BigInt(port.kernel.robust?.[m] ?? '0x0'), 8)) ? give(0) : error('EFAULT');
};

const futexOp: show.Value = (value) => {
  const isPrivate = (int(value) & FUTEX_PRIVATE_FLAG) !== 0;
  const name = names.oneName(futexCommand(value), names.FUTEX_COMMANDS, 'FUTEX');
  return `${name}${isPrivate ? '_PRIVATE' : ''}${(int(value) & FUTEX_CLOCK_REALTIME) !== 0 ? '|FUTEX_CLOCK_REALTIME' : ''}`;
};

const bitset: show.Value = (value) => (uint(value) === ANY ? 'FUTEX_BITSET_MATCH_ANY' : show.hex(BigInt(uint(value))));

const futexIs =
  (...commands: number[]) =>
  (call: show.TracedCall): boolean =>
    commands.includes(futexCommand(call.args[1]));

export const FUTEX: readonly CallRow[] = [
  {
    name: 'futex',
    via: null,
    args: 'u32 *uaddr, int op, u32 val, const struct timespec *timeout, u32 *uaddr2, u32 val3',
    handler: futex,
    print: [
      show.at(0, show.address),
      show.at(1, futexOp),
      show.at(2, show.int),
      show.where(futexIs(0, 9), show.at(3, timespec)),
      show.where(futexIs(3, 4), show.at(3, show.int)),
      show.where(futexIs(3, 4), show.at(4, show.address)),
      show.where(futexIs(4), show.at(5, show.int)),
      show.where(futexIs(9, 10), show.at(5, bitset)),
    ],
    waitsOn: () => true,
    restarts: (args) => !isTimedFutexWait(args),
    example: ['words:0', 'FUTEX_WAKE', '1', '0', '0', '0'],
  },
  {
    name: 'set_robust_list',
    via: null,
    args: 'struct robust_list_head *head, size_t len',
    handler: setRobustList,
  },
  {
    name: 'get_robust_list',
    via: null,
    args: 'int pid, struct robust_list_head *head, size_t *len',
    handler: getRobustList,
  },
];
