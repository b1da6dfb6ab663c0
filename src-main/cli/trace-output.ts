/** Where `sim run --trace` writes: a file that appears when it is whole, or standard output; a piece at a time, so that any run fits. */
import { GrowingFile } from '../app/write-file';
import { TraceBytes } from '../formats/trace-bytes';
import type { Step } from '../model/state';
import { ReaderGone } from './standard-output';
import { CannotWrite, say, type Terminal } from './terminal';

/** Bytes written at once: few calls of the system, and still in the processor's cache. */
const PIECE = 1 << 16;

interface Sink {
  write: (bytes: Uint8Array) => Promise<void>;
  finish: () => Promise<void>;
  abandon: () => Promise<void>;
}

const nothing = (): Promise<void> => Promise.resolve();

/** `alone`: nothing else is wanted of the run, so that it ends when nobody reads its trace any more. */
function standardOutput(terminal: Terminal, alone: boolean): Sink {
  let isRead = true;
  return {
    write: async (bytes) => {
      if (!isRead) return;
      try {
        await say(terminal, bytes);
      } catch (error) {
        if (!(error instanceof ReaderGone) || alone) throw error;
        isRead = false;
      }
    },
    finish: nothing,
    abandon: nothing,
  };
}

async function fileAt(path: string): Promise<Sink> {
  const told = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw CannotWrite.because(path, error);
    }
  };
  const file = await told(GrowingFile.create(path));
  return { write: (bytes) => told(file.write(bytes)), finish: () => told(file.finish()), abandon: () => file.abandon() };
}

export class TraceOutput {
  private readonly lines = new TraceBytes(PIECE);

  private constructor(private readonly sink: Sink) {}

  /** `path`: `-` is standard output. `header`: the first line. Rejects with CannotWrite. */
  static async open(path: string, header: string, terminal: Terminal, alone: boolean): Promise<TraceOutput> {
    const output = new TraceOutput(path === '-' ? standardOutput(terminal, alone) : await fileAt(path));
    output.lines.addText(header);
    return output;
  }

  /** The next step. What it returns is to be awaited before the next one; null: nothing is. Rejects with CannotWrite or ReaderGone. */
  add(step: Step): Promise<void> | null {
    this.lines.add(step);
    return this.lines.isFull ? this.sink.write(this.lines.take()) : null;
  }

  async finish(): Promise<void> {
    await this.sink.write(this.lines.take());
    await this.sink.finish();
  }

  /** As if it had never been begun. */
  abandon(): Promise<void> {
    return this.sink.abandon();
  }
}

/** The same for text or bytes that are made piece by piece. */
export class TextOutput {
  private waiting: string[] = [];
  private bytes: Uint8Array[] = [];
  private size = 0;

  private constructor(private readonly sink: Sink) {}

  /** `path`: `-` is standard output. Rejects with CannotWrite. */
  static async open(path: string, terminal: Terminal): Promise<TextOutput> {
    return new TextOutput(path === '-' ? standardOutput(terminal, true) : await fileAt(path));
  }

  async write(piece: string | Uint8Array): Promise<void> {
    if (typeof piece === 'string') this.waiting.push(piece);
    else {
      this.encodeWaiting();
      this.bytes.push(piece);
    }
    this.size += piece.length;
    if (this.size >= PIECE) await this.flush();
  }

  private encodeWaiting(): void {
    if (this.waiting.length > 0) this.bytes.push(new TextEncoder().encode(this.waiting.join('')));
    this.waiting = [];
  }

  private async flush(): Promise<void> {
    this.encodeWaiting();
    const bytes = Buffer.concat(this.bytes);
    this.bytes = [];
    this.size = 0;
    await this.sink.write(bytes);
  }

  async finish(): Promise<void> {
    await this.flush();
    await this.sink.finish();
  }

  abandon(): Promise<void> {
    return this.sink.abandon();
  }
}
