/** A real execution trace of Go as a run that can be kept: read piece by piece, turned into our steps as they are asked for. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { TraceHeader } from '../formats/trace-jsonl';
import { BadTrace } from '../imports/bad-trace';
import { type ImportedTrace, importTrace, isExecutionTrace } from '../imports/import-trace';
import type { Step } from '../model/state';
import type { Text } from '../model/words';
import { headOf } from './packed-file';

const PIECE_BYTES = 1 << 20;
const HEAD_BYTES = 16;

/** By the first bytes, unpacked if it was packed. Whatever cannot be looked at is none. */
export async function isGoTraceFile(file: string): Promise<boolean> {
  const head = await headOf(file, HEAD_BYTES);
  return head !== null && isExecutionTrace(head);
}

export class GoTraceFile {
  private readonly size: number;
  private readonly made: ImportedTrace;
  private readonly steps: Iterator<Step | null>;
  /** The next step; null: it needs more work first; undefined: nobody has asked for it. Read ahead because the last step's note says why the file ends. */
  private ahead: IteratorResult<Step | null> | undefined;
  private constructor(
    private readonly handle: number,
    private readonly refused: (why: Text, line: number) => Error,
  ) {
    this.size = fstatSync(handle).size;
    this.made = importTrace(() => this.piece());
    this.steps = this.made.steps[Symbol.iterator]();
  }

  /** `refused`: what is thrown of a file of which nothing can be read. */
  static open(file: string, refused: (why: Text, line: number) => Error): { trace: GoTraceFile; header: TraceHeader } {
    const handle = openSync(file, 'r');
    try {
      const trace = new GoTraceFile(handle, refused);
      return { trace, header: { scenario: null, recorded: trace.made.recorded, state: trace.made.first } };
    } catch (error) {
      closeSync(handle);
      throw error instanceof BadTrace ? refused(error.text, error.line) : error;
    }
  }

  private piece(): Uint8Array | null {
    const piece = new Uint8Array(PIECE_BYTES);
    const read = readSync(this.handle, piece);
    return read === 0 ? null : piece.subarray(0, read);
  }

  private get readShare(): number {
    return this.size === 0 ? 1 : this.made.passed() / this.size;
  }

  /** How much of the work is done, 0 to 1. */
  get share(): number {
    return Math.min(1, this.made.shares?.done() ?? this.readShare);
  }

  /** How much of the file the steps so far tell, 0 to 1. */
  get told(): number {
    return Math.min(1, this.made.shares?.told() ?? this.readShare);
  }

  get cut(): Text | null {
    return this.made.cut;
  }

  get live(): ImportedTrace['live'] {
    return this.made.live;
  }

  /** At most `most` steps, fewer when they take long; null: there are no more, or the file cannot be read further. Throws what `refused` makes. */
  async next(most: number): Promise<Step[] | null> {
    try {
      return await Promise.resolve(this.some(most));
    } catch (error) {
      throw error instanceof BadTrace ? this.refused(error.text, error.line) : error;
    }
  }

  private some(most: number): Step[] | null {
    const steps: Step[] = [];
    this.ahead ??= this.steps.next();
    while (steps.length < most && this.ahead.done !== true) {
      const { value } = this.ahead;
      this.ahead = this.steps.next();
      if (value === null) return steps;
      const { cut } = this.made;
      steps.push(this.ahead.done === true && cut ? { ...value, note: `${cut.zh} ${cut.en}` } : value);
    }
    return steps.length === 0 ? null : steps;
  }

  close(): Promise<void> {
    closeSync(this.handle);
    return Promise.resolve();
  }
}
