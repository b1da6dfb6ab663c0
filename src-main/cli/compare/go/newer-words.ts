/** What later versions of Go say in other words than the model's 1.14. Each row is a change that Go's authors have made since. */
import type { Outcome } from './outcome';

interface Change {
  /** The first minor version that says so. */
  readonly since: number;
  readonly what: RegExp;
  readonly was: string;
}

const CHANGES: readonly Change[] = [
  // Wait reasons of their own, where 1.14 has one for all that sleep on a semaphore.
  { since: 20, what: /^(goroutine \d+ \[)sync\.(?:Mutex|RWMutex)\.R?Lock/, was: '$1semacquire' },
  { since: 25, what: /^(goroutine \d+ \[)sync\.WaitGroup\.Wait/, was: '$1semacquire' },
  // A throw tells where its goroutine's structures are.
  { since: 23, what: /^(goroutine \d+) gp=\S+ m=\S+(?: mp=\S+)? \[/, was: '$1 [' },
];

/** From 1.18 on it ends without the runtime's own stack, as what is the program's fault. */
const QUIET_SINCE = 18;
const QUIET = 'fatal error: no goroutines (main called runtime.Goexit) - deadlock!';

/** Known of 1.26: a fault of the program's own in package sync is told with its own goroutine only, and after the panics under way. */
const ALONE_SINCE = 26;
const OF_SYNC = /^\t?fatal error: sync: /;

function alone(lines: readonly string[]): string[] {
  const fatal = lines.findIndex((line) => OF_SYNC.test(line));
  if (fatal < 0) return [...lines];
  const before = lines.slice(0, fatal).filter((line) => !line.startsWith('panic: '));
  const own = lines.slice(fatal + 1).find((line) => line.startsWith('goroutine '));
  return [...before, (lines[fatal] ?? '').trimStart(), ...(own === undefined ? [] : [own])];
}

/** What a version tells of a report: the model's own is cut down to it before they are compared. */
export const asFarAsTold = (lines: readonly string[], minor: number): string[] => (minor >= ALONE_SINCE ? alone(lines) : [...lines]);

/** Lines of a report in 1.14's words. */
export function inOldWords(lines: readonly string[], minor: number): string[] {
  const applied = CHANGES.filter(({ since }) => since <= minor);
  return asFarAsTold(lines, minor)
    .flatMap((line) => (line === QUIET && minor >= QUIET_SINCE ? [line, 'runtime stack:'] : [line]))
    .map((line) => applied.reduce((text, { what, was }) => text.replace(what, was), line));
}

/**
 * Known of 1.26: whoever the poller has woken no longer counts as waiting for it. Up to 1.19 the count only grows, so a program that has waited for
 * the network once has a thread in epoll for ever, and is never found to be asleep.
 */
const COUNTS_WAITERS_SINCE = 26;
const ASLEEP = /^fatal error: .* - deadlock!$/;

/** A run of a program that waits for the network: that all are asleep is told by later versions only, and so is left out on both sides. */
export function asFarAsFound(outcome: Outcome, minor: number): Outcome {
  const isTold = outcome.said.some((line) => ASLEEP.test(line));
  return minor >= COUNTS_WAITERS_SINCE && isTold ? { ...outcome, code: null, said: [] } : outcome;
}
