/**
 * A trace file as a run that can be kept: read in pieces, so that one of a gigabyte needs no room but its run's. Every
 * line is checked as it comes, and what is damaged is refused with its line.
 */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { fill, inEveryLanguage } from '../../assets/words/index';
import { parseScenario } from '../formats/scenario';
import { type TraceHeader, TraceReader } from '../formats/trace-jsonl';
import type { Scenario } from '../model/scenario';
import type { Step } from '../model/state';
import { MOST_FAULTS } from '../model/visible-text';
import type { Fault, Refused, Text } from '../model/words';
import { GoTraceFile, isGoTraceFile } from './go-trace-file';
import { headOf, MOST_RECORDED_BYTES, NotUnpacked, readableCopy } from './packed-file';
import { Refusal, refuse } from './refusal';

/** The first state of ten thousand goroutines has some ten of them. */
const MOST_LINE_BYTES = 256 * 2 ** 20;
const PIECE_BYTES = 1 << 20;
/** Enough for the keys before the scenario. */
const HEAD_BYTES = 200;
const HEAD = /^\s*\{\s*"schedville"\s*:\s*\d+\s*,\s*"kind"\s*:\s*"trace"/;

/** Thrown while a trace is read; whoever opens it tells it. */
export class TraceRefused extends Error {
  constructor(readonly refused: Refused) {
    super(refused.message.en);
  }
}

/** Whether a file is a trace by its name or its beginning. Whatever cannot be looked at is not. */
export const isTraceFile = async (file: string): Promise<boolean> =>
  /\.jsonl(\.gz)?$/i.test(file) || (await isGoTraceFile(file)) || (await isOurTrace(file));

/** Whether a file is a trace of ours by its beginning, unpacked if it was packed. Whatever cannot be looked at is not. */
export async function isOurTrace(file: string): Promise<boolean> {
  return HEAD.test(Buffer.from((await headOf(file, HEAD_BYTES)) ?? []).toString('utf8'));
}

export class TraceFile {
  private readonly reader: TraceReader;
  private readonly lines: AsyncIterator<string[]>;
  private ahead: string[] = [];
  private bytesRead = 0;

  private constructor(
    private readonly file: string,
    private readonly handle: FileHandle,
    private readonly size: number,
  ) {
    this.reader = new TraceReader(file);
    this.lines = this.pieces();
  }

  /** Opens a trace, of ours or of Go's tracer, packed or not, and reads its header. Throws TraceRefused. */
  static async open(file: string): Promise<{ trace: TraceFile | GoTraceFile; header: TraceHeader }> {
    const { path, opened } = await readableCopy(file).catch((error: unknown) => {
      throw error instanceof NotUnpacked ? withFault(file, 1, error.text) : error;
    });
    try {
      return await TraceFile.openPlain(path, file);
    } finally {
      await opened();
    }
  }

  /** `path`: where it is read; `file`: what it is called. */
  private static async openPlain(path: string, file: string): Promise<{ trace: TraceFile | GoTraceFile; header: TraceHeader }> {
    if (await isGoTraceFile(path)) return GoTraceFile.open(path, (why, line) => withFault(file, line, why));
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
      throw unreadable(file, error);
    });
    try {
      const found = await handle.stat();
      if (!found.isFile())
        throw refused(file, 1, ({ files }) => fill(found.isDirectory() ? files.isFolder : files.notPlain, { path: file }));
      if (found.size > MOST_RECORDED_BYTES) throw refused(file, 1, ({ files }) => fill(files.fileTooLarge, { path: file, most: '1 GiB' }));
      const trace = new TraceFile(file, handle, found.size);
      const header = await trace.header();
      return { trace, header };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  private async header(): Promise<TraceHeader> {
    const first = await this.lines.next();
    this.ahead = first.done === true ? [''] : first.value;
    this.reader.line(this.ahead.shift() ?? '');
    if (!this.reader.header) throw this.faulty();
    return this.reader.header;
  }

  /** Whole lines, as many as a piece of the file has brought to their end. */
  private async *pieces(): AsyncGenerator<string[], undefined> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let line = 1;
    let rest = '';
    const stream = this.handle.createReadStream({ highWaterMark: PIECE_BYTES, autoClose: false });
    try {
      for await (const piece of stream as AsyncIterable<Buffer>) {
        this.bytesRead += piece.length;
        const text = decoder.decode(piece, { stream: true });
        if (rest.length + text.length > MOST_LINE_BYTES && !text.includes('\n'))
          throw refused(this.file, line, ({ faults }) => faults.traceLine);
        // A line of many pieces is looked through once, not again with each of them.
        const lines = text.includes('\n') ? (rest + text).split('\n') : [];
        rest = lines.pop() ?? rest + text;
        if (lines.length === 0) continue;
        line += lines.length;
        yield lines;
      }
      rest += decoder.decode();
    } catch (error) {
      if (error instanceof TypeError) throw refused(this.file, line, ({ files }) => files.damagedText);
      throw error instanceof TraceRefused ? error : unreadable(this.file, error);
    }
    if (rest !== '') yield [rest];
  }

  /** How much of the file has been read, 0 to 1. */
  get share(): number {
    return this.size === 0 ? 1 : Math.min(1, this.bytesRead / this.size);
  }

  get told(): number {
    return this.share;
  }

  /** The next steps, at most so many; null: there are no more. Throws TraceRefused. */
  async next(most: number): Promise<Step[] | null> {
    if (this.ahead.length === 0) {
      const more = await this.lines.next();
      if (more.done === true) return null;
      this.ahead = more.value;
    }
    const steps: Step[] = [];
    for (const text of this.ahead.splice(0, most)) {
      const step = this.reader.line(text);
      if (step) steps.push(step);
      if (this.reader.faults.length >= MOST_FAULTS) break;
    }
    if (this.reader.faults.length > 0) throw this.faulty();
    return steps;
  }

  private faulty(): TraceRefused {
    const { faults } = this.reader;
    return new TraceRefused(refuse((words) => fill(words.traceFaults, { file: basename(this.file) }), faults));
  }

  async close(): Promise<void> {
    await this.handle.close().catch(() => undefined);
  }
}

