/** Clocks and sleeping. All clocks show virtual time, which begins at 0. Simplified: a thread's and the process's CPU time are that, too. */
import { error, give, type Handler, int, type KernelAnswer, type KernelPort } from '../answer';
import { fromLittleEndian, littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import * as names from '../flag-names';
import { isMapped, type ReadableMemory, readMemory, writeMemory } from '../memory';
import * as show from '../strace-arguments';

const SECOND = 1_000_000_000;
/** Longer times are as good as for ever, and more than a number holds exactly in ns. */
const LONGEST_SECONDS = 4_000_000;
const TIMER_ABSTIME = 1;

/** A struct timespec as ns, or why it is none. */
export function timespecAt(port: ReadableMemory, address: bigint): number | 'EFAULT' | 'EINVAL' {
  const spec = readMemory(port, address, 16);
  if (!spec) return 'EFAULT';
  const seconds = BigInt.asIntN(64, fromLittleEndian(spec.slice(0, 8)));
  const ns = BigInt.asIntN(64, fromLittleEndian(spec.slice(8)));
  if (seconds < 0n || ns < 0n || ns >= BigInt(SECOND)) return 'EINVAL';
  return Number(seconds < BigInt(LONGEST_SECONDS) ? seconds : BigInt(LONGEST_SECONDS)) * SECOND + Number(ns);
}

export function timespecBytes(ns: number): number[] {
  return [...littleEndian(Math.floor(ns / SECOND), 8), ...littleEndian(ns % SECOND, 8)];
}

function sleep(ns: number, remaining: bigint | null): KernelAnswer {
  return { kind: 'sleep', ns, result: 0n, remaining, wokenObjects: [] };
}

const nanosleep: Handler = (port, [request = 0n, remaining = 0n]) => {
  const ns = timespecAt(port, request);
  return typeof ns === 'string' ? error(ns) : sleep(ns, remaining === 0n ? null : remaining);
};

/** CLOCK_REALTIME … CLOCK_TAI, but for number 10, which is not used any more. */
function isClock(clock: number): boolean {
  return clock >= 0 && clock <= 11 && clock !== 10;
}

const clockNanosleep: Handler = (port, [clock, flags, request = 0n, remaining = 0n]) => {
  if (!isClock(int(clock))) return error('EINVAL');
  // A thread’s own clock, the raw and the coarse clocks show time, but wake nobody.
  if ([3, 4, 5, 6].includes(int(clock))) return error('EOPNOTSUPP');
  const ns = timespecAt(port, request);
  if (typeof ns === 'string') return error(ns);
  if ((int(flags) & TIMER_ABSTIME) !== 0) return sleep(Math.max(0, ns - port.now), null);
  return sleep(ns, remaining === 0n ? null : remaining);
};

const clockGettime: Handler = (port, [clock, result = 0n]) => {
  if (!isClock(int(clock))) return error('EINVAL');
  return writeMemory(port, result, timespecBytes(port.now)) ? give(0) : error('EFAULT');
};

/** A sleep that a signal has cut short tells how much was left. False: nowhere to tell it. */
export function tellRemaining(port: KernelPort, address: bigint, ns: number): boolean {
  if (!isMapped(port, address, 16)) return false;
  return writeMemory(port, address, timespecBytes(Math.max(0, ns)));
}

/** How strace shows a struct timespec. */
export const timespec: show.Value = (value, memory) =>
  show.struct(memory, value, 16, (held) => {
    const [seconds, ns] = [BigInt.asIntN(64, show.field(held, 0, 8)), BigInt.asIntN(64, show.field(held, 8, 8))];
    return `{tv_sec=${seconds}, tv_nsec=${ns}}`;
  });

/** What is left of a sleep is told only when it was cut short. */
const remaining = (i: number): show.Argument => ({
  late: true,
  print: (memory, call, finished) => (finished?.result === -4n ? timespec : show.address)(call.args[i] ?? 0n, memory, call),
});

const clockGetres: Handler = (port, [clock, result = 0n]) => {
  if (!isClock(int(clock))) return error('EINVAL');
  // The coarse clocks go with the timer interrupt, every 4 ms.
  const ns = int(clock) === 5 || int(clock) === 6 ? 4_000_000 : 1;
  return result === 0n || writeMemory(port, result, timespecBytes(ns)) ? give(0) : error('EFAULT');
};

const gettimeofday: Handler = (port, [time = 0n, zone = 0n]) => {
  const { now } = port;
  const told = [...littleEndian(Math.floor(now / SECOND), 8), ...littleEndian(Math.floor((now % SECOND) / 1000), 8)];
  if (time !== 0n && !writeMemory(port, time, told)) return error('EFAULT');
  return zone === 0n || writeMemory(port, zone, littleEndian(0, 8)) ? give(0) : error('EFAULT');
};

const time: Handler = (port, [result = 0n]) => {
  const seconds = Math.floor(port.now / SECOND);
  return result === 0n || writeMemory(port, result, littleEndian(seconds, 8)) ? give(seconds) : error('EFAULT');
};

/** Clock ticks of 10 ms. All time is the process's own user time. */
const times: Handler = (port, [result = 0n]) => {
  const ticks = Math.floor(port.now / 10_000_000);
  const told = [ticks, 0, 0, 0].flatMap((each) => littleEndian(each, 8));
  return result === 0n || writeMemory(port, result, told) ? give(ticks) : error('EFAULT');
};

/** Simplified: nobody sets a clock. */
export const CLOCK: readonly CallRow[] = [
  {
    name: 'nanosleep',
    via: 'Syscall',
    args: 'struct timespec *req, struct timespec *rem',
    handler: nanosleep,
    print: [show.at(0, timespec), remaining(1)],
    restarts: false,
    example: ['words:0,5000000', 'buf:16'],
  },
  {
    name: 'clock_gettime',
    via: null,
    args: 'clockid_t clockid, struct timespec *tp',
    handler: clockGettime,
    print: [show.at(0, show.one(names.CLOCK, 'CLOCK')), show.out(1, timespec)],
    example: ['CLOCK_MONOTONIC', 'buf:16'],
  },
  { name: 'clock_settime', via: null, args: null },
  {
    name: 'clock_getres',
    via: null,
    args: 'clockid_t clockid, struct timespec *res',
    handler: clockGetres,
    print: [show.at(0, show.one(names.CLOCK, 'CLOCK')), show.out(1, timespec)],
  },
  {
    name: 'clock_nanosleep',
    via: null,
    args: 'clockid_t clockid, int flags, const struct timespec *req, struct timespec *rem',
    handler: clockNanosleep,
    print: [show.at(0, show.one(names.CLOCK, 'CLOCK')), show.at(1, show.flags(names.TIMER_FLAGS)), show.at(2, timespec), remaining(3)],
    restarts: false,
  },
  {
    name: 'gettimeofday',
    via: 'vdso',
    args: 'struct timeval *tv, struct timezone *tz',
    handler: gettimeofday,
  },
  { name: 'settimeofday', via: 'RawSyscall', args: 'struct timeval *tv, struct timezone *tz' },
  { name: 'time', via: null, args: 'time_t *tloc', handler: time },
  { name: 'times', via: 'RawSyscall', args: 'struct tms *tbuf', handler: times },
  { name: 'adjtimex', via: 'Syscall', args: 'struct timex *txc_p' },
];
