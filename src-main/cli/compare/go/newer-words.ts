/** What later versions of Go say in other words than the model's 1.14. Each row is a change of words or numbers that was decided by Go's authors. */

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

/** How many goroutines of the runtime's own come before the first of the program; 1.14 has numbers 2 to 5. */
const FIRST_GOROUTINE: readonly (readonly [since: number, first: number])[] = [[0, 6]];

function oldNumber(minor: number, number: number): number {
  const first = FIRST_GOROUTINE.findLast(([since]) => since <= minor)?.[1] ?? 6;
  return number === 1 ? 1 : number - first + 6;
}

/** From 1.18 on it ends without the runtime's own stack, as what is the program's fault. */
const QUIET_SINCE = 18;
const QUIET = 'fatal error: no goroutines (main called runtime.Goexit) - deadlock!';

/** Lines of a report in 1.14's words and numbers. */
export function inOldWords(lines: readonly string[], minor: number): string[] {
  const applied = CHANGES.filter(({ since }) => since <= minor);
  const stacks = lines.flatMap((line) => (line === QUIET && minor >= QUIET_SINCE ? [line, 'runtime stack:'] : [line]));
  return stacks.map((line) =>
    applied
      .reduce((text, { what, was }) => text.replace(what, was), line)
      .replace(/^goroutine (\d+)/, (_, number: string) => `goroutine ${oldNumber(minor, Number(number))}`),
  );
}
