/** What unwinds a goroutine's stack: a panic, which a deferred function may recover, and runtime.Goexit. GoProgram catches them. */

/** Go: gopanic's argument, as printpanics prints it. Thrown by the step in which the goroutine panics. */
export class GoPanic extends Error {
  constructor(readonly value: string) {
    super(`panic: ${value}`);
  }
}

/** Go: runtime.Goexit is under way. */
export class Goexit extends Error {}

/** Go: panic with a string or with one of the runtime's own errors. */
export function panicked(value: string): never {
  throw new GoPanic(value);
}
