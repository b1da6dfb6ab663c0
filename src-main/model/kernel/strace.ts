/**
 * The system call log, one line for each call as strace(1) prints it, and strace's way of telling that calls overlap: a call during
 * which another thread's begins is cut at `<unfinished ...>` and taken up again as `<... read resumed>`.
 * Simplified: one blank before the result instead of a column; a call that a signal has ended shows EINTR, which is what the program
 * sees, not the kernel's inner ERESTART numbers.
 */
import type { StraceLine } from '../kernel-state';
import { NOT_MODELLED } from '../trace/not-modelled';
import { errnoByNumber } from './errno';
import type { ReadableMemory } from './memory';
import { type Argument, type Finished, registers, type TracedCall } from './strace-arguments';
import { syscallByName } from './syscall-table';

export type { TracedCall } from './strace-arguments';

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
  const mark = call.unmodelled === true ? ` ${NOT_MODELLED}` : '';
  return `${late.join(', ')}) = ${finished === null ? '?' : resultText(call, finished)}${mark}`;
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

function resultText(call: TracedCall, finished: Finished): string {
  if (finished.failed) return `-1 ${errnoText(Number(-finished.result))}`;
  return syscallByName(call.name)?.printResult?.(finished, call) ?? finished.result.toString();
}

/** The registers that strace shows of a number that is no call. */
const OF_NO_CALL = registers(6);

/** The arguments of a call in order. */
function printersOf(name: string): readonly Argument[] {
  return syscallByName(name)?.print ?? OF_NO_CALL;
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
