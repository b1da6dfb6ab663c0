/** Waiting for one of several descriptors, the older ways. Simplified: the masks of signals are checked and do nothing. */
import { error, give, type Handler, int, type KernelAnswer, type KernelCall, type KernelPort, uint, waitUntil } from '../answer';
import { fromLittleEndian, littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import { fdOf, MAX_FDS } from '../descriptor-table';
import * as names from '../flag-names';
import { isMapped, isUserRange, readMemory, writeMemory } from '../memory';
import { earliest, nextExpiry, POLL, readiness } from '../poll';
import { maskFault } from '../signal-sets';
import * as show from '../strace-arguments';
import { timespec, timespecAt, timespecBytes } from './clock';

/** Where those wait who wait for several files: woken whenever anything happens to any. */
export const ANY_FILE = 'files';
const POLLFD_BYTES = 8;
const POLLNVAL = 0x20;

/** Waits for any of the descriptors; `limit` in ns, null without end. `timedOut`: what is answered when nothing has happened. */
function waitFor(
  port: KernelPort,
  fds: readonly bigint[],
  limit: number | null,
  call: KernelCall,
  timedOut: () => KernelAnswer,
): KernelAnswer {
  const until = call.held?.until === undefined ? (limit === null ? null : port.now + limit) : call.held.until;
  if (until !== null && until <= port.now) return timedOut();
  const timers = fds.map((fd) => {
    const open = fdOf(port, fd);
    return open ? nextExpiry(port, open) : null;
  });
  const waits = waitUntil(port, ANY_FILE, earliest([until, ...timers]));
  return waits.kind === 'wait' ? { ...waits, held: { done: 0, until } } : waits;
}

function pollFor(port: KernelPort, [list = 0n, countArgument]: readonly bigint[], limit: number | null, call: KernelCall): KernelAnswer {
  const count = uint(countArgument);
  if (count > MAX_FDS) return error('EINVAL');
  const held = readMemory(port, list, count * POLLFD_BYTES);
  if (!held) return error('EFAULT');
  const rows = Array.from({ length: count }, (_, i) => held.slice(i * POLLFD_BYTES, (i + 1) * POLLFD_BYTES));
  const fds = rows.map((row) => fromLittleEndian(row.slice(0, 4)));
  const told = rows.map((row, i) => {
    if (int(fds[i]) < 0) return 0;
    const open = fdOf(port, fds[i]);
    if (!open) return POLLNVAL;
    return readiness(port, open) & (Number(fromLittleEndian(row.slice(4, 6))) | POLL.ERR | POLL.HUP);
  });
  const answer = (): KernelAnswer => {
    if (!isUserRange(list, BigInt(count * POLLFD_BYTES)) || !isMapped(port, list, count * POLLFD_BYTES)) return error('EFAULT');
    const revents = rows.flatMap((row, i) => [...row.slice(0, 6), ...littleEndian(told[i] ?? 0, 2)]);
    if (revents.some((byte, i) => byte !== held[i])) writeMemory(port, list, revents);
    return give(told.filter((each) => each !== 0).length);
  };
  return told.some((each) => each !== 0) ? answer() : waitFor(port, fds, limit, call, answer);
}

const poll: Handler = (port, args, call) => pollFor(port, args, int(args[2]) < 0 ? null : int(args[2]) * 1_000_000, call);

/** A limit as a struct timespec; null: there is none. What is left of it is written back. */
function limitAt(port: KernelPort, address: bigint): number | null | 'EFAULT' | 'EINVAL' {
  return address === 0n ? null : timespecAt(port, address);
}

function withRest(
  port: KernelPort,
  address: bigint,
  limit: number | null,
  call: KernelCall,
  answer: KernelAnswer,
  bytes: (ns: number) => number[],
): KernelAnswer {
  if (address !== 0n && limit !== null && answer.kind === 'return') {
    const until = call.held?.until ?? port.now + limit;
    writeMemory(port, address, bytes(Math.max(0, until - port.now)));
  }
  return answer;
}

const ppoll: Handler = (port, args, call) => {
  const [, , timeout = 0n, mask, size] = args;
  const limit = call.held ? (call.held.until ?? null) : limitAt(port, timeout);
  if (typeof limit === 'string') return error(limit);
  const fault = maskFault(port, mask, size);
  if (fault) return error(fault);
  return withRest(port, timeout, limit, call, pollFor(port, args, limit, call), timespecBytes);
};

/** A set of descriptors, as bits in words of 64. */
const setBytes = (n: number): number => Math.ceil(n / 64) * 8;

const READ_EVENTS = POLL.IN | POLL.HUP | POLL.ERR | POLL.RDNORM;
const WRITE_EVENTS = POLL.OUT | POLL.ERR | POLL.WRNORM;

function selectFor(port: KernelPort, args: readonly bigint[], limit: number | null, call: KernelCall): KernelAnswer {
  const wanted = int(args[0]);
  if (wanted < 0) return error('EINVAL');
  const n = Math.min(wanted, MAX_FDS);
  const addresses = [args[1] ?? 0n, args[2] ?? 0n, args[3] ?? 0n];
  const sets = addresses.map((address) => (address === 0n ? null : readMemory(port, address, setBytes(n))));
  if (sets.some((set, i) => set === null && addresses[i] !== 0n)) return error('EFAULT');
  const has = (set: readonly number[] | null, fd: number): boolean => (((set?.[fd >> 3] ?? 0) >> (fd & 7)) & 1) === 1;
  const fds = Array.from({ length: n }, (_, fd) => fd).filter((fd) => sets.some((set) => has(set ?? null, fd)));
  if (fds.some((fd) => !fdOf(port, BigInt(fd)))) return error('EBADF');
  const told = sets.map((set) => set?.map(() => 0) ?? null);
  let count = 0;
  for (const fd of fds) {
    const open = fdOf(port, BigInt(fd));
    const ready = open ? readiness(port, open) : 0;
    for (const [i, mask] of [READ_EVENTS, WRITE_EVENTS, POLL.PRI].entries()) {
      const bits = told[i];
      if (!bits || !has(sets[i] ?? null, fd) || (ready & mask) === 0) continue;
      bits[fd >> 3] = (bits[fd >> 3] ?? 0) | (1 << (fd & 7));
      count++;
    }
  }
  const answer = (): KernelAnswer => {
    for (const [i, bits] of told.entries())
      if (bits && bits.length > 0 && !writeMemory(port, addresses[i] ?? 0n, bits)) return error('EFAULT');
    return give(count);
  };
  return count > 0 ? answer() : waitFor(port, fds.map(BigInt), limit, call, answer);
}

const SECOND = 1_000_000_000;
/** As long as for ever. */
const LONGEST_SECONDS = 4_000_000n;

function timevalAt(port: KernelPort, address: bigint): number | null | 'EFAULT' | 'EINVAL' {
  if (address === 0n) return null;
  const held = readMemory(port, address, 16);
  if (!held) return 'EFAULT';
  const [seconds, micros] = [held.slice(0, 8), held.slice(8)].map((each) => BigInt.asIntN(64, fromLittleEndian(each))) as [bigint, bigint];
  const whole = seconds + micros / 1_000_000n;
  if (whole < 0n || micros % 1_000_000n < 0n) return 'EINVAL';
  return Number(whole < LONGEST_SECONDS ? whole : LONGEST_SECONDS) * SECOND + Number(micros % 1_000_000n) * 1000;
}

const timevalBytes = (ns: number): number[] => [
  ...littleEndian(Math.floor(ns / SECOND), 8),
  ...littleEndian(Math.floor((ns % SECOND) / 1000), 8),
];

const select: Handler = (port, args, call) => {
  const timeout = args[4] ?? 0n;
  const limit = call.held ? (call.held.until ?? null) : timevalAt(port, timeout);
  if (typeof limit === 'string') return error(limit);
  return withRest(port, timeout, limit, call, selectFor(port, args, limit, call), timevalBytes);
};

const pselect6: Handler = (port, args, call) => {
  const [, , , , timeout = 0n, packed = 0n] = args;
  const pair = packed === 0n ? null : readMemory(port, packed, 16);
  if (packed !== 0n && !pair) return error('EFAULT');
  const limit = call.held ? (call.held.until ?? null) : limitAt(port, timeout);
  if (typeof limit === 'string') return error(limit);
  const fault = pair ? maskFault(port, fromLittleEndian(pair.slice(0, 8)), fromLittleEndian(pair.slice(8))) : null;
  if (fault) return error(fault);
  return withRest(port, timeout, limit, call, selectFor(port, args, limit, call), timespecBytes);
};

/** How strace shows an array of struct pollfd. */
const pollfds: show.Value = (value, memory, { args }) => {
  const count = Math.min(uint(args[1]), 32);
  const shown = show.struct(memory, value, count * POLLFD_BYTES, (held) => {
    const rows = Array.from({ length: count }, (_, i) => {
      const [fd, events] = [BigInt.asIntN(32, show.field(held, 8 * i, 4)), Number(show.field(held, 8 * i + 4, 2))];
      return `{fd=${fd}, events=${names.flagNames(events, names.POLL_EVENTS)}}`;
    });
    return `[${rows.join(', ')}]`;
  });
  return shown;
};

export const SELECT: readonly CallRow[] = [
  {
    name: 'poll',
    via: null,
    args: 'struct pollfd *fds, unsigned int nfds, int timeout_ms',
    restarts: false,
    handler: poll,
    print: [show.at(0, pollfds), show.at(1, show.uint), show.at(2, show.int)],
    waitsOn: () => true,
  },
  {
    name: 'ppoll',
    via: null,
    args: 'struct pollfd *fds, unsigned int nfds, struct timespec *tsp, const sigset_t *sigmask, size_t sigsetsize',
    restarts: false,
    handler: ppoll,
    print: [show.at(0, pollfds), show.at(1, show.uint), show.at(2, timespec), show.at(3, show.address), show.at(4, show.size)],
    waitsOn: () => true,
  },
  {
    name: 'select',
    via: 'Syscall6',
    args: 'int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds, struct timeval *timeout',
    restarts: false,
    handler: select,
    waitsOn: () => true,
  },
  {
    name: 'pselect6',
    via: null,
    args: 'int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds, struct timespec *timeout, void *sig',
    restarts: false,
    handler: pselect6,
    waitsOn: () => true,
  },
];
