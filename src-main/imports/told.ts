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

/** Functions, outermost first, and of each the place in its source (`/usr/lib/go/src/os/file.go:118`) from which the next one was called. */
export interface CallPath {
  readonly fns: readonly string[];
  readonly lines: readonly string[];
}
export const NO_PATH: CallPath = { fns: [], lines: [] };

/** So many numbers tell of each frame in the tables of both tracers' files: function, file, line. */
export const FRAME_NUMBERS = 3;

/** Makes call paths of the numbers that a file has for them, innermost first. A path that was made before is the same object. */
export class CallPaths {
  private readonly known = new Map<string, CallPath>();

  of(numbers: readonly number[], string: (id: number) => string): CallPath {
    const fns: string[] = [];
    const lines: string[] = [];
    for (let i = numbers.length - FRAME_NUMBERS; i >= 0; i -= FRAME_NUMBERS) {
      const file = string(numbers[i + 1] ?? 0);
      fns.push(string(numbers[i] ?? 0));
      lines.push(file === '' ? '' : `${file}:${numbers[i + 2] ?? 0}`);
    }
    if (fns.length === 0) return NO_PATH;
    const key = `${fns.join('\n')}\n${lines.join('\n')}`;
    let path = this.known.get(key);
    if (!path) this.known.set(key, (path = { fns, lines }));
    return path;
  }
}

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
  /** Of the goroutine that does it. */
  stack: CallPath;
  /** GoCreate: the function that the goroutine begins with. */
  entry: string;
}

export type PStatusTold = 'running' | 'idle' | 'syscall' | 'abandoned';
export type GStatusTold = 'runnable' | 'running' | 'syscall' | 'waiting';

/** Who was there when the recording began, and what they did. */
export interface Beginning {
  t: number;
  P: Map<number, { status: PStatusTold; m: number }>;
  G: Map<number, { status: GStatusTold; m: number; stack: CallPath }>;
}

export interface ToldTrace {
  /** As the file's head says: 1.26 */
  version: string;
  beginning: Beginning;
  /** Can be iterated once. null: the next event needs more work, and the reader may do something else first. Throws BadTrace where the file cannot be read further. */
  events: Iterable<Told | null>;
  /** 0 to 1: how much of the work is done, and how much of what the file has to tell has been told; null: as much of both as has been read of the file. */
  shares: { done: () => number; told: () => number } | null;
  /** Bytes that have been taken from the source, and whose events have not been told yet. Where there are `shares` nobody asks. */
  ahead: () => number;
}
