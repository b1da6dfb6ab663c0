/** What a recorded trace tells, event by event, in the words of the newer tracer (internal/trace/tracev2), whichever wrote it. */

export type ToldKind =
  | 'ProcAdded'
  | 'ProcStart'
  | 'ProcStop'
  | 'ProcSteal'
  | 'GoCreate'
  | 'GoCreateBlocked'
  | 'GoCreateSyscall'
  | 'GoStart'
  | 'GoDestroy'
  | 'GoDestroySyscall'
  | 'GoStop'
  | 'GoBlock'
  | 'GoUnblock'
  | 'GoSyscallBegin'
  | 'GoSyscallEnd'
  | 'GoSyscallEndBlocked'
  | 'GoSwitch'
  | 'GoSwitchDestroy'
  /** The older tracer, of who was there when it began. */
  | 'GoWaiting'
  | 'GoInSyscall'
  | 'STWBegin'
  | 'STWEnd'
  | 'GCBegin'
  | 'GCEnd'
  | 'Note';

/** Nobody. */
export const NONE = -1;

export interface Told {
  kind: ToldKind;
  /** ns by the recording's own clock. */
  t: number;
  /** The thread that did it (the system's number), its P and its goroutine before. NONE: none, or not told. */
  m: number;
  p: number;
  g: number;
  /** The P or goroutine that it is about. */
  id: number;
  /** ProcSteal: the thread that loses the P. */
  from: number;
  /** Go's reason, or a note's text. */
  why: string;
  /** Functions, innermost first. */
  stack: readonly string[];
  /** GoCreate: the function that the goroutine begins with. */
  entry: string;
}

export type PStatusTold = 'running' | 'idle' | 'syscall' | 'abandoned';
export type GStatusTold = 'runnable' | 'running' | 'syscall' | 'waiting';

/** Who was there when the recording began, and what they did. */
export interface Beginning {
  t: number;
  P: Map<number, { status: PStatusTold; m: number }>;
  G: Map<number, { status: GStatusTold; m: number; stack: readonly string[] }>;
}

export interface ToldTrace {
  /** As the file's head says: 1.26 */
  version: string;
  beginning: Beginning;
  /** To be gone through once; null: more is to be done before the next one, and somebody may want to do something else first. Throws BadTrace where the file cannot be read on. */
  events: Iterable<Told | null>;
  /** How much of the work is done, 0 to 1; null: as much as has been read of the file. */
  share: (() => number) | null;
}
