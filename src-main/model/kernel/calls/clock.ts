/** Clocks and sleeping. All clocks show virtual time, which begins at 0. Simplified: a thread's and the process's CPU time are that, too. */
import { error, give, type Handler, int, type KernelAnswer, type KernelPort } from '../answer';
import { fromLittleEndian, littleEndian } from '../bytes';
import { isMapped, type ReadableMemory, readMemory, writeMemory } from '../memory';

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

export const nanosleep: Handler = (port, [request = 0n, remaining = 0n]) => {
  const ns = timespecAt(port, request);
  return typeof ns === 'string' ? error(ns) : sleep(ns, remaining === 0n ? null : remaining);
};

/** CLOCK_REALTIME … CLOCK_TAI, but for number 10, which is not used any more. */
function isClock(clock: number): boolean {
  return clock >= 0 && clock <= 11 && clock !== 10;
}

export const clockNanosleep: Handler = (port, [clock, flags, request = 0n, remaining = 0n]) => {
  if (!isClock(int(clock))) return error('EINVAL');
  // A thread’s own clock, the raw and the coarse clocks show time, but wake nobody.
  if ([3, 4, 5, 6].includes(int(clock))) return error('EOPNOTSUPP');
  const ns = timespecAt(port, request);
  if (typeof ns === 'string') return error(ns);
  if ((int(flags) & TIMER_ABSTIME) !== 0) return sleep(Math.max(0, ns - port.now), null);
  return sleep(ns, remaining === 0n ? null : remaining);
};

export const clockGettime: Handler = (port, [clock, result = 0n]) => {
  if (!isClock(int(clock))) return error('EINVAL');
  return writeMemory(port, result, timespecBytes(port.now)) ? give(0) : error('EFAULT');
};

/** A sleep that a signal has cut short tells how much was left. False: nowhere to tell it. */
export function tellRemaining(port: KernelPort, address: bigint, ns: number): boolean {
  if (!isMapped(port, address, 16)) return false;
  return writeMemory(port, address, timespecBytes(Math.max(0, ns)));
}
