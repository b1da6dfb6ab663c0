/**
 * The system call log, one line for each call as strace(1) prints it, and strace's way of telling that calls overlap: a call during
 * which another thread's begins is cut at `<unfinished ...>` and taken up again as `<... read resumed>`.
 * Simplified: one blank before the result instead of a column; a call that a signal has ended shows EINTR, which is what the program
 * sees, not the kernel's inner ERESTART numbers.
 */
import type { StraceLine } from '../state';
import type { Arch } from './answer';
import { flagNames, openFlagNames, FD_FLAGS } from './flag-names';
import type { ReadableMemory } from './memory';
import { type Argument, type Finished, printersOf } from './strace-arguments';
import { errnoByNumber } from './syscall-table';

export interface TracedCall {
  name: string;
  arch: Arch;
  args: readonly bigint[];
}

/** Lines of the log that the state keeps. */
const KEPT_LINES = 8;
/** MAX_ERRNO: what lies above it, taken as a negative number, is an error. */
const MAX_ERRNO = 4095n;

/** The beginning of the line, which strace prints when the call is made: up to the first argument that only its end will show. */
export function straceEntry(memory: ReadableMemory, call: TracedCall): string {
  const args = printersOf(call.name);
  const early = args.slice(0, firstLate(args)).flatMap((each) => each.print(memory, call, null) || []);
  return `${call.name}(${early.join(', ')}${early.length > 0 && firstLate(args) < args.length ? ', ' : ''}`;
}

/** The rest of the line. `result` is the kernel's; null: the call never returns. */
export function straceExit(memory: ReadableMemory, call: TracedCall, result: bigint | null): string {
  const args = printersOf(call.name);
  const finished: Finished | null = result === null ? null : { result: BigInt.asIntN(64, result), failed: isFailure(result) };
  const late = args.slice(firstLate(args)).flatMap((each) => each.print(memory, call, finished) || []);
  return `${late.join(', ')}) = ${finished === null ? '?' : resultText(call, finished)}`;
}

export function straceLine(memory: ReadableMemory, call: TracedCall, result: bigint | null): string {
  return straceEntry(memory, call) + straceExit(memory, call, result);
}

function firstLate(args: readonly Argument[]): number {
  const late = args.findIndex((each) => each.late);
  return late < 0 ? args.length : late;
}

function isFailure(result: bigint): boolean {
  const signed = BigInt.asIntN(64, result);
  return signed < 0n && signed >= -MAX_ERRNO;
}

/** Calls whose result is an address. */
const ADDRESSES = new Set(['mmap', 'mremap', 'brk', 'shmat']);

function resultText({ name, args, arch }: TracedCall, { result, failed }: Finished): string {
  if (failed) return `-1 ${errnoText(Number(-result))}`;
  if (ADDRESSES.has(name)) return `0x${BigInt.asUintN(64, result).toString(16)}`;
  if (name === 'umask') return `0${result.toString(8)}`;
  if (name === 'fcntl' && args[1] === 1n)
    return result === 0n ? '0' : `0x${result.toString(16)} (flags ${flagNames(Number(result), FD_FLAGS)})`;
  if (name === 'fcntl' && args[1] === 3n) return `0x${result.toString(16)} (flags ${openFlagNames(Number(result), arch)})`;
  return result.toString();
}

/** EBADF (Bad file descriptor): the C library's words, which begin with a capital letter where Go's do not. */
export function errnoText(number: number): string {
  const errno = errnoByNumber(number);
  if (!errno) return `ERRNO_${number} (Unknown error ${number})`;
  return `${errno.name} (${errno.message.slice(0, 1).toUpperCase()}${errno.message.slice(1)})`;
}

const UNFINISHED = ' <unfinished ...>';

/** The log when thread `pid` has made a call. */
export function logEntry(log: readonly StraceLine[], pid: number, entry: string): StraceLine[] {
  const last = log.at(-1);
  const cut = last && last.open === true ? [...log.slice(0, -1), { pid: last.pid, text: last.text + UNFINISHED }] : log;
  return [...cut, { pid, text: entry, open: true }].slice(-KEPT_LINES);
}

/** The log when thread `pid` comes back: its line is completed, or taken up again where others have come between. */
export function logExit(log: readonly StraceLine[], pid: number, name: string, exit: string): StraceLine[] {
  const last = log.at(-1);
  if (last?.open === true && last.pid === pid) return [...log.slice(0, -1), { pid, text: last.text + exit }];
  return [...log, { pid, text: `<... ${name} resumed>${exit}` }].slice(-KEPT_LINES);
}