type Said = Parameters<typeof inEveryLanguage>[0];

const refused = (file: string, line: number, said: Said): TraceRefused => withFault(file, line, inEveryLanguage(said));

function withFault(file: string, line: number, message: Text): TraceRefused {
  const fault: Fault = { file, line, column: 1, message, suggestion: null };
  return new TraceRefused(refuse((words) => fill(words.traceFaults, { file: basename(file) }), [fault]));
}

function unreadable(file: string, error: unknown): TraceRefused {
  const { code, message } = error as NodeJS.ErrnoException;
  return refused(file, 1, ({ files }) =>
    code === 'ENOENT' ? fill(files.noFile, { path: file }) : fill(files.cannotRead, { path: file, why: message }),
  );
}

/**
 * What the window has to know of a run besides its steps: from the scenario in the header; of a recorded run, which has none, or of one that
 * this version does not read, only what the first state shows.
 */
export function scenarioOfTrace({ scenario, state }: TraceHeader, file: string): Scenario {
  const parsed = scenario === null ? null : parseScenario(JSON.stringify(scenario), file);
  if (parsed?.ok) return parsed.scenario;
  const name = basename(file).replace(/(\.trace)?\.jsonl(\.gz)?$/i, '');
  const bare = {
    schedville: 1,
    kind: 'scenario',
    id: 'trace',
    title: { zh: name, en: name },
    runtime: { gomaxprocs: Math.min(256, Math.max(1, Object.keys(state.P).length)) },
    goroutines: { main: [] },
  };
  const made = parseScenario(JSON.stringify(bare), file);
  if (!made.ok) throw Refusal.of((words) => fill(words.failed, { why: made.faults[0]?.message.en ?? '' }));
  return made.scenario;
}
