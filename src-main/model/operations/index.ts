/** All operations of a scenario, in the order of the format's table. The union of their types and everything that asks them follow. */
import { add } from './add';
import { blockingsyscall } from './blockingsyscall';
import { cgo } from './cgo';
import { cgothread } from './cgothread';
import { close } from './close';
import { compute } from './compute';
import { done } from './done';
import { exit } from './exit';
import { gc } from './gc';
import { go } from './go';
import { gomaxprocs } from './gomaxprocs';
import { gosched } from './gosched';
import { lock } from './lock';
import { lockosthread } from './lockosthread';
import { mark } from './mark';
import { netRead } from './netread';
import type { AnyOperation, OperationRow } from './operation';
import { panic } from './panic';
import { recv } from './recv';
import { repeat } from './repeat';
import { send } from './send';
import { sleep } from './sleep';
import { spin } from './spin';
import { syscall } from './syscall';
import { unlock } from './unlock';
import { unlockosthread } from './unlockosthread';
import { select } from './select';
import { rlock } from './rlock';
import { runlock } from './runlock';
import { condwait } from './condwait';
import { signal } from './signal';
import { broadcast } from './broadcast';
import { once } from './once';
import { atomic } from './atomic';
import { after } from './after';
import { ticker } from './ticker';
import { print } from './print';
import { defer } from './defer';
import { recover } from './recover';
import { goexit } from './goexit';
import { foreachp } from './foreachp';
import { wait } from './wait';

const ROWS = [
  compute,
  spin,
  go,
  gosched,
  syscall,
  blockingsyscall,
  cgo,
  cgothread,
  sleep,
  netRead,
  send,
  recv,
  close,
  select,
  lock,
  unlock,
  rlock,
  runlock,
  condwait,
  signal,
  broadcast,
  once,
  atomic,
  after,
  ticker,
  add,
  done,
  wait,
  lockosthread,
  unlockosthread,
  gc,
  foreachp,
  gomaxprocs,
  defer,
  recover,
  goexit,
  exit,
  panic,
  print,
  mark,
  repeat,
] as const;

type Listed<R> = R extends OperationRow<infer O> ? O : never;
/** The row's own type, with operations of the table where it says operations. */
type Closed<O> = {
  [K in keyof O]: O[K] extends AnyOperation[] ? Operation[] : O[K] extends AnyOperation[] | null ? Operation[] | null : O[K];
};
type Each<O> = O extends AnyOperation ? Closed<O> : never;

export type Operation = Each<Listed<(typeof ROWS)[number]>>;
export type OperationKind = Operation['kind'];

export const OPERATIONS: readonly OperationKind[] = ROWS.map(({ kind }) => kind);

const byKind: ReadonlyMap<string, OperationRow<AnyOperation>> = new Map(
  ROWS.map((each) => [each.kind, each as OperationRow<AnyOperation>]),
);

/** The row of the operation with this name; undefined: there is none. */
export const operationNamed = (kind: string): OperationRow<AnyOperation> | undefined => byKind.get(kind);

export function rowOf({ kind }: AnyOperation): OperationRow<AnyOperation> {
  const row = byKind.get(kind);
  if (!row) throw new Error(`no operation ${kind}`);
  return row;
}

/** Whether any goroutine calls C, wherever in its program. */
export function usesCgo(goroutines: Readonly<Record<string, readonly AnyOperation[]>>): boolean {
  const callsC = (operation: AnyOperation): boolean => {
    const { callsC: itself, within } = rowOf(operation);
    return itself === true || (within?.(operation).operations.some(callsC) ?? false);
  };
  return Object.values(goroutines).some((operations) => operations.some(callsC));
}

/**
 * What operations make by using it, wherever they stand: the names of each sync.Once and each variable of sync/atomic, and the most Ps that they
 * ask for (0: none does), whether any selects or collects, and whether threads of C call Go.
 */
export function madeByUse(goroutines: Readonly<Record<string, readonly AnyOperation[]>>): {
  once: string[];
  atomic: string[];
  procs: number;
  selects: boolean;
  cThreads: boolean;
  collects: boolean;
} {
  const made = { once: new Set<string>(), atomic: new Set<string>() };
  let most = 0;
  let selects = false;
  let cThreads = false;
  let collects = false;
  const look = (operation: AnyOperation): void => {
    const { makes, within } = rowOf(operation);
    const { once: o, atomic: a, procs = 0, cThreads: c = false } = makes?.(operation) ?? {};
    most = Math.max(most, procs);
    selects ||= makes?.(operation).selects ?? false;
    cThreads ||= c;
    collects ||= makes?.(operation).collects ?? false;
    if (o !== undefined) made.once.add(o);
    if (a !== undefined) made.atomic.add(a);
    within?.(operation).operations.forEach(look);
  };
  for (const operations of Object.values(goroutines)) operations.forEach(look);
  return { once: [...made.once], atomic: [...made.atomic], procs: most, selects, cThreads, collects };
}
