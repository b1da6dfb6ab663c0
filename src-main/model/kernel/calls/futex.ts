/**
 * futex: a thread sleeps as long as a word in memory has a value, until another thread says that it has changed.
 * Simplified: private and shared futexes are one, and there is neither priority inheritance nor FUTEX_WAKE_OP.
 */
import { error, give, type Handler, int, type KernelAnswer, type KernelCall, type KernelPort, uint } from '../answer';
import { fromLittleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import { timespec, timespecAt } from './clock';
import * as names from '../flag-names';
import { readMemory } from '../memory';
import * as show from '../strace-arguments';

const FUTEX_WAIT = 0;
const FUTEX_WAKE = 1;
const FUTEX_REQUEUE = 3;
const FUTEX_CMP_REQUEUE = 4;
const FUTEX_WAIT_BITSET = 9;
const FUTEX_WAKE_BITSET = 10;
const FUTEX_PRIVATE_FLAG = 128;
const FUTEX_CLOCK_REALTIME = 256;
const OPTIONS = FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME;
const ANY = 0xffffffff;

function futexCommand(op: bigint | undefined): number {
  return int(op) & ~OPTIONS;
}

/** A wait with a limit is not started again after a signal; one without is. */
function isTimedFutexWait([, op, , timeout]: readonly bigint[]): boolean {
  return (futexCommand(op) === FUTEX_WAIT || futexCommand(op) === FUTEX_WAIT_BITSET) && timeout !== 0n;
}

const futex: Handler = (port, args, call) => {
  const [address = 0n, op, value, timeout = 0n, address2 = 0n, value3] = args;
  switch (futexCommand(op)) {
    case FUTEX_WAIT:
      return futexWait(port, address, uint(value), timeout, ANY, call, false);
    case FUTEX_WAIT_BITSET:
      return futexWait(port, address, uint(value), timeout, uint(value3), call, true);
    case FUTEX_WAKE:
      return futexWake(port, address, int(value), ANY, isShared(op));
    case FUTEX_WAKE_BITSET:
      return futexWake(port, address, int(value), uint(value3), isShared(op));
    case FUTEX_REQUEUE:
      return futexRequeue(port, address, address2, int(value), Number(BigInt.asIntN(32, timeout)));
    case FUTEX_CMP_REQUEUE: {
      const word = wordAt(port, address);
      if (typeof word === 'string') return error(word);
      return word === uint(value3)
        ? futexRequeue(port, address, address2, int(value), Number(BigInt.asIntN(32, timeout)))
        : error('EAGAIN');
    }
    default:
      return error('ENOSYS');
  }
};

function wordAt(port: KernelPort, address: bigint): number | 'EINVAL' | 'EFAULT' {
  if (address % 4n !== 0n) return 'EINVAL';
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

function futexWait(
  port: KernelPort,
  address: bigint,
  value: number,
  timeout: bigint,
  bitset: number,
  call: KernelCall,
  isAbsolute: boolean,
): KernelAnswer {
  if (call.occasion !== 'entered') return endWait(port, call);
  if (bitset === 0) return error('EINVAL');
  const limit = timeout === 0n ? null : timespecAt(port, timeout);
  if (typeof limit === 'string') return error(limit);
  const word = wordAt(port, address);
  if (typeof word === 'string') return error(word);
  if (word !== value) return error('EAGAIN');
  port.set(['futex'], [...port.kernel.futex, { m: port.m, on: keyOf(address), bitset }]);
  const timeoutNs = limit === null ? null : isAbsolute ? Math.max(0, limit - port.now) : limit;
  return { kind: 'wait', object: placeOf(port.m), timeoutNs, wokenObjects: [] };
}

/** Whoever is no longer in the list was woken; time and signals find it still there. */
function endWait(port: KernelPort, { occasion }: KernelCall): KernelAnswer {
  if (!port.kernel.futex.some((each) => each.m === port.m)) return give(0);
  if (occasion === 'woken') return { kind: 'wait', object: placeOf(port.m), timeoutNs: null, wokenObjects: [] };
  port.set(
    ['futex'],
    port.kernel.futex.filter((each) => each.m !== port.m),
  );
  return error(occasion === 'time' ? 'ETIMEDOUT' : 'EINTR');
}

/** Without FUTEX_PRIVATE_FLAG the kernel looks at the page, also where it only wakes. */
function isShared(op: bigint | undefined): boolean {
  return (int(op) & FUTEX_PRIVATE_FLAG) === 0;
}

function futexWake(port: KernelPort, address: bigint, most: number, bitset: number, mustBeThere: boolean): KernelAnswer {
  if (bitset === 0 || address % 4n !== 0n) return error('EINVAL');
  if (mustBeThere && wordAt(port, address) === 'EFAULT') return error('EFAULT');
  const waiting = port.kernel.futex.filter((each) => each.on === keyOf(address) && ((each.bitset ?? ANY) & bitset) !== 0);
  // As the kernel counts: it wakes one before it looks at the limit.
  const woken = waiting.slice(0, Math.max(1, most));
  if (woken.length > 0)
    port.set(
      ['futex'],
      port.kernel.futex.filter((each) => !woken.includes(each)),
    );
  return give(
    woken.length,
    woken.map((each) => placeOf(each.m)),
  );
}

/** Wakes some and lets others wait on another word. */
function futexRequeue(port: KernelPort, from: bigint, to: bigint, wake: number, move: number): KernelAnswer {
  if (wake < 0 || move < 0 || from % 4n !== 0n || to % 4n !== 0n) return error('EINVAL');
  const waiting = port.kernel.futex.filter((each) => each.on === keyOf(from));
  const woken = waiting.slice(0, wake);
  const moved = waiting.slice(wake, wake + move);
  const stay = port.kernel.futex.filter((each) => !woken.includes(each) && !moved.includes(each));
  if (woken.length + moved.length > 0) port.set(['futex'], [...stay, ...moved.map((each) => ({ ...each, on: keyOf(to) }))]);
  return give(
    woken.length + moved.length,
    woken.map((each) => placeOf(each.m)),
  );
}

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
    nr: { amd64: 202, arm64: 98 },
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
  { name: 'set_robust_list', nr: { amd64: 273, arm64: 99 }, via: null, args: null },
  { name: 'get_robust_list', nr: { amd64: 274, arm64: 100 }, via: null, args: null },
];
