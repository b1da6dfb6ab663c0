/** The steps of a file that is asked about: a scenario, which is run, or a trace, which is read. */
import { stat } from 'node:fs/promises';
import { isTraceFile, TraceFile, TraceRefused } from '../app/trace-file';
import { readTrace } from '../formats/trace-jsonl';
import { type ModelAssets, Simulation } from '../model/run/simulate';
import type { Json, State, Step } from '../model/state';
import { PackedSteps } from '../model/trace/packed-steps';
import { copyState } from '../model/trace/replay';
import type { Read } from '../model/words';
import { scenarioOf } from './scenario-text';
import { readText } from './sim-check';

export interface RunOfFile {
  first: State;
  /** The scenario's own text, as data; null: it is a run without one. */
  source: Json;
  /** Where a run without a scenario comes from. */
  recorded: Json;
  /** To be gone through once. */
  steps: Iterable<Step>;
}

const TRACE_HEAD = /^\{"schedville":\d+,"kind":"trace"/;

/** Steps computed or read at a time. */
const SLICE = 5_000;

/** The run of a scenario file, or a trace's of any length, or all faults of the file. A scenario's run is computed while its steps are taken. */
export async function runOfFile(file: string, listings: () => ModelAssets): Promise<Read<RunOfFile>> {
  // A pipe can be read only once: looking at its first bytes would consume them.
  const isPlain = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  if (isPlain && (await isTraceFile(file))) return runOfTrace(file);
  const read = await readText(file);
  return read.ok ? runOfText(read.text, file, listings) : { ok: false, faults: [read.fault] };
}

/** Read to its end first, so that a trace with a fault at its end gives that fault and not half an answer. */
async function runOfTrace(file: string): Promise<Read<RunOfFile>> {
  try {
    const { trace, header } = await TraceFile.open(file);
    try {
      const kept = new PackedSteps();
      for (let some = await trace.next(SLICE); some !== null; some = await trace.next(SLICE)) for (const step of some) kept.push(step);
      return { ok: true, first: header.state, source: header.scenario, recorded: header.recorded, steps: unpacked(kept) };
    } finally {
      await trace.close();
    }
  } catch (error) {
    if (error instanceof TraceRefused) return { ok: false, faults: [...(error.refused.faults ?? [])] };
    throw error;
  }
}

function* unpacked(kept: PackedSteps): Generator<Step, void> {
  for (let n = 1; n <= kept.length; n++) yield kept.step(n);
}

function runOfText(text: string, file: string, listings: () => ModelAssets): Read<RunOfFile> {
  if (TRACE_HEAD.test(text)) {
    const trace = readTrace(text, file);
    if (!trace.ok) return trace;
    const { state: first, scenario: source, recorded } = trace.header;
    return { ok: true, first, source, recorded, steps: trace.steps };
  }
  const parsed = scenarioOf(text, file);
  if (!parsed.ok) return parsed;
  const simulation = new Simulation(parsed.scenario, listings());
  return { ok: true, first: copyState(simulation.first), source: parsed.source, recorded: null, steps: stepsOf(simulation) };
}

function* stepsOf(simulation: Simulation): Generator<Step, void> {
  for (let done = false; !done;) {
    const slice = simulation.run(SLICE);
    yield* slice.steps;
    done = slice.done;
  }
}
