/** How often a run does what two runs are compared by. Pure. */
import type { Step } from '../../model/state';

/** The rows of Go's functions that are counted. */
const ROWS = {
  retakes: ['retake/retake'],
  steals: ['runqgrab/cas', 'runqgrab/cas-runnext'],
  handoffs: ['entersyscallblock/handoff'],
  preemptions: ['gopreempt_m/preempt'],
  stops: ['startTheWorldWithSema/started'],
} as const;

export type Tallied = keyof typeof ROWS;
export type Tally = Record<Tallied, number>;
export const TALLIED = Object.keys(ROWS) as readonly Tallied[];

const BY_ROW: ReadonlyMap<string, Tallied> = new Map(TALLIED.flatMap((each) => ROWS[each].map((row) => [row, each] as const)));

export function tallyOf(steps: Iterable<Pick<Step, 'fn' | 'at'>>): Tally {
  const tally: Tally = { retakes: 0, steals: 0, handoffs: 0, preemptions: 0, stops: 0 };
  for (const { fn, at } of steps) {
    const counted = BY_ROW.get(`${fn}/${at}`);
    if (counted) tally[counted]++;
  }
  return tally;
}
