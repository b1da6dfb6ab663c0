/** What of a call's outcome is this machine's or this moment's own, so that the model cannot have it: that is not compared. */
import { type Outcome, placed, type PlacedCall, type Sequence } from './sequence';

/** Calls whose result, if it is no error, is a number of the machine’s own: a process, an address, a time. */
const OWN_RESULT = new Set(
  'getpid gettid getppid getpgrp getpgid getsid set_tid_address mmap brk mremap time times sched_getaffinity'.split(' '),
);

/** Arguments whose memory is filled with such: times, addresses, names and sizes of the machine, chance, what is left of a time. */
const OWN_MEMORY: Readonly<Record<string, readonly number[]>> = {
  clock_gettime: [1],
  gettimeofday: [0, 1],
  time: [0],
  times: [0],
  getrusage: [1],
  sysinfo: [0],
  uname: [0],
  getrandom: [0],
  getcpu: [0, 1],
  getrlimit: [1],
  prlimit64: [3],
  sched_getaffinity: [2],
  mincore: [2],
  get_robust_list: [1],
  prctl: [1],
  ioctl: [2],
  ppoll: [2],
  select: [4],
  pselect6: [4],
  nanosleep: [1],
  timerfd_gettime: [1],
  timerfd_settime: [3],
  getdents64: [1],
};

type Spans = readonly (readonly [from: number, to: number])[];

/** struct stat: device, inode number, block size, blocks, times. */
const STAT: Spans = [
  [0, 16],
  [56, 120],
];
/** struct statx: what is known, attributes, inode number, blocks, times, devices. */
const STATX: Spans = [
  [0, 16],
  [32, 40],
  [48, 144],
  [144, 256],
];
/** struct siginfo: all but the number; and the beginning of who sent it. */
const SIGINFO: Spans = [[4, 128]];

/** Bytes of an argument's memory that are so. */
const OWN_BYTES: Readonly<Record<string, readonly [arg: number, spans: Spans]>> = {
  stat: [1, STAT],
  lstat: [1, STAT],
  fstat: [1, STAT],
  newfstatat: [2, STAT],
  statx: [4, STATX],
  rt_sigtimedwait: [1, SIGINFO],
};

/** Where the type of a file and its size stand: a directory’s size is the file system’s own. */
const SIZES: Readonly<Record<string, readonly [modeAt: number, sizeAt: number]>> = {
  stat: [24, 48],
  lstat: [24, 48],
  fstat: [24, 48],
  newfstatat: [24, 48],
  statx: [28, 40],
};

const comparedResult = (name: string, result: string): string =>
  OWN_RESULT.has(name) && !result.startsWith('-') && result !== 'blocks' ? 'its own' : result;

/** FUTEX_LOCK_PI, FUTEX_TRYLOCK_PI and FUTEX_LOCK_PI2 write the thread’s own number. */
function isOwnWord(call: PlacedCall, arg: number): boolean {
  const [, op] = call.args;
  return call.name === 'futex' && arg === 0 && op !== undefined && 'value' in op && [6n, 8n, 13n].includes(op.value & ~384n);
}

/** The bytes that count, others as dots. `arg`: which argument the memory is; −1: something inside of one. */
function comparedBytes(name: string, arg: number, hex: string | null): string | null {
  if (OWN_MEMORY[name]?.includes(arg)) return '';
  const [of, spans] = OWN_BYTES[name] ?? [-1, []];
  if (hex === null || of !== arg) return isPort(name, arg) ? withoutPort(hex) : hex;
  const digits = [...hex];
  for (const [from, to] of spans) digits.fill('.', 2 * from, 2 * to);
  const [modeAt, sizeAt] = SIZES[name] ?? [0, 0];
  if (SIZES[name] && (Number.parseInt(hex.slice(2 * modeAt + 2, 2 * modeAt + 4), 16) & 0xf0) === 0x40)
    digits.fill('.', 2 * sizeAt, 2 * sizeAt + 16);
  return digits.join('');
}

/** Calls that tell an address: ports that the kernel has chosen are compared as such. */
const isPort = (name: string, arg: number): boolean => /^(getsockname|getpeername|accept4?|recvfrom)$/.test(name) && arg > 0;

const FIRST_CHOSEN_PORT = 32_768;

function withoutPort(hex: string | null): string | null {
  if (hex === null || !hex.startsWith('0200')) return hex;
  return Number.parseInt(hex.slice(4, 8), 16) < FIRST_CHOSEN_PORT ? hex : `0200some${hex.slice(8)}`;
}

/** What counts of a sequence's outcomes. */
export function compared(sequence: Sequence, outcomes: readonly Outcome[]): Outcome[] {
  const calls = placed(sequence);
  return outcomes.map(({ result, written }, i) => {
    const call = calls[i];
    const name = call?.name ?? '';
    const argOf = (watched: number): number =>
      call?.args.findIndex((place) => 'slot' in place && place.slot === call.watched[watched]) ?? -1;
    return {
      result: comparedResult(name, result),
      written: written.map((each, at) => (call && isOwnWord(call, argOf(at)) ? '' : comparedBytes(name, argOf(at), each))),
    };
  });
}
