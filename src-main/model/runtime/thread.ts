/**
 * How a thread of the model runs: a generator, one function of ours for each function of Go's, which yields whenever it has to wait.
 *
 * `yield ROW.name` waits for this thread's turn to do that row of the function's table. What is between two yields happens at one
 * instant and is one step of the trace: decide after the yield, write, and nothing can come in between. `yield rest` is time without
 * steps: user code, a stay in the kernel, sleep.
 */
import type { CostName } from '../run/costs';
import type { GId, MId } from '../state';

/** One row of a function's table: its Go name, the row's `at`, and what it costs. */
export interface Row {
  readonly wait: 'row';
  readonly fn: string;
  readonly at: string;
  readonly cost: CostName;
}

export type RestKind =
  /** User code that passes function prologues: stops at the next one, or at a signal. */
  | 'compute'
  /** User code without a call: only a signal stops it. */
  | 'spin'
  /** In the kernel on behalf of a goroutine; a signal ends it early only where `interruptible` says so. */
  | 'kernel'
  /** Asleep until another thread wakes it, or until the time is up. */
  | 'sleep';

export interface Rest {
  readonly wait: 'rest';
  readonly kind: RestKind;
  /** ns from the moment the step before has been paid for; null: until woken. */
  readonly ns: number | null;
  readonly interruptible: boolean;
}

/** What ended a rest. */
export type Wake = 'time' | 'woken' | 'call' | 'signal';

/** A goroutine leaves its own stack for the M's g0: `work` runs there; afterwards the M looks for a goroutine to run. */
export interface Mcall {
  readonly wait: 'mcall';
  readonly work: (m: MId, g: GId) => Thread;
}

export type Wait = Row | Rest | Mcall;
export type Thread<T = void> = Generator<Wait, T, Wake>;

export function rows<A extends string>(fn: string, costs: Record<A, CostName>): Record<A, Row> {
  const table = {} as Record<A, Row>;
  for (const [at, cost] of Object.entries(costs) as [A, CostName][]) table[at] = { wait: 'row', fn, at, cost };
  return table;
}

/** A row whose function is known only at run time: user code and assembly symbols. */
export function row(fn: string, at: string, cost: CostName): Row {
  return { wait: 'row', fn, at, cost };
}

export function rest(kind: RestKind, ns: number | null, interruptible = false): Rest {
  return { wait: 'rest', kind, ns, interruptible };
}

export const SLEEP_UNTIL_WOKEN: Rest = rest('sleep', null);

/** How a modelled program ends. Thrown by the step that ends it; the engine closes that step and stops. */
export class ProgramEnd extends Error {
  constructor(
    readonly kind: 'exit' | 'deadlock' | 'fatal' | 'panic',
    readonly code: number,
    readonly text: string,
  ) {
    super(text);
  }
}
