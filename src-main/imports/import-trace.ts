/** A real execution trace of Go becomes a run of ours. */
import { fill } from '../../assets/words/index';
import type { Json, State, Step } from '../model/state';
import type { Text } from '../model/words';
import { BadTrace } from './bad-trace';
import { ByteSource, type Pull, textOf } from './byte-source';
import { RecordedRun } from './recorded-run';
import { SchedRun, systemNames } from './sched-run';
import { readSchedText, SCHED_HEAD, type SchedReport } from './sched-text';
import type { Told, ToldTrace } from './told';
import { readV1 } from './v1/read-v1';
import { readV2 } from './v2/read-v2';

const HEAD_BYTES = 16;
/** Bytes; the text of schedtrace is held in memory as a whole. */
const LARGEST_TEXT = 32 << 20;
const HEAD = /^go 1\.(\d{1,2}) trace\0{3,}$/;
/** Format versions; releases between them write the one before. */
const V1 = [11, 19, 21];
const V2 = [22, 23, 25, 26];
/** A trace of the older format is held whole, and its events with it. */
const LARGEST_V1 = 256 << 20;
/** More goroutines, Ps and threads than any program has that somebody wants to look at. */
const MOST_PS = 4_096;
const NO_STEPS: Iterable<Step | null> = [];

export interface ImportedTrace {
  /** What the header of the trace says of where it comes from. */
  recorded: Json;
  first: State;
  /** null: the next step needs more work, and the reader may do something else first. Throws BadTrace when there is not even one step. */
  steps: Iterable<Step | null>;
  shares: ToldTrace['shares'];
  /** Bytes of the file whose events have been told. */
  passed: () => number;
  /** The state after the last step that was made, which the next one changes; null: no such state is kept. */
  readonly live: { n: number; state: State } | null;
  /** What kept it from being read to its end; null: nothing did, or it is not yet read. */
  readonly cut: Text | null;
}

/** Whether a file is an execution trace, or the text of schedtrace, by its first bytes. */
export const isExecutionTrace = (bytes: Uint8Array): boolean =>
  bytes.length >= HEAD_BYTES && [HEAD, SCHED_HEAD].some((head) => head.test(textOf(bytes.subarray(0, HEAD_BYTES))));

/** Throws BadTrace when nothing can be read. Steps before a fault are kept; without any step the file is refused. */
export function importTrace(pull: Pull): ImportedTrace {
  const source = new ByteSource(pull);
  const head = headOf(source);
  if (SCHED_HEAD.test(head)) return schedTrace(head, source);
  const trace = opened(head, source);
  if (trace.beginning.P.size > MOST_PS)
    throw new BadTrace((words) => fill(words.tooManyPs, { found: trace.beginning.P.size, most: MOST_PS }));
  const run = new RecordedRun(trace.beginning);
  const { shares } = trace;
  const made = {
    ...{
      recorded: { format: `go ${trace.version}` },
      first: run.first,
      shares,
      passed: () => source.offset - trace.ahead(),
      cut: null as Text | null,
      steps: NO_STEPS,
    },
    get live() {
      return run.live;
    },
  };
  made.steps = steps(run, trace.events, (cut) => {
    made.cut = cut;
  });
  return made;
}

/** The steps, for a reader that can wait for them. */
export function* stepsOf({ steps: made }: ImportedTrace): Generator<Step, void> {
  for (const step of made) if (step) yield step;
}

function* steps(run: RecordedRun, events: Iterable<Told | null>, tell: (cut: Text) => void): Generator<Step | null, void> {
  let isAny = false;
  try {
    for (const told of events) {
      yield told && run.step(told);
      isAny ||= told !== null;
    }
  } catch (error) {
    // A trace whose first event does not fit is refused as a whole.
    if (!(error instanceof BadTrace) || !isAny) throw error;
    tell(error.text);
  }
}

function headOf(source: ByteSource): string {
  try {
    return textOf(source.take(HEAD_BYTES));
  } catch (error) {
    throw error instanceof BadTrace ? new BadTrace((words) => words.noTrace) : error;
  }
}

/** A last line without a line end has been cut off; its report is dropped. */
function schedTrace(head: string, source: ByteSource): ImportedTrace {
  const lines = (head + textOf(whole(source, LARGEST_TEXT))).split(/\r?\n/);
  const isCut = lines.pop() !== '';
  if (isCut)
    lines.length = Math.max(
      0,
      lines.findLastIndex((line) => line.startsWith('SCHED ')),
    );
  const [first, ...rest] = [...readSchedText(lines)];
  if (!first) throw new BadTrace((words) => fill(words.schedIncomplete, { line: 1 }));
  const run = new SchedRun(first, systemNames([first, ...rest]));
  const cut = isCut ? new BadTrace((words) => fill(words.schedCut, { line: lines.length + 1 })).text : null;
  return {
    recorded: { format: 'GODEBUG=schedtrace' },
    first: run.first,
    shares: null,
    passed: () => source.offset,
    live: null,
    cut,
    steps: moments(run, rest),
  };
}

function* moments(run: SchedRun, reports: readonly SchedReport[]): Generator<Step, void> {
  for (const report of reports) yield run.step(report);
}

function opened(head: string, source: ByteSource): ToldTrace {
  const minor = Number(HEAD.exec(head)?.[1] ?? Number.NaN);
  if (Number.isNaN(minor)) throw new BadTrace((words) => words.noTrace);
  if (V2.includes(minor)) return readV2(source, minor);
  if (V1.includes(minor)) return readV1(whole(source, LARGEST_V1), 0, minor);
  throw new BadTrace((words) => fill(words.unknownVersion, { version: `1.${minor}` }));
}

function whole(source: ByteSource, most: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let size = 0;
  while (!source.isAtEnd) {
    const piece = source.rest();
    size += piece.length;
    if (size > most) throw new BadTrace((words) => fill(most === LARGEST_V1 ? words.tooLarge : words.textTooLarge, { most: most >> 20 }));
    pieces.push(piece);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
