/** The trace file (contract, section 2): JSON Lines, a header and then one line for each step. Same run, same bytes. */
import type { Json, State, Step } from '../model/state';

export function traceHeader(source: Json, first: State): string {
  return `${JSON.stringify({ schedville: 1, kind: 'trace', scenario: source, state: first })}\n`;
}

/** Keys in the contract's order; what is in memory only (facts) is left out. */
export function traceLine({ n, t, m, p, g, fn, at, d, set, asm, note, ev }: Step): string {
  return `${JSON.stringify({ n, t, m, p, g, fn, at, d, set, asm, note, ev })}\n`;
}
